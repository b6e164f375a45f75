import type { DeclaredResource, Problem } from "../../estate/declared";
import {
  REPLICATION_SETTINGS,
  type ReplicaAuthentication,
  type ReplicaRelationship,
  type ReplicationSettings,
} from "../../estate/model";
import { Reader } from "../../estate/reader";
import { absent, allFacts, known, map, type Value } from "../../estate/value";
import type { FactSink } from "../dialect";

/** The policies of Hyper-V to Hyper-V, and the host version that each is for; the later one is for all later versions. */
const HOST_VERSIONS: ReadonlyMap<string, string> = new Map([
  ["hypervreplica2012", "windows-server-2012"],
  ["hypervreplica2012r2", "windows-server-2012-r2"],
]);

const SECONDS = { minimum: 1, maximum: 86_400, unit: "seconds" };
const RECOVERY_POINTS = { minimum: 0, maximum: 1000 };
const PORT = { minimum: 1, maximum: 65_535 };
/** The numbers of the provider: 1 is Kerberos, 2 a certificate. */
const AUTHENTICATION = { minimum: 0, maximum: 3 };
const AUTHENTICATIONS: Readonly<Record<number, ReplicaAuthentication>> = { 1: "kerberos", 2: "certificate" };

/** A replication policy of Site Recovery: settings without a virtual machine. Other than Hyper-V's are passed over. */
export function readReplicationPolicy(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const settings = nested(reader, "properties", (properties) =>
    nested(properties, "providerSpecificInput", readPolicy),
  );
  if (settings?.hostVersion.state !== "known") return;
  sink.add("replicaRelationships", { ...relationship(resource), ...settings });
}

/** A virtual machine that Site Recovery replicates to Azure by Hyper-V Replica. */
export function readReplicationProtectedItem(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const item = nested(reader, "properties", (properties) =>
    nested(properties, "providerSpecificDetails", (details) => ({
      instanceType: details.text("instanceType"),
      vmName: details.text("vmName"),
    })),
  );
  if (item?.instanceType.state !== "known" || !/^HyperVReplica/i.test(item.instanceType.value)) return;
  sink.add("replicaRelationships", { ...relationship(resource), virtualMachine: item.vmName });
}

interface Policy extends Partial<ReplicationSettings> {
  readonly hostVersion: Value<string>;
}

function readPolicy(reader: Reader): Policy {
  const instanceType = reader.text("instanceType");
  const hostVersion = flatten(map(instanceType, (type) => HOST_VERSIONS.get(type.toLowerCase())));
  if (hostVersion.state !== "known") return { hostVersion };
  return {
    hostVersion,
    frequencySeconds: reader.integer("replicationFrequencyInSeconds", SECONDS),
    recoveryPoints: reader.integer("recoveryPoints", RECOVERY_POINTS),
    authentication: flatten(
      map(reader.integer("allowedAuthenticationType", AUTHENTICATION), (number) => AUTHENTICATIONS[number]),
    ),
    port: reader.integer("replicationPort", PORT),
    compression: map(reader.text("compression"), (text) => !/^disable/i.test(text)),
  };
}

function readerFor(resource: DeclaredResource, sink: FactSink): Reader {
  const report = (problem: Problem): void => {
    sink.problem(problem);
  };
  return new Reader(resource.urn, resource.properties, report);
}

/** What an object holds; undefined where it is not there or not known. */
function nested<T>(reader: Reader, name: string, read: (reader: Reader) => T): T | undefined {
  const object = reader.object(name, (inner) => {
    inner.passOthers();
    return read(inner);
  });
  return object.state === "known" ? object.value : undefined;
}

/** A value of which the dialect knows no meaning is as good as none. */
function flatten<T>(value: Value<T | undefined>): Value<T> {
  if (value.state !== "known") return value;
  return value.value === undefined ? absent(value.origin) : known(value.value, value.origin);
}

/** A relationship of which nothing is declared. */
function relationship({ urn, name }: DeclaredResource): ReplicaRelationship {
  const nothing = absent({ urn, path: "" });
  return {
    kind: "replicaRelationship",
    urn,
    name,
    nameIsUnknown: false,
    virtualMachine: nothing,
    mayBeUndeclared: true,
    primary: nothing,
    replica: nothing,
    hostVersion: nothing,
    ...allFacts(REPLICATION_SETTINGS, nothing),
  };
}
