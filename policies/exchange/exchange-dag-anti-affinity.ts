import { perEstate, type Estate } from "../../lib/estate/estate";
import type { Cluster, VirtualMachine } from "../../lib/estate/model";
import { absent, ifKnown, type Value } from "../../lib/estate/value";
import { listing } from "../../lib/rules/message";
import { defineRule, given, undecided, violation } from "../../lib/rules/rule";
import { describeServer, exchangeServers, statementFor } from "./exchange-servers";

/** Members of one database availability group run on different hosts, and cannot move onto one. */
export const exchangeDagAntiAffinity = defineRule<VirtualMachine>({
  name: "exchange-dag-anti-affinity",
  title: "DAG members on different hosts",
  subject: "exchange",
  level: "recommended",
  enforcement: "mandatory", // what the product promises to stop, though the document only recommends
  severity: "critical",
  reach: "estate",
  why: "When that host fails, the group loses several copies of its databases at once, and may lose its quorum.",
  fix: "Place the members on different hosts; in a cluster give them a common anti-affinity class name.",
  sources: ["exchange-2010-best-practices"],
  tags: ["availability", "placement"],
  applies: exchangeServers,
  check: (vm, estate) =>
    given(vm, { exchange: vm.exchange }, ({ exchange }) =>
      given(vm, { group: exchange.databaseAvailabilityGroup }, ({ group }) => {
        const members = membersOf(group, estate);
        const earlier = members.slice(0, members.indexOf(vm));
        const meetings = earlier.map((other) => ({ other, meeting: meet(vm, other, estate) }));
        const together = meetings.flatMap(({ other, meeting }) =>
          meeting.kind === "together" ? [{ other, meeting }] : [],
        );
        const verdicts = meetings.flatMap(({ meeting }) =>
          meeting.kind === "unknown" ? undecided(vm, meeting.value) : [],
        );
        const evidence = statementFor(exchange.version, "dagAntiAffinity");
        const places = [...new Set(together.map(({ meeting }) => meeting.place))];
        return [
          ...places.flatMap((place) => {
            const here = together.filter(({ meeting }) => meeting.place === place);
            const names = listing(here.map(({ other }) => other.name));
            const problem =
              `${describeServer(vm, exchange)} ${place} as ${names}: ${here.length === 1 ? "both" : "all"} are members ` +
              `of the database availability group ${group}.`;
            return here
              .slice(0, 1)
              .map(({ meeting: { path, fix } }) =>
                violation(vm, path, problem, { fix, ...(evidence === undefined ? {} : { evidence }) }),
              );
          }),
          ...verdicts,
        ];
      }),
    ),
});

/** Whether two virtual machines are, or may come to be, on one host. */
type Meeting =
  | { readonly kind: "apart" }
  | { readonly kind: "unknown"; readonly value: Value<unknown> }
  | { readonly kind: "together"; readonly path: string; readonly place: string; readonly fix: string };

const APART: Meeting = { kind: "apart" };

function meet(vm: VirtualMachine, other: VirtualMachine, estate: Estate): Meeting {
  const own = estate.hostOf(vm);
  const others = estate.hostOf(other);
  if (own.state === "known" && others.state === "known" && own.value === others.value) {
    return {
      kind: "together",
      path: "host",
      place: `is on the same host ${own.value.name}`,
      fix: `Move ${vm.name} to another host than ${own.value.name}.`,
    };
  }
  const cluster = ifKnown(estate.clusterOf(vm)) ?? ifKnown(estate.clusterOf(other));
  if (ifKnown(estate.clusterOf(vm)) === ifKnown(estate.clusterOf(other)) && cluster !== undefined) {
    return meetInCluster(vm, other, cluster);
  }
  const reach = estate.hostsOf(vm);
  const otherReach = estate.hostsOf(other);
  if (reach.state === "unknown") return { kind: "unknown", value: reach };
  if (otherReach.state === "unknown") return { kind: "unknown", value: otherReach };
  if (reach.state === "absent" || otherReach.state === "absent" || cluster === undefined) return APART;
  const common = reach.value.some((host) => otherReach.value.includes(host));
  return common ? meetInCluster(vm, other, cluster) : APART;
}

/** At least one of the two may run on any node of a cluster: only a common class name or set keeps them apart. */
function meetInCluster(vm: VirtualMachine, other: VirtualMachine, cluster: Cluster): Meeting {
  const apart = keptApart(vm, other);
  if (apart.state === "unknown") return { kind: "unknown", value: apart };
  if (apart.state === "known") return APART;
  return {
    kind: "together",
    path: "antiAffinityClassNames",
    place: `may come to run on the same node of the cluster ${cluster.name}`,
    fix:
      `Give ${vm.name} and ${other.name} a common anti-affinity class name (antiAffinityClassNames), or declare a ` +
      "different host for each.",
  };
}

/** Known when both carry a common anti-affinity class name or availability set; unknown when one still may be. */
function keptApart(vm: VirtualMachine, other: VirtualMachine): Value<string> {
  const pairs = [
    [vm.antiAffinityClassNames, other.antiAffinityClassNames],
    [vm.availabilitySets, other.availabilitySets],
  ] as const;
  let open: Value<string> = absent(vm.antiAffinityClassNames.origin);
  for (const [own, others] of pairs) {
    const common = commonName(own, others);
    if (common.state === "known") return common;
    if (common.state === "unknown") open = common;
  }
  return open;
}

function commonName(own: Value<readonly Value<string>[]>, others: Value<readonly Value<string>[]>): Value<string> {
  // Nothing can be common with a machine that has none.
  if (own.state === "absent" || others.state === "absent") return absent(own.origin);
  if (own.state === "unknown") return own;
  if (others.state === "unknown") return others;
  if (own.value.length === 0 || others.value.length === 0) return absent(own.origin);
  const names = new Set(others.value.map((name) => ifKnown(name)?.toLowerCase()));
  const common = own.value.find((name) => name.state === "known" && names.has(name.value.toLowerCase()));
  return common ?? [...own.value, ...others.value].find(({ state }) => state === "unknown") ?? absent(own.origin);
}

/** Members of each group, by the group's name in lower case and in the order of URNs. */
const groups = perEstate((estate) => {
  const members = new Map<string, VirtualMachine[]>();
  for (const vm of exchangeServers(estate)) {
    const group = ifKnown(vm.exchange)?.databaseAvailabilityGroup;
    if (group?.state !== "known") continue;
    const key = group.value.toLowerCase();
    members.set(key, [...(members.get(key) ?? []), vm]);
  }
  return members;
});

function membersOf(group: string, estate: Estate): readonly VirtualMachine[] {
  return groups(estate).get(group.toLowerCase()) ?? [];
}
