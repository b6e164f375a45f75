import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { gpuPartition } from "../../../policies/guests/gpu-partition";
import { host, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

function machine(gpus: Plain, operatingSystem: Plain = "Windows Server 2025", properties: PlainObject = {}) {
  return [
    host("hv1", { operatingSystem }),
    vm("vm1", { host: "hv1", guestOs: "Windows Server 2022", gpus, ...properties }),
  ];
}

const PARTITION = { assignment: "partition" };
const DEVICE = { assignment: "discreteDevice" };

ruleTest(gpuPartition, {
  passes: [
    ["one partition on Windows Server 2025", machine([PARTITION])],
    ["one partition on Azure Local", machine([PARTITION], "Azure Local")],
    ["no GPU", machine([])],
    ["two devices", machine([DEVICE, DEVICE], "Windows Server 2019", { automaticStopAction: "turnOff" })],
    ["an assignment that is malformed", machine([{ assignment: "shared" }])],
  ],
  finds: [
    [
      "two partitions",
      machine([PARTITION, PARTITION]),
      "vm1: vm1 has 2 GPU partitions.",
      { found: { value: 2 }, limit: { bound: "atMost", value: 1 }, source: "gpu-partitioning", advisory: false },
    ],
    [
      "a partition on a host that cannot partition GPUs",
      machine([PARTITION], "Windows Server 2022"),
      "vm1: vm1 has a GPU partition, which Windows Server 2022 does not support.",
    ],
    [
      "a device whose machine is saved when the host stops",
      machine([DEVICE], "Windows Server 2022", { automaticStopAction: "save" }),
      "vm1: vm1 has a device of the host for itself, and save as its automatic stop action.",
      { change: { path: "automaticStopAction", value: "turnOff" }, source: "discrete-devices", advisory: false },
    ],
    [
      "the same by default, by advice",
      machine([DEVICE], "Windows Server 2022"),
      "vm1: vm1 has a device of the host for itself, and save as its automatic stop action by default.",
      { advisory: true },
    ],
  ],
  undecided: [
    [
      "a partition on a host whose version is not known",
      machine([PARTITION], UNKNOWN),
      "hv1: operatingSystem is not known until deployment: not checked by gpu-partition.",
    ],
    [
      "an assignment that is not known",
      machine([{ assignment: UNKNOWN }]),
      "vm1: gpus[0].assignment is not known until deployment: not checked by gpu-partition.",
    ],
  ],
});
