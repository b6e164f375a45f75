import type { EstateView, MachineView } from "../../judging/estate-view";
import { append } from "../../text/collections";

/** What happens when a host is lost. Machines and hosts are positions in the view. */
export interface HostLoss {
  /** Machines that the cluster starts on other nodes. */
  readonly restarted: readonly number[];
  /** Machines that stay off until the host is back. */
  readonly stopped: readonly number[];
  /** Machines that may be on any node, so that they may be lost too. */
  readonly perhaps: readonly number[];
  /** Undefined where there is nothing to restart. */
  readonly memory?: MemoryAfterLoss;
  /** Database availability groups and roles with members on the host. */
  readonly groups: readonly MemberLoss[];
  readonly roles: readonly MemberLoss[];
}

export interface MemoryAfterLoss {
  readonly neededMB: number;
  /** What the remaining nodes have free. */
  readonly freeMB: number;
  readonly nodes: number;
  /**
   * `split`: there is enough in total, but not for each machine on one node. `unknown`: some figure is missing.
   */
  readonly answer: "enough" | "tooLittle" | "split" | "unknown";
  /** What finds no place, for `split`. */
  readonly left: readonly number[];
}

/** Members of a group or servers of a role: all of the estate, and those on the host. */
export interface MemberLoss {
  readonly name: string;
  readonly lost: number;
  readonly all: number;
}

/** An estate with who is where, found once for all questions. */
export interface EstateIndex {
  readonly view: EstateView;
  readonly machinesByHost: ReadonlyMap<number, readonly number[]>;
  readonly hostsByCluster: ReadonlyMap<number, readonly number[]>;
  /** Machines of a cluster that are declared on none of its hosts. */
  readonly floatingByCluster: ReadonlyMap<number, readonly number[]>;
  /** Machines on no host and no cluster. */
  readonly elsewhere: readonly number[];
  readonly groupSizes: ReadonlyMap<string, number>;
  readonly roleSizes: ReadonlyMap<string, number>;
}

export function estateIndex(view: EstateView): EstateIndex {
  const machinesByHost = new Map<number, number[]>();
  const hostsByCluster = new Map<number, number[]>();
  const floatingByCluster = new Map<number, number[]>();
  const elsewhere: number[] = [];
  view.hosts.forEach(({ cluster }, host) => {
    if (cluster !== undefined) append(hostsByCluster, cluster, host);
  });
  view.machines.forEach(({ host, cluster }, machine) => {
    if (host !== undefined) append(machinesByHost, host, machine);
    else if (cluster !== undefined) append(floatingByCluster, cluster, machine);
    else elsewhere.push(machine);
  });
  return {
    view,
    machinesByHost,
    hostsByCluster,
    floatingByCluster,
    elsewhere,
    groupSizes: sizes(view.machines, groupsOf),
    roleSizes: sizes(view.machines, rolesOf),
  };
}

export function hostLoss(index: EstateIndex, lost: number): HostLoss {
  const { view, machinesByHost, floatingByCluster } = index;
  const here = machinesByHost.get(lost) ?? [];
  const cluster = view.hosts[lost]?.cluster;
  const restarted = here.filter((machine) => cluster !== undefined && view.machines[machine]?.cluster === cluster);
  const perhaps = (cluster === undefined ? [] : (floatingByCluster.get(cluster) ?? [])).filter(
    (machine) => view.machines[machine]?.possibleHosts?.includes(lost) !== false,
  );
  const affected = here.flatMap((machine) => view.machines[machine] ?? []);
  return {
    restarted,
    stopped: here.filter((machine) => !restarted.includes(machine)),
    perhaps,
    ...(cluster === undefined || restarted.length + perhaps.length === 0
      ? {}
      : { memory: memoryAfterLoss(index, cluster, lost, restarted) }),
    groups: losses(sizes(affected, groupsOf), index.groupSizes),
    roles: losses(sizes(affected, rolesOf), index.roleSizes),
  };
}

/** Machines on the remaining nodes stay there; those of the lost one and those on no declared node need a place. */
function memoryAfterLoss(
  index: EstateIndex,
  cluster: number,
  lost: number,
  restarted: readonly number[],
): MemoryAfterLoss {
  const { view, machinesByHost, hostsByCluster, floatingByCluster } = index;
  const memoryOf = (machine: number): number => view.machines[machine]?.memoryMB ?? 0;
  const remaining = (hostsByCluster.get(cluster) ?? []).filter((host) => host !== lost);
  const placed = remaining.flatMap((host) => machinesByHost.get(host) ?? []);
  const free = new Map(
    remaining.map((host) => {
      const used = total((machinesByHost.get(host) ?? []).map(memoryOf));
      return [host, Math.max(0, (view.hosts[host]?.memoryMB ?? 0) - used)];
    }),
  );
  const waiting = [...restarted, ...(floatingByCluster.get(cluster) ?? [])];
  const figures = {
    neededMB: total(waiting.map(memoryOf)),
    freeMB: total([...free.values()]),
    nodes: remaining.length,
  };
  const isKnown =
    view.clusters[cluster]?.mayHaveMoreNodes !== true &&
    remaining.every((host) => view.hosts[host]?.memoryMB !== undefined) &&
    [...placed, ...waiting].every((machine) => isPlaceable(view.machines[machine]));
  if (!isKnown) return { ...figures, answer: "unknown", left: [] };
  if (figures.neededMB > figures.freeMB) return { ...figures, answer: "tooLittle", left: [] };
  const left = leftOver(waiting, free, view);
  return { ...figures, answer: left.length === 0 ? "enough" : "split", left };
}

function isPlaceable(machine: MachineView | undefined): boolean {
  return machine?.memoryMB !== undefined && machine.isPlaceUnknown !== true;
}

/** Those that find no node: the most restricted and the largest ones first, each where it leaves the least. */
function leftOver(waiting: readonly number[], free: Map<number, number>, view: EstateView): readonly number[] {
  const memoryOf = (machine: number): number => view.machines[machine]?.memoryMB ?? 0;
  const choices = (machine: number): readonly number[] => {
    const possible = view.machines[machine]?.possibleHosts;
    return possible === undefined ? [...free.keys()] : possible.filter((host) => free.has(host));
  };
  const ordered = [...waiting].sort(
    (one, other) => choices(one).length - choices(other).length || memoryOf(other) - memoryOf(one),
  );
  return ordered.filter((machine) => {
    const fitting = choices(machine).filter((host) => (free.get(host) ?? 0) >= memoryOf(machine));
    const [best] = fitting.sort((one, other) => (free.get(one) ?? 0) - (free.get(other) ?? 0));
    if (best === undefined) return true;
    free.set(best, (free.get(best) ?? 0) - memoryOf(machine));
    return false;
  });
}

function groupsOf({ group }: MachineView): readonly string[] {
  return group === undefined ? [] : [group];
}

function rolesOf({ roles = [] }: MachineView): readonly string[] {
  return roles;
}

function sizes(
  machines: readonly MachineView[],
  namesOf: (machine: MachineView) => readonly string[],
): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const name of machines.flatMap(namesOf)) numbers.set(name, (numbers.get(name) ?? 0) + 1);
  return numbers;
}

function losses(lost: ReadonlyMap<string, number>, all: ReadonlyMap<string, number>): readonly MemberLoss[] {
  return [...lost].map(([name, number]) => ({ name, lost: number, all: all.get(name) ?? number }));
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
