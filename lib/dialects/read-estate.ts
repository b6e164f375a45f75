import type { DeclaredResource, Problem } from "../estate/declared";
import { Estate } from "../estate/estate";
import { join, type Joined } from "../estate/joins";
import type {
  Computer,
  LinkedCluster,
  LinkedHostAdapter,
  LinkedSwitch,
  LinkedVirtualMachine,
  Part,
  PartFacts,
  PartKind,
  Unjoined,
} from "../estate/linked-facts";
import type {
  BackupJob,
  Firewall,
  Host,
  NetworkSecurityGroup,
  ReplicaRelationship,
  SeparateSecurityRule,
  VmmServer,
} from "../estate/model";
import type { Unknown } from "../estate/value";
import { byUrn } from "../text/collections";
import { label } from "../text/names";
import { Classified } from "./apply-classify";
import { azure } from "./azure";
import { azureNative } from "./azure-native";
import { Classifier } from "./classify-entries";
import { command } from "./command";
import { declareMachines } from "./command/declare";
import { withDoubts } from "./command/doubts";
import type { Doubt, Machine } from "./command/machines";
import type { Dialect, FactReader, FactSink, UnreadScript } from "./dialect";
import { SETTINGS, settingsEntities, tellsFacts, type EstateSettings } from "./estate-settings";
import { hyperv } from "./hyperv";
import { hypervGuard } from "./hyperv-guard";

/** Every dialect that the pack reads. */
export const DIALECTS: readonly Dialect[] = [hypervGuard, azureNative, azure, hyperv, command];

/** Whether a resource type declares anything of Hyper-V. */
export function isKnownType(type: string): boolean {
  return readerOf(type) !== undefined;
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
  const declared: DeclaredResource[] = [];
  const hosts: Host[] = [];
  const clusters: LinkedCluster[] = [];
  const virtualMachines: LinkedVirtualMachine[] = [];
  const computers: Computer[] = [];
  const virtualSwitches: LinkedSwitch[] = [];
  const hostAdapters: LinkedHostAdapter[] = [];
  const parts: PartLists = { disk: [], adapter: [], virtualMachine: [], availabilitySet: [], clusterNetwork: [] };
  const vmmServers: VmmServer[] = [];
  const firewalls: Firewall[] = [];
  const networkSecurityGroups: NetworkSecurityGroup[] = [];
  const securityRules: SeparateSecurityRule[] = [];
  const replicaRelationships: ReplicaRelationship[] = [];
  const backupJobs: BackupJob[] = [];
  const problems: Problem[] = [];
  const notEvaluated: Unknown[] = [];
  const unreadScripts: UnreadScript[] = [];
  const machines: Machine[] = [];
  const doubts: Doubt[] = [];
  const leftOut: DeclaredResource[] = [];
  const sink: FactSink = {
    host: (host) => hosts.push(host),
    cluster: (cluster) => clusters.push(cluster),
    virtualMachine: (vm) => virtualMachines.push(vm),
    computer: (computer) => computers.push(computer),
    virtualSwitch: (virtualSwitch) => virtualSwitches.push(virtualSwitch),
    hostAdapter: (adapter) => hostAdapters.push(adapter),
    part: (kind, part) => parts[kind].push(part),
    vmmServer: (server) => vmmServers.push(server),
    firewall: (firewall) => firewalls.push(firewall),
    networkSecurityGroup: (group) => networkSecurityGroups.push(group),
    securityRule: (rule) => securityRules.push(rule),
    replicaRelationship: (relationship) => replicaRelationships.push(relationship),
    backupJob: (job) => backupJobs.push(job),
    problem: (problem) => problems.push(problem),
    notEvaluated: (what) => notEvaluated.push(what),
    unreadScript: (script) => unreadScripts.push(script),
    script: (told) => machines.push(...told),
    doubt: (doubt) => doubts.push(doubt),
  };
  const readAll = (all: readonly DeclaredResource[]): void => {
    for (const resource of byUrn(all)) {
      const read = readerOf(resource.type);
      if (read === undefined) continue;
      if (Object.keys(resource.properties).length === 0) {
        leftOut.push(resource);
        continue;
      }
      declared.push(resource);
      try {
        read(resource, sink);
      } catch (error) {
        problems.push(defect(resource, error));
      }
    }
  };
  readAll(resources);
  declareMachines(machines, sink);
  if (complete) {
    const components = { hosts, clusters: clusters.filter(({ computers: nodes }) => nodes === undefined) };
    const entities = settingsEntities(settings, components);
    problems.push(...entities.problems);
    readAll(entities.declared);
    if (tellsFacts(settings)) declared.push(...SETTINGS);
  }
  // A resource that was left out may be the one that holds the facts of another.
  const isWhole = complete && leftOut.length === 0;
  const doubted = withDoubts({ virtualMachines, clusters }, doubts);
  const unjoined = { hosts, ...doubted, computers, virtualSwitches, hostAdapters, parts };
  const joined =
    settings.classify === undefined
      ? joinOwn(unjoined, declared, isWhole)
      : joinClassified(unjoined, settings.classify, declared, isWhole, problems);
  for (const script of unreadScripts) if (isOfConcern(script, joined)) notEvaluated.push(script.what);
  const network = { vmmServers, firewalls, networkSecurityGroups, securityRules };
  const mayNameMore = doubts.some(({ hasNames }) => hasNames === true);
  const found = { problems: [...problems, ...joined.problems], leftOut, notEvaluated, mayNameMore };
  const facts = { declared, ...network, replicaRelationships, backupJobs, ...joined, ...found };
  return new Estate(facts, complete);
}

/**
 * Whether a script that cannot be read may be about the estate. Programs run commands for all sorts of things: only those
 * count that are PowerShell for certain, or that a program runs which declares something of Hyper-V beside, on a host of the
 * estate or nobody knows where.
 */
function isOfConcern({ isPowerShell, computer }: UnreadScript, { hosts, clusters, virtualMachines }: Joined): boolean {
  if (isPowerShell) return true;
  if (computer?.name.state !== "known") return hosts.length + clusters.length + virtualMachines.length > 0;
  const name = label(computer.name.value);
  return hosts.some((host) => label(host.name) === name);
}

function joinOwn(unjoined: Unjoined, declared: readonly DeclaredResource[], isWhole: boolean): Joined {
  const virtualMachines = unjoined.virtualMachines.filter(({ isForeign }) => isForeign !== true);
  return join({ ...unjoined, virtualMachines }, declared, isWhole);
}

/** The same with what the settings tell of machines and disks. */
function joinClassified(
  unjoined: Unjoined,
  classify: EstateSettings["classify"],
  declared: readonly DeclaredResource[],
  isWhole: boolean,
  problems: Problem[],
): Joined {
  const classifier = new Classifier(classify);
  const classified = new Classified(classifier, declared);
  const parts = {
    ...unjoined.parts,
    virtualMachine: unjoined.parts.virtualMachine.map((part) => classified.machinePart(part)),
    disk: unjoined.parts.disk.map((part) => classified.diskPart(part)),
  };
  const machines = unjoined.virtualMachines
    .map((vm) => ({ vm, told: classified.told(vm) }))
    .filter(({ vm, told }) => vm.isForeign !== true || Object.keys(told).length > 0);
  const computers = [...unjoined.computers, ...classified.computers];
  const joined = join(
    { ...unjoined, parts, computers, virtualMachines: machines.map(({ vm }) => vm) },
    declared,
    isWhole,
  );
  const virtualMachines = joined.virtualMachines.map((vm, index) =>
    classified.complete(vm, machines[index]?.told ?? {}),
  );
  problems.push(...classifier.problems, ...classified.problems, ...(isWhole ? classifier.unused : []));
  return { ...joined, virtualMachines };
}

type PartLists = { readonly [K in PartKind]: Part<PartFacts[K]>[] };

/** A dialect that throws is our mistake: it costs the facts of one resource, and the reader learns of it. */
function defect({ urn }: DeclaredResource, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : "an unknown error";
  return {
    urn,
    path: "",
    problem: `could not be read (${reason})`,
    fix: "This is a defect of hyperv-guard: please report it.",
  };
}

function readerOf(type: string): FactReader | undefined {
  for (const dialect of DIALECTS) {
    const reader = dialect.readerOf(type);
    if (reader !== undefined) return reader;
  }
  return undefined;
}
