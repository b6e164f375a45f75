import type { Plain } from "../../../lib/estate/plain";
import { processorCompatibility } from "../../../policies/hosts/processor-compatibility";
import { cluster, host, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const OLD = "Intel Xeon Gold 6230";
const NEW = "Intel Xeon Gold 6430";

const nodes = (...models: readonly (Plain | undefined)[]) => [
  cluster("c1"),
  ...models.map((processorModel, at) =>
    host(`hv${String(at + 1)}`, { cluster: "c1", ...(processorModel === undefined ? {} : { processorModel }) }),
  ),
];

ruleTest(processorCompatibility, {
  passes: [
    ["nodes of one model", [...nodes(NEW, " intel  xeon gold 6430"), vm("vm1", { cluster: "c1" })]],
    [
      "machines with processor compatibility",
      [...nodes(OLD, NEW), vm("vm1", { cluster: "c1", processorCompatibility: true })],
    ],
    ["a machine on one node alone", [...nodes(OLD, NEW), vm("vm1", { cluster: "c1", possibleOwners: ["hv1"] })]],
    ["models that nobody declares", [...nodes(undefined, undefined), vm("vm1", { cluster: "c1" })]],
  ],
  finds: [
    [
      "a machine that may move between two models",
      [...nodes(OLD, NEW), vm("vm1", { cluster: "c1" }), vm("vm2", { cluster: "c1", processorCompatibility: false })],
      "c1: c1 has nodes with Intel Xeon Gold 6230 and Intel Xeon Gold 6430, and 2 virtual machines without processor compatibility (vm1 and vm2).",
      { found: { value: [OLD, NEW] }, source: "processor-compatibility", advisory: true },
    ],
  ],
  undecided: [
    [
      "a model that only the deployment knows",
      [...nodes(OLD, UNKNOWN), vm("vm1", { cluster: "c1" })],
      "hv2: processorModel is not known until deployment: not checked by processor-compatibility.",
    ],
  ],
});
