import type { Estate } from "../../lib/estate/estate";
import type { DiskType, VirtualDisk, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { capabilityOf, limitOf } from "../../lib/tables/host-versions";
import { requiredBy } from "../../lib/tables/machine-requirements";
import { replicaStatement } from "../../lib/tables/replica";
import { declareFormat, formatChange } from "./shared/disk-format";
import { knownHostVersions } from "./shared/guest-placement";

/** Disks whose files grow are in the format that survives the loss of power. */
export const virtualDiskFormat = defineRule<VirtualMachine>({
  name: "virtual-disk-format",
  title: "VHDX for disks that grow",
  subject: "guests",
  level: "recommended",
  severity: "low",
  reach: "estate",
  why: "A disk that grows changes the structure of its file at many writes: a VHDX keeps it intact when the power fails, and a VHD does not.",
  fix: "Convert the disk to VHDX, or to a fixed disk.",
  sources: ["bpa-vhd-format"],
  tags: ["storage"],
  applies: ({ virtualMachines }) => virtualMachines.filter(isJudgedHere),
  check: (vm, estate) =>
    given(vm, { disks: vm.disks }, ({ disks }) => {
      const grow = disks.filter(mayGrowAsVhd);
      const versions = knownHostVersions(vm, estate);
      if (grow.length === 0 || !takesBoth(vm, versions, estate)) return [];
      const systems = estate.knownHostsOf(vm).map(({ operatingSystem }) => operatingSystem);
      const open = [estate.hostsOf(vm), vm.generation, ...systems];
      const unknown = open.filter(({ state }) => state === "unknown");
      if (unknown.length > 0) return unknown.flatMap((value) => undecided(vm, value));
      return grow.flatMap((disk) =>
        given(vm, { type: disk.type, format: disk.format }, ({ type, format }) =>
          isOnDemand(type) && format === "VHD" && versions.length > 0 ? [growsAsVhd(vm, disk, type)] : [],
        ),
      );
    }),
});

/** The disks of Exchange servers have rules of their own, which are stricter. */
function isJudgedHere({ disks, exchange }: VirtualMachine): boolean {
  return disks.state !== "absent" && exchange.state === "absent";
}

/**
 * Whether all hosts that are known take both formats for a virtual machine of its generation: where only one is supported,
 * guest-disk-size says so. What replica-disk-format says of replicas is not said twice.
 */
function takesBoth(vm: VirtualMachine, versions: readonly string[], estate: Estate): boolean {
  const generation = ifKnown(vm.generation) === 2 ? 2 : 1;
  return (
    versions.every((version) => hasVhdx(version) && takesVhd(version, generation)) &&
    !versions.some((version) => replicaStatement(version, "diskFormat") !== undefined && isReplicated(vm, estate))
  );
}

function isReplicated(vm: VirtualMachine, estate: Estate): boolean {
  return estate.replicas.some(({ virtualMachine }) => ifKnown(virtualMachine) === vm);
}

function mayGrowAsVhd({ type, format }: VirtualDisk): boolean {
  const known = ifKnown(type);
  return (known === undefined || isOnDemand(known)) && ifKnown(format) !== "VHDX";
}

function isOnDemand(type: DiskType): type is "dynamic" | "differencing" {
  return type === "dynamic" || type === "differencing";
}

function hasVhdx(host: string): boolean {
  return capabilityOf(host, "vhdx")?.available !== false;
}

function takesVhd(host: string, generation: 1 | 2): boolean {
  return limitOf(host, "vhdSize", generation)?.value !== 0;
}

function growsAsVhd(vm: VirtualMachine, disk: VirtualDisk, type: "dynamic" | "differencing"): Verdict {
  const name = ifKnown(disk.name);
  const subject = name === undefined ? "a virtual disk" : `the virtual disk "${name}"`;
  const problem = `${vm.name} has ${subject}, which is ${type} and a VHD.`;
  const what = type === "dynamic" ? "the disk" : "the disk and its parents";
  return violation(vm, disk.format.origin.path, problem, {
    found: { value: "VHD" },
    limit: exactly("VHDX"),
    fix: `Convert ${what} to VHDX, and ${declareFormat(disk, "VHDX")}.`,
    ...(type === "dynamic" ? formatChange(disk, "VHDX") : {}),
    ...requiredBy("vhdOnDemand"),
  });
}
