import type { Estate } from "../../lib/estate/estate";
import type { VirtualMachine } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { missing, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { requiredBy } from "../../lib/tables/machine-requirements";
import { perObject } from "../../lib/text/collections";
import { firstOnes } from "../../lib/text/words";
import { diskUses, isAlone, isVhdSet, unknownPlaceOf, usesOfFile, type DiskUse } from "./shared/disk-files";

/** A virtual disk is in one virtual machine, or shared with persistent reservations by those of a guest cluster. */
export const sharedDisk = defineRule<VirtualMachine>({
  name: "shared-disk",
  title: "Virtual disks in one virtual machine",
  subject: "guests",
  level: "required",
  severity: "critical",
  reach: "estate",
  why: "Two virtual machines that write to one virtual disk, each as if it were its own, destroy the file system on it.",
  fix: "Give each virtual machine a disk of its own; for a guest cluster, share the disk with supportPersistentReservations.",
  sources: ["add-vm-hard-disk-drive"],
  tags: ["storage", "data-loss"],
  applies: ({ virtualMachines }) =>
    virtualMachines.filter((vm) => diskUses(vm).length > 0 || unknownPathsOf(vm).length > 0),
  check: (vm, estate) => [
    ...unknownPathsOf(vm).flatMap((value) => undecided(vm, value)),
    ...diskUses(vm).flatMap((use) => judge(use, estate)),
  ],
});

function unknownPathsOf({ disks }: VirtualMachine): readonly Value<unknown>[] {
  return [disks, ...(ifKnown(disks) ?? []).map(({ path }) => path)].filter(({ state }) => state === "unknown");
}

function judge(use: DiskUse, estate: Estate): readonly Verdict[] {
  if (isAlone(use, estate)) return isLastOfTwins(use) ? [attachedTwice(use)] : [];
  if (isVhdSet(use.path)) return [];
  const unknownPlace = unknownPlaceOf(use, estate);
  if (unknownPlace !== undefined) return missing(use.vm, unknownPlace);
  const { machines, unshared } = sharing(usesOfFile(use, estate));
  if (machines.length < 2) return [];
  // One finding for a file: where several must change, on the last of them.
  if (unshared.at(-1) === use) return [sharedWithout(use, machines, unshared)];
  return undecided(use.vm, use.disk.supportPersistentReservations);
}

/** Who has a file, and who of them without persistent reservations: asked once for each of them. */
const sharing = perObject((uses: readonly DiskUse[]) => ({
  machines: [...new Set(uses.map(({ vm }) => vm))],
  unshared: uses.filter(isUnshared),
}));

/** Hyper-V shares no disk by default. */
function isUnshared({ disk: { supportPersistentReservations: shared } }: DiskUse): boolean {
  return shared.state === "absent" || ifKnown(shared) === false;
}

/** Whether the machine has the file in another disk too, and this is the last of them. */
function isLastOfTwins(use: DiskUse): boolean {
  const twins = diskUses(use.vm).filter(({ key }) => key === use.key);
  return twins.length > 1 && twins.at(-1) === use;
}

/** Hyper-V opens a file once: the machine does not start. No document says it, so that it never blocks. */
function attachedTwice({ vm, disk, path }: DiskUse): Verdict {
  return violation(vm, disk.path.origin.path, `${vm.name} has the virtual disk ${path} twice.`, {
    found: { value: path },
    fix: "Remove one of the two disks, or give it a file of its own.",
    withoutSource: true,
    advisory: true,
  });
}

function sharedWithout({ vm, disk, path }: DiskUse, machines: readonly VirtualMachine[], unshared: readonly DiskUse[]) {
  const others = machines.filter((one) => one !== vm).map(({ name }) => name);
  const property = `${disk.path.origin.path.replace(/\.?path$/, "")}.supportPersistentReservations`;
  const isOnlyOne = unshared.length === 1;
  const where = isOnlyOne ? "" : ` in ${firstOnes(unshared.map((one) => one.vm.name))}`;
  return violation(
    vm,
    disk.path.origin.path,
    `${vm.name} shares the virtual disk ${path} with ${firstOnes(others)}, without persistent reservations.`,
    {
      found: { value: path },
      limit: exactly(1, "virtual machines"),
      fix:
        `Give ${vm.name} a disk of its own. Only if they are nodes of one guest cluster, set ` +
        `supportPersistentReservations of the disk to true${where}.`,
      ...(isOnlyOne && property.startsWith("disks[") ? { change: { path: property, value: true } } : {}),
      ...requiredBy("sharedDisk"),
    },
  );
}
