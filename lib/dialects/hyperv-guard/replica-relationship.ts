import type { DeclaredResource } from "../../estate/declared";
import { REPLICA_AUTHENTICATIONS } from "../../estate/model";
import { absent } from "../../estate/value";
import type { FactSink } from "../dialect";
import { readName, readerFor } from "./component";
import { readReplicationSettings } from "./replication";

export function readReplicaRelationship(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const settings = readReplicationSettings(reader);
  sink.add("replicaRelationships", {
    kind: "replicaRelationship",
    urn: resource.urn,
    ...readName(reader, resource),
    ...settings,
    authentication: reader.required(settings.authentication, `one of: ${REPLICA_AUTHENTICATIONS.join(", ")}`),
    virtualMachine: reader.required(reader.text("virtualMachine"), "the virtual machine's name"),
    mayBeUndeclared: false,
    primary: reader.required(reader.text("primary"), "the name of the primary host or of its cluster"),
    replica: reader.required(reader.text("replica"), "the name of the replica host, or of the Replica Broker"),
    hostVersion: absent({ urn: resource.urn, path: "" }),
  });
  reader.reportUnread();
}
