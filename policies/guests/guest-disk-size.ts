import type { DiskFormat, VirtualDisk, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule, given, undecided, violation, type Verdict } from "../../lib/rules/rule";
import {
  allows,
  capabilityOf,
  describeLimit,
  hostVersionName,
  limitOf,
  type Limit,
} from "../../lib/tables/host-versions";
import { firstOf, generationOf, hostVersionsFor } from "./guest-placement";

/** Virtual disks have a format that the host version knows, and are no larger than it allows. */
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
    given(
      vm,
      { disks: vm.disks, generation: vm.generation, hosts: hostVersionsFor(vm, estate) },
      ({ disks, generation, hosts }) =>
        disks.flatMap((disk) => firstOf(hosts, (host) => judge(vm, disk, generationOf(generation), host))),
    ),
});

function judge(vm: VirtualMachine, disk: VirtualDisk, generation: 1 | 2, host: string): readonly Verdict[] {
  return given(vm, { type: disk.type }, ({ type }) => {
    if (type !== "fixed" && type !== "dynamic" && type !== "differencing") return [];
    const format = ifKnown(disk.format);
    const vhdx = capabilityOf(host, "vhdx");
    const name = `${vm.name} has the virtual disk "${ifKnown(disk.name) ?? ""}"`;
    if (format === "VHDX" && vhdx?.available === false) {
      const problem = `${name} in VHDX format, which ${hostVersionName(host)} does not know.`;
      return [violation(vm, disk.format.origin.path, problem, { evidence: vhdx, fix: "Use a VHD." })];
    }
    const size = ifKnown(disk.sizeGB);
    if (size === undefined) return undecided(vm, disk.sizeGB);
    const limit = smallest(limitsOf(disk, format, generation, host));
    if (limit === undefined || size <= allows(limit)) return openLimits(vm, disk, size, generation, host);
    const kind = limit.item === "bootDiskSize" ? "the startup disk of that generation" : `a ${limitFormat(limit)}`;
    const problem =
      `${name} of ${String(size)} GB in generation ${String(generation)}. On ${hostVersionName(host)} ${kind} has at ` +
      `most ${describeLimit(limit)}.`;
    return [violation(vm, disk.sizeGB.origin.path, problem, { evidence: limit })];
  });
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
  const ofFormat = format === undefined ? (byFormat.VHDX ?? byFormat.VHD) : byFormat[format];
  const boot = ifKnown(disk.purpose) === "operatingSystem" ? limitOf(host, "bootDiskSize", generation) : undefined;
  return [ofFormat, boot].filter((limit) => limit !== undefined);
}

/** What is not known and would make the difference: the smaller format, or that this is the startup disk. */
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
  return [
    ...(exceeds("vhdSize") ? undecided(vm, format) : []),
    ...(exceeds("bootDiskSize") ? undecided(vm, purpose) : []),
  ];
}

function smallest(limits: readonly Limit[]): Limit | undefined {
  return [...limits].sort((one, other) => allows(one) - allows(other))[0];
}

function limitFormat({ item }: Limit): DiskFormat {
  return item === "vhdxSize" ? "VHDX" : "VHD";
}
