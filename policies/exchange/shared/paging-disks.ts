import type { ExchangeServer, VirtualDisk, VirtualMachine } from "../../../lib/estate/model";
import { gatherAll, ifKnown } from "../../../lib/estate/value";
import { atLeast } from "../../../lib/rules/figures";
import { given, undecided, violation, type Verdict } from "../../../lib/rules/verdict";
import { pagingFileMB, pagingFileOf, type PagingFile } from "../../../lib/tables/exchange";
import { listing } from "../../../lib/text/words";
import { mostMemoryMB } from "../../hosts/shared/memory-demand";
import { decimal, describeDisk, holds, MB_PER_GB, unknownContents } from "./exchange-disks";
import { describeServer } from "./exchange-servers";

/** Disks that hold the paging file instead of the operating system's, and are too small for it together. */
export function pagingDisks(
  vm: VirtualMachine,
  exchange: ExchangeServer,
  version: string,
  disks: readonly VirtualDisk[],
): readonly Verdict[] {
  const row = pagingFileOf(version);
  const holders = disks.filter((disk) => holds(disk, "pageFile") === true);
  const first = holders.find(({ purpose }) => ifKnown(purpose) !== "operatingSystem");
  if (row === undefined || first === undefined) return [];
  const sizes = gatherAll(
    holders.map(({ sizeGB }) => sizeGB),
    first.sizeGB.origin,
  );
  return given(vm, { memoryMB: mostMemoryMB(vm), sizes }, (the) => {
    const sizesMB = the.sizes.map((size) => size * MB_PER_GB);
    const has = sizesMB.reduce((sum, size) => sum + size, 0);
    if (has >= pagingFileMB(row, the.memoryMB)) return [];
    const unknowns = disks
      .filter((disk) => holds(disk, "pageFile") === undefined)
      .flatMap((disk) => unknownContents(disk));
    if (unknowns.length > 0) return unknowns.flatMap((value) => undecided(vm, value));
    const names = listing(holders.map(describeDisk));
    const those = holders.length === 1 ? `The disk ${names} has` : `The disks ${names} have`;
    const sum = holders.length === 1 ? "" : `${sizesMB.map(decimal).join(" + ")} = `;
    const problem =
      `${describeServer(vm, exchange)} needs ${describeSize(row, the.memoryMB)} for its paging file. ${those} ` +
      `${sum}${decimal(has)} MB.`;
    const neededMB = pagingFileMB(row, the.memoryMB);
    const firstGB = ifKnown(first.sizeGB) ?? 0;
    const value = Math.ceil(firstGB + (neededMB - has) / MB_PER_GB);
    return [
      violation(vm, first.sizeGB.origin.path, problem, {
        found: { value: has, unit: "MB" },
        limit: atLeast(neededMB, "MB"),
        change: { path: first.sizeGB.origin.path, value },
        fix: `Set the sizeGB of the disk ${describeDisk(first)} to ${String(value)} or more.`,
        evidence: row,
      }),
    ];
  });
}

/** `16384 + 10 = 16394 MB`, `25% of 131072 = 32768 MB`. */
function describeSize(row: PagingFile, memoryMB: number): string {
  const size = String(pagingFileMB(row, memoryMB));
  if (size === String(row.maximumMB)) return `${size} MB (the most, for ${String(memoryMB)} MB of memory)`;
  const share = row.memoryPercent === 100 ? "" : `${String(row.memoryPercent)}% of `;
  const more = row.addedMB === 0 ? "" : ` + ${String(row.addedMB)}`;
  if (share === "" && more === "") return `${size} MB (as much as its memory)`;
  return `${share}${String(memoryMB)}${more} = ${size} MB`;
}
