import type { DeclaredResource } from "../../estate/declared";
import { CLUSTER_DEPLOYMENTS, NETWORK_ROLES, PURPOSES, type ClusterNetwork } from "../../estate/model";
import type { Reader } from "../../estate/reader";
import { orDefault } from "../../estate/value";
import type { FactSink } from "../dialect";
import { SPEED, readName, readerFor } from "./component";
import {
  readAddressPool,
  readClusterSecurity,
  readInfrastructureNetwork,
  readNetworkIntent,
  readStorageNetwork,
  readZone,
} from "./network-parts";

/** The range of the Metric property of a cluster network. */
const METRIC = { minimum: 1, maximum: 268_435_455 };

const ROLE_NUMBERS = { "0": "none", "1": "cluster", "3": "clusterAndClient" } as const;

export function readCluster(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const quorum = reader.object("quorum", (inner) => ({ type: inner.text("type"), witness: inner.text("witness") }));
  sink.add("clusters", {
    kind: "cluster",
    urn: resource.urn,
    ...readName(reader, resource),
    nodes: reader.texts("nodes"),
    networks: reader.list("networks", readClusterNetwork),
    liveMigrationNetworks: reader.texts("liveMigrationNetworks"),
    quorum,
    replicaBroker: reader.text("replicaBroker"),
    enforcedAntiAffinity: reader.flag("enforcedAntiAffinity"),
    deployment: reader.oneOf("deployment", CLUSTER_DEPLOYMENTS),
    intents: reader.list("intents", readNetworkIntent),
    storageNetworks: reader.list("storageNetworks", readStorageNetwork),
    switchlessStorage: reader.flag("switchlessStorage"),
    automaticStorageAddresses: reader.flag("automaticStorageAddresses"),
    zones: reader.list("zones", readZone),
    infrastructureNetworks: reader.list("infrastructureNetworks", readInfrastructureNetwork),
    macAddressPool: reader.object("macAddressPool", readAddressPool),
    security: reader.object("security", readClusterSecurity),
  });
  reader.reportUnread();
}

function readClusterNetwork(reader: Reader): ClusterNetwork {
  const metric = reader.integer("metric", METRIC);
  return {
    name: reader.required(reader.text("name"), "the network's name"),
    purpose: reader.required(reader.oneOf("purpose", PURPOSES), `one of: ${PURPOSES.join(", ")}`),
    role: reader.required(reader.oneOf("role", NETWORK_ROLES, ROLE_NUMBERS), `one of: ${NETWORK_ROLES.join(", ")}`),
    metric,
    autoMetric: orDefault(reader.flag("autoMetric"), metric.state === "absent"),
    defaultGateway: orDefault(reader.flag("defaultGateway"), false),
    speedMbps: reader.integer("speedMbps", SPEED),
  };
}
