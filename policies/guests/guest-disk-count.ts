import type { VirtualDisk, VirtualMachine } from "../../lib/estate/model";
import { atMost } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { allows, hostVersionName, limitOf } from "../../lib/tables/host-versions";
import { count } from "../../lib/text/words";
import { describeGeneration, generationOf, onEachHost } from "./shared/guest-placement";

/** A virtual machine has no more disks than its host version can attach to its IDE and SCSI controllers. */
export const guestDiskCount = defineRule<VirtualMachine>({
  name: "guest-disk-count",
  title: "Number of disks that the host supports",
  subject: "guests",
  level: "unsupported",
  severity: "medium",
  reach: "estate",
  why: "Hyper-V has no place on the virtual machine's controllers for further disks.",
  fix: "Use fewer and larger disks, or let the guest itself connect to LUNs over iSCSI.",
  sources: ["limits-2008-r2"],
  tags: ["storage"],
  applies: ({ virtualMachines }) => virtualMachines.filter(({ disks }) => disks.state !== "absent"),
  check: (vm, estate) =>
    onEachHost(vm, estate, { disks: vm.disks, generation: vm.generation }, ({ disks, generation }, host) =>
      judge(vm, disks, generationOf(generation), host),
    ),
});

function judge(vm: VirtualMachine, disks: readonly VirtualDisk[], generation: 1 | 2, host: string): readonly Verdict[] {
  const ide = limitOf(host, "ideDisks", generation);
  const scsi = limitOf(host, "scsiDisks", generation);
  if (ide === undefined || scsi === undefined) return [];
  const most = allows(ide) + allows(scsi);
  // A LUN that the guest itself connects to is not attached to a controller.
  const attached = disks.filter(({ type }) => type.state === "known" && type.value !== "iscsi").length;
  if (attached > most) {
    const byController = allows(ide) === 0 ? "" : `${String(allows(ide))} to IDE and `;
    const problem =
      `${vm.name} has ${count(attached, "disk")}. ${hostVersionName(host)} attaches at most ${String(most)} to a virtual ` +
      `machine of ${describeGeneration(vm, generation, host)}: ${byController}${String(allows(scsi))} to SCSI controllers.`;
    return [
      violation(vm, "disks", problem, {
        found: { value: attached, unit: "disks" },
        limit: atMost(most, "disks"),
        fix:
          `Remove ${count(attached - most, "disk")}: use fewer and larger disks, or let the guest itself connect to LUNs ` +
          "over iSCSI (type: iscsi).",
        evidence: scsi,
      }),
    ];
  }
  const unknown = disks.filter(({ type }) => type.state === "unknown");
  return attached + unknown.length > most ? unknown.flatMap(({ type }) => undecided(vm, type)) : [];
}
