import { append } from "../text/collections";
import { fold, label } from "../text/names";
import type { EntityLists } from "./kinds";
import type { Computer } from "./linked-facts";
import { HOST_FACTS, type Host, type HostAdapter, type VirtualSwitch } from "./model";
import { absent, allFacts, firstOf, known, unknown, type Value } from "./value";

/** The hosts, with the computers that only providers name, and which host each computer is. */
export interface Computers {
  readonly hosts: readonly Host[];
  /** The name of the host that a computer is. */
  readonly hostOf: (computer: Computer) => Value<string>;
}

/**
 * Finds the hosts that providers work on. A computer that no host is declared for becomes a host of which nothing but the
 * name is known: two machines of one provider are on one host, whatever that is.
 * @param isIncomplete true while hosts may be declared that are not known, or not by name
 */
export function joinComputers(
  declared: readonly Host[],
  computers: readonly Computer[],
  { virtualSwitches, hostAdapters }: Pick<EntityLists, "virtualSwitches" | "hostAdapters">,
  isIncomplete: boolean,
): Computers {
  const names = new Map(declared.map((host) => [fold(host.name), host]));
  const implied = new Map<string, Host>();
  const completed = new Map<Host, Host>();
  const byLabel = new Map<string, Host[]>();
  for (const host of declared) append(byLabel, label(host.name), host);
  /** A short name is that of the only host whose full name begins with it. */
  const find = (name: string): Host | undefined => {
    const [only, another] = name.includes(".") ? [] : (byLabel.get(label(name)) ?? []);
    return names.get(fold(name)) ?? names.get(label(name)) ?? (another === undefined ? only : undefined);
  };
  const hostOf = ({ name }: Computer): Value<string> => {
    if (name.state !== "known") return name;
    const host = find(name.value) ?? implied.get(label(name.value));
    if (host !== undefined) return known(host.name, name.origin);
    return isIncomplete ? unknown(name.origin) : absent(name.origin);
  };
  if (!isIncomplete) {
    for (const computer of computers) {
      const { name } = computer;
      if (name.state !== "known") continue;
      const own = find(name.value);
      if (own !== undefined) {
        if (hasOwnFacts(computer)) completed.set(own, whole(completed.get(own) ?? own, computer));
        continue;
      }
      const before = implied.get(label(name.value));
      implied.set(
        label(name.value),
        before === undefined ? impliedHost(computer, name.value) : whole(before, computer),
      );
    }
  }
  const switches = new Map<string, VirtualSwitch[]>();
  const adapters = new Map<string, HostAdapter[]>();
  for (const { computer, virtualSwitch } of virtualSwitches) {
    const host = hostOf(computer);
    if (host.state === "known") append(switches, host.value, virtualSwitch);
  }
  for (const { computer, adapter } of hostAdapters) {
    const host = hostOf(computer);
    if (host.state === "known") append(adapters, host.value, adapter);
  }
  const complete = declared.map((host) => completed.get(host) ?? host);
  const hosts = [...complete, ...implied.values()].map((host) => ({
    ...host,
    virtualSwitches: together(host.virtualSwitches, switches.get(host.name) ?? []),
    networkAdapters: together(host.networkAdapters, adapters.get(host.name) ?? []),
  }));
  return { hosts, hostOf };
}

/** What a host declares, with what others declare for it; of one name its own counts. */
function together<T extends { readonly name: Value<string> }>(
  own: Value<readonly T[]>,
  others: readonly T[],
): Value<readonly T[]> {
  const [first] = others;
  if (first === undefined || own.state === "unknown") return own;
  if (own.state === "absent") return known(others, first.name.origin);
  const isOwn = ({ name }: T): boolean =>
    name.state === "known" &&
    own.value.some((one) => one.name.state === "known" && fold(one.name.value) === fold(name.value));
  return known([...own.value, ...others.filter((one) => !isOwn(one))], own.origin);
}

/** Whether something is declared of a computer that a host may leave out. */
function hasOwnFacts({ domain, address }: Computer): boolean {
  return [domain, address].some((fact) => fact !== undefined && fact.state !== "absent");
}

/** A host that several resources name, with the facts of all. */
function whole(host: Host, computer: Computer): Host {
  const other = impliedHost(computer, host.name);
  return {
    ...host,
    operatingSystem: firstOf(host.operatingSystem, other.operatingSystem),
    memoryMB: firstOf(host.memoryMB, other.memoryMB),
    domain: firstOf(host.domain, other.domain),
    address: firstOf(host.address, other.address),
  };
}

function impliedHost({ urn, hostVersion, memoryMB, domain, address }: Computer, name: string): Host {
  const none = absent({ urn, path: "host" });
  return {
    kind: "host",
    urn,
    name,
    nameIsUnknown: false,
    ...allFacts(HOST_FACTS, none),
    operatingSystem:
      hostVersion === undefined
        ? absent({ urn, path: `the operating system of the host ${name}` })
        : known(hostVersion, none.origin),
    memoryMB: memoryMB ?? none,
    domain: domain ?? none,
    address: address ?? none,
  };
}

/** Whether two names are of one computer: a short name is the first label of the full one. */
export function isSameComputer(one: string, other: string): boolean {
  return new ComputerNames([one]).has(other);
}

/** Names of computers, each found by its full name and by its short one. */
export class ComputerNames {
  private readonly names: ReadonlySet<string>;
  private readonly labels: ReadonlySet<string>;

  constructor(names: readonly string[]) {
    this.names = new Set(names.map((name) => fold(name.trim())));
    this.labels = new Set(names.map((name) => label(name.trim())));
  }

  /** Two full names are one only when they are equal, and addresses have no short form. */
  has(name: string): boolean {
    const wanted = fold(name.trim());
    return this.names.has(wanted) || this.labels.has(wanted) || this.names.has(label(wanted));
  }
}
