import type { VmmServer } from "../../../lib/estate/model";
import { ifKnown } from "../../../lib/estate/value";
import { vmmVersionName, type VmmPort } from "../../../lib/tables/vmm-ports";
import { alternatives, listing } from "../../../lib/text/words";
import type { Connection } from "../model/connections";

/** `TCP 443`, `TCP 80, 135 and 139`, `TCP 80 or 443`, `TCP 49152-65535`. */
export function describePorts(
  transport: string,
  ports: readonly number[],
  { anyOf = false, range = false }: { readonly anyOf?: boolean; readonly range?: boolean } = {},
): string {
  const numbers = ports.map(String);
  const text = range ? numbers.join("-") : anyOf ? alternatives(numbers) : listing(numbers);
  return `${transport.toUpperCase()} ${text}`;
}

/** `VMM console to VMM management server (WCF)`, for each row. */
export function describeRows(rows: readonly VmmPort[]): string {
  return rows.map(({ title, protocol }) => `${title} (${protocol})`).join("; ");
}

/** `VMM 2012`, as far as it is known. */
export function describeVersion({ version }: VmmServer): string {
  const id = ifKnown(version);
  return id === undefined ? "VMM" : vmmVersionName(id);
}

/** How to declare that another port was chosen for a connection; nothing where none can be, or where one is declared. */
export function describePortChoice(vmm: VmmServer, { rows, range, chosen }: Connection): readonly string[] {
  if (chosen) return [];
  const row = rows.find(({ changeAt = [] }) => changeAt.length > 0);
  if (range)
    return rows.map(({ id }) => `If Windows is set to another port, declare it in ports of ${vmm.name} as ${id}.`);
  if (row === undefined || row.exact === true) return [];
  const { id, changeAt = [], maximumPort } = row;
  const maximum = maximumPort === undefined ? "" : `; it can be at most ${String(maximumPort)}`;
  return [
    `If another port was chosen (${changeAt.join(", ")}), declare it in ports of ${vmm.name} as ${id}${maximum}.`,
  ];
}
