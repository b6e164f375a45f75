import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { Firewall, Opening, SecurityRule } from "../../../lib/estate/model";
import { covers } from "../../../lib/estate/ports";
import { absent, ifKnown, type Value } from "../../../lib/estate/value";
import type { Judged } from "../../../lib/rules/verdict";
import { perObject } from "../../../lib/text/collections";
import { topologies, type Connection, type Topology } from "./connections";
import { firewallIndex, type FirewallOnPath } from "./firewall-index";
import {
  accessOf,
  hasRuleForAddress,
  isCalled,
  ruleSets,
  SMALLEST_PRIORITY,
  type Direction,
  type Flow,
  type RuleSet,
} from "./security-groups";
import type { TopologyComputer } from "./topology-computers";
import { ask, every, some, undeterminedIn, type TriState, type Undetermined } from "./tri-state";

/** What the declared firewalls do with a flow. */
export type Passage =
  /** No firewall is declared between the two computers: nobody knows whether it is open. */
  | { readonly kind: "unguarded" }
  | { readonly kind: "open" }
  | Closed
  | { readonly kind: "undetermined"; readonly undetermined: readonly Undetermined[] };

export interface Closed {
  readonly kind: "closed";
  /** The resource that would have to let it through. */
  readonly by: Judged;
  readonly path: string;
  /** What it does to the flow: `does not open {flow}`. */
  readonly how: (flow: string) => string;
  /** What opens the flow, all of which is needed: `open {flow}`. */
  readonly remedies: readonly Remedy[];
  /** The firewall that opens the flow as soon as its `allow` has the port. */
  readonly extensible: Firewall | undefined;
  /** True where it is only supposed that it does so. */
  readonly supposed: boolean;
}

type Remedy = (flow: string) => string;

/** Whether a flow gets through all firewalls that are declared between its ends. */
function passage(flow: Flow, estate: Estate): Passage {
  return inSeries([
    throughFirewalls(flow, firewallIndex(estate).between(flow.from, flow.to)),
    ...throughGroups(flow.from, "outbound", flow, estate),
    ...throughGroups(flow.to, "inbound", flow, estate),
  ]);
}

/** A port of a connection, and whether it gets through. */
export interface PortPassage {
  readonly port: number;
  readonly passage: Passage;
}

/** Whether each port of a connection gets through; where the ports are not known, any port is judged instead. */
export function passagesOf({ from, to, transport, ports }: Connection, estate: Estate): readonly PortPassage[] {
  const numbers = ports.state === "known" ? ports.value : [ANY_PORT];
  return numbers.map((port) => ({ port, passage: passage({ from, to, transport, port }, estate) }));
}

/** Whether no firewall is declared between the ends of a connection, so that nobody knows whether it is open. */
export function isUnguarded(passages: readonly PortPassage[]): boolean {
  return passages.every(({ passage: { kind } }) => kind === "unguarded");
}

/** A connection, and whether each of its ports gets through. */
export interface JudgedConnection {
  readonly connection: Connection;
  readonly passages: readonly PortPassage[];
}

/** A topology, and whether its connections get through. */
export interface JudgedTopology {
  readonly topology: Topology;
  readonly connections: readonly JudgedConnection[];
}

export const judgedTopologies = perEstate((estate): readonly JudgedTopology[] =>
  topologies(estate).map((topology) => ({
    topology,
    connections: topology.connections.map((connection) => ({
      connection,
      passages: passagesOf(connection, estate),
    })),
  })),
);

/** Judged in place of a port that is not known. */
const ANY_PORT = 0;

/** One that is closed closes the whole path, whatever the others do. */
function inSeries(passages: readonly Passage[]): Passage {
  const closed = passages.filter((one) => one.kind === "closed");
  const [first] = closed;
  if (first !== undefined) {
    const extensible = closed.length === 1 ? first.extensible : undefined;
    return { ...first, remedies: closed.flatMap(({ remedies }) => remedies), extensible };
  }
  const undetermined = passages.flatMap((one) => (one.kind === "undetermined" ? one.undetermined : []));
  if (undetermined.length > 0) return { kind: "undetermined", undetermined };
  return { kind: passages.some(({ kind }) => kind === "open") ? "open" : "unguarded" };
}

/** Firewalls that are declared between the same ends open together what each of them opens; what one denies, none opens. */
function throughFirewalls(flow: Flow, onPath: readonly FirewallOnPath[]): Passage {
  const between = onPath.map(({ firewall, isOnPath }) => {
    return { firewall, isOnPath, denies: every([isOnPath, isAmong(firewall.deny, flow)]) };
  });
  const opening = between
    .filter(({ firewall }) => firewall.allow.state !== "absent")
    .map(({ firewall, isOnPath }) => ({ firewall, isOnPath, allows: isAmong(firewall.allow, flow) }));
  const certain = opening.find(({ isOnPath }) => isOnPath === true)?.firewall;
  const allowed = some(opening.map(({ isOnPath, allows }) => every([isOnPath, allows])));
  const isNotAllowed = certain !== undefined && allowed === false;
  const denials = between.flatMap(({ firewall, denies }) => (denies === true ? [firewall] : []));
  const [denial] = denials;
  if (denial !== undefined) return deniedBy(denial, denials, isNotAllowed);
  const denied = some(between.map(({ denies }) => denies));
  if (opening.length === 0 && denied === false) return { kind: "unguarded" };
  if (isNotAllowed) return notOpenedBy(certain, denied === false);
  // A firewall that may be between them, and would let it through, changes nothing.
  if (denied === false && (allowed === true || opening.every(({ allows }) => allows === true))) return { kind: "open" };
  const places = certain === undefined ? opening.map((one) => one.isOnPath) : [];
  return { kind: "undetermined", undetermined: [denied, allowed, ...places].flatMap(undeterminedIn) };
}

function deniedBy(denial: Firewall, denials: readonly Firewall[], isNotAllowed: boolean): Closed {
  return {
    ...CLOSED,
    by: denial,
    path: "deny",
    how: (flow) => `denies ${flow}`,
    remedies: [
      ...denials.map(
        ({ name }): Remedy =>
          (flow) =>
            `do not deny ${flow} in ${name}`,
      ),
      ...(isNotAllowed ? [open] : []),
    ],
  };
}

function notOpenedBy(firewall: Firewall, isNotDenied: boolean): Closed {
  return {
    ...CLOSED,
    by: firewall,
    path: "allow",
    how: (flow) => `does not open ${flow}`,
    remedies: [open],
    extensible: isNotDenied ? firewall : undefined,
  };
}

function open(flow: string): string {
  return `open ${flow}`;
}

/** The firewalls between the ends of a flow, and whether each opens it while no other denies it. */
export function openingFirewalls(
  flow: Flow,
  estate: Estate,
): readonly { readonly firewall: Firewall; readonly opens: TriState }[] {
  const onPath = firewallIndex(estate).between(flow.from, flow.to);
  const denied = some(onPath.map(({ firewall, isOnPath }) => every([isOnPath, isAmong(firewall.deny, flow)])));
  const free = typeof denied === "boolean" ? !denied : denied;
  return onPath
    .filter(({ firewall }) => firewall.allow.state !== "absent")
    .map(({ firewall, isOnPath }) => ({ firewall, opens: every([isOnPath, isAmong(firewall.allow, flow), free]) }));
}

/** Whether openings are about a flow. */
function isAmong(openings: Value<readonly Opening[]>, { transport, port }: Flow): TriState {
  return ask(openings, (list) =>
    some(
      list.map(({ protocol, ports }) =>
        every([
          ask(protocol, (one) => one === "any" || one === transport),
          ask(ports, (ranges) => some(ranges.map((range) => ask(range, (one) => covers(one, port))))),
        ]),
      ),
    ),
  );
}

/** What each of the groups of a computer does with a flow. */
function throughGroups(
  computer: TopologyComputer,
  direction: Direction,
  flow: Flow,
  estate: Estate,
): readonly Passage[] {
  const { sets, undetermined } = groupsByComputer(estate)(computer);
  const passages = sets.map((set) => throughGroup(set, direction, flow));
  return undetermined.length === 0 ? passages : [...passages, { kind: "undetermined", undetermined }];
}

const groupsByComputer = perEstate((estate) =>
  perObject((computer: TopologyComputer) => groupsOf(computer, ruleSets(estate))),
);

/** The groups that a computer is declared to be in, else those that have rules for its address. */
export function groupsOf(
  computer: TopologyComputer,
  sets: readonly RuleSet[],
): { readonly sets: readonly RuleSet[]; readonly undetermined: readonly Undetermined[] } {
  const { securityGroups } = computer;
  if (securityGroups.state === "absent") {
    return { sets: sets.filter((set) => hasRuleForAddress(set, computer)), undetermined: [] };
  }
  if (securityGroups.state === "unknown") return { sets: [], undetermined: [securityGroups] };
  const found = securityGroups.value.map((name) => ({ name, sets: sets.filter((set) => isNamed(set, name)) }));
  // A group that the program does not declare cannot be judged.
  const undetermined = found.flatMap(({ name, sets: own }) => {
    if (name.state !== "known") return [name];
    return own.length === 0 ? [absent(name.origin)] : [];
  });
  return { sets: found.flatMap((one) => one.sets), undetermined };
}

function isNamed({ group }: RuleSet, name: Value<string>): boolean {
  return name.state === "known" && isCalled(group, name.value);
}

function throughGroup(set: RuleSet, direction: Direction, flow: Flow): Passage {
  const access = accessOf(set, direction, flow);
  if ("undetermined" in access) return { kind: "undetermined", undetermined: access.undetermined };
  if (access.access === "allow") return { kind: "open" };
  const { by, path, rule } = placeOf(access.by, set);
  // No document says what Azure Local does where no rule is about a flow.
  const supposed = access.byDefault && set.group.platform === "azureLocal";
  const remedies = [remedyIn(set, access.by)];
  return { ...CLOSED, by, path, how: (what) => `denies ${what}${rule}`, remedies, supposed };
}

function remedyIn({ group }: RuleSet, { name, priority }: SecurityRule): Remedy {
  const number = ifKnown(priority) ?? SMALLEST_PRIORITY;
  if (number <= SMALLEST_PRIORITY) return (flow) => `do not deny ${flow} by the rule "${name}" in ${group.name}`;
  return (flow) => `allow ${flow} in ${group.name} by a rule with a priority number lower than ${String(number)}`;
}

/** The resource that declares a rule, and what messages call the rule there. */
export function placeOf(
  rule: SecurityRule,
  { group }: RuleSet,
): { readonly by: Judged; readonly path: string; readonly rule: string } {
  const priority = rule.priority.state === "known" ? ` (priority ${String(rule.priority.value)})` : "";
  if (rule.urn !== group.urn) return { by: rule, path: "access", rule: `${priority} in ${group.name}` };
  if (rule.path === "")
    return { by: group, path: "securityRules", rule: ` by its default rule ${rule.name}${priority}` };
  return { by: group, path: rule.path, rule: ` by its rule "${rule.name}"${priority}` };
}

const CLOSED = { kind: "closed", extensible: undefined, supposed: false } as const;
