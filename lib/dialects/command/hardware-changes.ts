import { SECURE_BOOT_TEMPLATES, type DvdDrive, type Gpu } from "../../estate/model";
import { absent, ifKnown, known, unknown, type Value } from "../../estate/value";
import { NUMA_COUNT, PERCENT, PROCESSOR_WEIGHT, onOrOff } from "../hardware";
import type { MachineChange } from "./machine-change";

export const PROCESSOR_COUNT = { minimum: 1, maximum: 65_536 };

export function setProcessor({ machine, reader }: MachineChange): void {
  machine.set({
    processorCount: reader.integer("Count", PROCESSOR_COUNT),
    processorCompatibility: reader.flag("CompatibilityForMigrationEnabled"),
    nestedVirtualization: reader.flag("ExposeVirtualizationExtensions"),
    reservePercent: reader.integer("Reserve", PERCENT),
    limitPercent: reader.integer("Maximum", PERCENT),
    weight: reader.integer("RelativeWeight", PROCESSOR_WEIGHT),
    processorsPerNode: reader.integer("MaximumCountPerNumaNode", NUMA_COUNT),
    nodesPerSocket: reader.integer("MaximumCountPerNumaSocket", NUMA_COUNT),
  });
}

/** A template that goes by its id is not known by its name. */
export function setFirmware({ machine, reader }: MachineChange): void {
  const id = reader.text("SecureBootTemplateId");
  machine.set({
    secureBoot: onOrOff(reader, "EnableSecureBoot"),
    secureBootTemplate:
      id.state === "absent" ? reader.oneOf("SecureBootTemplate", SECURE_BOOT_TEMPLATES) : unknown(id.origin),
  });
}

export function setTpm(on: boolean): (change: MachineChange) => void {
  return ({ machine, origin }) => {
    machine.set({ tpm: known(on, origin) });
  };
}

/** To the newest version that the host has. */
export function updateVersion({ machine, origin }: MachineChange): void {
  machine.set({ configurationVersion: { ...unknown(origin), what: "the newest configuration version of the host" } });
}

export function addDvdDrive({ machine, reader, origin }: MachineChange): void {
  const drive: DvdDrive = { path: reader.text("Path") };
  machine.set({ dvdDrives: added(machine.settings.dvdDrives, drive, origin) });
}

/** Of several drives it is not known which one is meant. */
export function setDvdDrive({ machine, reader, origin }: MachineChange): void {
  const path = reader.text("Path");
  const before = machine.settings.dvdDrives;
  const drives = before === undefined ? [] : ifKnown(before);
  const isOnly = drives !== undefined && drives.length <= 1;
  machine.set({ dvdDrives: isOnly ? known([{ path }], origin) : unknown(origin) });
}

export function addGpuPartition({ machine, reader, origin }: MachineChange): void {
  const gpu: Gpu = {
    assignment: known("partition", origin),
    name: reader.text("InstancePath"),
    partitionSizeMB: absent(origin),
  };
  machine.set({ gpus: added(machine.settings.gpus, gpu, origin) });
}

/** A list with one more item, as far as it is known. */
function added<T>(
  list: Value<readonly T[]> | undefined,
  item: T,
  origin: MachineChange["origin"],
): Value<readonly T[]> {
  if (list?.state === "unknown") return list;
  return known([...(ifKnown(list ?? absent(origin)) ?? []), item], origin);
}
