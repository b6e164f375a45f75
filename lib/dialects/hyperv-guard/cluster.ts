import { resolveDay } from "../../estate/days";
import type { DeclaredResource } from "../../estate/declared";
import {
  CLUSTER_DEPLOYMENTS,
  NETWORK_ROLES,
  PURPOSES,
  VOLUME_RESILIENCIES,
  type ClusterNetwork,
  type StorageSpacesDirect,
} from "../../estate/model";
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

/** More than a server takes. */
const DRIVES = { minimum: 0, maximum: 1024 };
const TERABYTES = { minimum: 0, maximum: 100_000, unit: "TB" };

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
    upgradeStarted: reader.resolved("upgradeStarted", resolveDay),
    storageSpacesDirect: reader.object("storageSpacesDirect", readStorageSpacesDirect),
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

function readStorageSpacesDirect(reader: Reader): StorageSpacesDirect {
  return {
    capacityDrivesPerNode: reader.integer("capacityDrivesPerNode", DRIVES),
    cacheDrivesPerNode: reader.integer("cacheDrivesPerNode", DRIVES),
    capacityTBPerNode: reader.decimal("capacityTBPerNode", TERABYTES),
    cacheTBPerNode: reader.decimal("cacheTBPerNode", TERABYTES),
    volumes: reader.list("volumes", (volume) => ({
      name: volume.required(volume.text("name"), "the volume's name"),
      resiliency: volume.required(
        volume.oneOf("resiliency", VOLUME_RESILIENCIES),
        `one of: ${VOLUME_RESILIENCIES.join(", ")}`,
      ),
    })),
  };
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
