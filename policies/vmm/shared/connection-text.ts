import type { VmmServer } from "../../../lib/estate/model";
import { ifKnown } from "../../../lib/estate/value";
import { vmmVersionName, type VmmPort } from "../../../lib/tables/vmm-ports";
import { listing, alternatives } from "../../../lib/text/words";

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
