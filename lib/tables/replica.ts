import type { ReplicaAuthentication } from "../estate/model";
import { loadTable, once } from "./load";
import data from "./replica.json";
import schema from "./replica.schema.json";
import type { Provenance } from "./sources";

/** A row with the document's own words or strength, in a sentence. */
interface Stated extends Provenance {
  readonly statement: string;
}

/** Whether a host version has Hyper-V Replica at all. */
export interface ReplicaSupport extends Stated {
  readonly hosts: readonly string[];
  readonly supported: boolean;
}

/** The replication frequencies that a host version offers. */
export interface ReplicaFrequencies extends Provenance {
  readonly hosts: readonly string[];
  readonly seconds: readonly number[];
}

/** The most additional recovery points that a host version keeps, beside the latest. */
export interface RecoveryPoints extends Provenance {
  readonly hosts: readonly string[];
  readonly maximum: number;
}

/** The port that a replica server listens on by default. */
export interface ReplicaPort extends Provenance {
  readonly authentication: ReplicaAuthentication;
  readonly port: number;
  readonly protocol: string;
}

/** Whether replication to an older host version is supported. */
export interface OlderReplica extends Stated {
  readonly primaries: readonly string[];
  readonly replicas: readonly string[];
  /** True where it works under the condition that the statement names. */
  readonly supported: boolean;
}

export type ReplicaTopic =
  | "broker"
  | "certificate"
  | "compression"
  | "trustGroup"
  | "pageFile"
  | "diskFormat"
  | "kerberos"
  | "oneReplica"
  | "passThrough";

/** What a document states on a topic about some host versions. */
export interface ReplicaStatement extends Stated {
  readonly topic: ReplicaTopic;
  readonly hosts: readonly string[];
}

export interface ReplicaTable {
  readonly support: readonly ReplicaSupport[];
  readonly frequencies: readonly ReplicaFrequencies[];
  /** Whether a host version sends a replica on to a third server. */
  readonly extended: readonly ReplicaSupport[];
  /** The frequencies of that. */
  readonly extendedFrequencies: readonly ReplicaFrequencies[];
  readonly recoveryPoints: readonly RecoveryPoints[];
  readonly ports: readonly ReplicaPort[];
  readonly olderReplicas: readonly OlderReplica[];
  readonly statements: readonly ReplicaStatement[];
}

const shipped = once(() => readReplica(data));

/** @throws TableError when the data does not fit the table's schema. */
export function readReplica(source: unknown): ReplicaTable {
  return loadTable<ReplicaTable>("replica.json", source, schema);
}

export function replicaTable(): ReplicaTable {
  return shipped();
}

export function replicaSupport(host: string, table = shipped()): ReplicaSupport | undefined {
  return table.support.find(({ hosts }) => hosts.includes(host));
}

export function replicaFrequencies(host: string, table = shipped()): ReplicaFrequencies | undefined {
  return table.frequencies.find(({ hosts }) => hosts.includes(host));
}

export function extendedSupport(host: string, table = shipped()): ReplicaSupport | undefined {
  return table.extended.find(({ hosts }) => hosts.includes(host));
}

export function extendedFrequencies(host: string, table = shipped()): ReplicaFrequencies | undefined {
  return table.extendedFrequencies.find(({ hosts }) => hosts.includes(host));
}

export function recoveryPointsOf(host: string, table = shipped()): RecoveryPoints | undefined {
  return table.recoveryPoints.find(({ hosts }) => hosts.includes(host));
}

export function replicaPort(authentication: ReplicaAuthentication, table = shipped()): ReplicaPort | undefined {
  return table.ports.find((row) => row.authentication === authentication);
}

/** Whether replication is supported between two host versions of which the second is the older one; undefined where not stated. */
export function olderReplica(primary: string, replica: string, table = shipped()): OlderReplica | undefined {
  return table.olderReplicas.find(
    ({ primaries, replicas }) => primaries.includes(primary) && replicas.includes(replica),
  );
}

/** What Microsoft states on a topic about a host version; undefined where it states nothing. */
export function replicaStatement(host: string, topic: ReplicaTopic, table = shipped()): ReplicaStatement | undefined {
  return table.statements.find((row) => row.topic === topic && row.hosts.includes(host));
}
