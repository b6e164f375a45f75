import type { Estate } from "../../lib/estate/estate";
import type { DiskType, VirtualDisk, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, violation, type Verdict } from "../../lib/rules/verdict";
import { capabilityOf, limitOf } from "../../lib/tables/host-versions";
import { requiredBy } from "../../lib/tables/machine-requirements";
import { replicaStatement } from "../../lib/tables/replica";
import { declareFormat, formatChange } from "./shared/disk-format";
import { generationOf, knownHostVersions, onEachHost } from "./shared/guest-placement";

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
  check: (vm, estate) => {
    const versions = knownHostVersions(vm, estate);
    if (versions.some((version) => !hasVhdx(version)) || isJudgedAsReplica(vm, versions, estate)) return [];
    return given(vm, { disks: vm.disks }, ({ disks }) =>
      disks
        .filter(mayGrowAsVhd)
        .flatMap((disk) =>
          onEachHost(
            vm,
            estate,
            { type: disk.type, format: disk.format, generation: vm.generation },
            ({ type, format, generation }, host) =>
              isOnDemand(type) && format === "VHD" && hasVhdx(host) && takesVhd(host, generationOf(generation))
                ? [growsAsVhd(vm, disk, type)]
                : [],
          ),
        ),
    );
  },
});

/** The disks of Exchange servers have rules of their own, which are stricter. */
function isJudgedHere({ disks, exchange }: VirtualMachine): boolean {
  return disks.state !== "absent" && exchange.state === "absent";
}

/** The same of replicas is what replica-disk-format says, on the versions for which a document recommends it. */
function isJudgedAsReplica(vm: VirtualMachine, versions: readonly string[], estate: Estate): boolean {
  return (
    versions.some((version) => replicaStatement(version, "diskFormat") !== undefined) &&
    estate.replicas.some(({ virtualMachine }) => ifKnown(virtualMachine) === vm)
  );
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

/** Where no VHD is supported, guest-disk-size says so. */
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
