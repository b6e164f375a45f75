import type { DeclaredResource, NotEvaluated, Problem } from "../estate/declared";
import { Estate } from "../estate/estate";
import { join, type Joined, type Unjoined } from "../estate/joins";
import { label } from "../text/names";
import { ClassifiedMachines } from "./apply-classify";
import { azapi } from "./azapi";
import { azure } from "./azure";
import { azureNative } from "./azure-native";
import { Classifier } from "./classify-entries";
import { CollectedFacts } from "./collected-facts";
import { command } from "./command";
import { declareMachines } from "./command/declare";
import { withDoubts } from "./command/doubts";
import type { Doubt } from "./command/machines";
import type { Dialect, FactReader, UnreadScript } from "./dialect";
import { SETTINGS, settingsEntities, declareFacts, type EstateSettings } from "./estate-settings";
import { hyperv } from "./hyperv";
import { hypervGuard } from "./hyperv-guard";
import { inPulumiNames, pulumiType } from "./terraform";

/** Every dialect that the pack reads. */
export const DIALECTS: readonly Dialect[] = [hypervGuard, azureNative, azure, azapi, hyperv, command];

/** Whether a resource type declares anything of Hyper-V. */
export function isKnownType(type: string): boolean {
  return readerOf(pulumiType(type)) !== undefined;
}

/** The platform whose tags a resource of this type may have. */
export function platformOf(type: string): Dialect["platform"] {
  const own = pulumiType(type);
  return DIALECTS.find((dialect) => dialect.readerOf(own) !== undefined)?.platform;
}

/**
 * Reads resources into an estate; resources of other types are passed over.
 * @param complete false when more resources may be declared than are given
 * @param settings facts that no resource declares. Of these the hosts and clusters, and what is wrong with the settings
 *   themselves, are part of the complete estate only
 */
export function readEstate(
  resources: readonly DeclaredResource[],
  complete: boolean,
  settings: EstateSettings = {},
): Estate {
  const facts = new CollectedFacts();
  facts.read(resources.map(inPulumiNames), readerOf);
  declareMachines(facts.scriptMachines, facts);
  if (complete) readSettings(settings, facts);
  const { entities, declared, leftOut } = facts;
  // A resource that was left out may be the one that holds the facts of another.
  const isWhole = complete && leftOut.length === 0;
  const doubts = [...facts.doubts, ...doubtsOfScripts(facts.unreadScripts, entities.hosts)];
  const unjoined = { ...entities, ...withDoubts(entities, doubts), linkedFacts: facts.linkedFacts };
  const { problems, ...joined } =
    settings.classify === undefined
      ? joinOwn(unjoined, declared, isWhole)
      : joinClassified(unjoined, settings.classify, declared, isWhole);
  const notEvaluated = [...facts.unevaluated, ...scriptsOfConcern(facts.unreadScripts, joined)];
  const mayNameMore = facts.doubts.some(({ hasNames }) => hasNames === true);
  const found = { problems: [...facts.problems, ...problems], declared, leftOut, notEvaluated, mayNameMore };
  return new Estate({ ...entities, ...joined, ...found }, complete);
}

/** What is wrong in the hosts, clusters and `classify` of the settings themselves, whatever a program declares. */
export function settingsProblems(settings: EstateSettings): readonly Problem[] {
  const facts = new CollectedFacts();
  readSettings(settings, facts);
  const classifyProblems = settings.classify === undefined ? [] : new Classifier(settings.classify).problems;
  return [...facts.problems, ...classifyProblems];
}

/** The hosts and clusters of the settings, which count where no component declares them. */
function readSettings(settings: EstateSettings, facts: CollectedFacts): void {
  const { hosts, clusters } = facts.entities;
  const components = { hosts, clusters: clusters.filter(({ computers }) => computers === undefined) };
  const { declared, problems } = settingsEntities(settings, components);
  facts.problems.push(...problems);
  facts.read(declared, readerOf);
  if (declareFacts(settings)) facts.declared.push(...SETTINGS);
}

/**
 * The scripts that cannot be read and may be about the estate. Programs run commands for all sorts of things: only those
 * count that are PowerShell for certain, or that a program runs which declares something of Hyper-V beside, on a host of the
 * estate or on one that is not known.
 */
function scriptsOfConcern(
  scripts: readonly UnreadScript[],
  { hosts, clusters, virtualMachines }: Pick<Joined, "hosts" | "clusters" | "virtualMachines">,
): readonly NotEvaluated[] {
  const isAnythingDeclared = hosts.length + clusters.length + virtualMachines.length > 0;
  const hostNames = new Set(hosts.map(({ name }) => label(name)));
  return scripts.flatMap(({ what, isPowerShell, computer }) => {
    if (isPowerShell) return [what];
    const isOfConcern =
      computer?.name.state === "known" ? hostNames.has(label(computer.name.value)) : isAnythingDeclared;
    return isOfConcern ? [what] : [];
  });
}

/** What a script that is not read may set in the cluster of the host that runs it, where nothing else declares it. */
function doubtsOfScripts(
  scripts: readonly UnreadScript[],
  hosts: readonly { readonly name: string }[],
): readonly Doubt[] {
  const hostNames = new Set(hosts.map(({ name }) => label(name)));
  return scripts.flatMap(({ what, mayDoAnything, computer }): readonly Doubt[] => {
    const isOnHost = computer?.name.state === "known" && hostNames.has(label(computer.name.value));
    return mayDoAnything === true && isOnHost
      ? [{ facts: ["antiAffinityClassNames"], hasNetworks: true, origin: what.origin }]
      : [];
  });
}

function joinOwn(unjoined: Unjoined, declared: readonly DeclaredResource[], isWhole: boolean): Joined {
  const virtualMachines = unjoined.virtualMachines.filter(({ isForeign }) => isForeign !== true);
  return join({ ...unjoined, virtualMachines }, declared, isWhole);
}

/** The same with what the settings add to machines and disks. */
function joinClassified(
  unjoined: Unjoined,
  classify: EstateSettings["classify"],
  declared: readonly DeclaredResource[],
  isWhole: boolean,
): Joined {
  const classifier = new Classifier(classify);
  const classified = new ClassifiedMachines(classifier, declared);
  const { linkedFacts } = unjoined;
  const classifiedFacts = {
    ...linkedFacts,
    virtualMachine: linkedFacts.virtualMachine.map((facts) => classified.machineFacts(facts)),
    disk: linkedFacts.disk.map((facts) => classified.diskFacts(facts)),
  };
  const machines = unjoined.virtualMachines
    .map((vm) => ({ vm, annotations: classified.annotationsOf(vm) }))
    .filter(({ vm, annotations }) => vm.isForeign !== true || Object.keys(annotations).length > 0);
  const computers = [...unjoined.computers, ...classified.computers];
  const joined = join(
    { ...unjoined, linkedFacts: classifiedFacts, computers, virtualMachines: machines.map(({ vm }) => vm) },
    declared,
    isWhole,
  );
  const virtualMachines = joined.virtualMachines.map((vm, index) =>
    classified.complete(vm, machines[index]?.annotations ?? {}),
  );
  const problems = [
    ...joined.problems,
    ...classifier.problems,
    ...classified.problems,
    ...(isWhole ? classifier.unused(isKnownType) : []),
  ];
  return { ...joined, virtualMachines, problems };
}

function readerOf(type: string): FactReader | undefined {
  for (const dialect of DIALECTS) {
    const reader = dialect.readerOf(type);
    if (reader !== undefined) return reader;
  }
  return undefined;
}
