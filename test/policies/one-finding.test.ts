import assert from "node:assert/strict";
import type { DeclaredResource } from "../../lib/estate/declared";
import type { PlainObject } from "../../lib/estate/plain";
import { RULES } from "../../policies";
import { cluster, firewall, host, judge, vm, vmmServer } from "../kit";
import {
  adapter,
  clusterWith,
  CSV,
  HEARTBEAT,
  ISCSI,
  MANAGEMENT,
  MIGRATION,
  network,
  nodeWith,
} from "./networks/networks";

const GB = 1024;
const R2 = "Windows Server 2008 R2";

/** The adapters of the design for high availability, without those for iSCSI. */
const SIX = [
  adapter("Management", "management"),
  adapter("VM 1", "virtualMachines", { team: "VM" }),
  adapter("VM 2", "virtualMachines", { team: "VM" }),
  adapter("Heartbeat", "cluster"),
  adapter("CSV", "clusterSharedVolumes"),
  adapter("LM", "liveMigration"),
];

function withIscsi(properties: PlainObject, number = 2) {
  const paths = Array.from({ length: number }, (_, index) =>
    adapter(`iSCSI ${String(index)}`, "iscsi", { multipath: true, ...properties }),
  );
  return nodeWith([...SIX, ...paths]);
}

/** A port with so many partitions, the first of which carries the management. */
function withPartitions(number: number) {
  const partitions = Array.from({ length: number }, (_, index) =>
    adapter(`P${String(index)}`, "backup", { physicalAdapter: "Port" }),
  );
  return nodeWith([...SIX, ...partitions]);
}

/** The only node of a cluster, and machines on it. */
function onlyNode(properties: PlainObject, ...machines: readonly PlainObject[]) {
  return [
    cluster("c1"),
    host("hv1", { cluster: "c1", ...properties }),
    ...machines.map((one, index) => vm(`vm${String(index)}`, { host: "hv1", cluster: "c1", memoryMB: 4 * GB, ...one })),
  ];
}

function machines(number: number, properties: PlainObject): PlainObject[] {
  return Array.from({ length: number }, () => properties);
}

/** Networks of two nodes that declare their adapters too. */
function slowEverywhere(operatingSystem: string) {
  const adapters = SIX.map((one) => (one["name"] === "LM" ? { ...one, speedMbps: 100 } : one));
  return clusterWith([MANAGEMENT, CSV, { ...MIGRATION, speedMbps: 100 }], operatingSystem).map((one) =>
    one.name === "hv1" ? { ...one, properties: { ...one.properties, networkAdapters: adapters } } : one,
  );
}

/** The rules that find something, each as often as it does. */
function finding(estate: readonly DeclaredResource[]): readonly string[] {
  return RULES.flatMap((rule) => judge(rule, estate).findings.map(() => rule.name));
}

const CASES: readonly (readonly [name: string, estate: readonly DeclaredResource[], finds: readonly string[]])[] = [
  ["a design that is right", withIscsi({}), []],
  ["two members of one iSCSI team", withIscsi({ team: "T" }), ["iscsi-multipath"]],
  ["two members of one iSCSI team without MPIO", withIscsi({ team: "T", multipath: false }), ["iscsi-multipath"]],
  ["the only path of iSCSI in a team", withIscsi({ team: "T" }, 1), ["iscsi-multipath"]],
  ["MPIO off on both paths", withIscsi({ multipath: false }), ["iscsi-multipath"]],
  ["MPIO off on the only path", withIscsi({ multipath: false }, 1), ["iscsi-multipath"]],
  ["a fifth partition", withPartitions(5), ["nic-partitioning"]],
  ["a fourth partition", withPartitions(4), ["nic-partitioning"]],
  [
    "513 virtual processors where ratio and cap are both 512",
    onlyNode(
      { processors: { sockets: 4, coresPerSocket: 8, threadsPerCore: 2 }, memoryMB: 1024 * GB },
      ...machines(128, { processorCount: 4 }),
      { processorCount: 1 },
    ),
    ["host-virtual-processors"],
  ],
  [
    "more virtual processors than the ratio allows on the only node of a cluster",
    onlyNode(
      { processors: { sockets: 1, coresPerSocket: 1, threadsPerCore: 1 } },
      ...machines(3, { processorCount: 4 }),
    ),
    ["virtual-processor-ratio"],
  ],
  ["more memory than the only node of a cluster has", onlyNode({}, { memoryMB: 80 * GB }), ["host-memory-capacity"]],
  [
    "more virtual machines than the only node of a cluster may run",
    onlyNode(
      { processors: { sockets: 4, coresPerSocket: 8, threadsPerCore: 2 }, memoryMB: 1024 * GB },
      ...machines(385, { processorCount: 1, memoryMB: 2 * GB }),
    ),
    ["host-virtual-machines"],
  ],
  [
    "one cluster network with a gateway",
    clusterWith([{ ...HEARTBEAT, defaultGateway: true }]),
    ["cluster-network-use"],
  ],
  [
    "all cluster networks with a gateway",
    clusterWith([MANAGEMENT, { ...HEARTBEAT, defaultGateway: true }]),
    ["cluster-network-use"],
  ],
  [
    "all cluster networks closed",
    clusterWith([CSV, MIGRATION].map((one) => ({ ...one, role: "none" }))),
    ["cluster-network-use"],
  ],
  ...[CSV, MIGRATION].flatMap((closed) =>
    [{}, { liveMigrationNetworks: ["Live Migration", "CSV"] }].map((order) => {
      const networks = [CSV, MIGRATION].map((one) => (one === closed ? { ...one, role: "none" } : one));
      const listed = "liveMigrationNetworks" in order ? "listed" : "not listed";
      return [
        `the network "${closed === CSV ? "CSV" : "Live Migration"}" closed and ${listed}`,
        clusterWith([MANAGEMENT, HEARTBEAT, ...networks], R2, order),
        ["cluster-network-use"],
      ] as const;
    }),
  ),
  [
    "a storage network open, listed and with the lowest metric",
    clusterWith([MANAGEMENT, CSV, MIGRATION, { ...ISCSI, role: "cluster", metric: 100 }], R2, {
      liveMigrationNetworks: ["iSCSI", "Live Migration"],
    }),
    ["cluster-network-use"],
  ],
  ["a slow network for live migration, at its adapters", slowEverywhere(R2), ["live-migration-network"]],
  ["the same on Windows Server 2012", slowEverywhere("Windows Server 2012"), ["live-migration-network"]],
  [
    "networks that the version does not have, closed and listed",
    clusterWith(
      [MANAGEMENT, HEARTBEAT, { ...CSV, role: "none" }, network("LM", "liveMigration", "none")],
      "Windows Server 2008",
      { liveMigrationNetworks: ["LM"] },
    ),
    ["network-purpose-supported"],
  ],
  [
    "an automatic metric that no cluster gives and that comes first",
    clusterWith([MANAGEMENT, CSV, { ...MIGRATION, metric: 800, autoMetric: true }]),
    ["cluster-network-metrics"],
  ],
  [
    "management on the team of the machines of a host",
    [
      host("hv1", {
        networkAdapters: ["A", "B"].flatMap((name) => [
          adapter(name, "virtualMachines", { team: "T" }),
          adapter(name, "management", { team: "T" }),
        ]),
      }),
    ],
    ["host-network-roles"],
  ],
  [
    "management on the virtual switch of the machines of a host",
    [
      host("hv1", {
        networkAdapters: ["A", "B"].map((name) => adapter(name, "virtualMachines", { team: "T" })),
        virtualSwitches: [{ name: "S", type: "external", networkAdapters: ["T"] }],
      }),
    ],
    ["virtual-switch-reserved"],
  ],
  [
    "an external virtual switch without an adapter, shared by default",
    [
      host("hv1", {
        networkAdapters: [adapter("A", "management"), adapter("B", "backup")],
        virtualSwitches: [{ name: "S", type: "external", networkAdapters: [] }],
      }),
    ],
    ["vm-network-redundancy"],
  ],
  [
    "a port for BITS that VMM cannot use, declared in two places",
    [
      vmmServer("vmm1", {
        managedHosts: ["hv1"],
        bitsPort: 40000,
        ports: [{ connection: "agent-data", port: 40000 }],
      }),
      firewall("fw1", "intranet", "intranet", { allow: [{ protocol: "any", ports: ["*"] }] }),
    ],
    ["vmm-bits-port"],
  ],
];

/** Lifecycles and the memory of guests are not what these cases are about. */
const BESIDE: ReadonlySet<string> = new Set(["host-os-lifecycle", "guest-os-lifecycle", "guest-memory"]);

describe("one problem is one finding of all rules", () => {
  for (const [name, estate, finds] of CASES) {
    it(`Twice: ${name}`, () => {
      assert.deepEqual(
        finding(estate).filter((rule) => !BESIDE.has(rule)),
        finds,
      );
    });
  }
});
