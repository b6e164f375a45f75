import type { Estate } from "../../../lib/estate/estate";
import type { Firewall, Opening, SecurityRule } from "../../../lib/estate/model";
import { covers } from "../../../lib/estate/ports";
import { absent, type Value } from "../../../lib/estate/value";
import type { Judged } from "../../../lib/rules/verdict";
import { ask, every, some, type Answer, type Open } from "./answer";
import type { Connection } from "./connections";
import { firewallIndex, type Standing } from "./firewall-index";
import type { Machine } from "./machines";
import { isCalled, judgeFlow, names, ruleSets, type Direction, type Flow, type RuleSet } from "./security-groups";

/** What the declared firewalls do with a flow. */
export type Passage =
  /** No firewall is declared on its way: nothing can be said. */
  | { readonly kind: "unguarded" }
  | { readonly kind: "open" }
  | Closed
  | { readonly kind: "undecided"; readonly open: readonly Open[] };

export interface Closed {
  readonly kind: "closed";
  /** The resource that would have to let it through. */
  readonly by: Judged;
  readonly path: string;
  /** What it does to the flow: `does not open {flow}`. */
  readonly how: (flow: string) => string;
  /** True where it is only supposed that it does so. */
  readonly supposed: boolean;
}

/** Whether a flow gets through all firewalls that are declared on its way. */
function passage(flow: Flow, estate: Estate): Passage {
  return inSeries([
    throughFirewalls(flow, firewallIndex(estate).between(flow.from, flow.to)),
    ...throughGroups(flow.from, "outbound", flow, estate),
    ...throughGroups(flow.to, "inbound", flow, estate),
  ]);
}

/** A port of a connection, and whether it gets through. */
export interface Way {
  readonly port: number;
  readonly passage: Passage;
}

/** Whether each port of a connection gets through; where the ports are not known, any port stands for them. */
export function waysOf({ from, to, transport, ports }: Connection, estate: Estate): readonly Way[] {
  const numbers = ports.state === "known" ? ports.value : [ANY_PORT];
  return numbers.map((port) => ({ port, passage: passage({ from, to, transport, port }, estate) }));
}

/** Whether no firewall is declared on the way of a connection, so that nobody knows whether it is open. */
export function isUnguarded(ways: readonly Way[]): boolean {
  return ways.every(({ passage: { kind } }) => kind === "unguarded");
}

/** Stands for a port that is not known. */
const ANY_PORT = 0;

/** One that is closed closes the way, whatever the others do. */
function inSeries(passages: readonly Passage[]): Passage {
  const closed = passages.find(({ kind }) => kind === "closed");
  if (closed !== undefined) return closed;
  const open = passages.flatMap((one) => (one.kind === "undecided" ? one.open : []));
  if (open.length > 0) return { kind: "undecided", open };
  return { kind: passages.some(({ kind }) => kind === "open") ? "open" : "unguarded" };
}

/** Firewalls that are declared between the same ends say together what is open there; what one denies, none opens. */
function throughFirewalls(flow: Flow, standing: readonly Standing[]): Passage {
  const between = standing.map(({ firewall, stands }) => {
    return { firewall, stands, denies: every([stands, isAmong(firewall.deny, flow)]) };
  });
  const denial = between.find(({ denies }) => denies === true)?.firewall;
  if (denial !== undefined) return { ...CLOSED, by: denial, path: "deny", how: (what) => `denies ${what}` };
  const denied = some(between.map(({ denies }) => denies));
  const opening = between
    .filter(({ firewall }) => firewall.allow.state !== "absent")
    .map(({ firewall, stands }) => ({ firewall, stands, allows: isAmong(firewall.allow, flow) }));
  if (opening.length === 0 && denied === false) return { kind: "unguarded" };
  const certain = opening.find(({ stands }) => stands === true)?.firewall;
  const allowed = some(opening.map(({ stands, allows }) => every([stands, allows])));
  if (certain !== undefined && allowed === false) {
    return { ...CLOSED, by: certain, path: "allow", how: (what) => `does not open ${what}` };
  }
  // A firewall that may stand there, and would let it through, changes nothing.
  if (denied === false && (allowed === true || opening.every(({ allows }) => allows === true))) return { kind: "open" };
  const stands = certain === undefined ? opening.map((one) => one.stands) : [];
  return { kind: "undecided", open: [denied, allowed, ...stands].flatMap(openIn) };
}

/** The firewalls between the ends of a flow, and whether each opens it while no other denies it. */
export function openers(
  flow: Flow,
  estate: Estate,
): readonly { readonly firewall: Firewall; readonly opens: Answer }[] {
  const standing = firewallIndex(estate).between(flow.from, flow.to);
  const denied = some(standing.map(({ firewall, stands }) => every([stands, isAmong(firewall.deny, flow)])));
  const free = typeof denied === "boolean" ? !denied : denied;
  return standing
    .filter(({ firewall }) => firewall.allow.state !== "absent")
    .map(({ firewall, stands }) => ({ firewall, opens: every([stands, isAmong(firewall.allow, flow), free]) }));
}

/** Whether openings are about a flow. */
function isAmong(openings: Value<readonly Opening[]>, { transport, port }: Flow): Answer {
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

/** The groups that a computer is behind, each with what it does to a flow. */
function throughGroups(machine: Machine, direction: Direction, flow: Flow, estate: Estate): readonly Passage[] {
  const { sets, open } = groupsBefore(machine, ruleSets(estate));
  const passages = sets.map((set) => throughGroup(set, direction, flow));
  return open.length === 0 ? passages : [...passages, { kind: "undecided", open }];
}

/** The groups that a computer is declared to be behind, else those that have rules for its address. */
export function groupsBefore(
  machine: Machine,
  sets: readonly RuleSet[],
): { readonly sets: readonly RuleSet[]; readonly open: readonly Open[] } {
  const { securityGroups } = machine;
  if (securityGroups.state === "absent") return { sets: sets.filter((set) => names(set, machine)), open: [] };
  if (securityGroups.state === "unknown") return { sets: [], open: [securityGroups] };
  const found = securityGroups.value.map((name) => ({ name, sets: sets.filter((set) => isNamed(set, name)) }));
  // A group that the program does not declare cannot be judged.
  const open = found.flatMap(({ name, sets: own }) => {
    if (name.state !== "known") return [name];
    return own.length === 0 ? [absent(name.origin)] : [];
  });
  return { sets: found.flatMap((one) => one.sets), open };
}

function isNamed({ group }: RuleSet, name: Value<string>): boolean {
  return name.state === "known" && isCalled(group, name.value);
}

function throughGroup(set: RuleSet, direction: Direction, flow: Flow): Passage {
  const judgement = judgeFlow(set, direction, flow);
  if ("open" in judgement) return { kind: "undecided", open: judgement.open };
  if (judgement.access === "allow") return { kind: "open" };
  const { by, path, rule } = placeOf(judgement.by, set);
  // No document says what Azure Local does where no rule is about a flow.
  const supposed = judgement.byDefault && set.group.platform === "azureLocal";
  return { kind: "closed", by, path, how: (what) => `denies ${what}${rule}`, supposed };
}

/** The resource that a rule stands in, and how a message calls the rule there. */
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

const CLOSED = { kind: "closed", supposed: false } as const;

function openIn(answer: Answer): readonly Open[] {
  return typeof answer === "boolean" ? [] : answer;
}
