import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { Host, VirtualMachine } from "../../../lib/estate/model";
import { ifKnown } from "../../../lib/estate/value";
import { atLeast } from "../../../lib/rules/figures";
import type { Evidence } from "../../../lib/rules/verdict";
import { append } from "../../../lib/text/collections";
import { count, listing } from "../../../lib/text/words";
import { possibleGroups, type AvailabilityGroup } from "../shared/availability-groups";
import { exchangeServers, restingOn, statementFor, surest } from "../shared/exchange-servers";
import { keptApart } from "../../guests/shared/machine-meetings";
import { isOnLostHost, isPlacedByCluster, type LostHosts, type Outage } from "./location";
import { match } from "./matching";

/** Where the witness of a group is: on a host that is declared, in a virtual machine that is, or elsewhere. */
type Witness = Host | VirtualMachine | "elsewhere";

/**
 * Groups that lose their quorum. A group with an even number of members votes with its witness (node and file share
 * majority), one with an odd number without. What is lost counts at that moment: that a member may restart elsewhere
 * comes too late, since the databases are dismounted by then. Members that the cluster places are taken to run on different
 * hosts, which exchange-dag-anti-affinity checks; so each lost host takes one of them at most.
 */
export function quorumOutages(lost: LostHosts, estate: Estate): readonly Outage[] {
  // The number of members decides how many votes there are.
  if (hasUnknownMembership(estate)) return [];
  const groups = new Set([...lost].flatMap((host) => groupsByHost(estate).get(host) ?? []));
  return [...groups].flatMap((group) => {
    const { name, members } = group;
    const votes = votesOf(group);
    if (leastKept(group, lost, estate) >= majority(votes)) return [];
    const kept = keptVotes(group, lost, estate);
    if (kept >= majority(votes)) return [];
    const text = members.some((vm) => isPlacedByCluster(vm, estate))
      ? `${name} may keep only ${String(kept)} of ${count(votes, "vote")}`
      : `${name} keeps ${String(kept)} of ${count(votes, "vote")}${voters(group, lost, estate)}`;
    return [
      {
        key: `quorum ${name}`,
        found: { value: kept, unit: "votes" },
        limit: atLeast(majority(votes), "votes"),
        text: `${text} and needs ${String(majority(votes))}`,
        fix: `Spread the members of ${name} and its witness over more hosts, or add members.`,
        ...restingOn(evidenceOf(group)),
      },
    ];
  });
}

/** What Microsoft says of the members' placement for their version. */
function evidenceOf({ members }: AvailabilityGroup): Evidence | undefined {
  return surest(
    members.flatMap(({ exchange }) => {
      const server = ifKnown(exchange);
      return (server === undefined ? undefined : statementFor(server.version, "dagAntiAffinity")) ?? [];
    }),
  );
}

/**
 * The groups of which a member or the witness may be on a host. A group of one member cannot
 * survive its loss.
 */
const groupsByHost = perEstate((estate): ReadonlyMap<Host, readonly AvailabilityGroup[]> => {
  const groups = new Map<Host, AvailabilityGroup[]>();
  for (const group of possibleGroups(estate).filter(({ members }) => members.length > 1)) {
    const witness = witnessOf(group, estate);
    const machines = [...group.members, ...(witness === "elsewhere" || witness.kind === "host" ? [] : [witness])];
    const hosts = machines.flatMap((vm) => [...estate.knownHostsOf(vm), ifKnown(estate.hostOf(vm))]);
    for (const host of new Set([...hosts, ...(witness !== "elsewhere" && witness.kind === "host" ? [witness] : [])])) {
      if (host !== undefined) append(groups, host, group);
    }
  }
  return groups;
});

/** The members by the host that each is declared on; under undefined those without a known one. */
const membersByHost = perEstate(
  (estate): ReadonlyMap<AvailabilityGroup, ReadonlyMap<Host | undefined, readonly VirtualMachine[]>> =>
    new Map(
      possibleGroups(estate).map((group) => {
        const homes = new Map<Host | undefined, VirtualMachine[]>();
        for (const vm of group.members) append(homes, ifKnown(estate.hostOf(vm)), vm);
        return [group, homes];
      }),
    ),
);

/**
 * As many votes as are left at least, without looking at what may be where: a lost host takes the members on it, or one
 * of those that the cluster places, and the witness may be lost with any.
 */
function leastKept(group: AvailabilityGroup, lost: LostHosts, estate: Estate): number {
  const homes = membersByHost(estate).get(group);
  const floating = homes?.has(undefined) === true ? 1 : 0;
  let gone = 0;
  for (const host of lost) gone += Math.max(homes?.get(host)?.length ?? 0, floating);
  return group.members.length - gone;
}

/** Whether it must be known where the witness of a group is: one host less would decide. */
export function dependsOnWitness(group: AvailabilityGroup, estate: Estate): boolean {
  const hosts = new Set(group.members.flatMap((vm) => estate.knownHostsOf(vm)));
  return (
    group.members.length % 2 === 0 &&
    [...hosts].some((host) => keptVotes(group, new Set([host]), estate) === majority(votesOf(group)))
  );
}

function votesOf({ members }: AvailabilityGroup): number {
  return members.length % 2 === 0 ? members.length + 1 : members.length;
}

function majority(votes: number): number {
  return Math.floor(votes / 2) + 1;
}

function keptVotes(group: AvailabilityGroup, lost: LostHosts, estate: Estate): number {
  const gone = lostMembers(group, lost, estate);
  const witness = group.members.length % 2 === 0 && !witnessIsLost(group, lost, estate) ? 1 : 0;
  return group.members.length - gone + witness;
}

function lostMembers({ members }: AvailabilityGroup, lost: LostHosts, estate: Estate): number {
  const fixed = members.filter((vm) => isOnLostHost(lost, vm, estate));
  const taken = new Set(fixed.map((vm) => ifKnown(estate.hostOf(vm))));
  const placedByCluster = members.filter((vm) => isPlacedByCluster(vm, estate));
  const free = (vm: VirtualMachine): readonly Host[] =>
    estate.knownHostsOf(vm).filter((host) => lost.has(host) && !taken.has(host));
  return fixed.length + match(placedByCluster, free).size;
}

/** A witness that the cluster places may be on a lost host with a member, unless it is kept apart from each that may be there. */
function witnessIsLost(group: AvailabilityGroup, lost: LostHosts, estate: Estate): boolean {
  const witness = witnessOf(group, estate);
  if (witness === "elsewhere") return false;
  if (witness.kind === "host") return lost.has(witness);
  if (!isPlacedByCluster(witness, estate)) return isOnLostHost(lost, witness, estate);
  return estate.knownHostsOf(witness).some((host) => {
    if (!lost.has(host)) return false;
    const here = new Set([host]);
    const fixed = group.members.filter((vm) => isOnLostHost(here, vm, estate));
    const floating = group.members.filter(
      (vm) => isPlacedByCluster(vm, estate) && estate.knownHostsOf(vm).includes(host),
    );
    const isApart = (vm: VirtualMachine): boolean => keptApart([vm, witness], estate) === true;
    return fixed.length > 0 ? !fixed.some(isApart) : floating.length === 0 || !floating.every(isApart);
  });
}

function witnessOf({ members }: AvailabilityGroup, estate: Estate): Witness {
  const [name] = members.flatMap((vm) => witnessNameOf(vm) ?? []);
  return name === undefined ? "elsewhere" : (named(estate).get(shortName(name)) ?? "elsewhere");
}

export function witnessNameOf(vm: VirtualMachine): string | undefined {
  const exchange = ifKnown(vm.exchange);
  return exchange === undefined ? undefined : ifKnown(exchange.witnessServer);
}

/** Hosts and virtual machines by the name of the computer. */
const named = perEstate(
  ({ hosts, virtualMachines }): ReadonlyMap<string, Host | VirtualMachine> =>
    new Map([...virtualMachines, ...hosts].map((one) => [shortName(one.name), one])),
);

/** `fs1.contoso.com` and `FS1` are one computer. */
export function shortName(name: string): string {
  return name.toLowerCase().replace(/\..*$/, "");
}

/** ` (ex-mbx3 and the witness)`: those whose votes are left. */
function voters(group: AvailabilityGroup, lost: LostHosts, estate: Estate): string {
  const names = group.members.filter((vm) => !isOnLostHost(lost, vm, estate)).map(({ name }) => name);
  const witness = group.members.length % 2 === 0 && !witnessIsLost(group, lost, estate) ? ["the witness"] : [];
  const all = [...names, ...witness];
  return all.length === 0 ? "" : ` (${listing(all)})`;
}

const unknownMemberships = perEstate((estate) => {
  const isUnknown = exchangeServers(estate).some(
    ({ exchange }) => exchange.state === "unknown" || ifKnown(exchange)?.databaseAvailabilityGroup.state === "unknown",
  );
  return { isUnknown };
});

function hasUnknownMembership(estate: Estate): boolean {
  return unknownMemberships(estate).isUnknown;
}
