import type { Dialect, FactReader } from "../dialect";
import { readBackupJob } from "./backup-job";
import { readCluster } from "./cluster";
import { readFirewall } from "./firewall";
import { readHost } from "./host";
import { readLogicalNetwork } from "./logical-network";
import { readReplicaRelationship } from "./replica-relationship";
import { readVirtualMachine } from "./virtual-machine";
import { readVmmServer } from "./vmm-server";

/** The pack's own component resources (lib/components): one file a component. */
export const hypervGuard: Dialect = {
  name: "hyperv-guard",
  get types() {
    return [...READERS.keys()];
  },
  readerOf: (type) => READERS.get(type),
};

const READERS: ReadonlyMap<string, FactReader> = new Map<string, FactReader>([
  ["hyperv-guard:index:Host", readHost],
  ["hyperv-guard:index:Cluster", readCluster],
  ["hyperv-guard:index:VirtualMachine", readVirtualMachine],
  ["hyperv-guard:index:LogicalNetwork", readLogicalNetwork],
  ["hyperv-guard:index:VmmServer", readVmmServer],
  ["hyperv-guard:index:Firewall", readFirewall],
  ["hyperv-guard:index:ReplicaRelationship", readReplicaRelationship],
  ["hyperv-guard:index:BackupJob", readBackupJob],
]);
