import type { DiskFormat, VirtualDisk, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, missing, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import {
  allows,
  capabilityOf,
  describeLimit,
  hostVersionName,
  limitOf,
  type Limit,
} from "../../lib/tables/host-versions";
import { generationOf, onEachHost } from "./shared/guest-placement";

/** Virtual disks lie on storage and have a format that the host version knows, and are no larger than it allows. */
export const guestDiskSize = defineRule<VirtualMachine>({
  name: "guest-disk-size",
  title: "Virtual disks that the host supports",
  subject: "guests",
  level: "unsupported",
  severity: "medium",
  reach: "estate",
  why: "Hyper-V does not create or attach a virtual disk beyond the limits of its format.",
  fix: "Make the disk smaller, split it, or use VHDX where the host has it.",
  sources: ["limits-2008-r2"],
  tags: ["storage"],
  applies: ({ virtualMachines }) => virtualMachines.filter(({ disks }) => disks.state !== "absent"),
  check: (vm, estate) =>
    given(vm, { disks: vm.disks }, ({ disks }) =>
      disks
        .filter(isFile)
        .flatMap((disk) =>
          onEachHost(vm, estate, { type: disk.type, generation: vm.generation }, ({ generation }, host) =>
            judge(vm, disk, generationOf(generation), host),
          ),
        ),
    ),
});

/** Anything but a LUN that the guest uses as it is. */
function isFile({ type }: VirtualDisk): boolean {
  return type.state !== "known" || (type.value !== "passThrough" && type.value !== "iscsi");
}

function judge(vm: VirtualMachine, disk: VirtualDisk, generation: 1 | 2, host: string): readonly Verdict[] {
  const wrong = wrongStorage(vm, disk, host) ?? wrongFormat(vm, disk, generation, host);
  return wrong === undefined ? tooLarge(vm, disk, generation, host) : [wrong];
}

function subjectOf(vm: VirtualMachine, disk: VirtualDisk): string {
  const name = ifKnown(disk.name);
  return name === undefined ? `${vm.name} has a virtual disk` : `${vm.name} has the virtual disk "${name}"`;
}

function wrongStorage(vm: VirtualMachine, disk: VirtualDisk, host: string): Verdict | undefined {
  const smb = capabilityOf(host, "smb3Storage");
  if (ifKnown(disk.type) !== "smb" || smb?.available !== false) return undefined;
  const problem = `${subjectOf(vm, disk)} on a file share, which ${hostVersionName(host)} does not support.`;
  return violation(vm, disk.type.origin.path, problem, {
    evidence: smb,
    fix: "Put the disk on local storage or on a LUN (Fibre Channel, iSCSI), or use Windows Server 2012 or later.",
  });
}

function wrongFormat(vm: VirtualMachine, disk: VirtualDisk, generation: 1 | 2, host: string): Verdict | undefined {
  const format = ifKnown(disk.format);
  const { path } = disk.format.origin;
  const vhdx = capabilityOf(host, "vhdx");
  if (format === "VHDX" && vhdx?.available === false) {
    const problem = `${subjectOf(vm, disk)} in VHDX format, which ${hostVersionName(host)} does not know.`;
    return violation(vm, path, problem, { evidence: vhdx, fix: "Use a VHD." });
  }
  const vhd = limitOf(host, "vhdSize", generation);
  if (format === "VHD" && !takesVhd(host, generation) && vhd !== undefined) {
    const problem = `${subjectOf(vm, disk)} in VHD format, which a virtual machine of generation ${String(generation)} does not take.`;
    return violation(vm, path, problem, { evidence: vhd, fix: "Convert the disk to VHDX." });
  }
  return undefined;
}

function takesVhd(host: string, generation: 1 | 2): boolean {
  return limitOf(host, "vhdSize", generation)?.value !== 0;
}

function tooLarge(vm: VirtualMachine, disk: VirtualDisk, generation: 1 | 2, host: string): readonly Verdict[] {
  const size = ifKnown(disk.sizeGB);
  if (size === undefined) return missing(vm, disk.sizeGB);
  const limit = smallest(limitsOf(disk, ifKnown(disk.format), generation, host));
  if (limit === undefined || size <= allows(limit)) return openLimits(vm, disk, size, generation, host);
  const kind = limit.item === "bootDiskSize" ? "the startup disk of that generation" : `a ${limitFormat(limit)}`;
  const problem =
    `${subjectOf(vm, disk)} of ${String(size)} GB in generation ${String(generation)}. On ${hostVersionName(host)} ${kind} ` +
    `has at most ${describeLimit(limit)}.`;
  return [violation(vm, disk.sizeGB.origin.path, problem, { evidence: limit })];
}

/** Where the format is not declared the larger one counts: what exceeds that is wrong in any case. */
function limitsOf(
  disk: VirtualDisk,
  format: DiskFormat | undefined,
  generation: 1 | 2,
  host: string,
): readonly Limit[] {
  const byFormat = {
    VHD: limitOf(host, "vhdSize", generation),
    VHDX: limitOf(host, "vhdxSize", generation),
  };
  // Of no limit by document nothing is known: a disk that is not declared as a VHD may be as large as it likes.
  const largest = byFormat.VHDX ?? (takesVhd(host, generation) ? byFormat.VHD : undefined);
  const ofFormat = format === undefined ? largest : byFormat[format];
  const boot = ifKnown(disk.purpose) === "operatingSystem" ? limitOf(host, "bootDiskSize", generation) : undefined;
  return [ofFormat, boot].filter((limit) => limit !== undefined);
}

/** What is not known and would make the difference: the format, or that this is the startup disk. */
function openLimits(
  vm: VirtualMachine,
  { format, purpose }: VirtualDisk,
  size: number,
  generation: 1 | 2,
  host: string,
): readonly Verdict[] {
  const exceeds = (item: "vhdSize" | "bootDiskSize"): boolean => {
    const limit = limitOf(host, item, generation);
    return limit !== undefined && size > allows(limit);
  };
  const takesBoth = takesVhd(host, generation) && capabilityOf(host, "vhdx")?.available !== false;
  return [
    ...(takesBoth && exceeds("vhdSize") ? missing(vm, format) : []),
    ...(takesBoth ? [] : undecided(vm, format)),
    ...(exceeds("bootDiskSize") ? undecided(vm, purpose) : []),
  ];
}

function smallest(limits: readonly Limit[]): Limit | undefined {
  return [...limits].sort((one, other) => allows(one) - allows(other))[0];
}

function limitFormat({ item }: Limit): DiskFormat {
  return item === "vhdxSize" ? "VHDX" : "VHD";
}
