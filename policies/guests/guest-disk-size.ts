import type { DiskFormat, VirtualDisk, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { atMost, exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import {
  given,
  missing,
  undecided,
  violation,
  type Evidence,
  type Verdict,
  type ViolationDetails,
} from "../../lib/rules/verdict";
import {
  allows,
  capabilityOf,
  describeLimit,
  hostVersionName,
  limitOf,
  type Limit,
} from "../../lib/tables/host-versions";
import { declareFormat, formatChange } from "./shared/disk-format";
import { describeGeneration, generationOf, onEachHost } from "./shared/guest-placement";

/** Virtual disks are on storage and have a format that the host version supports, and are no larger than it allows. */
export const guestDiskSize = defineRule<VirtualMachine>({
  name: "guest-disk-size",
  title: "Virtual disks that the host supports",
  subject: "guests",
  level: "unsupported",
  severity: "medium",
  reach: "estate",
  why: "Hyper-V does not create or attach a virtual disk beyond the limits of its format.",
  fix: "Use VHDX where the host supports it, or several smaller disks.",
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

/** Anything but a LUN that the guest uses without a virtual disk. */
function isFile({ type }: VirtualDisk): boolean {
  return type.state !== "known" || (type.value !== "passThrough" && type.value !== "iscsi");
}

function judge(vm: VirtualMachine, disk: VirtualDisk, generation: 1 | 2, host: string): readonly Verdict[] {
  const wrong = wrongStorage(vm, disk, generation, host) ?? wrongFormat(vm, disk, generation, host);
  return wrong === undefined ? tooLarge(vm, disk, generation, host) : [wrong];
}

function describeDisk(vm: VirtualMachine, disk: VirtualDisk): string {
  const name = ifKnown(disk.name);
  return name === undefined ? `${vm.name} has a virtual disk` : `${vm.name} has the virtual disk "${name}"`;
}

function wrongStorage(vm: VirtualMachine, disk: VirtualDisk, generation: 1 | 2, host: string): Verdict | undefined {
  const smb = capabilityOf(host, "smb3Storage");
  if (ifKnown(disk.type) !== "smb" || smb?.available !== false) return undefined;
  const problem = `${describeDisk(vm, disk)} on a file share, which ${hostVersionName(host)} does not support.`;
  const vhd = limitOf(host, "vhdSize", generation);
  const isVhd = ifKnown(disk.format) !== "VHDX" && (vhd === undefined || (ifKnown(disk.sizeGB) ?? 0) <= allows(vhd));
  const format = isVhd || vhd === undefined ? "" : ` as a VHD of at most ${describeLimit(vhd)}`;
  return violation(vm, disk.type.origin.path, problem, {
    found: { value: "smb" },
    limit: { bound: "not", value: "smb" },
    evidence: smb,
    fix:
      `Put the disk${format} on local storage or on a LUN (Fibre Channel or iSCSI), or run the virtual machine on Windows ` +
      "Server 2012 or later.",
  });
}

function wrongFormat(vm: VirtualMachine, disk: VirtualDisk, generation: 1 | 2, host: string): Verdict | undefined {
  const format = ifKnown(disk.format);
  const vhdx = capabilityOf(host, "vhdx");
  if (format === "VHDX" && vhdx?.available === false) {
    const problem = `${describeDisk(vm, disk)} in VHDX format, which ${hostVersionName(host)} does not support.`;
    return ofOtherFormat(vm, disk, problem, vhdx, "VHD", limitOf(host, "vhdSize", generation));
  }
  const vhd = limitOf(host, "vhdSize", generation);
  if (format === "VHD" && !takesVhd(host, generation) && vhd !== undefined) {
    const problem =
      `${describeDisk(vm, disk)} in VHD format, which a virtual machine of ` +
      `${describeGeneration(vm, generation, host)} does not support.`;
    return ofOtherFormat(vm, disk, problem, vhd, "VHDX", limitOf(host, "vhdxSize", generation));
  }
  return undefined;
}

/** A disk that must have the other format. Its size must fit that format too. */
function ofOtherFormat(
  vm: VirtualMachine,
  disk: VirtualDisk,
  problem: string,
  evidence: Evidence,
  format: DiskFormat,
  limit: Limit | undefined,
): Verdict {
  const size = ifKnown(disk.sizeGB);
  const isTooLarge = limit !== undefined && size !== undefined && size > allows(limit);
  const smaller = isTooLarge ? ` of at most ${describeSizeGB(limit)}` : "";
  return violation(vm, disk.format.origin.path, problem, {
    found: { value: ifKnown(disk.format) ?? "" },
    limit: exactly(format),
    evidence,
    fix: `Convert the disk to ${format === "VHD" ? "a VHD" : "VHDX"}${smaller}, and ${declareFormat(disk, format)}.`,
    ...(isTooLarge || size === undefined ? {} : formatChange(disk, format)),
  });
}

function takesVhd(host: string, generation: 1 | 2): boolean {
  return limitOf(host, "vhdSize", generation)?.value !== 0;
}

function tooLarge(vm: VirtualMachine, disk: VirtualDisk, generation: 1 | 2, host: string): readonly Verdict[] {
  const size = ifKnown(disk.sizeGB);
  if (size === undefined) return missing(vm, disk.sizeGB);
  const limit = smallest(limitsOf(disk, ifKnown(disk.format), generation, host));
  if (limit === undefined || size <= allows(limit)) return undecidedLimits(vm, disk, size, generation, host);
  const kind =
    limit.item === "bootDiskSize"
      ? `the startup disk of a virtual machine of ${describeGeneration(vm, generation, host)}`
      : `a ${limitFormat(limit)}`;
  const problem =
    `${describeDisk(vm, disk)} of ${String(size)} GB. On ${hostVersionName(host)} ${kind} may have at most ` +
    `${describeSizeGB(limit)}.`;
  return [
    violation(vm, disk.sizeGB.origin.path, problem, {
      found: { value: size, unit: "GB" },
      limit: atMost(allows(limit), "GB"),
      evidence: limit,
      ...smallerOrVhdx(disk, size, limit, generation, host),
    }),
  ];
}

/** A VHD may become a VHDX where the host has that format and the disk fits it; any other disk must be smaller. */
function smallerOrVhdx(
  disk: VirtualDisk,
  size: number,
  limit: Limit,
  generation: 1 | 2,
  host: string,
): Pick<ViolationDetails, "fix" | "change"> {
  const most = String(allows(limit));
  const asVhdx = limitsOf(disk, "VHDX", generation, host);
  const fitsVhdx = asVhdx.every((one) => size <= allows(one));
  if (ifKnown(disk.format) === "VHD" && capabilityOf(host, "vhdx")?.available === true && fitsVhdx) {
    return {
      fix: `Convert the disk to VHDX, and ${declareFormat(disk, "VHDX")}; or set sizeGB to ${most} or less.`,
      ...formatChange(disk, "VHDX"),
    };
  }
  return {
    fix: `Set sizeGB to ${most} or less, and use more disks instead of a larger one.`,
    change: { path: disk.sizeGB.origin.path, value: allows(limit) },
  };
}

/** `2,040 GB`, `64 TB, which is 65536 GB`. */
function describeSizeGB(limit: Limit): string {
  const text = describeLimit(limit);
  return text.endsWith(" GB") ? text : `${text}, which is ${String(allows(limit))} GB`;
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
  // Where no document has a limit for VHDX, a disk that is not declared as a VHD may have any size.
  const largest = byFormat.VHDX ?? (takesVhd(host, generation) ? byFormat.VHD : undefined);
  const ofFormat = format === undefined ? largest : byFormat[format];
  const boot = ifKnown(disk.purpose) === "operatingSystem" ? limitOf(host, "bootDiskSize", generation) : undefined;
  return [ofFormat, boot].filter((limit) => limit !== undefined);
}

/** What is not known and would make the difference: the format, or that this is the startup disk. */
function undecidedLimits(
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
