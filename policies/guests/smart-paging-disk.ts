import type { VirtualMachine } from "../../lib/estate/model";
import { ifKnown, isDefault, type Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { requiredBy } from "../../lib/tables/machine-requirements";

/** What a virtual machine lacks at a restart is paged to another disk than that of the host's system. */
export const smartPagingDisk = defineRule<VirtualMachine>({
  name: "smart-paging-disk",
  title: "Smart paging off the system disk",
  subject: "guests",
  level: "recommended",
  severity: "low",
  reach: "resource",
  why: "When virtual machines restart while memory is short, smart paging writes to its disk as fast as it can.",
  fix: "Set smartPagingPath to a folder on a disk that the host's system is not on.",
  sources: ["bpa-smart-paging"],
  tags: ["memory", "storage"],
  applies: ({ virtualMachines }) => virtualMachines.filter(choosesPagingDisk),
  check: (vm) => {
    if (vm.dynamicMemory.state !== "known")
      return isOnSystemDisk(ifKnown(vm.smartPagingPath) ?? "c:") ? undecided(vm, vm.dynamicMemory) : [];
    const minimum = ifKnown(vm.dynamicMemory)?.minimumMB;
    if (minimum === undefined) return [];
    const path = ifKnown(vm.smartPagingPath);
    if (path !== undefined && !isOnSystemDisk(path)) return [];
    return given(vm, { minimum, startup: vm.memoryMB }, (the) =>
      the.minimum >= the.startup ? [] : pagesTo(vm, the.minimum, the.startup),
    );
  },
});

/** The default of Hyper-V is on the system disk of every host: advice against that would be on every machine. */
function choosesPagingDisk({ dynamicMemory, smartPagingPath: path }: VirtualMachine): boolean {
  return dynamicMemory.state !== "absent" && path.state !== "absent" && !isDefault(path) && !isDefaultFolder(path);
}

/** Written down, as providers' examples do, it is still the default. */
function isDefaultFolder(path: Value<string>): boolean {
  const text = ifKnown(path)?.trim().replaceAll("/", "\\").replace(/\\+$/, "").toLowerCase();
  return text === "c:\\programdata\\microsoft\\windows\\hyper-v";
}

/** Windows is on C: unless a host was set up otherwise; Cluster Shared Volumes are only linked there. */
function isOnSystemDisk(path: string): boolean {
  return /^c:/i.test(path.trim()) && !/^c:[\\/]+ClusterStorage[\\/]/i.test(path.trim());
}

function pagesTo(vm: VirtualMachine, minimum: number, startup: number): readonly Verdict[] {
  const { smartPagingPath: path } = vm;
  if (path.state !== "known") return undecided(vm, path);
  const problem =
    `${vm.name} may shrink to ${String(minimum)} MB and starts with ${String(startup)} MB, and pages the difference to ` +
    `${path.value}.`;
  return [
    violation(vm, "smartPagingPath", problem, { found: { value: path.value }, ...requiredBy("smartPagingDisk") }),
  ];
}
