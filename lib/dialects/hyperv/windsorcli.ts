import type { DeclaredResource } from "../../estate/declared";
import {
  SECURE_BOOT_TEMPLATES,
  type DiskType,
  type DvdDrive,
  type DynamicMemory,
  type SwitchType,
} from "../../estate/model";
import type { Reader } from "../../estate/reader";
import { absent, known, map, orDefault, type Value } from "../../estate/value";
import { blankMachine } from "../blank-entities";
import { computerOf } from "../computer";
import type { FactSink } from "../dialect";
import { firmwareOf, readMacAddress } from "../hardware";
import {
  declareFile,
  declareSwitch,
  diskSize,
  fileDisk,
  GENERATION,
  memory,
  PROCESSORS,
  readAdapter,
  readerFor,
  withMacAddress,
} from "./resource";

/** What Hyper-V takes for dynamic memory that names no limits. */
const MINIMUM_MB = 512;
const MAXIMUM_MB = 1_048_576;
const BUFFER_PERCENT = 20;

/** `hyperv_vm` */
export function readVm(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const computer = computerOf(resource);
  const generation = reader.integer("generation", GENERATION);
  const sizes = reader.section("memory", (inner) => ({
    memoryMB: memory(inner, "startupBytes"),
    dynamicMemory: readDynamicMemory(inner),
  }));
  sink.add("virtualMachines", {
    ...blankMachine(resource, [reader.text("name")]),
    computer,
    generation,
    ...firmwareOf(generation, reader.flag("secureBoot"), reader.oneOf("secureBootTemplate", SECURE_BOOT_TEMPLATES)),
    processorCount: reader.section("cpu", (cpu) => cpu.integer("count", PROCESSORS)),
    ...sizes,
    storagePath: reader.text("path"),
    disks: reader.list("hardDiskDrives", (drive) => {
      drive.passOthers();
      return fileDisk(drive.text("path"), "hardDiskDrives", computer);
    }),
    networkAdapters: reader.list("networkAdapters", (adapter) => {
      adapter.passOthers();
      return withMacAddress(readAdapter(adapter, resource.urn), readMacAddress(adapter, "macAddress"));
    }),
    dvdDrives: reader.list("dvdDrives", (drive): DvdDrive => {
      drive.passOthers();
      return { path: drive.text("isoPath") };
    }),
  });
}

function readDynamicMemory(reader: Reader): Value<DynamicMemory> {
  const isDynamic = reader.flag("dynamic");
  const minimumMB = orDefault(memory(reader, "minBytes"), MINIMUM_MB);
  const maximumMB = orDefault(memory(reader, "maxBytes"), MAXIMUM_MB);
  if (isDynamic.state === "known" && !isDynamic.value) return absent(isDynamic.origin);
  return map(isDynamic, () => ({ minimumMB, maximumMB, bufferPercent: known(BUFFER_PERCENT, isDynamic.origin) }));
}

/** `hyperv_vhd`: without a type it is what its parent or source makes it, and else one that grows. */
export function readVhd(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const declared = reader.oneOf("vhdType", ["fixed", "dynamic", "differencing"]);
  const parent = reader.text("parentPath");
  const type: Value<DiskType> =
    declared.state === "absent" && parent.state === "known" ? known("differencing", parent.origin) : declared;
  declareFile(
    resource,
    reader.text("path"),
    // A copy is of the type of its source, which is not declared.
    {
      type: reader.text("sourcePath").state === "absent" ? orDefault(type, "dynamic") : type,
      sizeGB: diskSize(reader, "sizeBytes"),
    },
    sink,
  );
}

/** `hyperv_virtual_switch` */
export function readVirtualSwitch(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const declared = reader.oneOf("switchType", ["external", "internal", "private", "NAT"]);
  // A switch for network address translation is an internal one.
  const type = map(declared, (word): SwitchType => (word === "NAT" ? "internal" : word));
  const networkAdapters = orDefault(reader.texts("netAdapterNames"), []);
  // Several adapters form a team of the switch.
  const embeddedTeaming = map(networkAdapters, (names) => names.length > 1);
  declareSwitch(resource, reader, { type, networkAdapters, embeddedTeaming }, sink);
}
