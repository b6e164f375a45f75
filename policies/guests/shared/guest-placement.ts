import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { GuestOs, VirtualMachine } from "../../../lib/estate/model";
import { absent, gather, ifKnown, isDefault, type Value, type Values } from "../../../lib/estate/value";
import { blocks, isViolation, missing, undecided, type Verdict } from "../../../lib/rules/verdict";
import { coversDetails, leavesReleaseOpen, type Coverage } from "../../../lib/tables/coverage";
import { capabilityOf } from "../../../lib/tables/host-versions";
import { productOf } from "../../../lib/tables/operating-systems";
import { perObject } from "../../../lib/text/collections";

/**
 * Judges a virtual machine on every version of the hosts that may run it: of each node of its cluster, or of its host.
 * One finding for one problem: what counts is the first version on which anything is wrong, and what blocks before what
 * only advises. Only when nothing is wrong do the hosts matter that are not known, or not declared.
 */
export function onEachHost<T extends object>(
  vm: VirtualMachine,
  estate: Estate,
  values: Values<T>,
  judge: (values: T, host: string) => readonly Verdict[],
): readonly Verdict[] {
  const gathered = gather<T>(values);
  if (gathered.state === "absent") return [];
  const { versions, unknown } = hostVersionsFor(vm, estate);
  const undecidedHosts = unknown.flatMap((value) => missing(vm, value));
  if (gathered.state === "unknown") {
    return [...gathered.unknown.flatMap((value) => undecided(vm, value)), ...undecidedHosts];
  }
  const verdicts = versions.map((host) => judge(gathered.value, host));
  const wrong = verdicts.find((some) => some.some(blocks)) ?? verdicts.find((some) => some.some(isViolation));
  return wrong ?? [...(verdicts.find((some) => some.length > 0) ?? []), ...undecidedHosts];
}

/** The versions of the hosts that may run a virtual machine, as far as they are known. */
export function knownHostVersions(vm: VirtualMachine, estate: Estate): readonly string[] {
  return hostVersionsFor(vm, estate).versions;
}

interface HostVersions {
  readonly versions: readonly string[];
  /** The values that must be known before all versions are. */
  readonly unknown: readonly Value<unknown>[];
}

function hostVersionsFor(vm: VirtualMachine, estate: Estate): HostVersions {
  return versionsByMachine(estate)(vm);
}

const versionsByMachine = perEstate((estate) => perObject((vm: VirtualMachine) => findHostVersions(vm, estate)));

function findHostVersions(vm: VirtualMachine, estate: Estate): HostVersions {
  const all = estate.hostsOf(vm);
  const hosts = estate.knownHostsOf(vm);
  if (all.state === "absent" && vm.hostVersion.state === "known")
    return { versions: [vm.hostVersion.value], unknown: [] };
  // A host that only a tag or a provider names has the version that the type of the virtual machine implies.
  const versions = hosts.map(({ operatingSystem }) =>
    operatingSystem.state === "absent" && vm.hostVersion.state === "known" ? vm.hostVersion : operatingSystem,
  );
  const cluster = ifKnown(estate.clusterOf(vm));
  const noNodes =
    all.state === "known" && cluster !== undefined && hosts.length === 0 ? [absent(cluster.nodes.origin)] : [];
  return {
    versions: [...new Set(versions.map(ifKnown).filter((version) => version !== undefined))],
    unknown: [all, ...versions].filter(({ state }) => state !== "known").concat(noNodes),
  };
}

/** What the declaration does not specify and the rows distinguish: the guest's edition, its architecture, its point release. */
export function detailsOf(vm: VirtualMachine, guest: GuestOs, rows: readonly Coverage[]): readonly Value<unknown>[] {
  const ifDistinguished = (by: (row: Coverage) => boolean, detail: Value<unknown>): readonly Value<unknown>[] =>
    rows.some(by) ? [detail] : [];
  return [
    ...ifDistinguished(({ editions }) => guest.edition === undefined && editions !== undefined, vm.edition),
    ...ifDistinguished(
      ({ architectures }) => guest.architecture === undefined && architectures !== undefined,
      vm.architecture,
    ),
    ...ifDistinguished(
      ({ releases }) => leavesReleaseOpen(releases, guest.release),
      absent({ urn: vm.urn, path: "the release in guestOs" }),
    ),
  ];
}

/**
 * The details that are not known until deployment and with which the guest may fit none of these rows. A detail that is
 * not declared is assumed to be one that a row has, or every guest with a short name would be in doubt.
 */
export function undecidedDetails(vm: VirtualMachine, guest: GuestOs, rows: readonly Coverage[]): readonly Verdict[] {
  const { editions = [], architectures = [] } = productOf(guest.product) ?? {};
  const possible = <T>(detail: Value<unknown>, own: T | undefined, all: readonly T[]): readonly (T | undefined)[] =>
    own === undefined && detail.state === "unknown" ? all : [own];
  const inDoubt = possible(vm.edition, guest.edition, editions).some((edition) =>
    possible(vm.architecture, guest.architecture, architectures).some(
      (architecture) => !rows.some((row) => coversDetails(row, edition, architecture)),
    ),
  );
  return inDoubt ? [...undecided(vm, vm.edition), ...undecided(vm, vm.architecture)] : [];
}

/** `generation 1`, and that it is the default where the host has another one. */
export function describeGeneration(vm: VirtualMachine, generation: 1 | 2, host: string): string {
  const hasChoice = capabilityOf(host, "generation2")?.available === true;
  return `generation ${String(generation)}${hasChoice && isDefault(vm.generation) ? " (by default)" : ""}`;
}

export function generationOf(generation: number): 1 | 2 {
  return generation === 2 ? 2 : 1;
}
