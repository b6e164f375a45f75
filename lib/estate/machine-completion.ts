import { compare } from "../text/collections";
import { fold, label } from "../text/names";
import { nameInUrn, type Problem } from "./declared";
import { pathKey } from "./keys";
import type { GuestAdapter, GuestOs, VirtualDisk, VirtualMachine } from "./model";
import { ifKnown, isDefault, isValue, known, map, unknown, type Value } from "./value";

/** One machine of two declarations: what one resource creates, with what the component adds. */
export class MachineCompletion {
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
      name: own.nameIsUnknown && !other.nameIsUnknown ? other.name : own.name,
      nameIsUnknown: own.nameIsUnknown && other.nameIsUnknown,
      alsoDeclaredBy: [other.urn],
      guestOs: this.guest(own.guestOs, other.guestOs),
      dynamicMemory: this.dynamicMemory(own.dynamicMemory, other.dynamicMemory),
      resourceControl: this.record(own.resourceControl, other.resourceControl),
      numa: this.record(own.numa, other.numa),
      integrationServices: this.record(own.integrationServices, other.integrationServices),
      exchange: this.record(own.exchange, other.exchange),
      replication: this.record(own.replication, other.replication),
      disks: this.disks(own.disks, other.disks),
      networkAdapters: this.adapters(own.networkAdapters, other.networkAdapters),
    };
  }

  /** A host may be written by its short name, which is the same host. */
  private host(own: Value<string>, other: Value<string>): Value<string> {
    const names = [ifKnown(own), ifKnown(other)];
    const isSame = names.every((name) => name !== undefined) && label(names[0] ?? "") === label(names[1] ?? "");
    return isSame ? own : other;
  }

  private facts<T extends object>(own: T, other: T): T {
    const whole: { -readonly [K in keyof T]: T[K] } = { ...own };
    for (const field of Object.keys(own) as (keyof T)[]) {
      const [created, added] = [own[field], other[field]];
      if (isValue(created) && isValue(added)) whole[field] = this.fact(created, added);
    }
    return whole;
  }

  /** What creates the machine decides; the component adds what is not declared there. */
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
    const [added, created] = [textOf(other.value), textOf(own.value)];
    if (added === undefined || created === undefined || comparable(added) === comparable(created)) return;
    this.report(other, `is ${added}, but`, `has ${created}${isDefault(own) ? " by default" : ""}`, own);
  }

  /** What commands change in the machine by its name, they change in both declarations: that contradicts neither. */
  private report(other: Value<unknown>, problem: string, difference: string, own: Value<unknown>): void {
    const { urn, path } = other.origin;
    if (urn !== this.component.urn) return;
    const where = own.origin.path === "" ? "" : ` (${own.origin.path})`;
    this.problems.push({
      urn,
      path,
      problem: `${problem} ${this.creator}, which is the same virtual machine, ${difference}${where}`,
      fix: "Make both agree.",
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
    this.report(other, "is declared, but", "has static memory", own);
    return own;
  }

  private guest(own: Value<GuestOs>, other: Value<GuestOs>): Value<GuestOs> {
    if (own.state !== "known" || other.state !== "known") return this.fact(own, other);
    const differs = (field: keyof GuestOs): boolean => {
      const [one, another] = [own.value[field], other.value[field]];
      return one !== undefined && another !== undefined && one !== another;
    };
    if ((["product", "name", "servicePack", "release", "edition", "architecture"] as const).some(differs)) {
      this.report(other, "is another guest operating system than", "has", own);
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
    const someNameIsUnknown = own.value.some(({ name }) => name.state !== "known");
    if (!someNameIsUnknown) for (const { name } of more) this.unmatched(name, own.value, "disk");
    const [first] = someNameIsUnknown ? more : [];
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
    const someNameIsUnknown = own.value.some(({ name }) => name.state !== "known");
    if (!someNameIsUnknown) for (const { name } of more) this.unmatched(name, own.value, "network adapter");
    return map(own, (adapters) =>
      adapters.map((adapter): GuestAdapter => {
        const added = pairs.get(adapter);
        return added === undefined ? adapter : this.named(adapter, added);
      }),
    );
  }

  private disk(own: VirtualDisk, other: VirtualDisk): VirtualDisk {
    // What a provider's disk is for is only assumed where it is not declared.
    const isAssumed = isDefault(own.purpose) && other.purpose.state !== "absent";
    return this.named(isAssumed ? { ...own, purpose: other.purpose } : own, other);
  }

  /** What it is called may differ: the component's name is the one that people use. */
  private named<T extends NamedItem>(own: T, other: T): T {
    return this.facts({ ...own, name: other.name.state === "absent" ? own.name : other.name }, other);
  }

  /** The resource lists all that the machine has: which of it is meant by another name is not known. */
  private unmatched(name: Value<string>, own: readonly NamedItem[], kind: string): void {
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

interface NamedItem {
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
