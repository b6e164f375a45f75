import { clusteredDiskLocation } from "../../../policies/guests/clustered-disk-location";
import { cluster, host, vm, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const C1 = [cluster("c1", { nodes: ["hv1"] }), host("hv1")];

function on(path: string | typeof UNKNOWN, place: object = { cluster: "c1" }) {
  return vm("vm1", { disks: [{ name: "d", purpose: "data", type: "fixed", path }], ...place });
}

ruleTest(clusteredDiskLocation, {
  passes: [
    ["a disk on a Cluster Shared Volume", [...C1, on("C:\\ClusterStorage\\Volume1\\vm1.vhdx")]],
    ["the same in another case", [...C1, on("c:/clusterstorage/Volume1/vm1.vhdx")]],
    ["a disk on a share", [...C1, on("\\\\fs1\\vms\\vm1.vhdx")]],
    ["a disk of the cluster with a letter", [...C1, on("E:\\vm1.vhdx")]],
    ["a virtual machine that is not highly available", [...C1, on("C:\\VMs\\vm1.vhdx", { host: "hv1" })]],
  ],
  finds: [
    [
      "a disk on the system drive of a node",
      [...C1, on("C:\\VMs\\vm1.vhdx")],
      'vm1: vm1 is highly available, and has "C:\\VMs\\vm1.vhdx" on the system drive of a node.',
      {
        found: { value: ["C:\\VMs\\vm1.vhdx"] },
        source: "cluster-shared-volumes",
        fix: "Move the disk to a Cluster Shared Volume (C:\\ClusterStorage\\…) or to an SMB share.",
      },
    ],
    [
      "a folder that only begins like that of Cluster Shared Volumes",
      [...C1, on("C:\\ClusterStorage.old\\vm1.vhdx")],
      'vm1: vm1 is highly available, and has "C:\\ClusterStorage.old\\vm1.vhdx" on the system drive of a node.',
    ],
  ],
  undecided: [
    [
      "a path that only the deployment knows",
      [...C1, on(UNKNOWN)],
      "vm1: disks[0].path is not known until deployment: not checked by clustered-disk-location.",
    ],
    [
      "a cluster that only the deployment knows",
      [...C1, on("C:\\VMs\\vm1.vhdx", { cluster: UNKNOWN })],
      "vm1: cluster is not known until deployment: not checked by clustered-disk-location.",
    ],
  ],
});
