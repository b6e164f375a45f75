import { resolveConfigurationVersion } from "../../estate/configuration-versions";
import type { LinkedDisk } from "../../estate/linked-facts";
import {
  CHECKPOINT_TYPES,
  DISK_FACTS,
  REPLICATION_SETTINGS,
  REPLICA_AUTHENTICATIONS,
  STOP_ACTIONS,
  type DiskType,
  type Replication,
  type VirtualDisk,
} from "../../estate/model";
import {
  absent,
  allFacts,
  declaredFacts,
  ifKnown,
  known,
  map,
  orDefault,
  unknown,
  type Value,
} from "../../estate/value";
import { diskKeys, fileName, formatOfPath, gigabytes, megabytes } from "../disk";
import { IOPS, unlessZero } from "../hardware";
import { addAdapter, connect, newAdapter, setAdapter, setVlan } from "./adapter-changes";
import { BYTES } from "./disks";
import {
  addDvdDrive,
  addGpuPartition,
  PROCESSOR_COUNT,
  setDvdDrive,
  setFirmware,
  setProcessor,
  setTpm,
  updateVersion,
} from "./hardware-changes";
import type { MachineChange } from "./machine-change";
import type { ScriptMachine, ServiceSettings } from "./machines";

const BUFFER = { minimum: 5, maximum: 2000, unit: "%" };
const SECONDS = { minimum: 1, maximum: 86_400, unit: "seconds" };
const RECOVERY_POINTS = { minimum: 0, maximum: 1000 };
const PORT = { minimum: 1, maximum: 65_535 };
const DISK_NUMBER = { minimum: 0, maximum: 4_294_967_295 };

/** Services as Windows names them, folded. */
const SERVICES: ReadonlyMap<string, keyof ServiceSettings> = new Map([
  ["heartbeat", "heartbeat"],
  ["timesynchronization", "timeSynchronization"],
  ["shutdown", "shutdown"],
  ["vss", "vss"],
  ["keyvaluepairexchange", "keyValuePairExchange"],
]);

/** What cmdlets change in a machine, by their names. */
export const CHANGES: ReadonlyMap<string, (change: MachineChange) => void> = new Map<
  string,
  (change: MachineChange) => void
>([
  ["New-VM", create],
  ["Set-VM", configure],
  ["Set-VMProcessor", setProcessor],
  ["Set-VMMemory", setMemory],
  ["Set-VMFirmware", setFirmware],
  ["Enable-VMTPM", setTpm(true)],
  ["Disable-VMTPM", setTpm(false)],
  ["Update-VMVersion", updateVersion],
  ["Add-VMHardDiskDrive", addDisk],
  ["Add-VMDvdDrive", addDvdDrive],
  ["Set-VMDvdDrive", setDvdDrive],
  [
    "Remove-VMDvdDrive",
    ({ machine, origin }) => {
      machine.set({ dvdDrives: unknown(origin) });
    },
  ],
  ["Add-VMGpuPartitionAdapter", addGpuPartition],
  [
    "Remove-VMGpuPartitionAdapter",
    ({ machine, origin }) => {
      machine.set({ gpus: unknown(origin) });
    },
  ],
  ["Add-VMNetworkAdapter", addAdapter],
  ["Set-VMNetworkAdapter", setAdapter],
  ["Set-VMNetworkAdapterVlan", setVlan],
  ["Connect-VMNetworkAdapter", connect],
  ["Remove-VMNetworkAdapter", ({ machine, origin }) => (machine.unknownAdapters = unknown(origin))],
  ["Remove-VMHardDiskDrive", ({ machine, origin }) => (machine.unknownDisks = unknown(origin))],
  ["Enable-VMReplication", replicate],
  ["Enable-VMIntegrationService", setServices(true)],
  ["Disable-VMIntegrationService", setServices(false)],
  ["Add-ClusterVirtualMachineRole", cluster],
]);

function create({ machine, reader, disks, origin }: MachineChange): void {
  machine.create(origin);
  machine.set({
    memoryMB: map(reader.decimal("MemoryStartupBytes", BYTES), megabytes),
    generation: reader.integer("Generation", { minimum: 1, maximum: 2 }),
    configurationVersion: reader.resolved("Version", resolveConfigurationVersion),
    storagePath: reader.text("Path"),
  });
  machine.adapters.push({
    ...newAdapter(origin),
    name: known("Network Adapter", origin),
    switch: reader.text("SwitchName"),
    kind: known("synthetic", origin),
  });
  const path = reader.text("NewVHDPath");
  // What New-VM creates grows with what is written to it.
  const type = known("dynamic" as const, origin);
  const sizeGB = map(reader.decimal("NewVHDSizeBytes", BYTES), gigabytes);
  if (path.state === "known") {
    // Other commands may change the file.
    disks.create({ path, computer: machine.computer }, { type, sizeGB });
    machine.disks.push(attached(path, machine));
  } else if (path.state === "unknown") machine.disks.push(disk(path, type, sizeGB));
  const existing = reader.text("VHDPath");
  if (existing.state !== "absent") machine.disks.push(attached(existing, machine));
}

function configure({ machine, reader }: MachineChange): void {
  const on = reader.flag("DynamicMemory");
  machine.set({
    processorCount: reader.integer("ProcessorCount", PROCESSOR_COUNT),
    memoryMB: map(reader.decimal("MemoryStartupBytes", BYTES), megabytes),
    minimumMB: map(reader.decimal("MemoryMinimumBytes", BYTES), megabytes),
    maximumMB: map(reader.decimal("MemoryMaximumBytes", BYTES), megabytes),
    isDynamic: on.state === "absent" ? map(reader.flag("StaticMemory"), (isStatic) => !isStatic) : on,
    checkpoints: reader.oneOf("CheckpointType", CHECKPOINT_TYPES),
    automaticCheckpoints: reader.flag("AutomaticCheckpointsEnabled"),
    checkpointPath: reader.text("SnapshotFileLocation"),
    smartPagingPath: reader.text("SmartPagingFilePath"),
    automaticStopAction: reader.oneOf("AutomaticStopAction", STOP_ACTIONS),
  });
}

function setMemory({ machine, reader }: MachineChange): void {
  machine.set({
    memoryMB: map(reader.decimal("StartupBytes", BYTES), megabytes),
    minimumMB: map(reader.decimal("MinimumBytes", BYTES), megabytes),
    maximumMB: map(reader.decimal("MaximumBytes", BYTES), megabytes),
    bufferPercent: reader.integer("Buffer", BUFFER),
    isDynamic: reader.flag("DynamicMemoryEnabled"),
    memoryPerNodeMB: map(reader.decimal("MaximumAmountPerNumaNodeBytes", BYTES), megabytes),
  });
}

function addDisk({ machine, reader, origin }: MachineChange): void {
  const path = reader.text("Path");
  const number = reader.integer("DiskNumber", DISK_NUMBER);
  const settings = {
    minimumIops: unlessZero(reader.integer("MinimumIOPS", IOPS)),
    maximumIops: unlessZero(reader.integer("MaximumIOPS", IOPS)),
    ...declaredFacts({ supportPersistentReservations: reader.flag("SupportPersistentReservations") }),
  };
  if (path.state !== "absent") machine.disks.push({ ...attached(path, machine), ...settings });
  else if (number.state !== "absent") {
    const passThrough = disk(
      path,
      map(number, () => "passThrough"),
      absent(origin),
    );
    machine.disks.push({ ...passThrough, ...settings });
  } // an empty drive otherwise
}

function replicate({ machine, reader, origin }: MachineChange): void {
  if (ifKnown(reader.flag("AsReplica")) === true) return;
  const replication: Replication = {
    ...allFacts(REPLICATION_SETTINGS, absent(origin)),
    replicaHost: reader.text("ReplicaServerName"),
    frequencySeconds: orDefault(reader.integer("ReplicationFrequencySec", SECONDS), 300),
    recoveryPoints: orDefault(reader.integer("RecoveryHistory", RECOVERY_POINTS), 0),
    authentication: reader.oneOf("AuthenticationType", REPLICA_AUTHENTICATIONS),
    port: reader.integer("ReplicaServerPort", PORT),
    compression: reader.flag("CompressionEnabled"),
  };
  machine.set({ replication: known(replication, origin) });
}

function setServices(on: boolean): (change: MachineChange) => void {
  return ({ machine, reader, origin }) => {
    const names = reader.texts("Name");
    if (names.state !== "known") {
      for (const service of SERVICES.values()) machine.set({ [service]: unknown(origin) });
      return;
    }
    for (const name of names.value) {
      const service = SERVICES.get(ifKnown(name)?.toLowerCase().replace(/[\s-]/g, "") ?? "");
      if (service !== undefined) machine.set({ [service]: known(on, name.origin) });
    }
  };
}

/** Without a name it is the cluster that the host is a node of, whichever that is. */
function cluster({ machine, subject, origin }: MachineChange): void {
  const { cluster: name } = subject;
  machine.set({ cluster: typeof name === "string" && name !== "." ? known(name, origin) : unknown(origin) });
}

/** A disk whose file may be declared elsewhere. */
function attached(path: Value<string>, machine: ScriptMachine): LinkedDisk {
  const keys = map(path, (file) => diskKeys(file, machine.computer));
  const none = absent(path.origin);
  return {
    ...disk(path, none, none),
    references: [
      {
        keys,
        property: path.origin.path.split(" ")[0] ?? "",
        gives: ["type", "sizeGB"],
        mayGive: ["purpose", "storage"],
      },
    ],
  };
}

function disk(path: Value<string>, type: Value<DiskType>, sizeGB: Value<number>): VirtualDisk {
  return {
    ...allFacts(DISK_FACTS, absent(path.origin)),
    name: map(path, fileName),
    type,
    format: formatOfPath(path, path.origin),
    sizeGB,
    path,
    supportPersistentReservations: orDefault(absent(path.origin), false),
  };
}
