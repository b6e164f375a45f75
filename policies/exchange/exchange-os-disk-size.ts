import type { ExchangeServer, VirtualDisk, VirtualMachine } from "../../lib/estate/model";
import { absent, ifKnown, known, map, type Value } from "../../lib/estate/value";
import { atLeast } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import {
  given,
  isViolation,
  notDeclared,
  undecided,
  violation,
  type Verdict,
  type Violation,
} from "../../lib/rules/verdict";
import { exchangeFigures, pagingFileMB, pagingFileOf, type Figure } from "../../lib/tables/exchange";
import { mostMemoryMB } from "../hosts/shared/memory-demand";
import { decimal, holds, MB_PER_GB, nameOfDisk, unknownContents } from "./shared/exchange-disks";
import { describeServer, exchangeServers } from "./shared/exchange-servers";
import { pagingDisks } from "./shared/paging-disks";

/**
 * The disk of the operating system has room for it, the paging file, and what else is declared to lie there; so has a
 * disk that the paging file is on instead.
 */
export const exchangeOsDiskSize = defineRule<VirtualMachine>({
  name: "exchange-os-disk-size",
  title: "Room on the operating system disk",
  subject: "exchange",
  level: "required",
  severity: "medium",
  reach: "resource",
  why: "A server whose system disk is full cannot page, write dump files or install updates, and Exchange stops accepting mail.",
  fix: "Make the disk larger, or give the paging file a disk of its own (purpose pageFile).",
  sources: [
    "exchange-2010-best-practices",
    "exchange-2013-virtualization",
    "exchange-2013-requirements",
    "exchange-requirements",
  ],
  tags: ["storage"],
  parameters: {
    minimumGB: {
      type: "number",
      description:
        "Size in GB that the operating system disk of every Exchange server has at least, whatever it holds. It never lowers " +
        "what Microsoft asks for. Default: only what Microsoft asks for.",
      minimum: 1,
    },
  },
  applies: exchangeServers,
  check: (vm, _estate, { number }) =>
    given(vm, { exchange: vm.exchange, disks: vm.disks }, ({ exchange, disks }) =>
      given(vm, { version: exchange.version }, ({ version }) => [
        ...systemDisks({ vm, exchange, version, disks, minimumGB: number("minimumGB") }),
        ...pagingDisks(vm, exchange, version, disks),
      ]),
    ),
});

interface Server {
  readonly vm: VirtualMachine;
  readonly exchange: ExchangeServer;
  readonly version: string;
  readonly disks: readonly VirtualDisk[];
  /** What the user asks for. */
  readonly minimumGB: number | undefined;
}

/** Only documents that give the operating system's disk a figure ask for it: the installation may be on any. */
function systemDisks(server: Server): readonly Verdict[] {
  const { vm, version, disks, minimumGB } = server;
  const systems = disks.filter(({ purpose }) => ifKnown(purpose) === "operatingSystem");
  if (systems.length > 0) {
    return systems.flatMap((disk) => {
      const documented = systemDisk(server, disk);
      return documented.some(isViolation) ? documented : [...belowMinimum(server, disk), ...documented];
    });
  }
  const unknowns = disks.flatMap(({ purpose }) => undecided(vm, purpose));
  if (unknowns.length > 0 || disks.some(({ purpose }) => purpose.state !== "known")) return unknowns;
  if (minimumGB === undefined && exchangeFigures(version, "operatingSystemDisk").length === 0) return [];
  return [notDeclared(vm, { origin: { urn: vm.urn, path: "a disk of purpose operatingSystem" } })];
}

/** What a disk needs room for, by one figure of a document. */
interface Room {
  readonly figure: Figure;
  readonly parts: readonly Part[];
  /** Sentences that may replace a larger disk, each for what it saves. */
  readonly savings: readonly Saving[];
}

/** What takes a part off the disk. */
interface Saving {
  /** As in `give the paging file a disk of its own`. */
  readonly text: string;
  readonly savedGB: number;
}

/** Something that takes room on the disk. */
interface Part {
  readonly sizeGB: Value<number>;
  /** What takes it, as in `paging file for 16 GB`. */
  readonly what: string;
}

/** The documents on Exchange 2010 and 2013 give the operating system a figure, later ones the drive of the installation. */
function systemDisk(server: Server, disk: VirtualDisk): readonly Verdict[] {
  const { vm, version } = server;
  return given(vm, { size: disk.sizeGB }, ({ size }) => {
    const judge = (room: Room): readonly Verdict[] => judgeRoom(server, disk, size, room);
    const [system] = exchangeFigures(version, "operatingSystemDisk");
    if (system !== undefined) return judge(withSystem(server, disk, system));
    const [installation] = exchangeFigures(version, "installationDrive");
    const [free] = exchangeFigures(version, "systemDrive");
    if (installation === undefined || free === undefined) return [];
    const place = placeOfInstallation(server, disk, installation);
    if (place === "system") return judge(withInstallation(server, disk, installation));
    const least = judge(withoutInstallation(server, disk, free));
    if (place === "other" || least.some(({ kind }) => kind === "violation")) return least;
    const most = judge(withInstallation(server, disk, installation));
    return most.some(({ kind }) => kind === "violation") ? place.flatMap((value) => undecided(vm, value)) : most;
  });
}

/** The user's own minimum, where the document's is kept. */
function belowMinimum({ vm, exchange, minimumGB = 0 }: Server, disk: VirtualDisk): readonly Verdict[] {
  return given(vm, { size: disk.sizeGB }, ({ size }) => {
    if (size >= minimumGB) return [];
    const problem =
      `${describeServer(vm, exchange)} has ${decimal(size)} GB on its operating system disk ${nameOfDisk(disk)}. ` +
      `The parameter minimumGB of this rule asks for ${decimal(minimumGB)} GB.`;
    return [
      violation(vm, disk.sizeGB.origin.path, problem, {
        ...figuresOf(disk, size, minimumGB),
        withoutSource: true,
        fix: `${enlarge(minimumGB)}.`,
      }),
    ];
  });
}

function judgeRoom({ vm, exchange }: Server, disk: VirtualDisk, size: number, room: Room): readonly Verdict[] {
  const held = room.parts.flatMap(({ sizeGB, what }) =>
    sizeGB.state === "known" && sizeGB.value > 0 ? [{ sizeGB: sizeGB.value, what }] : [],
  );
  const needed = held.reduce((sum, { sizeGB }) => sum + sizeGB, 0);
  if (size >= needed) return room.parts.flatMap(({ sizeGB }) => undecided(vm, sizeGB));
  const sum = held.map((part) => `${decimal(part.sizeGB)} (${part.what})`).join(" + ");
  const total = held.length === 1 ? `${decimal(needed)} GB (${held[0]?.what ?? ""})` : `${sum} = ${decimal(needed)} GB`;
  const problem =
    `${describeServer(vm, exchange)} needs ${total} on its operating system disk ${nameOfDisk(disk)}, ` +
    `which has ${decimal(size)} GB.`;
  const enough = room.savings.filter(({ savedGB }) => savedGB > 0 && size >= needed - savedGB).map(({ text }) => text);
  const fix = [enlarge(needed), ...enough].join(", or ");
  const details = { ...figuresOf(disk, size, needed), fix: `${fix}.`, evidence: room.figure };
  return [violation(vm, disk.sizeGB.origin.path, problem, details)];
}

/** What is found and needed, and the larger size that fixes it. */
function figuresOf(disk: VirtualDisk, size: number, neededGB: number): Pick<Violation, "found" | "limit" | "change"> {
  return {
    found: { value: size, unit: "GB" },
    limit: atLeast(Number(decimal(neededGB)), "GB"),
    change: { path: disk.sizeGB.origin.path, value: Math.ceil(neededGB) },
  };
}

function enlarge(neededGB: number): string {
  return `Set the sizeGB of the disk to ${String(Math.ceil(neededGB))} or more`;
}

function withSystem(server: Server, disk: VirtualDisk, figure: Figure): Room {
  const system: Part = { sizeGB: known(figure.value, disk.sizeGB.origin), what: "operating system" };
  const paging = pagingFile(server, disk, (memoryMB) => memoryMB);
  return {
    figure,
    parts: [system, paging, ...declaredParts(server.exchange), serverRoles(server.exchange, 0)],
    savings: [movingPagingFile(server, paging)],
  };
}

/** What the server roles take is there already, as far as it is no more than the installation. */
function withInstallation(server: Server, disk: VirtualDisk, figure: Figure): Room {
  const installation: Part = {
    sizeGB: known(figure.value, disk.sizeGB.origin),
    what: "free to install Exchange",
  };
  const { exchange } = server;
  const roles = serverRoles(exchange, figure.value);
  const paging = documentedPagingFile(server, disk);
  const [free] = exchangeFigures(server.version, "systemDrive");
  const rolesGB = ifKnown(serverRoles(exchange, 0).sizeGB) ?? 0;
  const savedGB = figure.value + (ifKnown(roles.sizeGB) ?? 0) - rolesGB - (free?.value ?? 0) / MB_PER_GB;
  return {
    figure,
    parts: [installation, paging, ...declaredParts(exchange), roles],
    savings: [
      movingPagingFile(server, paging),
      {
        text: `install Exchange on a disk of its own (purpose data) of ${decimal(figure.value)} GB or more`,
        savedGB,
      },
    ],
  };
}

function withoutInstallation(server: Server, disk: VirtualDisk, figure: Figure): Room {
  const free: Part = {
    sizeGB: known(figure.value / MB_PER_GB, disk.sizeGB.origin),
    what: "free space",
  };
  const { exchange } = server;
  const paging = documentedPagingFile(server, disk);
  return {
    figure,
    parts: [free, paging, ...declaredParts(exchange), serverRoles(exchange, 0)],
    savings: [movingPagingFile(server, paging)],
  };
}

/**
 * Where Exchange is installed: on another disk that holds data and is large enough, on that of the operating system
 * where there is none, or the values that must be known to tell.
 */
function placeOfInstallation(
  { disks }: Server,
  system: VirtualDisk,
  { value }: Figure,
): "system" | "other" | readonly Value<unknown>[] {
  const others = disks.filter(
    (disk) => disk !== system && holds(disk, "data") !== false && (ifKnown(disk.sizeGB) ?? value) >= value,
  );
  if (others.some((disk) => holds(disk, "data") === true && disk.sizeGB.state === "known")) return "other";
  const unknowns = others
    .flatMap((disk) => [...unknownContents(disk), disk.sizeGB])
    .filter(({ state }) => state === "unknown");
  return unknowns.length === 0 ? "system" : unknowns;
}

function documentedPagingFile(server: Server, system: VirtualDisk): Part {
  const row = pagingFileOf(server.version);
  return pagingFile(server, system, (memoryMB) => (row === undefined ? 0 : pagingFileMB(row, memoryMB)));
}

/** Nothing while another disk holds it. */
function pagingFile({ vm, disks }: Server, system: VirtualDisk, sizeMB: (memoryMB: number) => number): Part {
  const others = disks.filter((disk) => disk !== system);
  const memoryMB = mostMemoryMB(vm);
  const [unknowns] = others.flatMap((disk) => unknownContents(disk));
  const sizeGB = others.some((disk) => holds(disk, "pageFile") === true)
    ? absent(memoryMB.origin)
    : unknowns?.state === "unknown"
      ? unknowns
      : map(memoryMB, (memory) => sizeMB(memory) / MB_PER_GB);
  const memoryGB = decimal((ifKnown(memoryMB) ?? 0) / MB_PER_GB);
  return { sizeGB, what: `paging file for ${memoryGB} GB` };
}

/** A disk of its own must be as large as the document of the version asks. */
function movingPagingFile({ vm, version }: Server, { sizeGB }: Part): Saving {
  const row = pagingFileOf(version);
  const memoryMB = ifKnown(mostMemoryMB(vm)) ?? 0;
  const ownGB = Math.ceil((row === undefined ? memoryMB : pagingFileMB(row, memoryMB)) / MB_PER_GB);
  return {
    text: `give the paging file a disk of its own (purpose pageFile) of ${String(ownGB)} GB or more`,
    savedGB: ifKnown(sizeGB) ?? 0,
  };
}

function declaredParts({ managementSoftwareGB, crashDumpGB }: ExchangeServer): readonly Part[] {
  return [
    { sizeGB: managementSoftwareGB, what: "management software" },
    { sizeGB: crashDumpGB, what: "dump files" },
  ];
}

/** @param countedGB what another part counts already */
function serverRoles({ serverRolesGB }: ExchangeServer, countedGB: number): Part {
  const more = countedGB === 0 ? "" : ` beyond ${decimal(countedGB)}`;
  return { sizeGB: map(serverRolesGB, (size) => Math.max(0, size - countedGB)), what: `server roles${more}` };
}
