import type { Dialect, FactReader } from "../dialect";
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
  ["recoveryservices:ReplicationPolicy", readReplicationPolicy],
  ["recoveryservices:ReplicationProtectedItem", readReplicationProtectedItem],
]);
