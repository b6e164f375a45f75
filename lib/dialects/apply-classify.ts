import type { DeclaredResource, Problem } from "../estate/declared";
import type { Computer, FactsOf, LinkedVirtualMachine, LinkedFactsOf } from "../estate/linked-facts";
import { lacking } from "../estate/linker";
import type { Architecture, ExchangeServer, GuestOs, VirtualDisk, VirtualMachine } from "../estate/model";
import { isOfSettings, settingsUrn } from "../estate/settings-urn";
import { absent, ifKnown, map, meaning, type Value } from "../estate/value";
import { exchangeRoleName, exchangeVersionName } from "../tables/exchange";
import { describeGuestOs, editionName } from "../tables/operating-systems";
import { compare } from "../text/collections";
import { fold, label } from "../text/names";
import { quoted } from "../text/nearest";
import { withDetails, type ToldDisk, type ToldMachine } from "./annotations";
import type { Classifier, Subject } from "./classify-entries";

/*
 * What the settings tell of machines and disks, put to what the resources themselves say: it fills what is absent, and
 * where both say something they must say the same.
 */

/** The machines and disks of an estate as the settings classify them. */
export class Classified {
  readonly problems: Problem[] = [];
  /** The hosts that machines are said to be on: each is one, declared or not. */
  readonly computers: Computer[] = [];
  /** Facts that were complained of: a machine shows those of the resources it is joined with again. */
  private readonly compared = new Set<string>();
  private readonly byUrn: ReadonlyMap<string, DeclaredResource>;

  constructor(
    private readonly classifier: Classifier,
    declared: readonly DeclaredResource[],
  ) {
    this.byUrn = new Map(declared.map((resource) => [resource.urn, resource]));
  }

  /** What is told of a machine that is still to be joined. */
  told(vm: LinkedVirtualMachine): ToldMachine {
    const told = this.classifier.machine(this.subject(vm.urn, vm.nameIsUnknown ? [] : [vm.name]));
    if (vm.host.state === "absent" && vm.computer === undefined) this.addHost(told);
    return told;
  }

  /** Facts of a resource that is a machine, or says of it what the machine's own resource has no property for. */
  machineFacts(linked: LinkedFactsOf<"virtualMachine">): LinkedFactsOf<"virtualMachine"> {
    if (linked.names === undefined) return linked;
    const told = this.classifier.machine(this.subject(linked.urn, linked.names));
    if ((linked.facts.host?.state ?? "absent") === "absent") this.addHost(told);
    this.compareMachine(linked.urn, linked.facts, told);
    return { ...linked, defaults: { ...linked.defaults, ...told } };
  }

  diskFacts(linked: LinkedFactsOf<"disk">): LinkedFactsOf<"disk"> {
    if (linked.names === undefined) return linked;
    const told = this.classifier.disk(this.subject(linked.urn, linked.names));
    this.compareDisk(linked.urn, linked.facts, told);
    return { ...linked, defaults: { ...linked.defaults, ...told } };
  }

  /** A machine as it was joined, with what is told of it and of its disks. */
  complete(vm: VirtualMachine, told: ToldMachine): VirtualMachine {
    this.compareMachine(vm.urn, vm, told);
    const filled: VirtualMachine = { ...vm, ...lacking<FactsOf<VirtualMachine>>(vm, told) };
    const none = absent({ urn: vm.urn, path: "" });
    return {
      ...filled,
      guestOs: map(filled.guestOs, (guest) =>
        withDetails(
          { ...withDetails(guest, told.edition ?? none, told.architecture ?? none), ...guest },
          vm.edition,
          vm.architecture,
        ),
      ),
      exchange: map(filled.exchange, (server) => ({
        ...server,
        ...lacking<FactsOf<ExchangeServer>>(server, (told.exchange && ifKnown(told.exchange)) ?? {}),
      })),
      disks: map(filled.disks, (disks) => disks.map((disk) => this.completeDisk(vm, disk))),
    };
  }

  /** A disk that is no resource of its own goes by its machine's name and its own, as in `ex1/system`. */
  private completeDisk(vm: VirtualMachine, disk: VirtualDisk): VirtualDisk {
    const name = ifKnown(disk.name);
    if (name === undefined) return disk;
    const type = this.byUrn.get(vm.urn)?.type ?? "";
    const told = this.classifier.disk({ urn: vm.urn, type, names: [`${vm.name}/${name}`], tags: null });
    if (disk.name.origin.urn === vm.urn) this.compareDisk(vm.urn, disk, told);
    return { ...disk, ...lacking<FactsOf<VirtualDisk>>(disk, told) };
  }

  private subject(urn: string, names: readonly string[]): Subject {
    const resource = this.byUrn.get(urn);
    if (resource === undefined) return { urn, type: "", names, tags: null };
    const { type, name, properties } = resource;
    return { urn, type, names: [name, ...names], tags: properties["tags"] ?? null };
  }

  private addHost({ host }: ToldMachine): void {
    if (host?.state !== "known") return;
    this.computers.push({ urn: settingsUrn(`host ${label(host.value)}`), name: host });
  }

  private compareMachine(urn: string, own: ToldMachine, told: ToldMachine): void {
    this.compare(urn, "host", own.host, told.host, COMPUTER);
    this.compare(urn, "cluster", own.cluster, told.cluster, NAME);
    if (this.compare(urn, "guestOs", own.guestOs, told.guestOs, GUEST)) {
      this.compare(urn, "edition", editionOf(own), editionOf(told), EDITION);
      this.compare(urn, "architecture", architectureOf(own), architectureOf(told), NAME);
    }
    this.compare(urn, "antiAffinityClassNames", own.antiAffinityClassNames, told.antiAffinityClassNames, NAMES);
    const server = own.exchange && ifKnown(own.exchange);
    const other = told.exchange && ifKnown(told.exchange);
    this.compare(urn, "exchange.version", server?.version, other?.version, VERSION);
    this.compare(urn, "exchange.roles", server?.roles, other?.roles, ROLES);
    const group = server?.databaseAvailabilityGroup;
    this.compare(urn, "exchange.databaseAvailabilityGroup", group, other?.databaseAvailabilityGroup, NAME);
  }

  private compareDisk(urn: string, own: ToldDisk, told: ToldDisk): void {
    this.compare(urn, "purpose", own.purpose, told.purpose, NAME);
    this.compare(urn, "storage", own.storage, told.storage, NAME);
  }

  /**
   * Complains where a resource and the settings say something else.
   * @param fact names it where the resource has no property for it
   * @returns whether they may both be right
   */
  private compare<T>(
    urn: string,
    fact: string,
    own: Value<T> | undefined,
    told: Value<T> | undefined,
    { isSame, show }: Kind<T>,
  ): boolean {
    if (own?.state !== "known" || told?.state !== "known" || isOfSettings(own.origin.urn)) return true;
    if (isSame(own.value, told.value)) return true;
    const place = `${own.origin.urn}\n${own.origin.path}\n${told.origin.path}`;
    if (this.compared.has(place)) return false;
    this.compared.add(place);
    const path = own.origin.urn === urn && own.origin.path !== "" ? own.origin.path : fact;
    const problem = `is ${show(own.value)}, but ${told.origin.path} of the settings says ${show(told.value)}`;
    this.problems.push({ urn, path, problem, fix: "Say it once, or say the same twice." });
    return false;
  }
}

/** How a fact is compared, and shown. */
interface Kind<T> {
  readonly isSame: (own: T, told: T) => boolean;
  readonly show: (value: T) => string;
}

const NAME: Kind<string> = { isSame: (own, told) => fold(own) === fold(told), show: (name) => `"${name}"` };
const COMPUTER: Kind<string> = { ...NAME, isSame: (own, told) => label(own) === label(told) };
const EDITION: Kind<string> = { ...NAME, show: (id) => editionName(id) };
const VERSION: Kind<string> = { ...NAME, show: (id) => exchangeVersionName(id) };
const NAMES: Kind<readonly Value<string>[]> = {
  isSame: (own, told) => isOpen(own) || isOpen(told) || folded(own) === folded(told),
  show: (names) => quoted(names.flatMap((name) => ifKnown(name) ?? [])),
};
const ROLES: Kind<readonly Value<string>[]> = {
  ...NAMES,
  show: (ids) => quoted(ids.flatMap((id) => ifKnown(id) ?? []).map((id) => exchangeRoleName(id))),
};
/** Editions and architectures are compared on their own, wherever they stand. */
const GUEST: Kind<GuestOs> = {
  isSame: (own, told) =>
    own.product === told.product && own.servicePack === told.servicePack && own.release === told.release,
  show: describeGuestOs,
};

/** Whether not all of a list is known: then nothing contradicts it. */
function isOpen(names: readonly Value<string>[]): boolean {
  return names.some(({ state }) => state !== "known");
}

function folded(names: readonly Value<string>[]): string {
  return [...new Set(names.flatMap((name) => ifKnown(name) ?? []).map(fold))].sort(compare).join("\n");
}

function editionOf({ edition, guestOs }: ToldMachine): Value<string> | undefined {
  if (edition !== undefined && edition.state !== "absent") return edition;
  return guestOs && meaning(guestOs, (guest) => guest.edition);
}

function architectureOf({ architecture, guestOs }: ToldMachine): Value<Architecture> | undefined {
  if (architecture !== undefined && architecture.state !== "absent") return architecture;
  return guestOs && meaning(guestOs, (guest) => guest.architecture);
}
