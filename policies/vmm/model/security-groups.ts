import { contains, isEverything, isPublic, isRange } from "../../../lib/estate/addresses";
import { perEstate } from "../../../lib/estate/estate";
import type { CloudPlatform, NetworkSecurityGroup, SecurityRule, Transport } from "../../../lib/estate/model";
import { covers, EVERY_PORT } from "../../../lib/estate/ports";
import { ifKnown, known, map, unknown, type Value } from "../../../lib/estate/value";
import { perObject } from "../../../lib/text/collections";
import { LikeComputers } from "./like-computers";
import { ask, every, some, undeterminedIn, type TriState, type Undetermined } from "./tri-state";
import { computerKey, INTERNET, isWithin, type TopologyComputer } from "./topology-computers";

export type Direction = "inbound" | "outbound";

/** A connection from one computer to one port of another. */
export interface Flow {
  readonly from: TopologyComputer;
  readonly to: TopologyComputer;
  readonly transport: "tcp" | "udp";
  readonly port: number;
}

/** What a group does with a flow: a rule allows or denies it, or it depends on what is undetermined. */
export type FlowAccess =
  | { readonly access: "allow" | "deny"; readonly by: SecurityRule; readonly byDefault: boolean }
  | { readonly undetermined: readonly Undetermined[] };

/** A group with all its rules, wherever they are declared. */
export interface RuleSet {
  readonly group: NetworkSecurityGroup;
  readonly rules: readonly MemberRule[];
}

/** A rule, and whether it is one of the group. */
interface MemberRule {
  readonly rule: SecurityRule;
  readonly member: TriState;
}

/** The smallest number that a rule may have as its priority: it is judged first. */
export const SMALLEST_PRIORITY = 100;

/** From these ports Windows opens connections. */
const DYNAMIC_PORTS = { from: 49_152, to: 65_535 };

export const ruleSets = perEstate(({ networkSecurityGroups, securityRules }): readonly RuleSet[] =>
  networkSecurityGroups.map((group) => {
    const inline = ifKnown(group.rules) ?? [];
    const separate = securityRules.flatMap(({ platform, group: name, rule }): readonly MemberRule[] => {
      if (platform !== group.platform) return [];
      const member = ask(name, (called) => isCalled(group, called));
      return member === false ? [] : [{ rule, member }];
    });
    const certain = [...inline, ...defaultRules(group)].map((rule) => ({ rule, member: true }));
    return { group, rules: [...certain, ...separate] };
  }),
);

/** Rules of groups that the program does not declare: each by itself, since the others are not known. */
export const rulesOfUndeclaredGroups = perEstate(({ networkSecurityGroups, securityRules }): readonly RuleSet[] =>
  securityRules.flatMap(({ platform, urn, group: called, rule }) => {
    const groups = networkSecurityGroups.filter((group) => group.platform === platform);
    // A name that is not known yet is most likely that of a declared group.
    const isDeclared =
      ifKnown(map(called, (text) => groups.some((group) => isCalled(group, text)))) ?? groups.length > 0;
    if (isDeclared) return [];
    const group: NetworkSecurityGroup = {
      kind: "networkSecurityGroup",
      urn: "",
      name: ifKnown(called) ?? "its group",
      nameIsUnknown: true,
      platform,
      names: [],
      rules: known([], { urn, path: "" }),
    };
    return [{ group, rules: [{ rule, member: true }] }];
  }),
);

export function isCalled({ names }: NetworkSecurityGroup, name: string): boolean {
  return names.some((one) => computerKey(one) === computerKey(name));
}

/**
 * Whether a group has rules that name the address of a computer on the side that the group protects. Nobody writes
 * such rules for a group that the computer is not behind.
 */
export function hasRuleForAddress({ rules }: RuleSet, machine: TopologyComputer): boolean {
  const address = ifKnown(machine.address);
  if (address === undefined) return false;
  return rules.some(({ rule: { direction, sources, destinations } }) => {
    const own = ifKnown(direction) === "inbound" ? destinations : sources;
    return (ifKnown(own) ?? []).some((prefix) => {
      const range = ifKnown(prefix) ?? "";
      return direction.state === "known" && !isEverything(range) && contains(range, address);
    });
  });
}

/**
 * What a group does with a flow, by the rule of lowest priority number that is about it; the default rules come last. What
 * is not known matters only as far as it could turn the answer.
 */
export function accessOf(set: RuleSet, direction: Direction, flow: Flow): FlowAccess {
  const { answers, sources, destinations } = askedOf(set);
  const kinds = [sources.kindOf(flow.from), destinations.kindOf(flow.to)];
  const key = [direction, flow.transport, flow.port, ...kinds].join(" ");
  const access = answers.get(key) ?? findAccess(set, direction, flow);
  answers.set(key, access);
  return access;
}

/** What a group was asked, and which computers are alike to it. */
const askedOf = perObject(({ group: { platform }, rules }: RuleSet) => ({
  answers: new Map<string, FlowAccess>(),
  sources: new LikeComputers((computer) => rules.map(({ rule }) => isSource(rule, computer, platform))),
  destinations: new LikeComputers((computer) => rules.map(({ rule }) => isDestination(rule, computer, platform))),
}));

function findAccess({ group, rules }: RuleSet, direction: Direction, flow: Flow): FlowAccess {
  const inGroup = rules
    .map(({ rule, member }) => ({ rule, applies: every([member, isAbout(rule, direction, flow, group.platform)]) }))
    .filter(({ applies }) => applies !== false);
  const placed = inGroup
    .flatMap(({ rule, applies }) =>
      rule.priority.state === "known" ? [{ rule, applies, at: rule.priority.value }] : [],
    )
    .sort((one, other) => one.at - other.at);
  const last = placed.findIndex(({ applies }) => applies === true);
  const decisive = placed[last];
  const possible = [...placed.slice(0, last), ...inGroup.filter(({ rule }) => rule.priority.state !== "known")];
  const access = decisive?.rule.access;
  const turning = possible.filter(({ rule }) => access?.state !== "known" || ifKnown(rule.access) !== access.value);
  const undetermined = [
    ...(group.rules.state === "unknown" ? [group.rules] : []),
    ...turning.flatMap(({ rule, applies }) => [
      ...undeterminedIn(applies),
      ...[rule.priority, rule.access].flatMap((value) => (value.state === "known" ? [] : [value])),
    ]),
    ...(access === undefined || access.state === "known" ? [] : [access]),
  ];
  if (decisive === undefined || access?.state !== "known" || undetermined.length > 0) {
    return { undetermined };
  }
  return {
    access: access.value,
    by: decisive.rule,
    byDefault: decisive.rule.urn === group.urn && decisive.rule.path === "",
  };
}

/** Whether a rule is about a flow. */
function isAbout(rule: SecurityRule, direction: Direction, flow: Flow, platform: CloudPlatform): TriState {
  const { from, to, transport, port } = flow;
  return every([
    ask(rule.direction, (one) => one === direction),
    ask(rule.protocol, (one) => one === "any" || one === transport),
    ask(rule.destinationPorts, (ranges) => some(ranges.map((range) => ask(range, (one) => covers(one, port))))),
    ask(rule.sourcePorts, (ranges) => some(ranges.map((range) => ask(range, isSourceRange)))),
    isSource(rule, from, platform),
    isDestination(rule, to, platform),
  ]);
}

/** Where a connection comes from is chosen anew each time, so that a narrower rule is not about it. */
function isSourceRange({ from, to }: { readonly from: number; readonly to: number }): boolean {
  return from <= DYNAMIC_PORTS.from && to >= DYNAMIC_PORTS.to;
}

function isSource(rule: SecurityRule, machine: TopologyComputer, platform: CloudPlatform): TriState {
  return isAtSide(rule.sources, rule.sourceGroups, machine, platform);
}

function isDestination(rule: SecurityRule, machine: TopologyComputer, platform: CloudPlatform): TriState {
  return isAtSide(rule.destinations, rule.destinationGroups, machine, platform);
}

function isAtSide(
  prefixes: SecurityRule["sources"],
  groups: SecurityRule["sourceGroups"],
  machine: TopologyComputer,
  platform: CloudPlatform,
): TriState {
  return some([
    ask(prefixes, (list) => some(list.map((prefix) => ask(prefix, (text) => isIn(text, prefix, machine, platform))))),
    ask(groups, (list) =>
      list.length === 0
        ? false
        : ask(machine.applicationGroups, (own) =>
            some(
              list.flatMap((group) =>
                own.map((mine) => ask(group, (a) => ask(mine, (b) => computerKey(a) === computerKey(b)))),
              ),
            ),
          ),
    ),
  ]);
}

/** Whether a computer is in a range or a service tag. */
function isIn(text: string, prefix: Value<string>, machine: TopologyComputer, platform: CloudPlatform): TriState {
  const { address } = machine;
  const word = computerKey(text);
  if (word === "*" || word === "any" || isEverything(text)) return true;
  if (isRange(text)) return isWithin(text, machine);
  if (platform === "azureLocal") return false;
  // Who is behind a group is in a virtual network, whatever its address.
  const inside = machine.securityGroups.state === "known" && machine.securityGroups.value.length > 0;
  if (word === "virtualnetwork") return inside || ask(address, (one) => !isPublic(one));
  if (word === "internet") return inside ? false : ask(address, isPublic);
  // Another tag means Azure's own services: never the whole internet.
  if (word === "azureloadbalancer" || inside || machine === INTERNET) return false;
  // Which addresses another tag means is not known; that they are those of Azure's own services is.
  const addresses = { ...unknown(prefix.origin), what: `which addresses ${text} means` };
  return ask(address, (one) => (isPublic(one) ? [addresses] : false));
}

/** The rules that every group has. */
function defaultRules(group: NetworkSecurityGroup): readonly SecurityRule[] {
  const rule = (
    name: string,
    priority: number,
    direction: Direction,
    access: "allow" | "deny",
    source = "*",
    destination = "*",
  ): SecurityRule => {
    const origin = { urn: group.urn, path: "" };
    const anyPort = known([known(EVERY_PORT, origin)], origin);
    return {
      urn: group.urn,
      path: "",
      name,
      priority: known(priority, origin),
      direction: known(direction, origin),
      access: known(access, origin),
      protocol: known<Transport>("any", origin),
      sourcePorts: anyPort,
      destinationPorts: anyPort,
      sources: known([known(source, origin)], origin),
      destinations: known([known(destination, origin)], origin),
      sourceGroups: known([], origin),
      destinationGroups: known([], origin),
    };
  };
  if (group.platform === "azureLocal") {
    return [rule("default", 65_500, "inbound", "deny"), rule("default", 65_500, "outbound", "allow")];
  }
  return [
    rule("AllowVnetInBound", 65_000, "inbound", "allow", "VirtualNetwork", "VirtualNetwork"),
    rule("AllowAzureLoadBalancerInBound", 65_001, "inbound", "allow", "AzureLoadBalancer"),
    rule("DenyAllInBound", 65_500, "inbound", "deny"),
    rule("AllowVnetOutBound", 65_000, "outbound", "allow", "VirtualNetwork", "VirtualNetwork"),
    rule("AllowInternetOutBound", 65_001, "outbound", "allow", "*", "Internet"),
    rule("DenyAllOutBound", 65_500, "outbound", "deny"),
  ];
}
