import type { ChangedFact } from "./machines";

/** Commands that matter and are not read, in lower case, with the facts that they may change. */
const NOT_READ: ReadonlyMap<string, readonly ChangedFact[]> = new Map<string, readonly ChangedFact[]>([
  ["configuration", []],
  ["new-netfirewallrule", []],
  ["set-netfirewallrule", []],
  ["enable-netfirewallrule", []],
  ["disable-netfirewallrule", []],
  ["remove-netfirewallrule", []],
  ["import-vm", []],
  ["rename-vm", []],
  ["move-vm", []],
  ["set-vmhost", []],
  ["set-vmswitch", []],
  ["set-vmswitchteam", []],
  ["add-vmswitchteammember", []],
  ["remove-vmswitchteammember", []],
  ["remove-vmswitch", []],
  ["add-vmassignabledevice", ["gpus"]],
  ["remove-vmassignabledevice", ["gpus"]],
  ["rename-vmnetworkadapter", ["adapters"]],
  ["disconnect-vmnetworkadapter", ["adapters"]],
  ["move-vmstorage", ["disks", "storagePath", "checkpointPath", "smartPagingPath"]],
  ["set-vmharddiskdrive", ["disks"]],
  ["set-vhd", ["disks"]],
  ["merge-vhd", ["disks"]],
  ["set-vmreplication", ["replication"]],
  ["remove-vmreplication", ["replication"]],
  ["set-clusteraffinityrule", ["antiAffinityClassNames"]],
  ["remove-clusteraffinityrule", ["antiAffinityClassNames"]],
  ["remove-clustergroupfromaffinityrule", ["antiAffinityClassNames"]],
  // The cluster's own program of Windows Server 2008 and 2008 R2: `cluster group EX1 /prop AntiAffinityClassNames="DAG"`.
  ["cluster", ["antiAffinityClassNames"]],
  ["cluster.exe", ["antiAffinityClassNames"]],
  ["set-clusterparameter", []],
  ["set-clusterquorum", []],
  ["add-clusternode", []],
  ["new-scvirtualmachine", []],
]);

export function isNotRead(word: string): boolean {
  return NOT_READ.has(word);
}

export function factsChangedBy(word: string): readonly ChangedFact[] {
  return NOT_READ.get(word) ?? [];
}

/** Whether a command is about Hyper-V wherever it stands; those of the firewall and of DSC may be about anything. */
export function isOfHyperV(word: string): boolean {
  return !word.includes("firewall") && word !== "configuration";
}

/** Whether a command may create something, or give it another name. */
export function mayName(word: string): boolean {
  return NAMING.has(word);
}

const NAMING: ReadonlySet<string> = new Set(["configuration", "import-vm", "rename-vm", "new-scvirtualmachine"]);
