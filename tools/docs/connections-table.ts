import type { Estate } from "../../lib/estate/estate";
import { vmmVersionName } from "../../lib/tables/vmm-ports";
import { markdownTable } from "../../lib/text/markdown";
import { count, alternatives } from "../../lib/text/words";
import type { Connection, Topology } from "../../policies/vmm/model/connections";
import { isUnguarded, passagesOf } from "../../policies/vmm/model/firewalls";

/** The connections of a topology as a Markdown table, each with the rows of the support table that it comes from. */
export function connectionsTable({ connections }: Topology): string {
  const rows = connections.map(({ rows: [first, ...others], from, to, ...connection }) => [
    from.name,
    to.name,
    portsText({ ...connection }),
    [first, ...others].map((row) => (row === undefined ? "" : `${row.title} (${row.protocol})`)).join("; "),
    [...new Set([first, ...others].flatMap((row) => row?.changeAt ?? []))].join(", "),
  ]);
  const columns = ["From", "To", "Port", "Connection", "Changed at"];
  return markdownTable(
    columns,
    rows.map((cells) => cells.map(escapeCell)),
  );
}

/** How many connections there are, and how many of these cannot be judged. */
export function connectionsSummary({ connections }: Topology, estate: Estate): string {
  const unguarded = connections.filter((connection) => isUnguarded(passagesOf(connection, estate))).length;
  const all = count(connections.length, "connection");
  if (unguarded === 0) return `${all}, each with a firewall on its path.`;
  return `${all}. No firewall is declared on the path of ${String(unguarded)}: not judged.`;
}

/** `TCP 443`, `TCP 80 or 443`, `TCP, port not declared`. */
export function portsText({ transport, ports, anyOf, range }: Omit<Connection, "rows" | "from" | "to">): string {
  const name = transport.toUpperCase();
  if (ports.state === "absent") return `${name}, port not declared`;
  if (ports.state === "unknown") return `${name}, port not known yet`;
  const numbers = ports.value.map(String);
  return `${name} ${anyOf ? alternatives(numbers) : numbers.join(range ? "-" : ", ")}`;
}

/** `vmm1 (VMM 2012)`, as far as the version is known. */
export function topologyTitle({ vmm }: Topology): string {
  return vmm.version.state === "known" ? `${vmm.name} (${vmmVersionName(vmm.version.value)})` : vmm.name;
}

/** What a table cell would take for a mark of its own: bars, line breaks, and what starts HTML or a link. */
function escapeCell(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\|<>[\]`*_]/g, (mark) => `\\${mark}`);
}
