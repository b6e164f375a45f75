import type { DeclaredResource } from "../../estate/declared";
import { keysOfMachine } from "../../estate/keys";
import {
  PORT_MIRRORINGS,
  STOP_ACTIONS,
  SWITCH_TYPES,
  type DiskType,
  type DynamicMemory,
  type GuestAdapter,
} from "../../estate/model";
import type { Reader } from "../../estate/reader";
import { absent, ifKnown, known, map, orDefault, type Value } from "../../estate/value";
import { blankMachine } from "../blank-entities";
import { computerOf } from "../computer";
import type { FactSink } from "../dialect";
import { readAddresses, readMacAddress } from "../hardware";
import {
  declareFile,
  declareSwitch,
  diskSize,
  fileDisk,
  GENERATION,
  PROCESSORS,
  readAdapter,
  readerFor,
  withMacAddress,
} from "./resource";

/** Defaults of the provider, which stand in its code alone. */
const DEFAULTS = {
  generation: 2,
  processorCount: 1,
  memoryMB: 1024,
  stopAction: "turnOff",
  switchType: "internal",
} as const;
const MINIMUM_MB = 512;
const BUFFER_PERCENT = 20;
const MEMORY = { minimum: 1, maximum: 4_294_967_296, unit: "MB" };

/** `hyperv:machine:Machine`, whose memory is in MB. */
export function readMachine(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const computer = computerOf(resource);
  const memoryMB = orDefault(reader.integer("memorySize", MEMORY), DEFAULTS.memoryMB);
  sink.add("virtualMachines", {
    ...blankMachine(resource, [reader.text("machineName")]),
    computer,
    generation: orDefault(reader.integer("generation", GENERATION), DEFAULTS.generation),
    processorCount: orDefault(reader.integer("processorCount", PROCESSORS), DEFAULTS.processorCount),
    memoryMB,
    dynamicMemory: readDynamicMemory(reader, memoryMB),
    disks: reader.list("hardDrives", (drive) => {
      drive.passOthers();
      return fileDisk(drive.text("path"), "hardDrives", computer);
    }),
    networkAdapters: reader.list("networkAdapters", (adapter) => {
      adapter.passOthers();
      return readOwnAdapter(adapter, resource.urn);
    }),
    automaticStopAction: orDefault(reader.oneOf("autoStopAction", STOP_ACTIONS), DEFAULTS.stopAction),
  });
}

/** Without a maximum the provider sets twice what the machine starts with. */
function readDynamicMemory(reader: Reader, memoryMB: Value<number>): Value<DynamicMemory> {
  const isDynamic = orDefault(reader.flag("dynamicMemory"), false);
  const minimumMB = orDefault(reader.integer("minimumMemory", MEMORY), MINIMUM_MB);
  const declared = reader.integer("maximumMemory", MEMORY);
  const maximumMB = declared.state === "absent" ? map(memoryMB, (startup) => 2 * startup) : declared;
  if (isDynamic.state === "known" && !isDynamic.value) return absent(isDynamic.origin);
  return map(isDynamic, () => ({ minimumMB, maximumMB, bufferPercent: known(BUFFER_PERCENT, isDynamic.origin) }));
}

/** `hyperv:vhdfile:VhdFile` */
export function readVhdFile(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const type = readDiskType(reader, resource, sink);
  declareFile(resource, reader.text("path"), { type, sizeGB: diskSize(reader, "sizeBytes") }, sink);
}

/**
 * The type that the provider makes of the one that is declared: it compares with `fixed` in small letters, and whatever else is
 * written becomes a disk that grows, the `Fixed` of its own documentation too.
 */
function readDiskType(reader: Reader, resource: DeclaredResource, sink: FactSink): Value<DiskType> {
  const written = reader.text("diskType");
  const type = reader.oneOf("diskType", ["fixed", "dynamic", "differencing"]);
  const parent = reader.text("parentPath");
  if (parent.state === "known") return known("differencing", parent.origin);
  const word = ifKnown(written);
  if (ifKnown(type) !== "fixed" || word === "fixed") return orDefault(type, "dynamic");
  sink.problem({
    urn: resource.urn,
    path: "diskType",
    problem: `is ${JSON.stringify(word)}, which the provider does not recognize as "fixed": it would create a dynamically expanding disk`,
    fix: 'Write "fixed" in lowercase.',
  });
  return known("dynamic", type.origin);
}

/** `hyperv:virtualswitch:VirtualSwitch` */
export function readVirtualSwitch(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const type = orDefault(reader.oneOf("switchType", SWITCH_TYPES), DEFAULTS.switchType);
  const adapter = reader.text("netAdapterName");
  const networkAdapters = orDefault(
    map(adapter, (name) => [known(name, adapter.origin)]),
    [],
  );
  // The provider binds a switch to one adapter.
  const embeddedTeaming = known(false, adapter.origin);
  declareSwitch(resource, reader, { type, networkAdapters, embeddedTeaming }, sink);
}

/** `hyperv:networkadapter:NetworkAdapter`, which names the machine that it is added to. */
export function readNetworkAdapter(resource: DeclaredResource, sink: FactSink): void {
  const reader = readerFor(resource, sink);
  const machine = reader.text("vmName");
  const name = ifKnown(machine);
  if (name === undefined) return;
  const computer = computerOf(resource);
  const host = computer === undefined ? undefined : ifKnown(computer.name);
  const adapter = readOwnAdapter(reader, resource.urn);
  const facts = { networkAdapters: known([adapter], machine.origin) };
  sink.link("virtualMachine", { urn: resource.urn, keys: keysOfMachine(name, host), facts });
}

/** Its addresses are one text, with commas. */
function readOwnAdapter(reader: Reader, urn: string): GuestAdapter {
  const adapter = withMacAddress(readAdapter(reader, urn), readMacAddress(reader, "macAddress"));
  const portMirroring = orDefault(reader.oneOf("portMirroring", PORT_MIRRORINGS), "none");
  return { ...adapter, addresses: readAddresses(reader, "ipAddresses"), portMirroring };
}
