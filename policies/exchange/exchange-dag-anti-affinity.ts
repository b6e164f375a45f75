import { perEstate, type Estate } from "../../lib/estate/estate";
import type { VirtualMachine } from "../../lib/estate/model";
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
        const together = meetings.filter(({ meeting }) => meeting.kind === "together");
        const verdicts = meetings.flatMap(({ meeting }) =>
          meeting.kind === "unknown" ? undecided(vm, meeting.value) : [],
        );
        const [first] = together;
        if (first?.meeting.kind !== "together") return verdicts;
        const names = listing(together.map(({ other }) => other.name));
        const evidence = statementFor(exchange.version, "dagAntiAffinity");
        return [
          violation(
            vm,
            first.meeting.path,
            `${describeServer(vm, exchange)} ${first.meeting.place} as ${names}: ${together.length === 1 ? "both" : "all"} are members of the database ` +
              `availability group ${group}.`,
            { fix: first.meeting.fix, ...(evidence === undefined ? {} : { evidence }) },
          ),
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
  if (own.state === "unknown") return { kind: "unknown", value: own };
  if (others.state === "unknown") return { kind: "unknown", value: others };
  if (own.state === "known" && others.state === "known") {
    if (own.value !== others.value) return APART;
    return {
      kind: "together",
      path: "host",
      place: `is on the same host ${own.value.name}`,
      fix: `Move ${vm.name} to another host than ${own.value.name}.`,
    };
  }
  return meetInCluster(vm, other, estate);
}

/** At least one of the two may run on any node of its cluster. */
function meetInCluster(vm: VirtualMachine, other: VirtualMachine, estate: Estate): Meeting {
  const own = estate.hostsOf(vm);
  const others = estate.hostsOf(other);
  if (own.state === "unknown") return { kind: "unknown", value: own };
  if (others.state === "unknown") return { kind: "unknown", value: others };
  const cluster = ifKnown(estate.clusterOf(vm)) ?? ifKnown(estate.clusterOf(other));
  if (own.state === "absent" || others.state === "absent" || cluster === undefined) return APART;
  const common = own.value.filter((host) => others.value.includes(host));
  if (common.length === 0 && ifKnown(estate.clusterOf(vm)) !== ifKnown(estate.clusterOf(other))) return APART;
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
  if (own.state !== "known") return own;
  if (others.state !== "known") return others;
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
