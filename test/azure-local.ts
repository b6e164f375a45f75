import type { DeclaredResource } from "../lib/estate/declared";
import type { Plain, PlainObject } from "../lib/estate/plain";
import { cluster, host } from "./kit";

/** A right management network of a deployment. */
export const NETWORK: PlainObject = {
  subnetMask: "255.255.255.0",
  gateway: "10.0.0.1",
  dnsServers: ["10.0.0.4"],
  dhcp: false,
  pools: [{ from: "10.0.0.50", to: "10.0.0.59" }],
};

/** Intents that keep storage apart from everything else. */
export const INTENTS: readonly PlainObject[] = [
  { name: "lan", traffic: ["management", "compute"], networkAdapters: ["NIC 1", "NIC 2"] },
  { name: "storage", traffic: ["storage"], networkAdapters: ["NIC 3", "NIC 4"] },
];

/** A cluster of Azure Local with nodes n1, n2 and so on, at 10.0.0.11, 10.0.0.12 and so on. */
export function deployment(
  properties: PlainObject = {},
  nodes: readonly (PlainObject | undefined)[] = [{}, {}],
): readonly DeclaredResource[] {
  return [
    cluster("cl1", properties),
    ...nodes.map((node, index) =>
      host(`n${String(index + 1)}`, {
        operatingSystem: "Azure Local",
        processors: { sockets: 2, coresPerSocket: 16, threadsPerCore: 2 },
        memoryMB: 262_144,
        cluster: "cl1",
        address: `10.0.0.${String(index + 11)}`,
        ...node,
      }),
    ),
  ];
}

/** The same with this management network, changed. */
export function managed(changes: Readonly<Record<string, Plain>>, nodes?: readonly (PlainObject | undefined)[]) {
  return deployment({ infrastructureNetworks: [{ ...NETWORK, ...changes }] }, nodes);
}
