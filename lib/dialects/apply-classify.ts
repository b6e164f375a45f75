import type { DeclaredResource, Problem } from "../estate/declared";
import type { Computer, FactsOf, LinkedVirtualMachine, LinkedFactsOf } from "../estate/linked-facts";
import { lacking } from "../estate/linker";
import type { Architecture, ExchangeServer, GuestOs, VirtualDisk, VirtualMachine } from "../estate/model";
import { isOfSettings, settingsUrn } from "../estate/settings-urn";
import { absent, ifKnown, isDefault, map, meaning, type Value } from "../estate/value";
import { exchangeRoleName, exchangeVersionName } from "../tables/exchange";
import { describeGuestOs, editionName } from "../tables/operating-systems";
import { compare } from "../text/collections";
import { fold, label } from "../text/names";
import { quoted } from "../text/nearest";
import { withDetails, type DiskAnnotations, type MachineAnnotations } from "./annotations";
import type { Classifier, ClassifySubject } from "./classify-entries";

/*
 * What the settings add to machines and disks, beside what the resources themselves declare: it fills what is absent, and
 * where both have a fact they must agree.
 */

/** The machines and disks of an estate as the settings classify them. */
export class ClassifiedMachines {
  readonly problems: Problem[] = [];
  /** The hosts that entries put machines on: each is one, declared or not. */
  readonly computers: Computer[] = [];
  /** Facts that were reported: a machine shows those of the resources it is joined with again. */
  private readonly compared = new Set<string>();
  private readonly byUrn: ReadonlyMap<string, DeclaredResource>;

  constructor(
    private readonly classifier: Classifier,
    declared: readonly DeclaredResource[],
  ) {
    this.byUrn = new Map(declared.map((resource) => [resource.urn, resource]));
  }

  /** What the settings add to a machine that is still to be joined. */
  annotationsOf(vm: LinkedVirtualMachine): MachineAnnotations {
    const annotations = this.classifier.machine(this.subject(vm.urn, vm.nameIsUnknown ? [] : [vm.name]));
    if (vm.host.state === "absent" && vm.computer === undefined) this.addHost(annotations);
    return annotations;
  }

  /** Facts of a resource that is a machine, or that has what the machine's own resource has no property for. */
  machineFacts(linked: LinkedFactsOf<"virtualMachine">): LinkedFactsOf<"virtualMachine"> {
    if (linked.names === undefined) return linked;
    const annotations = this.classifier.machine(this.subject(linked.urn, linked.names));
    if ((linked.facts.host?.state ?? "absent") === "absent") this.addHost(annotations);
    this.compareMachine(linked.urn, linked.facts, annotations);
    return { ...linked, defaults: { ...linked.defaults, ...annotations } };
  }

  diskFacts(linked: LinkedFactsOf<"disk">): LinkedFactsOf<"disk"> {
    if (linked.names === undefined) return linked;
    const annotations = this.classifier.disk(this.subject(linked.urn, linked.names));
    this.compareDisk(linked.urn, linked.facts, annotations);
    return { ...linked, defaults: { ...linked.defaults, ...annotations } };
  }

  /** A machine as it was joined, with what the settings add to it and to its disks. */
  complete(vm: VirtualMachine, annotations: MachineAnnotations): VirtualMachine {
    this.compareMachine(vm.urn, vm, annotations);
    const filled: VirtualMachine = { ...vm, ...lacking<FactsOf<VirtualMachine>>(vm, annotations) };
    const none = absent({ urn: vm.urn, path: "" });
    return {
      ...filled,
      guestOs: map(filled.guestOs, (guest) =>
        withDetails(
          { ...withDetails(guest, annotations.edition ?? none, annotations.architecture ?? none), ...guest },
          vm.edition,
          vm.architecture,
        ),
      ),
      exchange: map(filled.exchange, (server) => ({
        ...server,
        ...lacking<FactsOf<ExchangeServer>>(server, (annotations.exchange && ifKnown(annotations.exchange)) ?? {}),
      })),
      disks: map(filled.disks, (disks) => disks.map((disk) => this.completeDisk(vm, disk))),
    };
  }

  /** A disk without a resource of its own goes by its machine's name and its own, as in `ex1/system`. */
  private completeDisk(vm: VirtualMachine, disk: VirtualDisk): VirtualDisk {
    const name = ifKnown(disk.name);
    if (name === undefined) return disk;
    const type = this.byUrn.get(vm.urn)?.type ?? "";
    const annotations = this.classifier.disk({ urn: vm.urn, type, names: [`${vm.name}/${name}`], tags: null });
    if (disk.name.origin.urn === vm.urn) this.compareDisk(vm.urn, disk, annotations);
    return { ...disk, ...lacking<FactsOf<VirtualDisk>>(disk, annotations) };
  }

  private subject(urn: string, names: readonly string[]): ClassifySubject {
    const resource = this.byUrn.get(urn);
    if (resource === undefined) return { urn, type: "", names, tags: null };
    const { type, name, properties } = resource;
    return { urn, type, names: [name, ...names], tags: properties["tags"] ?? null };
  }

  private addHost({ host }: MachineAnnotations): void {
    if (host?.state !== "known") return;
    this.computers.push({ urn: settingsUrn(`host ${label(host.value)}`), name: host });
  }

  private compareMachine(urn: string, own: MachineAnnotations, annotations: MachineAnnotations): void {
    this.compare(urn, "host", own.host, annotations.host, COMPUTER);
    this.compare(urn, "cluster", own.cluster, annotations.cluster, NAME);
    if (this.compare(urn, "guestOs", own.guestOs, annotations.guestOs, GUEST)) {
      this.compare(urn, "edition", editionOf(own), editionOf(annotations), EDITION);
      this.compare(urn, "architecture", architectureOf(own), architectureOf(annotations), NAME);
    }
    for (const fact of ["secureBoot", "tpm", "processorCompatibility", "nestedVirtualization"] as const)
      this.compare(urn, fact, own[fact], annotations[fact], FLAG);
    for (const fact of ["secureBootTemplate", "configurationVersion", "group"] as const)
      this.compare<string>(urn, fact, own[fact], annotations[fact], NAME);
    this.compare(urn, "role", own.role, annotations.role, NAMES);
    this.compare(urn, "antiAffinityClassNames", own.antiAffinityClassNames, annotations.antiAffinityClassNames, NAMES);
    const server = own.exchange && ifKnown(own.exchange);
    const annotated = annotations.exchange && ifKnown(annotations.exchange);
    this.compare(urn, "exchange.version", server?.version, annotated?.version, VERSION);
    this.compare(urn, "exchange.roles", server?.roles, annotated?.roles, ROLES);
    const group = server?.databaseAvailabilityGroup;
    this.compare(urn, "exchange.databaseAvailabilityGroup", group, annotated?.databaseAvailabilityGroup, NAME);
  }

  private compareDisk(urn: string, own: DiskAnnotations, annotations: DiskAnnotations): void {
    this.compare(urn, "purpose", own.purpose, annotations.purpose, NAME);
    this.compare(urn, "storage", own.storage, annotations.storage, NAME);
  }

  /**
   * Reports where a resource and the settings differ.
   * @param fact names it where the resource has no property for it
   * @returns whether they may both be right
   */
  private compare<T>(
    urn: string,
    fact: string,
    own: Value<T> | undefined,
    annotated: Value<T> | undefined,
    { isSame, show }: FactComparison<T>,
  ): boolean {
    if (own?.state !== "known" || annotated?.state !== "known" || isOfSettings(own.origin.urn)) return true;
    // What is not declared gives way.
    if (isDefault(own)) return true;
    if (isSame(own.value, annotated.value)) return true;
    const place = `${own.origin.urn}\n${own.origin.path}\n${annotated.origin.path}`;
    if (this.compared.has(place)) return false;
    this.compared.add(place);
    const path = own.origin.urn === urn && own.origin.path !== "" ? own.origin.path : fact;
    const problem = `is ${show(own.value)}, but ${annotated.origin.path} of the settings is ${show(annotated.value)}`;
    this.problems.push({ urn, path, problem, fix: "Declare it in one place, or make both agree." });
    return false;
  }
}

/** How a fact is compared, and shown. */
interface FactComparison<T> {
  readonly isSame: (own: T, other: T) => boolean;
  readonly show: (value: T) => string;
}

const NAME: FactComparison<string> = { isSame: (own, other) => fold(own) === fold(other), show: (name) => `"${name}"` };
const FLAG: FactComparison<boolean> = { isSame: Object.is, show: String };
const COMPUTER: FactComparison<string> = { ...NAME, isSame: (own, other) => label(own) === label(other) };
const EDITION: FactComparison<string> = { ...NAME, show: (id) => editionName(id) };
const VERSION: FactComparison<string> = { ...NAME, show: (id) => exchangeVersionName(id) };
const NAMES: FactComparison<readonly Value<string>[]> = {
  isSame: (own, other) => isIncomplete(own) || isIncomplete(other) || folded(own) === folded(other),
  show: (names) => quoted(names.flatMap((name) => ifKnown(name) ?? [])),
};
const ROLES: FactComparison<readonly Value<string>[]> = {
  ...NAMES,
  show: (ids) => quoted(ids.flatMap((id) => ifKnown(id) ?? []).map((id) => exchangeRoleName(id))),
};
/** Editions and architectures are compared on their own, wherever they stand. */
const GUEST: FactComparison<GuestOs> = {
  isSame: (own, other) =>
    own.product === other.product && own.servicePack === other.servicePack && own.release === other.release,
  show: describeGuestOs,
};

/** Whether not all of a list is known: then nothing contradicts it. */
function isIncomplete(names: readonly Value<string>[]): boolean {
  return names.some(({ state }) => state !== "known");
}

function folded(names: readonly Value<string>[]): string {
  return [...new Set(names.flatMap((name) => ifKnown(name) ?? []).map(fold))].sort(compare).join("\n");
}

function editionOf({ edition, guestOs }: MachineAnnotations): Value<string> | undefined {
  if (edition !== undefined && edition.state !== "absent") return edition;
  return guestOs && meaning(guestOs, (guest) => guest.edition);
}

function architectureOf({ architecture, guestOs }: MachineAnnotations): Value<Architecture> | undefined {
  if (architecture !== undefined && architecture.state !== "absent") return architecture;
  return guestOs && meaning(guestOs, (guest) => guest.architecture);
}
