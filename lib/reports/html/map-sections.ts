import type { EstateView, MachineView } from "../../judging/estate-view";
import type { EstateIndex } from "./host-loss";

/** A cluster, or what is in none, as the map shows it. Hosts and machines are positions in the view. */
export interface MapSection {
  readonly key: string;
  readonly title: string;
  readonly cluster?: number;
  readonly hosts: readonly number[];
  /** Machines on none of the hosts. */
  readonly floating: readonly number[];
  readonly floatingTitle: string;
  /** The widest row in MB: all rows of a section have one scale. */
  readonly scaleMB: number;
  /** How many rows it takes. */
  readonly rows: number;
}

/** @param words that must all occur in the cluster, the host or one of its machines, in lower case */
export function mapSections(index: EstateIndex, words: readonly string[]): readonly MapSection[] {
  const { view, hostsByCluster, floatingByCluster, elsewhere } = index;
  const clusters = view.clusters.map((cluster, position) =>
    section(index, words, {
      key: cluster.urn,
      title: cluster.name,
      cluster: position,
      hosts: hostsByCluster.get(position) ?? [],
      floating: floatingByCluster.get(position) ?? [],
      floatingTitle: "On any node",
    }),
  );
  const single = view.hosts.flatMap(({ cluster }, host) => (cluster === undefined ? [host] : []));
  const others = section(index, words, {
    key: "",
    title: clusters.length === 0 ? "Hosts" : "In no cluster",
    hosts: single,
    floating: elsewhere,
    floatingTitle: "On no known host",
  });
  clusters.sort((one, other) => NAMES.compare(one.title, other.title));
  return [...clusters, others].filter(({ rows, cluster }) => rows > 0 || (cluster !== undefined && words.length === 0));
}

/** `hv2` comes before `hv10`. */
const NAMES = new Intl.Collator("en", { numeric: true });

function section(
  index: EstateIndex,
  words: readonly string[],
  { hosts, floating, ...named }: Omit<MapSection, "scaleMB" | "rows">,
): MapSection {
  const { view, machinesByHost } = index;
  const title = named.title.toLowerCase();
  const has = (machine: number, others: string): boolean => isFound(words, machineText(view, machine), others);
  const found = hosts.filter((host) => {
    const name = `${title}\n${view.hosts[host]?.name.toLowerCase() ?? ""}`;
    return isFound(words, name, "") || (machinesByHost.get(host) ?? []).some((machine) => has(machine, name));
  });
  const loose = floating.filter((machine) => has(machine, title));
  return {
    ...named,
    hosts: [...found].sort((one, other) => NAMES.compare(view.hosts[one]?.name ?? "", view.hosts[other]?.name ?? "")),
    floating: loose,
    scaleMB: Math.max(1, ...hosts.map((host) => Math.max(view.hosts[host]?.memoryMB ?? 0, usedMB(index, host)))),
    rows: found.length + (loose.length > 0 ? 1 : 0),
  };
}

/** What the machines on a host may use, as far as it is known. */
export function usedMB({ view, machinesByHost }: EstateIndex, host: number): number {
  return (machinesByHost.get(host) ?? []).reduce((sum, machine) => sum + (view.machines[machine]?.memoryMB ?? 0), 0);
}

/** Whether a machine has all words that are looked for, of which its host and its cluster may have some. */
function isFound(words: readonly string[], text: string, others: string): boolean {
  return words.every((word) => text.includes(word) || others.includes(word));
}

/** Whether a machine itself has one of the words. */
export function isMarked(view: EstateView, machine: number, words: readonly string[]): boolean {
  return words.some((word) => machineText(view, machine).includes(word));
}

const machineTexts = new WeakMap<MachineView, string>();

function machineText({ machines }: EstateView, position: number): string {
  const machine = machines[position];
  if (machine === undefined) return "";
  let text = machineTexts.get(machine);
  if (text === undefined) {
    const { name, group = "", roles = [], guestOs = "" } = machine;
    text = [name, group, ...roles, guestOs].join("\n").toLowerCase();
    machineTexts.set(machine, text);
  }
  return text;
}
