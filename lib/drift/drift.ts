import type { Estate } from "../estate/estate";
import type { Entity, Host, VirtualMachine } from "../estate/model";
import { ifKnown } from "../estate/value";
import { fold, label } from "../text/names";
import { factDifferences, type Difference } from "./fact-differences";

/** A difference between what is declared and what runs. */
export type Drift =
  | { readonly kind: "differs"; readonly on: Entity; readonly difference: Difference }
  /** It is declared, and does not run. */
  | { readonly kind: "missing"; readonly on: Entity }
  /** It runs, and nothing declares it. */
  | { readonly kind: "undeclared"; readonly on: Entity; readonly host?: string };

/** What is declared and runs otherwise, runs and is declared nowhere, or is declared and does not run. */
export function driftOf(declared: Estate, running: Estate): readonly Drift[] {
  const byName = ({ name }: Entity): string => fold(name);
  const byLabel = ({ name }: Entity): string => label(name);
  return [
    ...driftOfKind(declared, running, matched(declared.hosts, running.hosts, [byLabel])),
    ...driftOfKind(declared, running, matched(declared.clusters, running.clusters, [byLabel])),
    // The script reads servers of Virtual Machine Manager only where it is told them.
    ...(running.vmmServers.length === 0
      ? []
      : driftOfKind(declared, running, matched(declared.vmmServers, running.vmmServers, [byLabel]))),
    ...machineDrift(declared, running, [(vm) => `${hostOf(vm)}\n${fold(vm.name)}`, byName]),
  ];
}

interface Matched<E> {
  readonly pairs: readonly (readonly [declared: E, running: E])[];
  readonly missing: readonly E[];
  readonly undeclared: readonly E[];
}

/** Matches entities by the first of several keys, then the rest by the next. What has one key twice stays unmatched by it. */
function matched<E extends Entity>(
  declared: readonly E[],
  running: readonly E[],
  keys: readonly ((entity: E) => string)[],
): Matched<E> {
  const pairs: (readonly [E, E])[] = [];
  let [missing, undeclared] = [declared, running];
  for (const key of keys) {
    const own = onlyOnes(missing, key);
    const others = onlyOnes(undeclared, key);
    const found = [...own].flatMap(([name, entity]): readonly (readonly [E, E])[] => {
      const other = others.get(name);
      return other === undefined ? [] : [[entity, other]];
    });
    pairs.push(...found);
    const taken = new Set(found.flat());
    missing = missing.filter((entity) => !taken.has(entity));
    undeclared = undeclared.filter((entity) => !taken.has(entity));
  }
  return { pairs, missing, undeclared };
}

function onlyOnes<E>(entities: readonly E[], key: (entity: E) => string): ReadonlyMap<string, E> {
  const found = new Map<string, E>();
  const repeated = new Set<string>();
  for (const entity of entities) {
    const name = key(entity);
    if (found.has(name)) repeated.add(name);
    found.set(name, entity);
  }
  for (const name of repeated) found.delete(name);
  return found;
}

/** What is a part only, as an inventory that could not read a host, or a preview without all resources, proves no absence. */
function driftOfKind<E extends Entity>(
  declared: Estate,
  running: Estate,
  { pairs, missing, undeclared }: Matched<E>,
): readonly Drift[] {
  return [
    ...pairs.flatMap(([own, other]) => differencesOf(own, other)),
    ...(running.isWhole ? missing.filter(({ nameIsUnknown }) => !nameIsUnknown) : []).map((on): Drift => {
      return { kind: "missing", on };
    }),
    ...(declared.isWhole ? undeclared : []).map((on): Drift => ({ kind: "undeclared", on })),
  ];
}

function differencesOf(own: Entity, other: Entity): readonly Drift[] {
  return factDifferences(own, other).map((difference) => ({ kind: "differs", on: own, difference }));
}

function machineDrift(
  declared: Estate,
  running: Estate,
  keys: readonly ((vm: VirtualMachine) => string)[],
): readonly Drift[] {
  const { pairs, missing, undeclared } = matched(declared.virtualMachines, running.virtualMachines, keys);
  const hosts = new Set(running.hosts.map(({ name }: Host) => label(name)));
  // Of a host that has no inventory, nobody knows what runs there.
  const couldRun = (vm: VirtualMachine): boolean => vm.host.state !== "known" || hosts.has(hostOf(vm));
  const others = driftOfKind(declared, running, { pairs: [], missing: missing.filter(couldRun), undeclared: [] });
  return [
    ...pairs.flatMap(([own, other]) =>
      differencesOf(own, other).filter((drift) => !isMove(drift) || other.cluster.state !== "known"),
    ),
    ...others,
    ...(declared.isWhole ? undeclared : []).map((on): Drift => {
      const host = ifKnown(on.host);
      return { kind: "undeclared", on, ...(host === undefined ? {} : { host }) };
    }),
  ];
}

/** Its cluster moves a machine from node to node, and nobody declares that. */
function isMove(drift: Drift): boolean {
  return drift.kind === "differs" && drift.difference.path === "host";
}

function hostOf({ host }: VirtualMachine): string {
  return label(ifKnown(host) ?? "");
}
