import { perEstate, type Estate } from "../../lib/estate/estate";
import type { VirtualMachine } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { atMost } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { isViolation, missing, notDeclared, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { append, byUrn } from "../../lib/text/collections";
import { fold } from "../../lib/text/names";
import { count, listing } from "../../lib/text/words";
import { meetingOf, placeOf, type Meeting } from "./shared/machine-meetings";
import { isOneDag } from "./shared/one-availability-group";

/** The virtual machines of one group are not all on one host, and cannot come to be. */
export const groupSpread = defineRule<VirtualMachine>({
  name: "group-spread",
  title: "Groups of virtual machines on several hosts",
  subject: "guests",
  level: "recommended",
  severity: "high",
  reach: "estate",
  needsWhole: true,
  why: "The machines of a group stand in for each other: on one host, its failure ends what the group is for.",
  fix: "Place the members on different hosts; in a cluster, give them a common anti-affinity class name.",
  sources: [],
  tags: ["availability", "placement"],
  applies: ({ virtualMachines }) => virtualMachines.filter(({ group }) => group.state !== "absent"),
  check: (vm, estate) => {
    if (vm.group.state !== "known") return missing(vm, vm.group);
    const members = groupsOf(estate).get(fold(vm.group.value)) ?? [];
    if (members[0] !== vm || members.length < 2 || isOneDag(members)) return [];
    const verdicts = judge(vm.group.value, members, estate);
    const open = members.flatMap((member) => unknownDagOf(member).flatMap((value) => undecided(member, value)));
    return verdicts.some(isViolation) && open.length > 0 ? open : verdicts;
  },
});

/** By the folded name, each in the order of URNs. */
const groupsOf = perEstate((estate) => {
  const groups = new Map<string, VirtualMachine[]>();
  for (const vm of byUrn(estate.virtualMachines)) {
    if (vm.group.state === "known") append(groups, fold(vm.group.value), vm);
  }
  return groups;
});

const hasUnknownGroups = perEstate(({ virtualMachines }) => ({
  is: virtualMachines.some(({ group }) => group.state === "unknown"),
}));

/** With it known, a member may be one of a database availability group. */
function unknownDagOf({ exchange }: VirtualMachine): readonly Value<unknown>[] {
  const group = ifKnown(exchange)?.databaseAvailabilityGroup;
  return [exchange, ...(group === undefined ? [] : [group])].filter(({ state }) => state === "unknown");
}

function judge(name: string, members: readonly VirtualMachine[], estate: Estate): readonly Verdict[] {
  const [first, ...others] = members;
  if (first === undefined) return [];
  const meeting = meetingOf(members, estate);
  if (meeting.kind === "unknown") return undecided(first, meeting.value);
  if (meeting.kind === "unplaced") return [notDeclared(meeting.vm, meeting.vm.host)];
  const place = placeOf(meeting);
  // One more member elsewhere would make it right: its own machine says that its group is not known.
  if (place === undefined || hasUnknownGroups(estate).is) return [];
  const last = others.at(-1) ?? first;
  const rest = members.filter((member) => member !== last).map((member) => member.name);
  const all = count(members.length, "member");
  return [
    violation(
      last,
      pathOf(meeting),
      `${last.name} ${place} as ${listing(rest)}: ${place.includes("may") ? "nothing keeps apart" : "these are"} all ${all} of the group ${name}.`,
      {
        found: { value: members.length, unit: "members" },
        limit: atMost(members.length - 1, "members"),
        fix: fixOf(meeting, last, members),
      },
    ),
  ];
}

function pathOf({ kind }: Meeting): string {
  return kind === "may" ? "antiAffinityClassNames" : "host";
}

function fixOf(meeting: Meeting, last: VirtualMachine, members: readonly VirtualMachine[]): string {
  if (meeting.kind === "may") {
    return `Give ${listing(members.map((member) => member.name))} a common anti-affinity class name (antiAffinityClassNames).`;
  }
  const host = "host" in meeting ? meeting.host.name : "that host";
  return `Move ${last.name} from ${host} to another host.`;
}
