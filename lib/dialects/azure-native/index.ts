import type { Dialect, FactReader } from "../dialect";
import { readNetworkSecurityGroup, readSecurityRule } from "./network";
import { readReplicationPolicy, readReplicationProtectedItem } from "./recovery-services";
import { parseToken } from "./tokens";

/** Resources of Azure Resource Manager that say something of Hyper-V: one file a module. */
export const azureNative: Dialect = {
  name: "azure-native",
  readerOf: (type) => {
    const token = parseToken(type);
    return token === undefined ? undefined : READERS.get(`${token.module}:${token.name}`);
  },
};

const READERS: ReadonlyMap<string, FactReader> = new Map<string, FactReader>([
  ["network:NetworkSecurityGroup", readNetworkSecurityGroup("azure")],
  ["network:SecurityRule", readSecurityRule("azure")],
  ["azurestackhci:NetworkSecurityGroup", readNetworkSecurityGroup("azureLocal")],
  ["azurestackhci:SecurityRule", readSecurityRule("azureLocal")],
  ["recoveryservices:ReplicationPolicy", readReplicationPolicy],
  ["recoveryservices:ReplicationProtectedItem", readReplicationProtectedItem],
]);
