import { fold } from "../text/names";
import { suggestion } from "../text/nearest";
import type { Problem } from "./declared";
import type { Cluster, ClusterNetwork, Host, HostAdapter, VirtualMachine } from "./model";
import { ifKnown, type Value } from "./value";

/** Adapters that contradict each other, and switches and adapters that point at nothing. */
export function networkProblemsOfHost(host: Host): readonly Problem[] {
  const adapters = ifKnown(host.networkAdapters) ?? [];
  const switches = ifKnown(host.virtualSwitches) ?? [];
  const names = [...adapters.map(({ name }) => name), ...adapters.map(({ team }) => team).filter(isDeclared)];
  return [
    ...adapters.flatMap((adapter, index) => contradictions(adapter, adapters.slice(0, index))),
    ...(adapters.length === 0
      ? []
      : switches.flatMap(({ networkAdapters }) =>
          (ifKnown(networkAdapters) ?? []).flatMap((name) => pointless(name, names, "adapter or team")),
        )),
    ...(host.virtualSwitches.state === "unknown"
      ? []
      : adapters.flatMap(({ virtualSwitch }) =>
          pointless(
            virtualSwitch,
            switches.map(({ name }) => name),
            "virtual switch",
          ),
        )),
  ];
}

/** Networks of one name, and an order of live migration with names of none or one name twice. */
export function networkProblemsOfCluster({ networks, liveMigrationNetworks }: Cluster): readonly Problem[] {
  const declared = ifKnown(networks) ?? [];
  return [
    ...repeated(
      declared.map(({ name }) => name),
      "is already the name of another cluster network",
    ),
    ...problemsOfOrder(liveMigrationNetworks, declared),
  ];
}

/** The order that a virtual machine declares, beside the networks of the cluster that it is in. */
export function networkProblemsOfMachine(
  { liveMigrationNetworks }: VirtualMachine,
  cluster: Value<Cluster>,
): readonly Problem[] {
  if ((ifKnown(liveMigrationNetworks) ?? []).length === 0) return [];
  if (cluster.state === "known") return problemsOfOrder(liveMigrationNetworks, ifKnown(cluster.value.networks) ?? []);
  if (cluster.state === "unknown") return [];
  const { urn, path } = liveMigrationNetworks.origin;
  return [
    {
      urn,
      path,
      problem: "is declared for a virtual machine outside of a cluster",
      fix: "Name the cluster, or remove it.",
    },
  ];
}

function problemsOfOrder(
  order: Cluster["liveMigrationNetworks"],
  networks: readonly ClusterNetwork[],
): readonly Problem[] {
  const names = ifKnown(order) ?? [];
  const declared = networks.map(({ name }) => name);
  return [
    ...repeated(names, "is already in the list"),
    ...(networks.length === 0 ? [] : names.flatMap((name) => pointless(name, declared, "cluster network"))),
  ];
}

/** Entries with one name are one adapter, with a purpose each: all else must agree. */
function contradictions(adapter: HostAdapter, before: readonly HostAdapter[]): readonly Problem[] {
  const name = ifKnown(adapter.name);
  const same = before.filter((other) => isSame(other.name, adapter.name));
  const purpose = ifKnown(adapter.purpose);
  if (purpose !== undefined && same.some((other) => ifKnown(other.purpose) === purpose)) {
    const { urn, path } = adapter.purpose.origin;
    const problem = `is ${purpose}, which is declared for the adapter "${name ?? ""}" already`;
    return [
      { urn, path, problem, fix: "Declare each purpose of an adapter once, and give each adapter its own name." },
    ];
  }
  const [first] = same;
  return first === undefined
    ? []
    : [
        ...unlike(adapter.team, first.team, name),
        ...unlike(adapter.physicalAdapter, first.physicalAdapter, name),
        ...unlike(adapter.virtualSwitch, first.virtualSwitch, name),
        ...unlike(adapter.speedMbps, first.speedMbps, name),
      ];
}

function unlike(
  value: Value<string | number>,
  other: Value<string | number>,
  name: string | undefined,
): readonly Problem[] {
  if (value.state !== "known" || other.state !== "known" || isSame(value, other)) return [];
  const { urn, path } = value.origin;
  const problem = `is ${String(value.value)}, and another entry of the adapter "${name ?? ""}" has ${String(other.value)}`;
  return [{ urn, path, problem, fix: "Declare it in one place, or make both agree." }];
}

function repeated(names: readonly Value<string>[], problem: string): readonly Problem[] {
  return names.flatMap((name, index) => {
    if (name.state !== "known") return [];
    const isThere = names.slice(0, index).some((other) => isSame(other, name));
    const { urn, path } = name.origin;
    return isThere ? [{ urn, path, problem: `is "${name.value}", which ${problem}`, fix: "Use each name once." }] : [];
  });
}

/** A name that points at nothing, unless a target may still turn out to be called so. */
function pointless(name: Value<string>, targets: readonly Value<string>[], kind: string): readonly Problem[] {
  if (name.state !== "known" || targets.some(({ state }) => state === "unknown")) return [];
  if (targets.some((target) => isSame(target, name))) return [];
  const { urn, path } = name.origin;
  const names = new Set(targets.flatMap((target) => ifKnown(target) ?? []));
  const fix = suggestion(name.value, [...names], `declare the ${kind}`);
  return [{ urn, path, problem: `is "${name.value}", but no ${kind} of that name is declared`, fix }];
}

function isDeclared({ state }: Value<string>): boolean {
  return state !== "absent";
}

function isSame(one: Value<string | number>, other: Value<string | number>): boolean {
  return one.state === "known" && other.state === "known" && fold(String(one.value)) === fold(String(other.value));
}
