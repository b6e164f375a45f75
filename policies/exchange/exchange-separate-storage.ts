import type { ExchangeServer, VirtualDisk, VirtualMachine } from "../../lib/estate/model";
import { absent, ifKnown, type Value } from "../../lib/estate/value";
import { atMost, type LimitFigure } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, missing, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { separateStorageOf, type SeparateStorage } from "../../lib/tables/exchange";
import { count, firstOnes, listing } from "../../lib/text/words";
import {
  describeDisk,
  describePurpose,
  holds,
  knownContents,
  nameOfDisk,
  unknownContents,
} from "./shared/exchange-disks";
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
        const others = disks.filter((disk) => !systems.includes(disk));
        return [
          ...systems.flatMap((system) => sharedDisk(vm, exchange, system, row)),
          // Any of the others may be the operating system disk.
          ...others.flatMap(({ purpose }) => (systems.length === 0 ? undecided(vm, purpose) : [])),
          ...(systems.length === 0 ? [] : besideSystems({ vm, exchange, row, systems: systems.map(placed) }, others)),
        ];
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
    `${nameOfDisk(system)}.`;
  const fix = "Move them to a disk of their own, on other storage.";
  const limit: LimitFigure = { bound: "noneOf", value: row.purposes };
  return [
    violation(vm, system.alsoHolds.origin.path, problem, { found: { value: shared }, limit, evidence: row, fix }),
  ];
}

interface Server {
  readonly vm: VirtualMachine;
  readonly exchange: ExchangeServer;
  readonly row: SeparateStorage;
  readonly systems: readonly PlacedDisk[];
}

/** A disk, with its storage and its volume in lower case, as far as they are known. */
interface PlacedDisk {
  readonly disk: VirtualDisk;
  readonly storage: string | undefined;
  readonly volume: string | undefined;
}

function placed(disk: VirtualDisk): PlacedDisk {
  return { disk, storage: ifKnown(disk.storage)?.toLowerCase(), volume: volumeOf(disk)?.toLowerCase() };
}

/** Disks of Exchange on one place with an operating system disk: one problem, however many they are. */
function besideSystems(server: Server, disks: readonly VirtualDisk[]): readonly Verdict[] {
  const { vm, row } = server;
  const together = new Map<string, Neighbours>();
  const unclear: Verdict[] = [];
  for (const disk of disks) {
    const concerns = row.purposes.some((purpose) => knownContents(disk).includes(purpose));
    const unknowns = unknownContents(disk);
    if (!concerns && unknowns.length === 0) continue;
    const place = placeBeside(server, placed(disk));
    if (place.kind === "unclear") unclear.push(...missing(vm, place.value));
    else if (place.kind === "common" && !concerns) unclear.push(...unknowns.flatMap((value) => undecided(vm, value)));
    else if (place.kind === "common") {
      const key = JSON.stringify([server.systems.indexOf(place.system), place.by, place.key]);
      const neighbours = together.get(key) ?? { place, disks: [] };
      neighbours.disks.push(disk);
      together.set(key, neighbours);
    }
  }
  return [...[...together.values()].map((neighbours) => besideSystem(server, neighbours)), ...unclear];
}

interface Neighbours {
  readonly place: CommonPlace;
  readonly disks: VirtualDisk[];
}

function besideSystem({ vm, exchange, row }: Server, { place, disks }: Neighbours): Verdict {
  const { name, by, system } = place;
  const [first, ...others] = disks;
  const names = firstOnes(disks.map(describeDisk));
  const what = others.length === 0 ? `the disk ${names}` : `${count(disks.length, "disk")} (${names})`;
  const problem =
    `${describeServer(vm, exchange)} has ${what} on ${name}, where its operating system disk ` +
    `${nameOfDisk(system.disk)} lies too.`;
  const them = others.length === 0 ? ["the disk", "its"] : ["them", "their"];
  const to = by === "storage" ? "other storage" : "another volume";
  return violation(vm, others.length === 0 && first !== undefined ? first.storage.origin.path : "disks", problem, {
    found: others.length === 0 ? { value: name } : { value: disks.length, unit: "disks" },
    limit: others.length === 0 ? { bound: "not", value: name } : atMost(0, "disks"),
    fix: `Move ${them.join(` to ${to}, and set `)} ${by} to that.`,
    evidence: row,
  });
}

interface CommonPlace {
  readonly kind: "common";
  /** As the disk has it. */
  readonly name: string;
  /** The same in lower case. */
  readonly key: string;
  readonly by: "storage" | "path";
  /** The first operating system disk that lies there. */
  readonly system: PlacedDisk;
}

type Place = { readonly kind: "apart" } | CommonPlace | { readonly kind: "unclear"; readonly value: Value<unknown> };

/** Where a disk lies with an operating system disk. */
function placeBeside({ vm, systems }: Server, own: PlacedDisk): Place {
  let unclear: Value<unknown> | undefined;
  for (const system of systems) {
    const by = comparable(system, own);
    if (by === undefined) unclear ??= unclearPlace(vm, system.disk, own.disk);
    const key = by === undefined ? undefined : own[KEYS[by]];
    if (by !== undefined && key !== undefined && key === system[KEYS[by]]) {
      return { kind: "common", name: nameOfPlace(own.disk, by) ?? key, key, by, system };
    }
  }
  return unclear === undefined ? { kind: "apart" } : { kind: "unclear", value: unclear };
}

const KEYS = { storage: "storage", path: "volume" } as const;

/** By the declared storage, else by the volumes of the two paths. */
function comparable(system: PlacedDisk, own: PlacedDisk): "storage" | "path" | undefined {
  if (own.storage !== undefined && system.storage !== undefined) return "storage";
  return own.volume !== undefined && system.volume !== undefined ? "path" : undefined;
}

function nameOfPlace(disk: VirtualDisk, by: "storage" | "path"): string | undefined {
  return by === "storage" ? ifKnown(disk.storage) : volumeOf(disk);
}

/** What must be known to compare two disks; undefined where one lies on no volume, or the estate rule reports it. */
function unclearPlace(vm: VirtualMachine, system: VirtualDisk, disk: VirtualDisk): Value<unknown> | undefined {
  const storages = [system.storage, disk.storage];
  const unknown = storages.find(({ state }) => state === "unknown");
  if (unknown !== undefined) return unknown;
  const [absentOne, another] = storages.filter(({ state }) => state === "absent");
  if (another === undefined) return absentOne;
  return [system, disk].some(isOwnVolume) ? undefined : absent({ urn: vm.urn, path: "the storage of its disks" });
}

/** A disk of its own LUN shares no volume with a file. */
function isOwnVolume({ type }: Pick<VirtualDisk, "type">): boolean {
  const kind = ifKnown(type);
  return kind === "passThrough" || kind === "iscsi";
}

/** The volume of a virtual disk's file: `D:`, `C:\ClusterStorage\Volume1` or `\\server\share`. */
function volumeOf({ type, path }: VirtualDisk): string | undefined {
  if (ifKnown(type) === undefined || isOwnVolume({ type })) return undefined;
  const file = ifKnown(path) ?? "";
  const [volume] = /^([a-z]:\\clusterstorage\\[^\\]+|[a-z]:|\\\\[^\\?.][^\\]*\\[^\\]+)/i.exec(file) ?? [];
  return volume;
}
