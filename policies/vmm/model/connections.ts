import { perEstate } from "../../../lib/estate/estate";
import type { VmmServer, VmmEnd } from "../../../lib/estate/model";
import { absent, ifKnown, known, map, type Value } from "../../../lib/estate/value";
import { namesAt } from "../../../lib/estate/vmm-ends";
import { once } from "../../../lib/tables/load";
import { serviceOf, vmmPorts, type VmmPort } from "../../../lib/tables/vmm-ports";
import { ask, every, type Undetermined } from "./tri-state";
import { TopologyComputers, type TopologyComputer } from "./topology-computers";

/** A connection that must be open, with the rows of the table that it comes from. */
export interface Connection {
  readonly rows: readonly VmmPort[];
  readonly from: TopologyComputer;
  readonly to: TopologyComputer;
  readonly transport: "tcp" | "udp";
  readonly ports: Value<readonly number[]>;
  /** One of the ports is enough. */
  readonly anyOf: boolean;
  /** The ports are the ends of a range. */
  readonly range: boolean;
  /** The ports were declared: they are not the default. */
  readonly chosen: boolean;
}

/** A computer that listens on the port of a row. */
export interface Listener {
  readonly row: VmmPort;
  readonly machine: TopologyComputer;
  readonly ports: Value<readonly number[]>;
  /** The ports were declared: they are not the default. */
  readonly chosen: boolean;
}

/** A server of Virtual TopologyComputer Manager with everything that it needs. */
export interface Topology {
  readonly vmm: VmmServer;
  /** Made when they are asked for: hosts that connect to each other are as many pairs as their square. */
  readonly connections: readonly Connection[];
  /** Every computer that has a connection. */
  readonly computers: readonly TopologyComputer[];
  readonly listeners: readonly Listener[];
  /** What further connections depend on. */
  readonly undetermined: readonly Undetermined[];
}

export const topologies = perEstate(({ vmmServers }) => vmmServers.map(topologyOf));

/** The connections that a declared topology needs. */
export function topologyOf(vmm: VmmServer): Topology {
  if (vmm.version.state !== "known") {
    return { vmm, connections: [], computers: [], listeners: [], undetermined: [vmm.version] };
  }
  const rows = vmmPorts(vmm.version.value).filter(({ local }) => local !== true);
  const machines = new TopologyComputers(vmm);
  const ends = new Ends(vmm, machines);
  const ports = (row: VmmPort, machine: TopologyComputer): ListenedPorts => portsOf(vmm, row, rows, machine, machines);
  const joined = rows.map((row) => ({ row, sources: ends.of(row.from), targets: ends.of(row.to) }));
  const connections = once(() =>
    merged(
      joined.flatMap(({ row, sources, targets }) =>
        pairs(sources, targets).map(([from, to]) => {
          const { transport, anyOf = false, range = false } = row;
          const { ports: own, chosen } = ports(row, to);
          return {
            rows: [row],
            from,
            to,
            transport,
            ports: own,
            anyOf: anyOf && !chosen,
            range: range && !chosen,
            chosen,
          };
        }),
      ),
    ),
  );
  const listeners = joined
    // Whatever Windows has in a range, VMM is not what listens there.
    .filter(({ row, sources }) => sources.length > 0 && row.range !== true)
    .flatMap(({ row, targets }) => targets.map((machine) => ({ row, machine, ...ports(row, machine) })));
  return {
    vmm,
    get connections() {
      return connections();
    },
    computers: [...new Set(joined.flatMap(({ sources, targets }) => connected(sources, targets)))],
    listeners,
    undetermined: ends.undetermined,
  };
}

/** Every computer of one list with every computer of the other, but none with itself. */
function pairs(
  from: readonly TopologyComputer[],
  to: readonly TopologyComputer[],
): readonly (readonly [TopologyComputer, TopologyComputer])[] {
  return from.flatMap((one) => to.filter((other) => other !== one).map((other) => [one, other] as const));
}

/** The computers of two lists that are in any pair. */
function connected(from: readonly TopologyComputer[], to: readonly TopologyComputer[]): readonly TopologyComputer[] {
  const all = new Set([...from, ...to]);
  return from.length === 0 || to.length === 0 || all.size < 2 ? [] : [...all];
}

/** What several rows need between the same computers on the same ports is one connection. */
function merged(connections: readonly Connection[]): readonly Connection[] {
  const byKey = new Map<string, Connection>();
  for (const connection of connections) {
    const { from, to, transport, ports, anyOf, range, rows } = connection;
    const numbers = ports.state === "known" ? ports.value.join() : ports.origin.path;
    const key = [from.name, to.name, transport, numbers, anyOf, range].join("\n");
    const same = byKey.get(key);
    byKey.set(key, same === undefined ? connection : { ...same, rows: [...same.rows, ...rows] });
  }
  return [...byKey.values()];
}

/** The computers at the ends of rows, as far as they are known. */
class Ends {
  private readonly found = new Map<VmmEnd, readonly TopologyComputer[]>();
  private readonly unknown = new Set<Undetermined>();

  constructor(
    private readonly vmm: VmmServer,
    private readonly machines: TopologyComputers,
  ) {}

  of(ends: readonly VmmEnd[]): readonly TopologyComputer[] {
    return [...new Set(ends.flatMap((end) => this.at(end)))];
  }

  /** What the computers that were asked for depend on. */
  get undetermined(): readonly Undetermined[] {
    return [...this.unknown];
  }

  private at(end: VmmEnd): readonly TopologyComputer[] {
    let machines = this.found.get(end);
    if (machines === undefined) {
      const names = namesAt(end, this.vmm);
      for (const name of names) if (name.state !== "known") this.unknown.add(name);
      machines = [
        ...new Set(names.flatMap((name) => (name.state === "known" ? [this.machines.find(name.value)] : []))),
      ];
      this.found.set(end, machines);
    }
    return machines;
  }
}

type ListenedPorts = Pick<Listener, "ports" | "chosen">;

/** The ports of a row on a computer: the most particular choice that was declared, else those of the table. */
function portsOf(
  vmm: VmmServer,
  row: VmmPort,
  rows: readonly VmmPort[],
  machine: TopologyComputer,
  machines: TopologyComputers,
): ListenedPorts {
  if (vmm.ports.state !== "known") return { ports: vmm.ports, chosen: true };
  const service = serviceOf(row);
  const sharesPort = (id: string): boolean => rows.some((other) => other.id === id && serviceOf(other) === service);
  const choices = vmm.ports.value.flatMap(({ connection, port, machine: where }) => {
    const anywhere = where.state === "absent";
    const meant = every([
      ask(connection, sharesPort),
      anywhere || ask(where, (name) => machines.find(name) === machine),
    ]);
    if (meant === false) return [];
    // What may be meant could be the most particular one.
    if (meant !== true) return meant.slice(0, 1).map((undetermined) => ({ port: undetermined, rank: 4 }));
    return [{ port, rank: (anywhere ? 0 : 2) + (ifKnown(connection) === row.id ? 1 : 0) }];
  });
  const [best] = [...choices].sort((a, b) => b.rank - a.rank);
  if (best !== undefined) return { ports: map<number, readonly number[]>(best.port, (port) => [port]), chosen: true };
  if (service === "bits" && vmm.bitsPort.state !== "absent") {
    return { ports: map(vmm.bitsPort, (port) => [port]), chosen: true };
  }
  if (row.ports.length > 0) return { ports: known(row.ports, vmm.version.origin), chosen: false };
  return { ports: absent({ urn: vmm.urn, path: `ports[${row.id}]` }), chosen: false };
}
