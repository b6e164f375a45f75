import type {
  LinkedDisk,
  LinkedAvailabilitySet,
  LinkedVirtualMachine,
  LinkedKinds,
  Reference,
} from "../../estate/linked-facts";
import { CHECKPOINT_TYPES, type DynamicMemory, type GuestAdapter } from "../../estate/model";
import type { Reader } from "../../estate/reader";
import { absent, firstOf, known, map, meaning, type Value } from "../../estate/value";
import { blankAdapter, blankDisk, blankMachine } from "../blank-entities";
import type { FactSink } from "../dialect";
import { MEMORY } from "../hyperv-guard/component";
import { readMacAddress } from "../hardware";
import { withMachineTags } from "../tags";
import { byId, byScope, linkedFacts, toType, type ArmResource, type ArmType } from "./arm";
import { nameInId } from "./ids";
import { DISK_SIZE, GENERATION, PROCESSORS, diskType, word } from "./units";

/** What a template gives a virtual machine that does not declare it itself. */
const FROM_TEMPLATE = ["processorCount", "processorCompatibility", "memoryMB", "dynamicMemory", "generation"] as const;

/** An instance of a virtual machine of System Center VMM: an extension of a machine of Azure Arc. */
function readVirtualMachineInstance(resource: ArmResource, sink: FactSink): void {
  const { properties } = resource;
  const infrastructure = properties.section("infrastructureProfile", (inner) => ({
    vmName: inner.text("vmName"),
    ...readInfrastructure(inner, "infrastructureProfile"),
  }));
  const names = [infrastructure.vmName, computerName(properties), nameInId(resource.scope)];
  const machine = byScope<LinkedKinds["virtualMachine"]>(resource);
  sink.add("virtualMachines", virtualMachine(resource, sink, names, infrastructure, [machine]));
}

/** The older type, which holds everything itself. */
function readVirtualMachine(resource: ArmResource, sink: FactSink): void {
  const { properties } = resource;
  const names = [properties.text("vmName"), computerName(properties), resource.name];
  sink.add("virtualMachines", virtualMachine(resource, sink, names, readInfrastructure(properties, "templateId"), []));
}

function computerName(properties: Reader): Value<string> {
  return properties.section("osProfile", (inner) => inner.text("computerName"));
}

interface InfrastructureProfile {
  readonly generation: Value<number>;
  readonly checkpointType: Value<string>;
  readonly templateId: Value<string>;
  /** The property that these stand in, or of which `templateId` is one itself. */
  readonly property: string;
}

function readInfrastructure(reader: Reader, property: string): InfrastructureProfile {
  return {
    property,
    generation: reader.integer("generation", GENERATION),
    checkpointType: reader.text("checkpointType"),
    templateId: reader.text("templateId"),
  };
}

function virtualMachine(
  resource: ArmResource,
  sink: FactSink,
  names: readonly Value<string>[],
  { generation, checkpointType, templateId, property }: InfrastructureProfile,
  references: readonly Reference<LinkedKinds["virtualMachine"]>[],
): LinkedVirtualMachine {
  const { declared, properties, tags } = resource;
  const { dynamicMemoryEnabled, ...sizing } = properties.section("hardwareProfile", readSizing);
  // The template does not change what is declared to be static.
  const gives = FROM_TEMPLATE.filter((fact) => fact !== "dynamicMemory" || dynamicMemoryEnabled.state === "absent");
  const machine: LinkedVirtualMachine = {
    ...blankMachine(declared, names),
    ...sizing,
    generation,
    checkpoints: word(checkpointType, CHECKPOINT_TYPES),
    disks: properties.section("storageProfile", (inner) => inner.list("disks", readDisk(declared.urn))),
    networkAdapters: properties.section("networkProfile", (inner) =>
      inner.list("networkInterfaces", (nic) => {
        nic.passOthers();
        const name = nic.text("name");
        return {
          ...blankAdapter(declared.urn),
          name,
          kind: known("synthetic", name.origin),
          macAddress: readMacAddress(nic, "macAddress"),
          ...readAllocations(nic),
        };
      }),
    ),
    sets: properties.list("availabilitySets", (set): LinkedAvailabilitySet => {
      set.passOthers();
      return { name: set.text("name"), references: [byId(resource, set.text("id"), "availabilitySets", ["name"])] };
    }),
    references: [...references, toType(byId(resource, templateId, property, gives), "virtualMachineTemplates")],
  };
  return withMachineTags(machine, tags, sink);
}

/** How an adapter of Virtual Machine Manager gets its addresses; those of IPv4 decide where both are declared. */
export function readAllocations(nic: Reader): Pick<GuestAdapter, "dynamicMacAddress" | "dynamicAddresses"> {
  const isDynamic = (property: string): Value<boolean> =>
    map(word(nic.text(property), ["Dynamic", "Static"]), (method) => method === "Dynamic");
  return {
    dynamicMacAddress: isDynamic("macAddressType"),
    dynamicAddresses: firstOf(isDynamic("ipv4AddressType"), isDynamic("ipv6AddressType")),
  };
}

function readSizing(reader: Reader) {
  const dynamicMemoryEnabled = reader.flag("dynamicMemoryEnabled");
  return {
    processorCount: reader.integer("cpuCount", PROCESSORS),
    processorCompatibility: reader.flag("limitCpuForMigration"),
    memoryMB: reader.integer("memoryMB", MEMORY),
    dynamicMemoryEnabled,
    dynamicMemory: readDynamicMemory(reader, dynamicMemoryEnabled),
  };
}

/** The sizes stand there also while it is off. What is not declared at all is decided by Virtual Machine Manager. */
function readDynamicMemory(reader: Reader, enabled: Value<boolean>): Value<DynamicMemory> {
  if (enabled.state === "absent") return absent({ ...enabled.origin, path: "" });
  return meaning(enabled, (on): DynamicMemory | undefined =>
    on
      ? {
          minimumMB: reader.integer("dynamicMemoryMinMB", MEMORY),
          maximumMB: reader.integer("dynamicMemoryMaxMB", MEMORY),
          bufferPercent: absent(enabled.origin),
        }
      : undefined,
  );
}

function readDisk(urn: string): (reader: Reader) => LinkedDisk {
  return (reader) => {
    reader.passOthers();
    const name = reader.text("name");
    const differencing = meaning(reader.flag("createDiffDisk"), (on) => (on ? ("differencing" as const) : undefined));
    const type = meaning(reader.text("vhdType"), diskType);
    return {
      ...blankDisk(urn, name.origin.path.replace(/\.name$/, "")),
      name,
      type: differencing.state === "absent" ? type : differencing,
      sizeGB: reader.decimal("diskSizeGB", DISK_SIZE),
    };
  };
}

/** Its sizing is known once it has been read from Azure; until then the machines that are made from it have none. */
function readTemplate(resource: ArmResource, sink: FactSink): void {
  const { properties } = resource;
  const { processorCount, processorCompatibility, memoryMB, dynamicMemory } = readSizing(properties);
  const generation = properties.integer("generation", GENERATION);
  const facts = { processorCount, processorCompatibility, memoryMB, dynamicMemory, generation };
  sink.link("virtualMachine", linkedFacts(resource, "virtualMachineTemplates", facts));
}

function readAvailabilitySet(resource: ArmResource, sink: FactSink): void {
  sink.link("availabilitySet", linkedFacts(resource, "availabilitySets", { name: resource.name }));
}

export const SCVMM: readonly ArmType[] = [
  {
    token: "scvmm:VirtualMachineInstance",
    type: "Microsoft.ScVmm/virtualMachineInstances",
    read: readVirtualMachineInstance,
  },
  { token: "scvmm:VirtualMachine", type: "Microsoft.ScVmm/virtualMachines", read: readVirtualMachine },
  { token: "scvmm:VirtualMachineTemplate", type: "Microsoft.ScVmm/virtualMachineTemplates", read: readTemplate },
  { token: "scvmm:AvailabilitySet", type: "Microsoft.ScVmm/availabilitySets", read: readAvailabilitySet },
];
