import type { DiskPurpose, VirtualDisk } from "../../../lib/estate/model";
import { ifKnown, type Value } from "../../../lib/estate/value";

/** Whether a disk holds something: its purpose, or something beside it. Undefined while that is not known. */
export function holds(disk: VirtualDisk, purpose: DiskPurpose): boolean | undefined {
  if (knownContents(disk).includes(purpose)) return true;
  return unknownContents(disk).length === 0 ? false : undefined;
}

/** What a disk holds, as far as it is known. */
export function knownContents({ purpose, alsoHolds }: VirtualDisk): readonly DiskPurpose[] {
  return [purpose, ...(ifKnown(alsoHolds) ?? [])].map(ifKnown).filter((one) => one !== undefined);
}

/** What is in the way of knowing all that a disk holds. */
export function unknownContents({ purpose, alsoHolds }: VirtualDisk): readonly Value<unknown>[] {
  const others = alsoHolds.state === "known" ? alsoHolds.value : [alsoHolds];
  return [purpose, ...others].filter(({ state }) => state === "unknown");
}

/** `"D1" (databases)`, as far as it is known. */
export function describeDisk(disk: VirtualDisk): string {
  const known = ifKnown(disk.purpose);
  return `${nameOfDisk(disk)}${known === undefined ? "" : ` (${known})`}`;
}

/** `"D1"`, or where it is declared while its name is not known: `disks[1]`. */
export function nameOfDisk({ name }: VirtualDisk): string {
  return name.state === "known" ? `"${name.value}"` : name.origin.path.replace(/\.name$/, "");
}

const PURPOSES: Readonly<Record<DiskPurpose, string>> = {
  operatingSystem: "the operating system",
  data: "data",
  databases: "the databases",
  transactionLogs: "the transaction logs",
  contentIndex: "the content index",
  messageQueue: "the message queue database and its logs",
  pageFile: "the paging file",
};

/** A purpose as a sentence names it: `the transaction logs`. */
export function describePurpose(purpose: DiskPurpose): string {
  return PURPOSES[purpose];
}

export const MB_PER_GB = 1024;

/** Without the tail of a division: `31`, `19.883`. */
export function decimal(size: number): string {
  return String(Number(size.toFixed(3)));
}
