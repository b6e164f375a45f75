import type { DeclaredResource, Problem } from "../estate/declared";
import type {
  Computer,
  LinkedCluster,
  LinkedHostAdapter,
  LinkedSwitch,
  LinkedVirtualMachine,
  Part,
  PartFacts,
  PartKind,
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
import type { Doubt, Machine } from "./command/machines";

/** A script that only the run can tell, and that may be about anything. */
export interface UnreadScript {
  readonly what: Unknown;
  readonly isPowerShell: boolean;
  /** Where it runs, where that is told. */
  readonly computer: Computer | undefined;
}

/** Takes what a dialect reads from one resource. */
export interface FactSink {
  host(host: Host): void;
  cluster(cluster: LinkedCluster): void;
  /** A virtual machine; what is missing in it may stand in parts that it refers to. */
  virtualMachine(vm: LinkedVirtualMachine): void;
  /** A computer that runs virtual machines: a host, whether one is declared for it or not. */
  computer(computer: Computer): void;
  /** A virtual switch that is a resource of its own; it becomes one of its host's. */
  virtualSwitch(virtualSwitch: LinkedSwitch): void;
  /** An adapter that a resource of its own declares for a host; it becomes one of that host's. */
  hostAdapter(hostAdapter: LinkedHostAdapter): void;
  /** Facts that stand in a resource of their own, such as those of a disk. */
  part<K extends PartKind>(kind: K, part: Part<PartFacts[K]>): void;
  vmmServer(server: VmmServer): void;
  firewall(firewall: Firewall): void;
  networkSecurityGroup(group: NetworkSecurityGroup): void;
  securityRule(rule: SeparateSecurityRule): void;
  replicaRelationship(relationship: ReplicaRelationship): void;
  backupJob(job: BackupJob): void;
  problem(problem: Problem): void;
  /** What may declare something, and cannot be read before the deployment. */
  notEvaluated(what: Unknown): void;
  /** A script that cannot be read at all: what it is about, only the rest of the estate may tell. */
  unreadScript(script: UnreadScript): void;
  /** What a script tells of virtual machines; the scripts of an estate are put together when all are read. */
  script(machines: readonly Machine[]): void;
  /** What a script may change in machines and clusters that others declare. */
  doubt(doubt: Doubt): void;
}

/** Reads the facts of one resource. It never throws: what it cannot read it reports as a problem. */
export type FactReader = (resource: DeclaredResource, sink: FactSink) => void;

/** One family of resource types, and how facts are read from each. A dialect knows property names, and no rule. */
export interface Dialect {
  readonly name: string;
  /** The reader of a resource type; undefined for a type that is none of the family's. */
  readerOf(type: string): FactReader | undefined;
}
