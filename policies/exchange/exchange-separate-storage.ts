import type { ExchangeServer, VirtualDisk, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import type { LimitFigure } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, missing, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { separateStorageOf, type SeparateStorage } from "../../lib/tables/exchange";
import { listing } from "../../lib/text/words";
import { describeDisk, describePurpose, holds, knownContents, unknownContents } from "./shared/exchange-disks";
import { describeServer, exchangeServers } from "./shared/exchange-servers";

/** What Exchange writes lies on other spindles than the guest's operating system. */
export const exchangeSeparateStorage = defineRule<VirtualMachine>({
  name: "exchange-separate-storage",
  title: "Exchange data apart from the system disk",
  subject: "exchange",
  level: "recommended",
  severity: "medium",
  reach: "resource",
  why: "Paging and updates of the operating system then take no disk performance from Exchange, and one failed volume does not take both.",
  fix: "Move the disk to other storage than that of the operating system disk.",
  sources: ["exchange-2010-best-practices", "exchange-2013-virtualization", "exchange-virtualization"],
  tags: ["storage"],
  applies: exchangeServers,
  check: (vm) =>
    given(vm, { exchange: vm.exchange, disks: vm.disks }, ({ exchange, disks }) =>
      given(vm, { version: exchange.version }, ({ version }) => {
        const row = separateStorageOf(version);
        if (row === undefined) return [];
        const systems = disks.filter(({ purpose }) => ifKnown(purpose) === "operatingSystem");
        return systems.flatMap((system) => [
          ...sharedDisk(vm, exchange, system, row),
          ...disks.flatMap((disk) => (disk === system ? [] : judge(vm, exchange, system, disk, row))),
        ]);
      }),
    ),
});

/** What of it lies on the disk of the operating system itself. */
function sharedDisk(
  vm: VirtualMachine,
  exchange: ExchangeServer,
  system: VirtualDisk,
  row: SeparateStorage,
): readonly Verdict[] {
  const shared = row.purposes.filter((purpose) => holds(system, purpose) === true);
  if (shared.length === 0) return unknownContents(system).flatMap((value) => undecided(vm, value));
  const problem =
    `${describeServer(vm, exchange)} has ${listing(shared.map(describePurpose))} on its operating system disk ` +
    `"${ifKnown(system.name) ?? "a disk"}".`;
  const fix = "Move them to a disk of their own, on other storage.";
  const limit: LimitFigure = { bound: "noneOf", value: row.purposes };
  return [
    violation(vm, system.alsoHolds.origin.path, problem, { found: { value: shared }, limit, evidence: row, fix }),
  ];
}

function judge(
  vm: VirtualMachine,
  exchange: ExchangeServer,
  system: VirtualDisk,
  disk: VirtualDisk,
  row: SeparateStorage,
): readonly Verdict[] {
  const concerns = row.purposes.some((purpose) => knownContents(disk).includes(purpose));
  if (!concerns && unknownContents(disk).length === 0) return [];
  const place = commonPlace(system, disk);
  if (place.kind === "apart") return [];
  if (place.kind === "unclear") {
    return place.values.flatMap((value) => missing(vm, value));
  }
  if (!concerns) return unknownContents(disk).flatMap((value) => undecided(vm, value));
  const problem =
    `${describeServer(vm, exchange)} has the disk ${describeDisk(disk)} on ${place.name}, where its operating system ` +
    `disk "${ifKnown(system.name) ?? "a disk"}" lies too.`;
  const { name } = place;
  const limit: LimitFigure = { bound: "not", value: name };
  const fix =
    place.by === "storage"
      ? "Move the disk to other storage, and set its storage to that."
      : "Move the disk to another volume, and set its path to that.";
  return [violation(vm, disk.storage.origin.path, problem, { found: { value: name }, limit, fix, evidence: row })];
}

type Place =
  | { readonly kind: "apart" }
  | { readonly kind: "common"; readonly name: string; readonly by: "storage" | "path" }
  | { readonly kind: "unclear"; readonly values: readonly Value<unknown>[] };

/** By the declared storage, else by the volumes of the two paths. */
function commonPlace(system: VirtualDisk, disk: VirtualDisk): Place {
  const own = ifKnown(disk.storage);
  const systems = ifKnown(system.storage);
  if (own !== undefined && systems !== undefined) return compare(own, systems, "storage");
  const volume = volumeOf(disk);
  const systemVolume = volumeOf(system);
  if (volume !== undefined && systemVolume !== undefined) return compare(volume, systemVolume, "path");
  const storages = [system.storage, disk.storage];
  // A disk that the machine has for itself, and no file on a volume, is storage of its own.
  if (storages.every(({ state }) => state === "absent") && [system, disk].some(isLun)) return { kind: "apart" };
  const unknowns = storages.filter(({ state }) => state === "unknown");
  return {
    kind: "unclear",
    values: unknowns.length > 0 ? unknowns : storages.filter(({ state }) => state === "absent"),
  };
}

function compare(one: string, other: string, by: "storage" | "path"): Place {
  return one.toLowerCase() === other.toLowerCase() ? { kind: "common", name: one, by } : { kind: "apart" };
}

function isLun({ type }: VirtualDisk): boolean {
  return type.state === "known" && (type.value === "passThrough" || type.value === "iscsi");
}

/** The volume of a virtual disk's file: `D:`, `C:\ClusterStorage\Volume1` or `\\server\share`. */
function volumeOf(disk: VirtualDisk): string | undefined {
  if (disk.type.state !== "known" || isLun(disk)) return undefined;
  const file = ifKnown(disk.path) ?? "";
  const [volume] = /^([a-z]:\\clusterstorage\\[^\\]+|[a-z]:|\\\\[^\\?.][^\\]*\\[^\\]+)/i.exec(file) ?? [];
  return volume;
}
