import type { VirtualDisk, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { requiredBy } from "../../lib/tables/machine-requirements";
import { listing } from "../../lib/text/words";

/** The virtual disks of a highly available virtual machine are where every node of its cluster reaches them. */
export const clusteredDiskLocation = defineRule<VirtualMachine>({
  name: "clustered-disk-location",
  title: "Clustered disks on shared storage",
  subject: "guests",
  level: "required",
  severity: "high",
  reach: "estate",
  why: "A disk on the system drive of one node is out of reach for all others: the virtual machine neither moves nor starts there.",
  fix: "Move the disks to a Cluster Shared Volume or to an SMB share.",
  sources: ["cluster-shared-volumes"],
  tags: ["cluster", "storage"],
  applies: (estate) =>
    estate.virtualMachines.filter((vm) => estate.clusterOf(vm).state !== "absent" && vm.disks.state !== "absent"),
  check: (vm, estate) =>
    given(vm, { disks: vm.disks }, ({ disks }) => {
      const local = disks.flatMap((disk) => localPathOf(disk) ?? []);
      if (local.length === 0) return disks.flatMap(({ path }) => undecided(vm, path));
      return given(vm, { cluster: estate.clusterOf(vm) }, () => [onSystemDrive(vm, local)]);
    }),
});

/** A drive letter may be a disk of the cluster, but never that of the system; Cluster Shared Volumes are only linked there. */
function localPathOf({ path }: VirtualDisk): string | undefined {
  const text = ifKnown(path)?.trim();
  return text !== undefined && /^c:[\\/]/i.test(text) && !/^c:[\\/]+ClusterStorage[\\/]/i.test(text) ? text : undefined;
}

function onSystemDrive(vm: VirtualMachine, paths: readonly string[]): Verdict {
  const problem = `${vm.name} is highly available, and has ${listing(paths.map((path) => `"${path}"`))} on the system drive of a node.`;
  return violation(vm, "disks", problem, {
    found: { value: paths },
    fix: `Move ${paths.length === 1 ? "the disk" : "the disks"} to a Cluster Shared Volume (C:\\ClusterStorage\\…) or to an SMB share.`,
    ...requiredBy("clusteredDisks"),
  });
}
