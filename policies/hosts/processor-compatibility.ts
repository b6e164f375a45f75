import type { Estate } from "../../lib/estate/estate";
import type { Cluster, Host, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { askedBy } from "../../lib/tables/cluster-requirements";
import { fold } from "../../lib/text/names";
import { count, firstOnes, listing } from "../../lib/text/words";

/** Machines that may move between nodes with different processors have processor compatibility. */
export const processorCompatibility = defineRule<Cluster>({
  name: "processor-compatibility",
  title: "Live migration between processor models",
  subject: "hosts",
  level: "recommended",
  severity: "medium",
  reach: "estate",
  why: "Live migration to a node that lacks a processor feature is canceled: such a node cannot be emptied for maintenance.",
  fix: "Set processorCompatibility to true while the virtual machine is off, or use nodes with processors of one model.",
  sources: ["processor-compatibility"],
  tags: ["cluster", "live-migration"],
  applies: (estate) => estate.clusters.filter((cluster) => estate.knownNodesOf(cluster).some(declaresModel)),
  check: (cluster, estate) =>
    given(cluster, { nodes: estate.nodesOf(cluster) }, ({ nodes }) => judge(cluster, nodes, estate)),
});

function judge(cluster: Cluster, nodes: readonly Host[], estate: Estate): readonly Verdict[] {
  const models = new Map(nodes.flatMap((node) => modelOf(node)).map((model) => [fold(model), model]));
  const open = nodes.flatMap(({ processorModel }) => undecided(cluster, processorModel));
  // Of different vendors cluster-size says that nothing moves between them.
  if (models.size < 2 || vendorsOf(nodes).size > 1) return models.size === 0 ? [] : open;
  const machines = estate.virtualMachinesFloatingOn(cluster).filter((vm) => mayMove(vm, estate));
  const without = machines.filter(
    ({ processorCompatibility: one }) => one.state !== "unknown" && ifKnown(one) !== true,
  );
  const unknown = machines.flatMap((vm) => undecided(vm, vm.processorCompatibility));
  if (without.length === 0) return [...unknown, ...open];
  const problem =
    `${cluster.name} has nodes with ${listing([...models.values()])}, and ${count(without.length, "virtual machine")} without ` +
    `processor compatibility (${firstOnes(without.map(({ name }) => name))}).`;
  return [
    violation(cluster, "", problem, {
      found: { value: [...models.values()] },
      fix:
        `Set processorCompatibility to true in ${without.length === 1 ? "it" : "each of them"} if live migration between these ` +
        "processors is refused, or use nodes with processors of one model.",
      ...askedBy("processorFeatures"),
    }),
    ...unknown,
  ];
}

function declaresModel({ processorModel }: Host): boolean {
  return processorModel.state !== "absent";
}

function modelOf({ processorModel }: Host): readonly string[] {
  const model = ifKnown(processorModel);
  return model === undefined ? [] : [model.replace(/\s+/g, " ").trim()];
}

function vendorsOf(nodes: readonly Host[]): ReadonlySet<string> {
  return new Set(nodes.flatMap(({ processorVendor }) => ifKnown(processorVendor) ?? []));
}

/** One that only one node may own moves nowhere. */
function mayMove(vm: VirtualMachine, estate: Estate): boolean {
  const hosts = ifKnown(estate.hostsOf(vm)) ?? [];
  return new Set(hosts.flatMap(modelOf).map(fold)).size > 1;
}
