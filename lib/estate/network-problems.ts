import { append } from "../text/collections";
import { fold } from "../text/names";
import type { Problem } from "./declared";
import type { Cluster, ClusterNetwork, Host, HostAdapter, VirtualMachine } from "./model";
import type { Suggestions } from "./suggestions";
import { ifKnown, type Value } from "./value";

/** Adapters that contradict each other, and switches and adapters that name nothing. */
export function networkProblemsOfHost(host: Host, suggestions: Suggestions): readonly Problem[] {
  const adapters = ifKnown(host.networkAdapters) ?? [];
  const switches = ifKnown(host.virtualSwitches) ?? [];
  const adapterNames = adapters.flatMap(({ name, team }) => (team.state === "absent" ? [name] : [name, team]));
  const adaptersAndTeams = new Targets("adapter or team", adapterNames, suggestions);
  const switchTargets = new Targets(
    "virtual switch",
    switches.map(({ name }) => name),
    suggestions,
  );
  return [
    ...contradictions(adapters),
    ...(adapters.length === 0
      ? []
      : switches.flatMap(({ networkAdapters }) =>
          (ifKnown(networkAdapters) ?? []).flatMap((name) => adaptersAndTeams.problemsOf(name)),
        )),
    ...(host.virtualSwitches.state === "unknown"
      ? []
      : adapters.flatMap(({ virtualSwitch }) => switchTargets.problemsOf(virtualSwitch))),
  ];
}

/** Networks of one name, and an order of live migration with names of none or one name twice. */
export function networkProblemsOfCluster(
  { networks, liveMigrationNetworks }: Cluster,
  suggestions: Suggestions,
): readonly Problem[] {
  const declared = ifKnown(networks) ?? [];
  return [
    ...repeated(
      declared.map(({ name }) => name),
      "is already the name of another cluster network",
    ),
    ...problemsOfOrder(liveMigrationNetworks, declared, suggestions),
  ];
}

/** The order that a virtual machine declares, beside the networks of the cluster that it is in. */
export function networkProblemsOfMachine(
  { liveMigrationNetworks }: VirtualMachine,
  cluster: Value<Cluster>,
  suggestions: Suggestions,
): readonly Problem[] {
  if ((ifKnown(liveMigrationNetworks) ?? []).length === 0 || cluster.state === "unknown") return [];
  if (cluster.state === "known") {
    return problemsOfOrder(liveMigrationNetworks, ifKnown(cluster.value.networks) ?? [], suggestions);
  }
  const { urn, path } = liveMigrationNetworks.origin;
  const problem = "is declared for a virtual machine outside of a cluster";
  return [{ urn, path, problem, fix: "Name the cluster, or remove it." }];
}

function problemsOfOrder(
  order: Cluster["liveMigrationNetworks"],
  networks: readonly ClusterNetwork[],
  suggestions: Suggestions,
): readonly Problem[] {
  const names = ifKnown(order) ?? [];
  const declared = new Targets(
    "cluster network",
    networks.map(({ name }) => name),
    suggestions,
  );
  return [
    ...repeated(names, "is already in the list"),
    ...(networks.length === 0 ? [] : names.flatMap((name) => declared.problemsOf(name))),
  ];
}

/** Entries with one name are one adapter, with a purpose each: all else must agree. */
function contradictions(adapters: readonly HostAdapter[]): readonly Problem[] {
  const byName = new Map<string, HostAdapter[]>();
  for (const adapter of adapters) if (adapter.name.state === "known") append(byName, fold(adapter.name.value), adapter);
  return [...byName.values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    const purposes = new Set([ifKnown(first.purpose)]);
    return more.flatMap((adapter) => {
      const purpose = ifKnown(adapter.purpose);
      const isRepeated = purpose !== undefined && purposes.has(purpose);
      purposes.add(purpose);
      return isRepeated ? [repeatedPurpose(adapter, purpose)] : differences(adapter, first);
    });
  });
}

function repeatedPurpose({ name, purpose: { origin } }: HostAdapter, purpose: string): Problem {
  const { urn, path } = origin;
  const problem = `is ${purpose}, which is declared for the adapter "${ifKnown(name) ?? ""}" already`;
  return { urn, path, problem, fix: "Declare each purpose of an adapter once, and give each adapter its own name." };
}

function differences(adapter: HostAdapter, first: HostAdapter): readonly Problem[] {
  const name = ifKnown(adapter.name);
  return [
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
  if (value.state !== "known" || other.state !== "known") return [];
  if (fold(String(value.value)) === fold(String(other.value))) return [];
  const { urn, path } = value.origin;
  const problem = `is ${String(value.value)}, and another entry of the adapter "${name ?? ""}" has ${String(other.value)}`;
  return [{ urn, path, problem, fix: "Declare it in one place, or make both agree." }];
}

function repeated(names: readonly Value<string>[], problem: string): readonly Problem[] {
  const before = new Set<string>();
  return names.flatMap((name) => {
    if (name.state !== "known") return [];
    const isThere = before.has(fold(name.value));
    before.add(fold(name.value));
    const { urn, path } = name.origin;
    return isThere ? [{ urn, path, problem: `is "${name.value}", which ${problem}`, fix: "Use each name once." }] : [];
  });
}

/** What names may mean: nothing is wrong with a name while a target may still turn out to have it. */
class Targets {
  private readonly names: readonly string[];
  private readonly folded: ReadonlySet<string>;
  private readonly someNameIsUnknown: boolean;

  constructor(
    private readonly kind: string,
    targets: readonly Value<string>[],
    private readonly suggestions: Suggestions,
  ) {
    this.names = [...new Set(targets.flatMap((target) => ifKnown(target) ?? []))];
    this.folded = new Set(this.names.map(fold));
    this.someNameIsUnknown = targets.some(({ state }) => state === "unknown");
  }

  problemsOf(name: Value<string>): readonly Problem[] {
    if (name.state !== "known" || this.someNameIsUnknown || this.folded.has(fold(name.value))) return [];
    const { urn, path } = name.origin;
    const problem = `is "${name.value}", but no ${this.kind} of that name is declared`;
    return [{ urn, path, problem, fix: this.suggestions.suggest(name.value, this.names, `declare the ${this.kind}`) }];
  }
}
