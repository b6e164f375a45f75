import { perEstate, type Estate } from "../../lib/estate/estate";
import type { Cluster, VirtualMachine } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { atMost } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { askedBy } from "../../lib/tables/cluster-requirements";
import { append } from "../../lib/text/collections";
import { fold } from "../../lib/text/names";
import { count, firstOnes } from "../../lib/text/words";
import { isOneDag } from "../guests/shared/one-availability-group";

/** An anti-affinity class has no more machines than its cluster has nodes. */
export const antiAffinityEnforced = defineRule<Cluster>({
  name: "anti-affinity-enforced",
  title: "Anti-affinity classes and nodes",
  subject: "hosts",
  level: "recommended",
  severity: "medium",
  reach: "estate",
  needsWhole: true,
  why: "Of more machines than nodes some run together, or stay off where the cluster enforces the class.",
  fix: "Add nodes, or take virtual machines out of the class.",
  sources: ["cluster-affinity"],
  tags: ["cluster", "availability", "placement"],
  applies: (estate) => [...classesOf(estate).keys()],
  check: (cluster, estate) =>
    given(cluster, { nodes: estate.nodesOf(cluster) }, ({ nodes }) => {
      const classes = [...(classesOf(estate).get(cluster) ?? [])];
      return classes.flatMap(([, members]) => judge(cluster, members, nodes.length));
    }),
});

interface ClassMember {
  readonly vm: VirtualMachine;
  /** The name of the class as the machine writes it. */
  readonly name: string;
}

/** The members of each class by its folded name, of each cluster that has one. */
const classesOf = perEstate((estate: Estate): ReadonlyMap<Cluster, ReadonlyMap<string, readonly ClassMember[]>> => {
  const byCluster = new Map<Cluster, Map<string, ClassMember[]>>();
  for (const vm of estate.virtualMachines) {
    const cluster = ifKnown(estate.clusterOf(vm));
    const names = (ifKnown(vm.antiAffinityClassNames) ?? []).flatMap((name) => ifKnown(name) ?? []);
    if (cluster === undefined) continue;
    for (const name of names) {
      const classes = byCluster.get(cluster) ?? new Map<string, ClassMember[]>();
      byCluster.set(cluster, classes);
      append(classes, fold(name), { vm, name });
    }
  }
  return byCluster;
});

function judge(cluster: Cluster, members: readonly ClassMember[], nodes: number): readonly Verdict[] {
  const [first] = members;
  if (first === undefined || nodes === 0 || members.length <= nodes) return [];
  // exchange-dag-anti-affinity says it of these.
  if (isOneDag(members.map(({ vm }) => vm))) return [];
  const { enforcedAntiAffinity } = cluster;
  if (enforcedAntiAffinity.state === "unknown") return undecided(cluster, enforcedAntiAffinity);
  const isHard = ifKnown(enforcedAntiAffinity) === true;
  const surplus = members.length - nodes;
  const machines = `${count(members.length, "virtual machine")} of the anti-affinity class ${first.name} (${firstOnes(members.map(({ vm }) => vm.name))})`;
  const outcome = isHard
    ? `${count(surplus, "of them stays", "of them stay")} off, since the cluster enforces the class`
    : `${count(surplus, "of them runs", "of them run")} beside another one`;
  return [
    violation(cluster, "", `${cluster.name} has ${machines} and ${count(nodes, "node")}: ${outcome}.`, {
      found: { value: members.length, unit: "virtual machines" },
      limit: atMost(nodes, "virtual machines"),
      fix: `Add ${count(surplus, "node")}, or take ${count(surplus, "virtual machine")} out of the class.`,
      ...askedBy(isHard ? "hardAntiAffinity" : "softAntiAffinity"),
    }),
  ];
}
