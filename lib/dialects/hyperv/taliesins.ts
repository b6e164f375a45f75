import type { DeclaredResource } from "../../estate/declared";
import type { Computer, LinkedDisk } from "../../estate/linked-facts";
import {
  CHECKPOINT_TYPES,
  STOP_ACTIONS,
  SWITCH_TYPES,
  type DiskType,
  type DynamicMemory,
  type GuestAdapter,
  type IntegrationServices,
} from "../../estate/model";
import type { Reader } from "../../estate/reader";
import { absent, firstOf, ifKnown, known, map, orDefault, type Value } from "../../estate/value";
import { blankMachine } from "../blank-entities";
import { computerOf } from "../computer";
import type { FactSink } from "../dialect";
import {
  declareFile,
  declareSwitch,
  diskSize,
  fileDisk,
  GENERATION,
  memory,
  passThroughDisk,
  PROCESSORS,
  readAdapter,
  readerFor,
} from "./resource";

/** Defaults of the Terraform provider: what a single resource is previewed with does not have them yet. */
const DEFAULTS = {
  generation: 2,
  processorCount: 1,
  startupMB: 512,
  minimumMB: 512,
  maximumMB: 1_048_576,
  checkpoints: "production",
  stopAction: "save",
  diskType: "dynamic",
  switchType: "internal",
} as const;
/** The provider leaves the buffer of dynamic memory as Hyper-V sets it. */
const BUFFER_PERCENT = 20;

/** The number that stands for no physical disk. */
const NO_DISK = 4_294_967_295;

/** `hyperv_machine_instance` */
export function readMachineInstance(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const computer = computerOf(resource);
  sink.add("virtualMachines", {
    ...blankMachine(resource, [reader.text("name")]),
    computer,
    generation: orDefault(reader.integer("generation", GENERATION), DEFAULTS.generation),
    processorCount: orDefault(reader.integer("processorCount", PROCESSORS), DEFAULTS.processorCount),
    memoryMB: orDefault(memory(reader, "memoryStartupBytes"), DEFAULTS.startupMB),
    dynamicMemory: readDynamicMemory(reader),
    disks: flat(reader.list("hardDiskDrives", (drive) => readDrive(drive, computer))),
    networkAdapters: flat(reader.list("networkAdaptors", (adapter) => readNetworkAdaptor(adapter, resource.urn))),
    checkpoints: orDefault(reader.oneOf("checkpointType", CHECKPOINT_TYPES), DEFAULTS.checkpoints),
    automaticStopAction: orDefault(reader.oneOf("automaticStopAction", STOP_ACTIONS), DEFAULTS.stopAction),
    integrationServices: reader.object("integrationServices", readServices),
  });
}

/** The least and the most memory are there whether it is dynamic or not. */
function readDynamicMemory(reader: Reader): Value<DynamicMemory> {
  const isDynamic = orDefault(reader.flag("dynamicMemory"), false);
  const minimumMB = orDefault(memory(reader, "memoryMinimumBytes"), DEFAULTS.minimumMB);
  const maximumMB = orDefault(memory(reader, "memoryMaximumBytes"), DEFAULTS.maximumMB);
  if (isDynamic.state === "known" && !isDynamic.value) return absent(isDynamic.origin);
  return map(isDynamic, () => ({ minimumMB, maximumMB, bufferPercent: known(BUFFER_PERCENT, isDynamic.origin) }));
}

/** A drive holds a file, a physical disk, or nothing. */
function readDrive(reader: Reader, computer: Computer | undefined): readonly LinkedDisk[] {
  reader.passOthers();
  const path = reader.text("path");
  const number = reader.integer("diskNumber", { minimum: 0, maximum: NO_DISK });
  if (path.state !== "absent") return [fileDisk(path, "hardDiskDrives", computer)];
  const physical = ifKnown(number);
  return physical === undefined || physical === NO_DISK ? [] : [passThroughDisk(physical, number.origin)];
}

/** Adapters of the management operating system are not the machine's. */
function readNetworkAdaptor(reader: Reader, urn: string): readonly GuestAdapter[] {
  reader.passOthers();
  if (ifKnown(reader.flag("managementOs")) === true) return [];
  const isLegacy = orDefault(reader.flag("isLegacy"), false);
  const kind = map(isLegacy, (legacy) => (legacy ? "legacy" : "synthetic"));
  return [{ ...readAdapter(reader, urn), kind }];
}

/** The provider turns on what is not declared. */
function readServices(reader: Reader): IntegrationServices {
  reader.passOthers();
  const on = (name: string): Value<boolean> => orDefault(reader.flag(name), true);
  const heartbeat = on("Heartbeat");
  const none = absent(heartbeat.origin);
  return {
    version: none,
    heartbeat,
    timeSynchronization: on("Time Synchronization"),
    shutdown: on("Shutdown"),
    vss: on("VSS"),
    keyValuePairExchange: on("Key-Value Pair Exchange"),
    syntheticDrivers: none,
  };
}

/**
 * `hyperv_vhd`: a dynamically expanding disk unless it declares otherwise, and a differencing one where it has a parent. A copy is of the type of
 * what it is copied from, which is not declared: the provider copies it and converts nothing.
 */
export function readVhd(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const parent = reader.text("parentPath");
  const declared = reader.oneOf("vhdType", ["fixed", "dynamic", "differencing", "unknown"]);
  const source = firstOf(reader.text("source"), reader.text("sourceVm"));
  const type: Value<DiskType> =
    parent.state === "known"
      ? known("differencing", parent.origin)
      : source.state !== "absent"
        ? absent(declared.origin)
        : map(orDefault(declared, DEFAULTS.diskType), (word) => (word === "unknown" ? DEFAULTS.diskType : word));
  declareFile(resource, reader.text("path"), { type, sizeGB: diskSize(reader, "size") }, sink);
}

/** `hyperv_network_switch` */
export function readNetworkSwitch(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const type = orDefault(reader.oneOf("switchType", SWITCH_TYPES), DEFAULTS.switchType);
  const networkAdapters = orDefault(reader.texts("netAdapterNames"), []);
  const embeddedTeaming = orDefault(reader.flag("enableEmbeddedTeaming"), false);
  declareSwitch(resource, reader, { type, networkAdapters, embeddedTeaming }, sink);
}

function flat<T>(lists: Value<readonly (readonly T[])[]>): Value<readonly T[]> {
  return map(lists, (all) => all.flat());
}
