import { resolveAddress } from "../../estate/addresses";
import type { DeclaredResource } from "../../estate/declared";
import {
  ADAPTER_KINDS,
  DISK_FORMATS,
  DISK_PURPOSES,
  DISK_TYPES,
  GPU_ASSIGNMENTS,
  PORT_MIRRORINGS,
  type DvdDrive,
  type Gpu,
  type GuestAdapter,
  type NumaTopology,
  type ResourceControl,
  type VirtualDisk,
} from "../../estate/model";
import type { Reader } from "../../estate/reader";
import { firstOf, ifKnown, map, orDefault } from "../../estate/value";
import type { FactSink } from "../dialect";
import { formatOfPath } from "../disk";
import { readContents, readDiskType, readPurpose } from "../disk-words";
import { ADAPTER_WEIGHT, IOPS, NUMA_COUNT, PERCENT, PROCESSOR_WEIGHT, readMacAddress } from "../hardware";
import { MEMORY, SPEED } from "./component";

/** Up to 1 PB. */
export const DISK_SIZE = { minimum: 0.001, maximum: 1_048_576, unit: "GB" };
const VLAN = { minimum: 0, maximum: 4094 };

export function readDisk(reader: Reader): VirtualDisk {
  const path = reader.text("path");
  const format = reader.oneOf("format", DISK_FORMATS);
  return {
    name: reader.required(reader.text("name"), "the disk's name"),
    purpose: reader.required(readPurpose(reader, "purpose"), `one of: ${DISK_PURPOSES.join(", ")}`, "purpose"),
    alsoHolds: readContents(reader, "alsoHolds"),
    type: reader.required(readDiskType(reader, "type"), `one of: ${DISK_TYPES.join(", ")}`, "type"),
    format: format.state === "absent" ? formatOfPath(path, format.origin) : format,
    sizeGB: reader.required(reader.decimal("sizeGB", DISK_SIZE), "the size in GB", "sizeGB"),
    path,
    storage: reader.text("storage"),
    minimumIops: reader.integer("minimumIops", IOPS),
    maximumIops: reader.integer("maximumIops", IOPS),
    supportPersistentReservations: reader.flag("supportPersistentReservations"),
  };
}

export function readDvdDrive(reader: Reader): DvdDrive {
  return { path: reader.text("path") };
}

export function readGpu(reader: Reader): Gpu {
  const assignment = reader.oneOf("assignment", GPU_ASSIGNMENTS);
  return {
    assignment: reader.required(assignment, `one of: ${GPU_ASSIGNMENTS.join(", ")}`),
    name: reader.text("name"),
    partitionSizeMB: reader.integer("partitionSizeMB", MEMORY),
  };
}

export function readResourceControl(reader: Reader): ResourceControl {
  return {
    reservePercent: reader.integer("reservePercent", PERCENT),
    limitPercent: reader.integer("limitPercent", PERCENT),
    weight: reader.integer("weight", PROCESSOR_WEIGHT),
  };
}

export function readNuma(reader: Reader): NumaTopology {
  return {
    processorsPerNode: reader.integer("processorsPerNode", NUMA_COUNT),
    memoryPerNodeMB: reader.integer("memoryPerNodeMB", MEMORY),
    nodesPerSocket: reader.integer("nodesPerSocket", NUMA_COUNT),
  };
}

export function readGuestAdapter(reader: Reader, resource: DeclaredResource, sink: FactSink): GuestAdapter {
  const macAddress = readMacAddress(reader, "macAddress");
  const isDynamic = reader.flag("dynamicMacAddress");
  if (macAddress.state === "known" && ifKnown(isDynamic) === true) {
    const { path } = isDynamic.origin;
    const problem = "is true, but macAddress gives the adapter a static MAC address";
    sink.problem({ urn: resource.urn, path, problem, fix: "Remove one of them." });
  }
  return {
    name: reader.required(reader.text("name"), "the adapter's name"),
    switch: reader.text("switch"),
    kind: orDefault(reader.oneOf("kind", ADAPTER_KINDS), "synthetic"),
    vlan: reader.integer("vlan", VLAN),
    macAddress,
    dynamicMacAddress: firstOf(
      map(macAddress, () => false),
      isDynamic,
    ),
    macAddressSpoofing: reader.flag("macAddressSpoofing"),
    portMirroring: reader.oneOf("portMirroring", PORT_MIRRORINGS),
    addresses: reader.resolvedList("addresses", resolveAddress),
    dynamicAddresses: reader.flag("dynamicAddresses"),
    logicalNetwork: reader.text("logicalNetwork"),
    iovWeight: reader.integer("iovWeight", ADAPTER_WEIGHT),
    minimumBandwidthWeight: reader.integer("minimumBandwidthWeight", ADAPTER_WEIGHT),
    minimumBandwidthMbps: reader.integer("minimumBandwidthMbps", SPEED),
    maximumBandwidthMbps: reader.integer("maximumBandwidthMbps", SPEED),
  };
}
