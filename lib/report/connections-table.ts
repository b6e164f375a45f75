import { alternatives } from "../tables/coverage";
import { vmmVersionName } from "../tables/vmm-ports";
import type { Connection, Topology } from "../vmm/connections";
import { markdownTable } from "./markdown";

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

/** `TCP 443`, `TCP 80 or 443`, `TCP, port not declared`. */
export function portsText({ transport, ports, anyOf }: Pick<Connection, "transport" | "ports" | "anyOf">): string {
  const name = transport.toUpperCase();
  if (ports.state === "absent") return `${name}, port not declared`;
  if (ports.state === "unknown") return `${name}, port not known yet`;
  const numbers = ports.value.map(String);
  return `${name} ${anyOf ? alternatives(numbers) : numbers.join(", ")}`;
}

/** `vmm1 (VMM 2012)`, as far as the version is known. */
export function topologyTitle({ vmm }: Topology): string {
  return vmm.version.state === "known" ? `${vmm.name} (${vmmVersionName(vmm.version.value)})` : vmm.name;
}

/** What a table cell would take for a mark of its own: bars, line breaks, and what starts HTML or a link. */
function escapeCell(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\|<>[\]`*_]/g, (mark) => `\\${mark}`);
}
