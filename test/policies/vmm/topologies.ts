import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { firewall, vmmServer } from "../../kit";
import { lines } from "../../lib/tables/kit";

/** A row of a document: how it names the connection, and between which computers of the topology below it runs. */
export interface PortRow {
  readonly title: string;
  readonly protocol: string;
  readonly transport: "tcp" | "udp";
  /** One of them is enough where the document has a slash between them. */
  readonly ports: readonly string[];
  readonly from: string;
  readonly to: string;
}

/** A topology with a computer at each end that a document knows. */
export const EVERYTHING: PlainObject = {
  sqlServer: "sql1",
  libraryServers: ["lib1"],
  managedHosts: ["hv1", "hv2"],
  guestAgents: ["app1"],
  consoles: ["admin1"],
  clients: ["desk1"],
  virtualMachines: ["web1"],
  virtualServerHosts: ["vs1"],
  selfServicePortal: { webServer: "ssp1", clients: ["user1"] },
  loadBalancers: ["lb1"],
  wsusServers: ["wsus1"],
  xenServers: ["xen1"],
  vcenterServers: ["vc1"],
  esxHosts: [
    { name: "esx1", version: "ESX 3.5" },
    { name: "esx2", version: "ESX 3i" },
  ],
  p2vSources: ["old1"],
  pxeServers: ["pxe1"],
  windowsPeHosts: ["new1"],
  bmcs: [
    { name: "bmc1", protocol: "IPMI" },
    { name: "bmc2", protocol: "SMASH" },
  ],
  smisProviders: ["san1"],
};

/** Ports that no document gives. */
export const CHOSEN = [
  { connection: "p2v-data", port: 4443 },
  { connection: "smis", port: 5988 },
];

/** Rows as `title | protocol | transport | ports | from | to`. */
export function portRows(text: string): readonly PortRow[] {
  return lines(text).map(([title = "", protocol = "", transport, ports = "", from = "", to = ""]) => ({
    title,
    protocol,
    transport: transport === "udp" ? "udp" : "tcp",
    ports: ports.split("/"),
    from,
    to,
  }));
}

/** The firewalls that open exactly what rows need, with a port left out between two computers. */
export function firewalls(rows: readonly PortRow[], without?: PortRow): readonly DeclaredResource[] {
  const pairs = new Map<string, PortRow[]>();
  for (const row of rows) {
    const pair = `${row.from} to ${row.to}`;
    pairs.set(pair, [...(pairs.get(pair) ?? []), row]);
  }
  return [...pairs].map(([pair, own]) => {
    const [from = "", to = ""] = pair.split(" to ");
    const isLeftOut = (row: PortRow): boolean => without !== undefined && isSame(row, without);
    const open = own.filter((row) => !isLeftOut(row));
    // The first of several alternatives: one is enough.
    const allow = open.map(({ transport, ports: [port = ""] }) => ({ protocol: transport, ports: [port] }));
    return firewall(pair, from, to, { allow });
  });
}

/** Whether two rows are one connection. */
function isSame(one: PortRow, other: PortRow): boolean {
  const key = ({ from, to, transport, ports }: PortRow): string => [from, to, transport, ...ports].join();
  return key(one) === key(other);
}

export function server(version: string, properties: PlainObject = {}): DeclaredResource {
  return vmmServer("vmm1", { version, ...EVERYTHING, ...properties });
}
