import { byUrn } from "../estate/collections";
import type { DeclaredResource, Problem } from "../estate/declared";
import { Estate } from "../estate/estate";
import { join } from "../estate/joins";
import type {
  BackupJob,
  Cluster,
  Firewall,
  Host,
  NetworkSecurityGroup,
  ReplicaRelationship,
  SeparateSecurityRule,
  VmmServer,
} from "../estate/model";
import type { Computer, LinkedSwitch, LinkedVirtualMachine, Part, PartFacts, PartKind } from "../estate/parts";
import type { Dialect, FactReader, FactSink } from "./dialect";
import { azure } from "./azure";
import { azureNative } from "./azure-native";
import { hypervGuard } from "./hyperv-guard";

/** Every dialect that the pack reads. */
export const DIALECTS: readonly Dialect[] = [hypervGuard, azureNative, azure];

/** Whether a resource type declares anything of Hyper-V. */
export function isKnownType(type: string): boolean {
  return readerOf(type) !== undefined;
}

/**
 * Reads resources into an estate; resources of other types are passed over.
 * @param complete false when more resources may be declared than are given
 */
export function readEstate(resources: readonly DeclaredResource[], complete: boolean): Estate {
  const declared: DeclaredResource[] = [];
  const hosts: Host[] = [];
  const clusters: Cluster[] = [];
  const virtualMachines: LinkedVirtualMachine[] = [];
  const computers: Computer[] = [];
  const virtualSwitches: LinkedSwitch[] = [];
  const parts: PartLists = { disk: [], adapter: [], virtualMachine: [], availabilitySet: [] };
  const vmmServers: VmmServer[] = [];
  const firewalls: Firewall[] = [];
  const networkSecurityGroups: NetworkSecurityGroup[] = [];
  const securityRules: SeparateSecurityRule[] = [];
  const replicaRelationships: ReplicaRelationship[] = [];
  const backupJobs: BackupJob[] = [];
  const problems: Problem[] = [];
  const leftOut: DeclaredResource[] = [];
  const sink: FactSink = {
    host: (host) => hosts.push(host),
    cluster: (cluster) => clusters.push(cluster),
    virtualMachine: (vm) => virtualMachines.push(vm),
    computer: (computer) => computers.push(computer),
    virtualSwitch: (virtualSwitch) => virtualSwitches.push(virtualSwitch),
    part: (kind, part) => parts[kind].push(part),
    vmmServer: (server) => vmmServers.push(server),
    firewall: (firewall) => firewalls.push(firewall),
    networkSecurityGroup: (group) => networkSecurityGroups.push(group),
    securityRule: (rule) => securityRules.push(rule),
    replicaRelationship: (relationship) => replicaRelationships.push(relationship),
    backupJob: (job) => backupJobs.push(job),
    problem: (problem) => problems.push(problem),
  };
  for (const resource of byUrn(resources)) {
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
  // A resource that was left out may be the one that holds the facts of another.
  const joined = join(
    { hosts, virtualMachines, computers, virtualSwitches, parts },
    declared,
    complete && leftOut.length === 0,
  );
  const network = { vmmServers, firewalls, networkSecurityGroups, securityRules };
  const facts = { declared, clusters, ...network, replicaRelationships, backupJobs, problems, leftOut, ...joined };
  return new Estate(facts, complete);
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
