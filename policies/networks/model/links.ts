import type { Host, HostAdapter, Purpose, VirtualSwitch } from "../../../lib/estate/model";
import {
  absent,
  combine,
  gatherAll,
  ifKnown,
  isDefault,
  known,
  orDefault,
  type Value,
} from "../../../lib/estate/value";
import { append, compare, perObject } from "../../../lib/text/collections";
import { fold } from "../../../lib/text/names";
import { listing } from "../../../lib/text/words";

/** What an adapter, a team or a virtual switch with its adapters carries: what counts as one adapter in a layout. */
export interface Link {
  /** As messages call it: `"NIC 1"`, `the team "LAN"`. */
  readonly name: string;
  /** Names of its adapters; an NPAR partition is one. */
  readonly adapters: readonly string[];
  /** The physical ports of its adapters. */
  readonly ports: readonly string[];
  /** That of its slowest adapter. */
  readonly speedMbps: Value<number>;
  readonly traffic: readonly Traffic[];
}

/** One kind of traffic on a link. */
export interface Traffic {
  readonly purpose: Purpose;
  /** Name of the adapter that it is declared for, physical or virtual; that of the switch where none is declared. */
  readonly adapter: string;
  /** The most that it may take of the link, in percent. */
  readonly cap: Value<number>;
  /** True where no declaration says so: a virtual switch is shared with the management operating system by default. */
  readonly byDefault?: true;
}

/** What of an adapter decides the links of its host. */
interface Adapter {
  readonly name: string;
  readonly purpose: Purpose;
  readonly team: string | undefined;
  readonly port: string | undefined;
  readonly virtualSwitch: string | undefined;
  readonly declared: HostAdapter;
}

/** What of a virtual switch decides which adapters it joins. */
interface Switch {
  readonly name: string;
  /** Names of adapters or teams. */
  readonly members: readonly string[];
  readonly declared: VirtualSwitch;
}

/** The adapters that a host declares; an empty list counts as none declared. */
export function declaredAdapters({ networkAdapters }: Host): Value<readonly HostAdapter[]> {
  const isEmpty = networkAdapters.state === "known" && networkAdapters.value.length === 0;
  return isEmpty ? absent(networkAdapters.origin) : networkAdapters;
}

/** The links of a host, by name; absent when it declares no adapters. */
export const hostLinks = perObject((host: Host): Value<readonly Link[]> => {
  const adapters = declaredAdapters(host);
  if (adapters.state !== "known") return adapters;
  const facts = {
    adapters: gatherAll(adapters.value.map(readAdapter), adapters.origin),
    switches: readSwitches(host),
  };
  return combine(facts, adapters.origin, (the) => joinLinks(the.adapters, the.switches));
});

function readAdapter(declared: HostAdapter): Value<Adapter> {
  const { name, purpose, team, physicalAdapter, virtualSwitch } = declared;
  const facts = {
    name,
    purpose,
    team: optional(team),
    port: optional(physicalAdapter),
    virtualSwitch: optional(virtualSwitch),
  };
  return combine(facts, name.origin, (the) => ({ ...the, declared }));
}

function readSwitches({ virtualSwitches }: Host): Value<readonly Switch[]> {
  if (virtualSwitches.state === "absent") return known([], virtualSwitches.origin);
  if (virtualSwitches.state === "unknown") return virtualSwitches;
  return gatherAll(virtualSwitches.value.map(readSwitch), virtualSwitches.origin);
}

function readSwitch(declared: VirtualSwitch): Value<Switch> {
  const { name, networkAdapters } = declared;
  const members = orDefault(networkAdapters, []);
  const names = members.state === "known" ? gatherAll(members.value, members.origin) : members;
  return combine({ name, members: names }, name.origin, (the) => ({ ...the, declared }));
}

function optional(value: Value<string>): Value<string | undefined> {
  return orDefault<string | undefined>(value, undefined);
}

function joinLinks(adapters: readonly Adapter[], switches: readonly Switch[]): readonly Link[] {
  const groups = new Map<string, Adapter[]>();
  for (const adapter of adapters) append(groups, keyOf(adapter, switches), adapter);
  const links = [...groups.values()].map((members) => toLink(members, switches, adapters));
  return links.sort((one, other) => compare(one.name, other.name));
}

/** What an adapter works as one with: the virtual switch above it, else its team, else only itself. */
function keyOf(adapter: Adapter, switches: readonly Switch[]): string {
  const above = adapter.virtualSwitch ?? switchOver(adapter, switches)?.name;
  if (above !== undefined) return `switch ${fold(above)}`;
  return adapter.team === undefined ? `adapter ${fold(adapter.name)}` : `team ${fold(adapter.team)}`;
}

function switchOver({ name, team }: Adapter, switches: readonly Switch[]): Switch | undefined {
  const names = [name, ...(team === undefined ? [] : [team])].map(fold);
  return switches.find(({ members }) => members.some((member) => names.includes(fold(member))));
}

function toLink(members: readonly Adapter[], switches: readonly Switch[], all: readonly Adapter[]): Link {
  const physical = members.filter(({ virtualSwitch }) => virtualSwitch === undefined);
  const named = members.map(({ virtualSwitch }) => virtualSwitch).find((name) => name !== undefined);
  const [first] = physical;
  const above =
    named === undefined
      ? first && switchOver(first, switches)
      : switches.find(({ name }) => fold(name) === fold(named));
  const names = unique(physical.map(({ name }) => name));
  return {
    name: linkName(names, first?.team, above?.name ?? named),
    // The adapters below a switch need not be declared to be counted.
    adapters: physical.length > 0 ? names : (above?.members ?? []),
    ports: unique(physical.length > 0 ? physical.map(({ name, port }) => port ?? name) : (above?.members ?? [])),
    speedMbps: slowest(physical),
    traffic: [...members.map(toTraffic), ...impliedManagement(above, all)],
  };
}

function linkName(adapters: readonly string[], team: string | undefined, above: string | undefined): string {
  const [only] = adapters;
  if (only !== undefined && adapters.length === 1) return `"${only}"`;
  if (team !== undefined) return `the team "${team}"`;
  return `the virtual switch "${above ?? ""}"`;
}

function toTraffic({ name, purpose, declared }: Adapter): Traffic {
  return { purpose, adapter: name, cap: declared.maximumBandwidthPercent };
}

/** A host without an adapter for management is managed through a switch that the management operating system uses. */
function impliedManagement(above: Switch | undefined, all: readonly Adapter[]): readonly Traffic[] {
  if (above === undefined || all.some(({ purpose }) => purpose === "management")) return [];
  const { allowManagementOs, networkAdapters } = above.declared;
  if (ifKnown(allowManagementOs) !== true) return [];
  const management = { purpose: "management", adapter: above.name, cap: absent(networkAdapters.origin) } as const;
  return [isDefault(allowManagementOs) ? { ...management, byDefault: true } : management];
}

function slowest(adapters: readonly Adapter[]): Value<number> {
  const [first] = adapters;
  if (first === undefined) return absent({ urn: "", path: "" });
  const origin = first.declared.speedMbps.origin;
  const speeds = gatherAll(
    adapters.map(({ declared }) => declared.speedMbps),
    origin,
  );
  if (speeds.state !== "known") return speeds;
  const lowest = Math.min(...speeds.value);
  const adapter = adapters.find(({ declared }) => ifKnown(declared.speedMbps) === lowest) ?? first;
  return known(lowest, adapter.declared.speedMbps.origin);
}

/** Whether a link carries a kind of traffic. */
export function carries({ traffic }: Link, purpose: Purpose): boolean {
  return traffic.some((item) => item.purpose === purpose);
}

/** What an adapter of a link carries beside one kind of traffic, with the adapters that do. */
export function sharedWith(
  { traffic }: Link,
  purpose: Purpose,
): { readonly adapters: readonly string[]; readonly others: readonly Purpose[] } {
  const own = traffic.filter((item) => item.purpose === purpose).map(({ adapter }) => adapter);
  const isOf = (names: readonly string[], name: string): boolean => names.map(fold).includes(fold(name));
  const beside = traffic.filter((item) => item.purpose !== purpose && isOf(own, item.adapter));
  const shared = beside.map(({ adapter }) => adapter);
  return {
    adapters: unique(own.filter((name) => isOf(shared, name))),
    others: [...new Set(beside.map((item) => item.purpose))],
  };
}

/** The physical ports of all links, each once. */
export function physicalPorts(links: readonly Link[]): readonly string[] {
  return unique(links.flatMap(({ ports }) => ports));
}

/** The different kinds of traffic of a link. */
export function purposesOf({ traffic }: Link): readonly Purpose[] {
  return [...new Set(traffic.map(({ purpose }) => purpose))];
}

const PURPOSE_NAMES: Readonly<Record<Purpose, string>> = {
  management: "management",
  virtualMachines: "virtual machines",
  iscsi: "iSCSI",
  cluster: "cluster communication",
  clusterSharedVolumes: "Cluster Shared Volumes",
  liveMigration: "live migration",
  replica: "Hyper-V Replica",
  backup: "backup",
  public: "public traffic",
};

export function purposeName(purpose: Purpose): string {
  return PURPOSE_NAMES[purpose];
}

/** Kinds of traffic of a link in a sentence, with those that nobody declared: `virtual machines and management (by default)`. */
export function describeTraffic({ traffic }: Link, purposes: readonly Purpose[]): string {
  const isByDefault = (purpose: Purpose): boolean =>
    traffic.some((item) => item.purpose === purpose && item.byDefault === true);
  return listing(purposes.map((purpose) => `${purposeName(purpose)}${isByDefault(purpose) ? " (by default)" : ""}`));
}

/** `1 Gbps`, `100 Mbps`. */
export function describeSpeed(megabits: number): string {
  return megabits % 1000 === 0 ? `${String(megabits / 1000)} Gbps` : `${String(megabits)} Mbps`;
}

function unique(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.findIndex((other) => fold(other) === fold(name)) === index);
}
