import type { Estate } from "../../../lib/estate/estate";
import type { Host, VirtualMachine } from "../../../lib/estate/model";
import { ifKnown, type Unknown } from "../../../lib/estate/value";
import { atLeast } from "../../../lib/rules/figures";
import type { RuleDefinition } from "../../../lib/rules/rule";
import { notDeclared, undecided, violation, type Verdict } from "../../../lib/rules/verdict";
import { exchangeRoleName, type ExchangeTopic } from "../../../lib/tables/exchange";
import { listing } from "../../../lib/text/words";
import { describeServer, exchangeServers } from "./exchange-servers";
import { unknownRole, roleGroups, type RoleGroup } from "./role-groups";
import { keptApart, meetingOf, placeOf, type Meeting } from "../../guests/shared/machine-meetings";

/** Whether another rule keeps these servers apart already, or the value that must be known to tell. */
type Covered = (servers: readonly VirtualMachine[]) => boolean | Unknown;

/**
 * Judges that not all servers with a role are, or may come to be, on one host. A single server is not all of them on
 * one host. The finding is on the last server: moving any one is enough.
 */
export function roleSpread(
  role: string,
  topic: ExchangeTopic,
  covered: Covered = () => false,
): Pick<RuleDefinition<VirtualMachine>, "applies" | "check"> {
  return {
    applies: (estate) => {
      const servers = new Set(roleGroups(estate, role, topic).flatMap((group) => group.servers));
      return exchangeServers(estate).filter((vm) => servers.has(vm) || unknownRole(vm, role, topic).length > 0);
    },
    check: (vm, estate) => {
      const unknowns = unknownRole(vm, role, topic).flatMap((value) => undecided(vm, value));
      const group = roleGroups(estate, role, topic).find(({ servers }) => servers.at(-1) === vm);
      return group === undefined ? unknowns : [...unknowns, ...judge({ group, role, topic, covered }, estate)];
    },
  };
}

interface Case {
  readonly group: RoleGroup;
  readonly role: string;
  readonly topic: ExchangeTopic;
  readonly covered: Covered;
}

function judge({ group, role, topic, covered }: Case, estate: Estate): readonly Verdict[] {
  const { servers, statement } = group;
  const last = servers.at(-1);
  const exchange = last === undefined ? undefined : ifKnown(last.exchange);
  if (last === undefined || exchange === undefined || servers.length < 2) return [];
  const meeting = meetingOf(servers, estate);
  if (meeting.kind === "unknown") return undecided(last, meeting.value);
  if (meeting.kind === "unplaced") return [notDeclared(meeting.vm, meeting.vm.host)];
  const place = placeOf(meeting);
  if (place === undefined || mayBeMore(servers, meeting, role, topic, estate)) return [];
  const isCovered = covered(servers);
  if (isCovered !== false) return isCovered === true ? [] : undecided(last, isCovered);
  const others = listing(servers.slice(0, -1).map(({ name }) => name));
  const problem = `${describeServer(last, exchange)} ${place} as every other ${exchangeRoleName(role)} server: ${others}.`;
  return [
    violation(last, pathOf(meeting), problem, {
      found: { value: 1, unit: "hosts" },
      limit: atLeast(2, "hosts"),
      fix: fixOf(meeting, servers, estate),
      evidence: statement,
    }),
  ];
}

/** Whether a server of which it is not known yet if it has the role may be one more, and elsewhere. */
function mayBeMore(
  servers: readonly VirtualMachine[],
  { kind }: Meeting,
  role: string,
  topic: ExchangeTopic,
  estate: Estate,
): boolean {
  const perhaps = exchangeServers(estate).filter((vm) => unknownRole(vm, role, topic).length > 0);
  return perhaps.length > 0 && meetingOf([...servers, ...perhaps], estate).kind !== kind;
}

function pathOf(meeting: Meeting): string {
  if (meeting.kind === "only") return "possibleOwners";
  return meeting.kind === "may" ? "antiAffinityClassNames" : "host";
}

function fixOf(meeting: Meeting, servers: readonly VirtualMachine[], estate: Estate): string {
  if (meeting.kind === "on") return fixOnHost(meeting.host, servers, estate);
  if (meeting.kind === "only") {
    const [only, another] = servers.filter((vm) => estate.clusterOf(vm).state === "known");
    if (only !== undefined && another === undefined) {
      return `Replace ${meeting.host.name} in the possible owners (possibleOwners) of ${only.name} with another node.`;
    }
    return (
      `Add a node other than ${meeting.host.name} to the cluster or the possible owners (possibleOwners) of two of them, ` +
      "and give both a common anti-affinity class name (antiAffinityClassNames)."
    );
  }
  const inside = servers.filter((vm) => estate.clusterOf(vm).state === "known");
  const [home] = servers.flatMap((vm) => (inside.includes(vm) ? [] : (ifKnown(estate.hostsOf(vm)) ?? [])));
  const owners =
    home === undefined
      ? "possible owners of which none is common (possibleOwners)"
      : `leave ${home.name} out of the possible owners of one (possibleOwners)`;
  return inside.length < 2
    ? `${owners.charAt(0).toUpperCase()}${owners.slice(1)}.`
    : `Give two of those on the cluster a common anti-affinity class name (antiAffinityClassNames), or ${owners}.`;
}

/** A move alone does not last where the cluster may move the servers together again. */
function fixOnHost({ name }: Host, servers: readonly VirtualMachine[], estate: Estate): string {
  const inside = servers.filter((vm) => estate.clusterOf(vm).state === "known");
  const [only, another] = inside;
  if (only === undefined || keptApart(servers, estate) === true)
    return `Move one of them to a host other than ${name}.`;
  if (another === undefined) {
    return `Move ${only.name} to a node other than ${name}, and leave ${name} out of its possible owners (possibleOwners).`;
  }
  return (
    `Move ${another.name} to a node other than ${name}, and give ${only.name} and ${another.name} a common anti-affinity ` +
    "class name (antiAffinityClassNames)."
  );
}
