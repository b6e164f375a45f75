import type { DeclaredResource } from "../../estate/declared";
import type { Computer, LinkedDisk } from "../../estate/linked-facts";
import {
  BANDWIDTH_MODES,
  CHECKPOINT_TYPES,
  PORT_MIRRORINGS,
  SECURE_BOOT_TEMPLATES,
  STOP_ACTIONS,
  SWITCH_TYPES,
  type DiskType,
  type DvdDrive,
  type DynamicMemory,
  type GuestAdapter,
  type IntegrationServices,
  type NumaTopology,
  type VirtualMachine,
} from "../../estate/model";
import type { Reader } from "../../estate/reader";
import {
  absent,
  declaredFacts,
  firstOf,
  ifKnown,
  known,
  map,
  orDefault,
  unknown,
  type Value,
} from "../../estate/value";
import { blankMachine } from "../blank-entities";
import { computerOf } from "../computer";
import type { FactSink } from "../dialect";
import {
  ADAPTER_WEIGHT,
  IOPS,
  NUMA_COUNT,
  PERCENT,
  PROCESSOR_WEIGHT,
  bandwidth,
  dynamicUnless,
  firmwareOf,
  numaOf,
  onOrOff,
  processorsOf,
  readMacAddress,
  unlessZero,
} from "../hardware";
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
  iovWeight: 100,
  folder: "C:\\ProgramData\\Microsoft\\Windows\\Hyper-V",
  bandwidthMode: "none",
} as const;
/** The provider leaves the buffer of dynamic memory as Hyper-V sets it. */
const BUFFER_PERCENT = 20;

/** The number that stands for no physical disk. */
const NO_DISK = 4_294_967_295;

/** `hyperv_machine_instance` */
export function readMachineInstance(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const computer = computerOf(resource);
  const generation = orDefault(reader.integer("generation", GENERATION), DEFAULTS.generation);
  sink.add("virtualMachines", {
    ...blankMachine(resource, [reader.text("name")]),
    computer,
    generation,
    ...readFirmware(reader, generation),
    ...readProcessor(reader),
    processorCount: orDefault(reader.integer("processorCount", PROCESSORS), DEFAULTS.processorCount),
    memoryMB: orDefault(memory(reader, "memoryStartupBytes"), DEFAULTS.startupMB),
    dynamicMemory: readDynamicMemory(reader),
    disks: flat(reader.list("hardDiskDrives", (drive) => readDrive(drive, computer))),
    dvdDrives: reader.list("dvdDrives", readDvdDrive),
    networkAdapters: flat(reader.list("networkAdaptors", (adapter) => readNetworkAdaptor(adapter, resource.urn))),
    storagePath: reader.text("path"),
    checkpointPath: orDefault(reader.text("snapshotFileLocation"), DEFAULTS.folder),
    smartPagingPath: orDefault(reader.text("smartPagingFilePath"), DEFAULTS.folder),
    checkpoints: orDefault(reader.oneOf("checkpointType", CHECKPOINT_TYPES), DEFAULTS.checkpoints),
    automaticStopAction: orDefault(reader.oneOf("automaticStopAction", STOP_ACTIONS), DEFAULTS.stopAction),
    integrationServices: reader.object("integrationServices", readServices),
  });
}

/** Firmware is of generation 2 alone. A template that goes by its id is not known by its name. */
function readFirmware(
  reader: Reader,
  generation: Value<number>,
): Pick<VirtualMachine, "secureBoot" | "secureBootTemplate"> {
  return reader.section("vmFirmware", (firmware) => {
    const template = firmware.oneOf("secureBootTemplate", SECURE_BOOT_TEMPLATES);
    const id = firmware.text("secureBootTemplateId");
    const isById = template.state === "absent" && id.state !== "absent";
    const declared = firmwareOf(generation, onOrOff(firmware, "enableSecureBoot"), template);
    return isById ? { ...declared, secureBootTemplate: unknown(id.origin) } : declared;
  });
}

function readProcessor(reader: Reader) {
  return reader.section("vmProcessor", (processor) => {
    const resourceControl = {
      reservePercent: processor.integer("reserve", PERCENT),
      limitPercent: processor.integer("maximum", PERCENT),
      weight: processor.integer("relativeWeight", PROCESSOR_WEIGHT),
    };
    const declared = Object.values(declaredFacts(resourceControl))[0];
    const { origin } = declared ?? resourceControl.limitPercent;
    return {
      ...processorsOf({
        processorCompatibility: processor.flag("compatibilityForMigrationEnabled"),
        nestedVirtualization: processor.flag("exposeVirtualizationExtensions"),
        resourceControl: declared === undefined ? absent(origin) : known(resourceControl, origin),
      }),
      numa: readNuma(processor),
    };
  });
}

/** 0 leaves the choice to Hyper-V. */
function readNuma(processor: Reader): Value<NumaTopology> {
  const count = { ...NUMA_COUNT, minimum: 0 };
  const processorsPerNode = unlessZero(processor.integer("maximumCountPerNumaNode", count));
  const nodesPerSocket = unlessZero(processor.integer("maximumCountPerNumaSocket", count));
  return numaOf({ processorsPerNode, nodesPerSocket });
}

function readDvdDrive(reader: Reader): DvdDrive {
  reader.passOthers();
  return { path: reader.text("path") };
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
  const settings = {
    minimumIops: unlessZero(reader.integer("minimumIops", IOPS)),
    maximumIops: unlessZero(reader.integer("maximumIops", IOPS)),
    supportPersistentReservations: orDefault(reader.flag("supportPersistentReservations"), false),
  };
  if (path.state !== "absent") return [{ ...fileDisk(path, "hardDiskDrives", computer), ...settings }];
  const physical = ifKnown(number);
  if (physical === undefined || physical === NO_DISK) return [];
  return [{ ...passThroughDisk(physical, number.origin), ...settings }];
}

/** Adapters of the management operating system are not the machine's. */
function readNetworkAdaptor(reader: Reader, urn: string): readonly GuestAdapter[] {
  reader.passOthers();
  if (ifKnown(reader.flag("managementOs")) === true) return [];
  const isLegacy = orDefault(reader.flag("isLegacy"), false);
  const kind = map(isLegacy, (legacy) => (legacy ? "legacy" : "synthetic"));
  const macAddress = readMacAddress(reader, "staticMacAddress");
  const isDynamic = reader.flag("dynamicMacAddress");
  const adapter = readAdapter(reader, urn);
  return [
    {
      ...adapter,
      // Without access to a VLAN the provider sets none.
      vlan: ifKnown(reader.flag("vlanAccess")) === false ? absent(adapter.vlan.origin) : adapter.vlan,
      kind,
      macAddress,
      dynamicMacAddress: isDynamic.state === "absent" ? dynamicUnless(macAddress) : isDynamic,
      macAddressSpoofing: orDefault(onOrOff(reader, "macAddressSpoofing"), false),
      portMirroring: orDefault(reader.oneOf("portMirroring", PORT_MIRRORINGS), "none"),
      iovWeight: orDefault(reader.integer("iovWeight", ADAPTER_WEIGHT), DEFAULTS.iovWeight),
      minimumBandwidthWeight: unlessZero(reader.integer("minimumBandwidthWeight", ADAPTER_WEIGHT)),
      minimumBandwidthMbps: unlessZero(bandwidth(reader, "minimumBandwidthAbsolute")),
      maximumBandwidthMbps: unlessZero(bandwidth(reader, "maximumBandwidth")),
    },
  ];
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
  const iov = orDefault(reader.flag("enableIov"), false);
  const bandwidthMode = orDefault(reader.oneOf("minimumBandwidthMode", BANDWIDTH_MODES), DEFAULTS.bandwidthMode);
  declareSwitch(resource, reader, { type, networkAdapters, embeddedTeaming, iov, bandwidthMode }, sink);
}

function flat<T>(lists: Value<readonly (readonly T[])[]>): Value<readonly T[]> {
  return map(lists, (all) => all.flat());
}
