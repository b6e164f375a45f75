import type { Estate } from "../../lib/estate/estate";
import type { Gpu, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, isDefault } from "../../lib/estate/value";
import { exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { hostVersionName } from "../../lib/tables/host-versions";
import { requiredBy } from "../../lib/tables/machine-requirements";
import { count } from "../../lib/text/words";
import { onEachHost } from "./shared/guest-placement";

/** A virtual machine has its GPU as the host version supports it. */
export const gpuPartition = defineRule<VirtualMachine>({
  name: "gpu-partition",
  title: "GPUs of virtual machines",
  subject: "guests",
  level: "unsupported",
  severity: "medium",
  reach: "estate",
  why: "Hyper-V does not start a virtual machine with a GPU that it cannot assign.",
  fix: "Assign one GPU partition on a host that can partition GPUs, or whole devices with the stop action turnOff.",
  sources: ["gpu-partitioning", "discrete-devices"],
  tags: ["gpu"],
  applies: ({ virtualMachines }) => virtualMachines.filter(({ gpus }) => gpus.state !== "absent"),
  check: (vm, estate) =>
    given(vm, { gpus: vm.gpus }, ({ gpus }) => {
      const partitions = gpus.filter((gpu) => ifKnown(gpu.assignment) === "partition");
      const devices = gpus.filter((gpu) => ifKnown(gpu.assignment) === "discreteDevice");
      return [
        ...judgePartitions(vm, partitions, estate),
        ...(devices.length === 0 ? [] : judgeStop(vm)),
        ...gpus.flatMap(({ assignment }) => undecided(vm, assignment)),
      ];
    }),
});

function judgePartitions(vm: VirtualMachine, partitions: readonly Gpu[], estate: Estate): readonly Verdict[] {
  if (partitions.length === 0) return [];
  const one = requiredBy("gpuPartitionOne");
  const most = one.evidence.value ?? Infinity;
  if (partitions.length > most) {
    return [
      violation(vm, "gpus", `${vm.name} has ${count(partitions.length, "GPU partition")}.`, {
        found: { value: partitions.length },
        limit: { bound: "atMost", value: most },
        fix: "Assign only one GPU partition.",
        ...one,
      }),
    ];
  }
  return onEachHost(vm, estate, {}, (_, host) => {
    const required = requiredBy("gpuPartitionHosts");
    if (required.evidence.hosts?.includes(host) !== false) return [];
    const problem = `${vm.name} has a GPU partition, which ${hostVersionName(host)} does not support.`;
    return [
      violation(vm, "gpus", problem, {
        found: { value: "partition" },
        limit: { bound: "not", value: "partition" },
        fix: "Run it on Windows Server 2025 or Azure Local, or assign a whole device.",
        ...required,
      }),
    ];
  });
}

function judgeStop(vm: VirtualMachine): readonly Verdict[] {
  return given(vm, { action: vm.automaticStopAction }, ({ action }) => {
    if (action === "turnOff") return [];
    const isChosen = !isDefault(vm.automaticStopAction);
    const problem =
      `${vm.name} has a device of the host for itself, and ${action} as its automatic stop action` +
      `${isChosen ? "" : " by default"}.`;
    return [
      violation(vm, "automaticStopAction", problem, {
        found: { value: action },
        limit: exactly("turnOff"),
        change: { path: "automaticStopAction", value: "turnOff" },
        fix: "Set automaticStopAction to turnOff.",
        ...requiredBy("discreteDeviceStop"),
        ...(isChosen ? {} : { advisory: true }),
      }),
    ];
  });
}
