import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { cluster, host } from "../../kit";
import { parseAdapters } from "./model/layouts";

/** A node of a cluster, with adapters as a line of text. */
export function node(adapters: string, properties: PlainObject = {}): readonly DeclaredResource[] {
  return nodeWith(parseAdapters(adapters), properties);
}

export function nodeWith(networkAdapters: PlainObject[], properties: PlainObject = {}): readonly DeclaredResource[] {
  return [cluster("c1"), host("hv1", { cluster: "c1", networkAdapters, ...properties })];
}

export function adapter(name: string, purpose: string, properties: PlainObject = {}): PlainObject {
  return { name, purpose, ...properties };
}

/** A cluster of two nodes with networks. */
export function clusterWith(
  networks: PlainObject[],
  operatingSystem = "Windows Server 2008 R2",
  properties: PlainObject = {},
): readonly DeclaredResource[] {
  const nodes = ["hv1", "hv2"].map((name) => host(name, { cluster: "c1", operatingSystem }));
  return [cluster("c1", { networks, ...properties }), ...nodes];
}

export function network(name: string, purpose: string, role: string, properties: PlainObject = {}): PlainObject {
  return { name, purpose, role, ...properties };
}

export const MANAGEMENT = network("Management", "management", "clusterAndClient", { defaultGateway: true });
export const CSV = network("CSV", "clusterSharedVolumes", "cluster", { metric: 900 });
export const MIGRATION = network("Live Migration", "liveMigration", "cluster", { metric: 1000 });
export const HEARTBEAT = network("Heartbeat", "cluster", "cluster", { metric: 1100 });
export const ISCSI = network("iSCSI", "iscsi", "none");
