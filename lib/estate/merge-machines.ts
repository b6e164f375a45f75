import { append, compare } from "../text/collections";
import { fold, label } from "../text/names";
import { nameInUrn, type DeclaredResource, type Problem } from "./declared";
import { pathKey } from "./keys";
import type { Computer } from "./linked-facts";
import type { Dependencies } from "./linker";
import type { Cluster, GuestAdapter, GuestOs, Host, VirtualDisk, VirtualMachine } from "./model";
import { ifKnown, isDefault, isValue, known, map, unknown, type Value } from "./value";

/*
 * A component creates nothing. Where another resource creates a virtual machine, the component that means the same one
 * says of it what the other type cannot: they are one machine, or it would count twice.
 */

/** A virtual machine, and whether its resource creates it. */
export interface DeclaredMachine {
  readonly vm: VirtualMachine;
  readonly createsNothing: boolean;
}

/** What tells whether two machines of one name are one. */
export interface Surroundings {
  readonly resources: ReadonlyMap<string, DeclaredResource>;
  readonly dependencies: Dependencies;
  readonly hosts: readonly Host[];
  readonly clusters: readonly Cluster[];
  readonly hostOf: (computer: Computer) => Value<string>;
}

export interface WholeMachines {
  readonly virtualMachines: readonly VirtualMachine[];
  readonly problems: readonly Problem[];
}

/** Puts each component together with the resource that creates its machine, where there is one. */
export function joinComponents(machines: readonly DeclaredMachine[], around: Surroundings): WholeMachines {
  const created = machines.flatMap(({ vm, createsNothing }) => (createsNothing ? [] : [vm]));
  const components = machines.flatMap(({ vm, createsNothing }) => (createsNothing ? [vm] : []));
  if (created.length === 0 || components.length === 0) {
    return { virtualMachines: machines.map(({ vm }) => vm), problems: [] };
  }
  const problems: Problem[] = [];
  const partners = new Partners(created, around);
  const componentOf = new Map<VirtualMachine, VirtualMachine>();
  const joined = new Set<VirtualMachine>();
  for (const component of [...components].sort((one, other) => compare(one.urn, other.urn))) {
    const found = partners.of(component);
    const [partner] = found;
    if (partner === undefined) continue;
    const other = componentOf.get(partner);
    if (found.length > 1) problems.push(ambiguous(component, found));
    else if (other !== undefined) problems.push(repeated(component, other));
    else {
      componentOf.set(partner, component);
      joined.add(component);
    }
  }
  const virtualMachines = machines.flatMap(({ vm }) => {
    if (joined.has(vm)) return [];
    const component = componentOf.get(vm);
    if (component === undefined) return [vm];
    return [new Completion(vm, component, around.resources.get(vm.urn)?.type ?? "resource", problems).machine()];
  });
  return { virtualMachines, problems };
}

function ambiguous({ urn, name }: VirtualMachine, found: readonly VirtualMachine[]): Problem {
  const names = found.map((one) => nameInUrn(one.urn)).join(", ");
  return {
    urn,
    path: "name",
    problem: `is "${name}", and ${String(found.length)} resources create a virtual machine that may be meant: ${names}`,
    fix: "Declare the host of each of them.",
  };
}

function repeated({ urn, name }: VirtualMachine, other: VirtualMachine): Problem {
  return {
    urn,
    path: "name",
    problem: `is "${name}", and the VirtualMachine ${nameInUrn(other.urn)} says already what is to be said of that virtual machine`,
    fix: "Declare it once, or the host of each where they are two.",
  };
}

/** Finds the machines that a component may mean. */
class Partners {
  private readonly byName = new Map<string, VirtualMachine[]>();
  private readonly byUrn = new Map<string, VirtualMachine[]>();
  private readonly byParent = new Map<string, VirtualMachine[]>();

  constructor(
    created: readonly VirtualMachine[],
    private readonly around: Surroundings,
  ) {
    for (const vm of created) {
      append(this.byUrn, vm.urn, vm);
      const resource = around.resources.get(vm.urn);
      if (resource?.parent !== undefined) append(this.byParent, resource.parent, vm);
      if (vm.nameIsOpen) continue;
      append(this.byName, fold(vm.name), vm);
      const own = resource?.name;
      if (own !== undefined && isGenerated(vm.name, own)) append(this.byName, fold(own), vm);
    }
  }

  /** Its relatives in the program, else those of its name that are in no other place. */
  of(component: VirtualMachine): readonly VirtualMachine[] {
    const related = this.related(component);
    if (related.length > 0) return best(related, ({ name }) => fold(name) === fold(component.name));
    if (component.nameIsOpen) return [];
    const possible = (this.byName.get(fold(component.name)) ?? []).filter((vm) => !this.areApart(component, vm));
    return best(possible, (vm) => this.areTogether(component, vm));
  }

  private related({ urn }: VirtualMachine): readonly VirtualMachine[] {
    const parent = this.around.resources.get(urn)?.parent;
    const named = this.around.dependencies(urn, "name").flatMap((one) => this.byUrn.get(one) ?? []);
    const above = parent === undefined ? [] : (this.byUrn.get(parent) ?? []);
    return [...new Set([...(this.byParent.get(urn) ?? []), ...above, ...named])];
  }

  private areTogether(one: VirtualMachine, other: VirtualMachine): boolean {
    const hosts = [this.hostOf(one), this.hostOf(other)];
    return hosts[0] !== undefined && hosts[0] === hosts[1];
  }

  /** Whether they are known to be on different hosts, or in different clusters. */
  private areApart(one: VirtualMachine, other: VirtualMachine): boolean {
    const [host, otherHost] = [this.hostOf(one), this.hostOf(other)];
    if (host !== undefined && otherHost !== undefined) return host !== otherHost;
    const [cluster, otherCluster] = [ifKnown(one.cluster), ifKnown(other.cluster)];
    if (cluster !== undefined && otherCluster !== undefined) return fold(cluster) !== fold(otherCluster);
    return this.isOutside(host, otherCluster) || this.isOutside(otherHost, cluster);
  }

  /** Whether all nodes of a cluster are known, and a host is none of them. */
  private isOutside(host: string | undefined, clusterName: string | undefined): boolean {
    if (host === undefined || clusterName === undefined) return false;
    const cluster = this.around.clusters.find(({ name, urn }) => isNamed(clusterName, name, urn));
    const own = this.around.hosts.find(({ name }) => fold(name) === host)?.cluster;
    if (cluster === undefined || own === undefined || own.state === "unknown") return false;
    if (own.state === "known") return !isNamed(own.value, cluster.name, cluster.urn);
    const nodes = ifKnown(cluster.nodes);
    if (nodes === undefined || nodes.some(({ state }) => state !== "known")) return false;
    return !nodes.some((node) => this.nameOf(node) === host);
  }

  private hostOf({ host }: VirtualMachine): string | undefined {
    return this.nameOf(host);
  }

  /** What a host is called for certain, however it is referred to. */
  private nameOf(reference: Value<string>): string | undefined {
    if (reference.state !== "known") return undefined;
    const isUrn = reference.value.startsWith("urn:");
    const byUrn = isUrn ? this.around.hosts.find(({ urn }) => urn === reference.value) : undefined;
    const host = byUrn?.name ?? ifKnown(this.around.hostOf({ urn: reference.origin.urn, name: reference }));
    return fold(host ?? label(reference.value));
  }
}

/** The ones that fit best, or all where none does. */
function best(machines: readonly VirtualMachine[], fits: (vm: VirtualMachine) => boolean): readonly VirtualMachine[] {
  const fitting = machines.filter(fits);
  return fitting.length === 0 ? machines : fitting;
}

/** Whether a provider made a name of the resource's own, as in `ex1-e9b988e`. */
function isGenerated(name: string, own: string): boolean {
  return name.startsWith(`${own}-`) && /^[0-9a-f]{7}$/.test(name.slice(own.length + 1));
}

function isNamed(reference: string, name: string, urn: string): boolean {
  return fold(reference) === fold(name) || reference === urn;
}

/** One machine of two declarations: what one resource creates, with what the component adds. */
class Completion {
  constructor(
    private readonly vm: VirtualMachine,
    private readonly component: VirtualMachine,
    /** The resource type that creates it. */
    private readonly type: string,
    private readonly problems: Problem[],
  ) {}

  machine(): VirtualMachine {
    const { vm: own, component: other } = this;
    return {
      ...this.facts(own, { ...other, host: this.host(own.host, other.host) }),
      name: own.nameIsOpen && !other.nameIsOpen ? other.name : own.name,
      nameIsOpen: own.nameIsOpen && other.nameIsOpen,
      alsoDeclaredBy: [other.urn],
      guestOs: this.guest(own.guestOs, other.guestOs),
      dynamicMemory: this.dynamicMemory(own.dynamicMemory, other.dynamicMemory),
      integrationServices: this.record(own.integrationServices, other.integrationServices),
      exchange: this.record(own.exchange, other.exchange),
      replication: this.record(own.replication, other.replication),
      disks: this.disks(own.disks, other.disks),
      networkAdapters: this.adapters(own.networkAdapters, other.networkAdapters),
    };
  }

  /** A host may be named in short; where that is the same host there is nothing to say. */
  private host(own: Value<string>, other: Value<string>): Value<string> {
    const names = [ifKnown(own), ifKnown(other)];
    const isSame = names.every((name) => name !== undefined) && label(names[0] ?? "") === label(names[1] ?? "");
    return isSame ? own : other;
  }

  private facts<T extends object>(own: T, other: T): T {
    const whole: { -readonly [K in keyof T]: T[K] } = { ...own };
    for (const field of Object.keys(own) as (keyof T)[]) {
      const [said, added] = [own[field], other[field]];
      if (isValue(said) && isValue(added)) whole[field] = this.fact(said, added);
    }
    return whole;
  }

  /** What creates the machine decides; the component says what that leaves open. */
  private fact<V extends Value<unknown>>(own: V, other: V): V {
    if (other.state === "absent") return own;
    if (own.state === "absent") return other;
    if (own.state === "unknown") {
      return own.because === "deployment" && other.state === "known" && !isDefault(other) ? other : own;
    }
    this.compare(own, other);
    return own;
  }

  private compare(own: Value<unknown>, other: Value<unknown>): void {
    if (own.state !== "known" || other.state !== "known" || isDefault(other)) return;
    const [said, created] = [textOf(other.value), textOf(own.value)];
    if (said === undefined || created === undefined || comparable(said) === comparable(created)) return;
    this.complain(other, `is ${said}, but`, `says ${created}`, own);
  }

  /** What commands say of the machine by its name, they say of both declarations: that contradicts neither. */
  private complain(other: Value<unknown>, problem: string, says: string, own: Value<unknown>): void {
    const { urn, path } = other.origin;
    if (urn !== this.component.urn) return;
    const where = own.origin.path === "" ? "" : ` (${own.origin.path})`;
    this.problems.push({
      urn,
      path,
      problem: `${problem} ${this.creator}, which is the same virtual machine, ${says}${where}`,
      fix: "Say the same in both.",
    });
  }

  private record<T extends object>(own: Value<T>, other: Value<T>): Value<T> {
    if (own.state !== "known" || other.state !== "known") return this.fact(own, other);
    return known(this.facts(own.value, other.value), own.origin);
  }

  /** Absent is static memory, where the type has a property for it. */
  private dynamicMemory(
    own: VirtualMachine["dynamicMemory"],
    other: VirtualMachine["dynamicMemory"],
  ): VirtualMachine["dynamicMemory"] {
    if (own.state !== "absent" || own.origin.path === "" || other.state === "absent") return this.record(own, other);
    this.complain(other, "is declared, but", "has static memory", own);
    return own;
  }

  private guest(own: Value<GuestOs>, other: Value<GuestOs>): Value<GuestOs> {
    if (own.state !== "known" || other.state !== "known") return this.fact(own, other);
    const differs = (field: keyof GuestOs): boolean => {
      const [one, another] = [own.value[field], other.value[field]];
      return one !== undefined && another !== undefined && one !== another;
    };
    if ((["product", "name", "servicePack", "release", "edition", "architecture"] as const).some(differs)) {
      this.complain(other, "is another guest operating system than", "has", own);
      return own;
    }
    return known({ ...other.value, ...own.value }, own.origin);
  }

  private disks(own: VirtualMachine["disks"], other: VirtualMachine["disks"]): VirtualMachine["disks"] {
    if (own.state !== "known" || other.state !== "known") return this.fact(own, other);
    const inGuest = other.value.filter((disk) => ifKnown(disk.type) === "iscsi");
    const { pairs, more } = pairUp(
      own.value,
      other.value.filter((disk) => !inGuest.includes(disk)),
      isSameDisk,
    );
    const isOpen = own.value.some(({ name }) => name.state !== "known");
    if (!isOpen) for (const { name } of more) this.unmatched(name, own.value, "disk");
    const [first] = isOpen ? more : [];
    const disks = own.value.map((disk): VirtualDisk => {
      const added = pairs.get(disk);
      if (added !== undefined) return this.disk(disk, added);
      // One of those that the component means, and which is not known before the deployment.
      return first === undefined ? disk : { ...disk, purpose: unknown(first.name.origin) };
    });
    // What the guest itself mounts is in no list but the component's.
    return known([...disks, ...inGuest], own.origin);
  }

  private adapters(
    own: VirtualMachine["networkAdapters"],
    other: VirtualMachine["networkAdapters"],
  ): VirtualMachine["networkAdapters"] {
    if (own.state !== "known" || other.state !== "known") return this.fact(own, other);
    const { pairs, more } = pairUp(own.value, other.value, (one, another) => isSameName(one.name, another.name));
    const isOpen = own.value.some(({ name }) => name.state !== "known");
    if (!isOpen) for (const { name } of more) this.unmatched(name, own.value, "network adapter");
    return map(own, (adapters) =>
      adapters.map((adapter): GuestAdapter => {
        const added = pairs.get(adapter);
        return added === undefined ? adapter : this.named(adapter, added);
      }),
    );
  }

  private disk(own: VirtualDisk, other: VirtualDisk): VirtualDisk {
    // What a provider's disk is for is only assumed where nobody says it.
    const isAssumed = isDefault(own.purpose) && other.purpose.state !== "absent";
    return this.named(isAssumed ? { ...own, purpose: other.purpose } : own, other);
  }

  /** What it is called may differ: the component's name is the one that people use. */
  private named<T extends Named>(own: T, other: T): T {
    return this.facts({ ...own, name: other.name.state === "absent" ? own.name : other.name }, other);
  }

  /** The resource lists all that the machine has: which of it is meant by another name cannot be told. */
  private unmatched(name: Value<string>, own: readonly Named[], kind: string): void {
    if (name.state !== "known" || name.origin.urn !== this.component.urn) return;
    const names = own.flatMap((one) => ifKnown(one.name) ?? []);
    const has = names.length === 0 ? `no ${kind}` : `${kind}s of other names: ${names.join(", ")}`;
    this.problems.push({
      ...name.origin,
      problem: `is "${name.value}", but ${this.creator}, which is the same virtual machine, has ${has}`,
      fix: `Give it the name${kind === "disk" ? " or the path" : ""} of one of them.`,
    });
  }

  private get creator(): string {
    return `the ${this.type} ${nameInUrn(this.vm.urn)}`;
  }
}

interface Named {
  readonly name: Value<string>;
}

/** Which item of one list is which of another: those that are alike, and the one that is left of each. */
function pairUp<T>(
  own: readonly T[],
  other: readonly T[],
  isSame: (own: T, other: T) => boolean,
): { readonly pairs: ReadonlyMap<T, T>; readonly more: readonly T[] } {
  const pairs = new Map<T, T>();
  const more: T[] = [];
  for (const item of other) {
    const same = own.find((one) => !pairs.has(one) && isSame(one, item));
    if (same === undefined) more.push(item);
    else pairs.set(same, item);
  }
  const [left, another] = own.filter((one) => !pairs.has(one));
  const [last] = more;
  if (left === undefined || another !== undefined || last === undefined || more.length > 1) return { pairs, more };
  return { pairs: pairs.set(left, last), more: [] };
}

function isSameName(one: Value<string>, other: Value<string>): boolean {
  return one.state === "known" && other.state === "known" && fold(one.value) === fold(other.value);
}

/** By its file, else by its name, which may be that of the file without the extension. */
function isSameDisk(own: VirtualDisk, other: VirtualDisk): boolean {
  if (own.path.state === "known" && other.path.state === "known") return isSamePath(own.path.value, other.path.value);
  return isSameName(own.name, other.name) || isSameName(map(own.name, withoutExtension), other.name);
}

function isSamePath(one: string, other: string): boolean {
  return pathKey(one) === pathKey(other);
}

function withoutExtension(file: string): string {
  return file.replace(/\.vhd[xs]?$/i, "");
}

/** A value in few words; undefined for what consists of other facts. */
function textOf(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => (isValue(item) ? ifKnown(item) : undefined));
    const texts = items.flatMap((item) => textOf(item) ?? []);
    return texts.length === value.length ? [...texts].sort(compare).join(", ") : undefined;
  }
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** Neither case nor slashes make a difference in what Windows names. */
function comparable(text: string): string {
  return pathKey(text);
}
