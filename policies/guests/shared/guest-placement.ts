import { perEstate, type Estate } from "../../../lib/estate/estate";
import { UNLISTED, type GuestOs, type VirtualMachine } from "../../../lib/estate/model";
import { absent, gather, ifKnown, isDefault, known, type Value, type Values } from "../../../lib/estate/value";
import { bestCase } from "../../../lib/rules/best-case";
import { blocks, isViolation, missing, undecided, type Verdict } from "../../../lib/rules/verdict";
import { coversDetails, leavesReleaseOpen, type Coverage } from "../../../lib/tables/coverage";
import { capabilityOf, hostVersions } from "../../../lib/tables/host-versions";
import { productOf } from "../../../lib/tables/operating-systems";
import { perObject } from "../../../lib/text/collections";

/**
 * Judges a virtual machine on every version of the hosts that may run it: of each node of its cluster, or of its host.
 * One finding for one problem: what counts is the first version on which anything is wrong, and what blocks before what
 * only advises. Only when nothing is wrong do the hosts matter that are not known, or not declared. Where no host is
 * known, or not the guest or the generation, that is a problem which is one in every case that is possible.
 */
export function onEachHost<T extends object>(
  vm: VirtualMachine,
  estate: Estate,
  values: Values<T>,
  judge: (values: T, host: string) => readonly Verdict[],
): readonly Verdict[] {
  const { versions, unknown } = hostVersionsFor(vm, estate);
  const gathered = gather<T>(values);
  const undecidedHosts = unknown.flatMap((value) => missing(vm, value));
  if (gathered.state === "known" && versions.length > 0) {
    const verdicts = versions.map((host) => judge(gathered.value, host));
    const wrong = verdicts.find((some) => some.some(blocks)) ?? verdicts.find((some) => some.some(isViolation));
    return wrong ?? [...(verdicts.find((some) => some.length > 0) ?? []), ...undecidedHosts];
  }
  const cases = possibleValues(vm, values).flatMap(({ possible, generation }) =>
    possibleVersions(vm, versions, unknown).map((host) => ({ possible, generation, host })),
  );
  const { wrongIn, isRightInAnyCase } = judgeCases(cases, judge);
  const facts = openFacts(vm, values);
  const open = [...(versions.length === 0 ? ["its host"] : []), ...facts.map((fact) => POSSIBLE[fact].word)];
  const wrong = bestCase(wrongIn, open);
  if (wrong.length > 0) return wrong;
  // Other guests than the least restricted one may have less.
  if (isRightInAnyCase && !facts.includes("guestOs")) return [];
  // What is not known at all outweighs what is only not declared.
  const awaited = gathered.state === "unknown" ? gathered.unknown : Object.values<Value<unknown>>(values);
  const missingFacts = awaited.filter(({ state }) => state !== "known");
  return [...missingFacts.flatMap((value) => undecidedFact(vm, value)), ...undecidedHosts];
}

interface HostCase<T> extends PossibleCase<T> {
  readonly host: string;
}

/**
 * What is found in the cases that can exist, as long as it may still be wrong in all of them or right in any: most machines
 * without a host or a guest are neither, which two cases show.
 */
function judgeCases<T>(
  cases: readonly HostCase<T>[],
  judge: (values: T, host: string) => readonly Verdict[],
): { readonly wrongIn: readonly (readonly Verdict[])[]; readonly isRightInAnyCase: boolean } {
  const wrongIn: (readonly Verdict[])[] = [];
  let isRightInAnyCase = cases.length > 0;
  let isWrongInAll = true;
  for (const { possible, generation, host } of cases) {
    if (!isRightInAnyCase && !isWrongInAll) break;
    const verdicts = judge(possible, host);
    isRightInAnyCase &&= verdicts.length === 0;
    const exists = generation !== 2 || capabilityOf(host, "generation2")?.available !== false;
    if (!exists) continue;
    wrongIn.push(verdicts);
    isWrongInAll &&= verdicts.some(blocks);
  }
  return { wrongIn, isRightInAnyCase };
}

/** What a virtual machine may have of a fact that is not known: a guest that nobody lists is the least restricted one. */
const POSSIBLE = {
  guestOs: { word: "its guest operating system", values: [{ product: UNLISTED, servicePack: 0 }] },
  generation: { word: "its generation", values: [1, 2] },
} as const;

type OpenFact = keyof typeof POSSIBLE;

/** The fact of a virtual machine that a value is, where only a few are possible. */
function openFact(vm: VirtualMachine, value: Value<unknown>): OpenFact | undefined {
  if (value.state === "known" || isMalformed(value)) return undefined;
  return (["guestOs", "generation"] as const).find((fact) => vm[fact] === value);
}

function openFacts<T extends object>(vm: VirtualMachine, values: Values<T>): readonly OpenFact[] {
  return Object.values<Value<unknown>>(values).flatMap((value) => openFact(vm, value) ?? []);
}

/** The `estate` rule reports it, and nothing more is said of it. */
function isMalformed(value: Value<unknown>): boolean {
  return value.state === "unknown" && value.because === "malformed";
}

interface PossibleCase<T> {
  readonly possible: T;
  /** The generation that is assumed, where it is not known. */
  readonly generation?: number | undefined;
}

/** The values in every case that is possible; none where something else than these facts is not known. */
function possibleValues<T extends object>(vm: VirtualMachine, values: Values<T>): readonly PossibleCase<T>[] {
  let cases: readonly PossibleCase<Values<T>>[] = [{ possible: values }];
  for (const [key, value] of Object.entries<Value<unknown>>(values)) {
    const fact = openFact(vm, value);
    if (fact === undefined) continue;
    cases = cases.flatMap((one) =>
      POSSIBLE[fact].values.map((assumed) => ({
        ...one,
        possible: { ...one.possible, [key]: known(assumed, value.origin) },
        ...(typeof assumed === "number" ? { generation: assumed } : {}),
      })),
    );
  }
  return cases.flatMap((one) => {
    const gathered = gather<T>(one.possible);
    return gathered.state === "known" ? [{ ...one, possible: gathered.value }] : [];
  });
}

/** The host versions that are possible: where some are known these are among them, and decide whether anything is right. */
function possibleVersions(
  vm: VirtualMachine,
  versions: readonly string[],
  unknown: readonly Value<unknown>[],
): readonly string[] {
  if (versions.length > 0 || unknown.some(isMalformed)) return versions;
  return vm.hostVersion.state === "known" ? [vm.hostVersion.value] : hostVersions().map(({ id }) => id);
}

/** What is in the way of a check; of what is absent only that without which no virtual machine is. */
function undecidedFact(vm: VirtualMachine, value: Value<unknown>): readonly Verdict[] {
  const { guestOs, generation, processorCount, memoryMB } = vm;
  const isAsked = [guestOs, generation, processorCount, memoryMB].some((fact) => fact === value);
  return value.state === "absent" && !isAsked ? [] : missing(vm, value);
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
    unknown: [all.state === "absent" ? vm.host : all, ...versions]
      .filter(({ state }) => state !== "known")
      .concat(noNodes),
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
