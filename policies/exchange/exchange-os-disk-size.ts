import type { ExchangeServer, VirtualDisk, VirtualMachine } from "../../lib/estate/model";
import { absent, ifKnown, map, type Value } from "../../lib/estate/value";
import { defineRule, given, isViolation, notDeclared, undecided, violation, type Verdict } from "../../lib/rules/rule";
import { exchangeFigures } from "../../lib/tables/exchange";
import { mostMemoryMB } from "../hosts/memory-demand";
import { holds, openContents } from "./exchange-disks";
import { describeServer, exchangeServers } from "./exchange-servers";

const MB_PER_GB = 1024;

/** The disk of the operating system has room for it, the paging file, and what else is declared to lie there. */
export const exchangeOsDiskSize = defineRule<VirtualMachine>({
  name: "exchange-os-disk-size",
  title: "Room on the operating system disk",
  subject: "exchange",
  level: "required",
  severity: "medium",
  reach: "resource",
  why: "A server whose system disk is full cannot page, write dump files or take updates, and Exchange stops accepting mail.",
  fix: "Make the disk larger, or give the paging file a disk of its own (purpose pageFile).",
  sources: ["exchange-2010-best-practices", "exchange-2013-virtualization"],
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
      given(vm, { version: exchange.version }, ({ version }) => {
        const minimumGB = number("minimumGB");
        if (minimumGB === undefined && exchangeFigures(version, "operatingSystemDisk").length === 0) return [];
        const systems = disks.filter(({ purpose }) => ifKnown(purpose) === "operatingSystem");
        if (systems.length > 0) {
          return systems.flatMap((disk) => {
            const documented = judge(vm, exchange, version, disk, disks);
            return documented.some(isViolation)
              ? documented
              : [...belowMinimum(vm, exchange, disk, minimumGB), ...documented];
          });
        }
        const open = disks.flatMap(({ purpose }) => undecided(vm, purpose));
        if (open.length > 0 || disks.some(({ purpose }) => purpose.state !== "known")) return open;
        return [notDeclared(vm, { urn: vm.urn, path: "a disk of purpose operatingSystem" })];
      }),
    ),
});

/** Something that takes room on the disk. */
interface Part {
  readonly sizeGB: Value<number>;
  readonly what: (sizeGB: number) => string;
}

function judge(
  vm: VirtualMachine,
  exchange: ExchangeServer,
  version: string,
  disk: VirtualDisk,
  disks: readonly VirtualDisk[],
): readonly Verdict[] {
  return given(vm, { size: disk.sizeGB }, ({ size }) =>
    exchangeFigures(version, "operatingSystemDisk").flatMap((figure): readonly Verdict[] => {
      const parts = [pagingFile(vm, disk, disks), ...declaredParts(exchange)];
      const held = parts.flatMap(({ sizeGB, what }) =>
        sizeGB.state === "known" ? [{ sizeGB: sizeGB.value, text: what(sizeGB.value) }] : [],
      );
      const needed = held.reduce((sum, { sizeGB }) => sum + sizeGB, figure.value);
      if (size >= needed) return parts.flatMap(({ sizeGB }) => undecided(vm, sizeGB));
      const sum = [gigabytes(figure.value), ...held.map(({ text }) => text)].join(" + ");
      const total = held.length === 0 ? `${sum} GB` : `${sum} = ${gigabytes(needed)} GB`;
      const problem =
        `${describeServer(vm, exchange)} needs ${total} on its operating system disk "${ifKnown(disk.name) ?? "a disk"}", ` +
        `which has ${gigabytes(size)} GB.`;
      return [violation(vm, disk.sizeGB.origin.path, problem, { evidence: figure })];
    }),
  );
}

/** The user's own minimum, where the document's is kept. */
function belowMinimum(
  vm: VirtualMachine,
  exchange: ExchangeServer,
  disk: VirtualDisk,
  minimumGB = 0,
): readonly Verdict[] {
  return given(vm, { size: disk.sizeGB }, ({ size }) => {
    if (size >= minimumGB) return [];
    const problem =
      `${describeServer(vm, exchange)} has ${gigabytes(size)} GB on its operating system disk "${ifKnown(disk.name) ?? "a disk"}". ` +
      `The parameter minimumGB of this rule asks for ${gigabytes(minimumGB)} GB.`;
    return [violation(vm, disk.sizeGB.origin.path, problem, { withoutSource: true, fix: "Make the disk larger." })];
  });
}

/** As large as the memory; nothing while another disk holds it. */
function pagingFile(vm: VirtualMachine, system: VirtualDisk, disks: readonly VirtualDisk[]): Part {
  const others = disks.filter((disk) => disk !== system);
  const memoryGB = map(mostMemoryMB(vm), (memoryMB) => memoryMB / MB_PER_GB);
  const [open] = others.flatMap((disk) => openContents(disk));
  const sizeGB = others.some((disk) => holds(disk, "pageFile") === true)
    ? absent(memoryGB.origin)
    : open?.state === "unknown"
      ? open
      : memoryGB;
  return { sizeGB, what: (size) => `${gigabytes(size)} (paging file for ${gigabytes(size)} GB)` };
}

function declaredParts({ managementSoftwareGB, crashDumpGB, serverRolesGB }: ExchangeServer): readonly Part[] {
  const part = (sizeGB: Value<number>, name: string): Part => ({
    sizeGB,
    what: (size) => `${gigabytes(size)} (${name})`,
  });
  return [
    part(managementSoftwareGB, "management software"),
    part(crashDumpGB, "dump files"),
    part(serverRolesGB, "server roles"),
  ];
}

/** Without the tail of a division: `31`, `19.883`. */
function gigabytes(size: number): string {
  return String(Number(size.toFixed(3)));
}
