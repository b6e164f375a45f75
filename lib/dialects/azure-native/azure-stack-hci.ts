import { resolveAddress } from "../../estate/addresses";
import type {
  Computer,
  LinkedAdapter,
  LinkedDisk,
  LinkedVirtualMachine,
  LinkedKinds,
  Reference,
} from "../../estate/linked-facts";
import {
  CLUSTER_FACTS,
  DISK_FORMATS,
  SECURITY_TYPES,
  type DynamicMemory,
  type Gpu,
  type GpuAssignment,
} from "../../estate/model";
import type { Reader } from "../../estate/reader";
import {
  absent,
  allFacts,
  firstOf,
  ifKnown,
  known,
  map,
  meaning,
  orDefault,
  unknown,
  type Value,
} from "../../estate/value";
import { resolveOperatingSystem } from "../../tables/operating-systems";
import { blankAdapter, blankDisk, blankMachine } from "../blank-entities";
import type { FactSink } from "../dialect";
import { MEMORY } from "../hyperv-guard/component";
import { dynamicUnless, readMacAddress } from "../hardware";
import { diskTags, withMachineTags } from "../tags";
import { byId, byScope, namesOf, linkedFacts, toType, type ArmResource, type ArmType } from "./arm";
import { readDeploymentSetting } from "./deployment";
import { nameInId } from "./ids";
import { readLogicalNetwork } from "./logical-network";
import { AZURE_LOCAL, DISK_SIZE, PROCESSORS, generation, word } from "./units";

const IMAGES = ["galleryImages", "marketplaceGalleryImages"] as const;
const BUFFER = { minimum: 0, maximum: 2000, unit: "%" };

/** An instance of a virtual machine of Azure Local: an extension of a machine of Azure Arc. */
function readVirtualMachineInstance(resource: ArmResource, sink: FactSink): void {
  const names = [computerName(resource), nameInId(resource.scope)];
  const machine = byScope<LinkedKinds["virtualMachine"]>(resource);
  sink.add("virtualMachines", virtualMachine(resource, sink, names, [machine]));
}

/** The type of before 2023, which holds everything itself. */
function readVirtualMachine(resource: ArmResource, sink: FactSink): void {
  sink.add("virtualMachines", virtualMachine(resource, sink, [resource.name, computerName(resource)], []));
}

function computerName({ properties }: ArmResource): Value<string> {
  return properties.section("osProfile", (inner) => inner.text("computerName"));
}

function virtualMachine(
  resource: ArmResource,
  sink: FactSink,
  names: readonly Value<string>[],
  references: readonly Reference<LinkedKinds["virtualMachine"]>[],
): LinkedVirtualMachine {
  const { declared, properties, tags } = resource;
  const storage = properties.section("storageProfile", (inner) => ({
    image: inner.section("imageReference", (image) => image.text("id")),
    container: inner.text("vmConfigStoragePathId"),
    disks: readDisks(resource, inner),
  }));
  const machine: LinkedVirtualMachine = {
    ...blankMachine(declared, names),
    ...properties.section("hardwareProfile", readHardware),
    ...readSecurity(properties),
    hostVersion: known(AZURE_LOCAL, { urn: declared.urn, path: "" }),
    disks: storage.disks,
    networkAdapters: properties.section("networkProfile", (inner) =>
      inner.list("networkInterfaces", (nic) => readAdapterReference(resource, nic)),
    ),
    storageContainer: {
      storagePath: absent(storage.container.origin),
      references: [
        toType(
          byId<LinkedKinds["storageContainer"]>(resource, storage.container, "storageProfile", ["storagePath"]),
          "storageContainers",
        ),
      ],
    },
    references: [...references, toType(byId(resource, storage.image, "storageProfile"), ...IMAGES)],
  };
  return withMachineTags(machine, tags, sink);
}

/** An object that leaves out what it is for has it off. */
function readSecurity(properties: Reader): Pick<LinkedVirtualMachine, "tpm" | "secureBoot" | "securityType"> {
  const security = properties.object("securityProfile", (reader) => {
    reader.passOthers();
    const uefi = reader.object("uefiSettings", (settings) => {
      settings.passOthers();
      return orDefault(settings.flag("secureBootEnabled"), false);
    });
    const tpm = orDefault(reader.flag("enableTPM"), false);
    const securityType = word(reader.text("securityType"), SECURITY_TYPES);
    return { tpm, securityType, secureBoot: uefi.state === "known" ? uefi.value : uefi };
  });
  return security.state === "known" ? security.value : allFacts(["tpm", "secureBoot", "securityType"], security);
}

const GPU_ASSIGNMENT_TYPES: ReadonlyMap<string, GpuAssignment> = new Map([
  ["gpup", "partition"],
  ["gpudda", "discreteDevice"],
]);

function readGpu(reader: Reader): Gpu {
  reader.passOthers();
  return {
    assignment: meaning(reader.text("assignmentType"), (type) => GPU_ASSIGNMENT_TYPES.get(type.toLowerCase())),
    name: reader.text("gpuName"),
    partitionSizeMB: reader.integer("partitionSizeMB", MEMORY),
  };
}

/** Memory is dynamic where its sizes are given. */
function readHardware(reader: Reader) {
  const size = reader.text("vmSize");
  return {
    processorCount: ofSize(size, reader.integer("processors", PROCESSORS)),
    memoryMB: ofSize(size, reader.integer("memoryMB", MEMORY)),
    dynamicMemory: reader.object("dynamicMemoryConfig", (config): DynamicMemory => {
      config.passOthers();
      return {
        minimumMB: config.integer("minimumMemoryMB", MEMORY),
        maximumMB: config.integer("maximumMemoryMB", MEMORY),
        bufferPercent: config.integer("targetMemoryBuffer", BUFFER),
      };
    }),
    gpus: reader.list("virtualMachineGPUs", readGpu),
  };
}

/** A named size decides, and no document lists its memory on Azure Local. */
function ofSize(size: Value<string>, own: Value<number>): Value<number> {
  if (size.state === "absent" || (size.state === "unknown" && own.state !== "absent")) return own;
  if (size.state === "unknown") return size;
  const name = size.value.toLowerCase();
  if (name === "custom" || (name === "default" && own.state !== "absent")) return own;
  return { ...unknown(size.origin), what: `the hardware of the vmSize ${size.value}` };
}

const DISK_FACTS = ["name", "purpose", "type", "format", "sizeGB", "storage"] as const;

/** The disk of the operating system, then the others; each may be a resource of its own. */
function readDisks(resource: ArmResource, storage: Reader): Value<readonly LinkedDisk[]> {
  const { urn } = resource.declared;
  const disk = (reader: Reader): LinkedDisk => {
    reader.passOthers();
    const id = reader.text("id");
    return {
      ...blankDisk(urn, id.origin.path.replace(/\.id$/, "")),
      references: [toType(byId<LinkedKinds["disk"]>(resource, id, "storageProfile", DISK_FACTS), "virtualHardDisks")],
    };
  };
  const system = storage.object("osDisk", (reader): LinkedDisk => {
    const read = disk(reader);
    return { ...read, purpose: known("operatingSystem", { urn, path: "storageProfile.osDisk" }) };
  });
  const data = storage.list("dataDisks", disk);
  if (system.state === "unknown") return system;
  if (data.state === "unknown") return data;
  if (system.state === "absent" && data.state === "absent") return data;
  const all = [...(system.state === "known" ? [system.value] : []), ...(data.state === "known" ? data.value : [])];
  return known(all, { urn, path: "storageProfile" });
}

/** What a network interface has, itself or by its network. */
export const INTERFACE_FACTS = [
  "name",
  "switch",
  "vlan",
  "logicalNetwork",
  "macAddress",
  "dynamicMacAddress",
  "addresses",
] as const;

function readAdapterReference(resource: ArmResource, reader: Reader): LinkedAdapter {
  reader.passOthers();
  const id = reader.text("id");
  return {
    ...blankAdapter(resource.declared.urn),
    kind: known("synthetic", id.origin),
    references: [
      toType(byId<LinkedKinds["adapter"]>(resource, id, "networkProfile", INTERFACE_FACTS), "networkInterfaces"),
    ],
  };
}

/** What a provider calls the properties of a virtual hard disk. */
interface DiskNames {
  readonly dynamic: string;
  readonly sizeGB: string;
  readonly container: string;
}

export function virtualHardDisk(names: DiskNames): (resource: ArmResource, sink: FactSink) => void {
  return (resource, sink) => {
    const { declared, name, properties, tags } = resource;
    const { purpose, storage } = { ...blankDisk(declared.urn, "tags"), ...diskTags(declared.urn, tags, sink) };
    const facts = {
      name,
      purpose,
      type: meaning(properties.flag(names.dynamic), (dynamic) => (dynamic ? ("dynamic" as const) : ("fixed" as const))),
      format: word(properties.text("diskFileFormat"), DISK_FORMATS),
      sizeGB: properties.decimal(names.sizeGB, DISK_SIZE),
      storage,
    };
    const container = toType(
      byId<LinkedKinds["disk"]>(resource, properties.text(names.container), names.container, ["storage"]),
      "storageContainers",
    );
    sink.link("disk", {
      ...linkedFacts(resource, "virtualHardDisks", facts, [container]),
      // Which disk has the operating system is declared by its machine.
      defaults: { purpose: known("data", purpose.origin) },
      names: namesOf(name),
    });
  };
}

const readVirtualHardDisk = virtualHardDisk({ dynamic: "dynamic", sizeGB: "diskSizeGB", container: "containerId" });

/** A path on a volume of the cluster: what lies in two containers lies on different storage. */
export function readStorageContainer(resource: ArmResource, sink: FactSink): void {
  const path = resource.properties.text("path");
  sink.link("disk", linkedFacts(resource, "storageContainers", { storage: path }));
  sink.link("storageContainer", linkedFacts(resource, "storageContainers", { storagePath: path }));
}

/** The facts of a network interface with its addresses, where it has any. */
export function interfaceFacts({ name, properties }: ArmResource, declared: Value<readonly Value<string>[]>) {
  const macAddress = readMacAddress(properties, "macAddress");
  const addresses = meaning(declared, (all) => {
    const given = all.filter(({ state }) => state !== "absent");
    return given.length === 0 ? undefined : given;
  });
  return { name, macAddress, dynamicMacAddress: dynamicUnless(macAddress), addresses };
}

function readNetworkInterface(resource: ArmResource, sink: FactSink): void {
  const { properties } = resource;
  const configurations = properties.list("ipConfigurations", (configuration) => {
    configuration.passOthers();
    return configuration.section("properties", (inner) => ({
      subnet: inner.section("subnet", (subnet) => subnet.text("id")),
      address: inner.resolved("privateIPAddress", resolveAddress),
    }));
  });
  const [first] = configurations.state === "known" ? configurations.value : [];
  const id = first?.subnet ?? (configurations.state === "unknown" ? configurations : absent(configurations.origin));
  const network = toType(
    byId<LinkedKinds["adapter"]>(resource, id, "ipConfigurations", ["switch", "vlan", "logicalNetwork"]),
    "logicalNetworks",
  );
  const addresses = map(configurations, (all) => all.map(({ address }) => address));
  sink.link("adapter", linkedFacts(resource, "networkInterfaces", interfaceFacts(resource, addresses), [network]));
}

/** An image has the generation of its machines, and the guest when it is one of Windows Server's from the marketplace. */
function readImage(type: string) {
  return (resource: ArmResource, sink: FactSink): void => {
    const { properties } = resource;
    const identifier = properties.section("identifier", (inner) => ({
      offer: inner.text("offer"),
      sku: inner.text("sku"),
    }));
    const { offer } = identifier;
    const isWindowsServer = offer.state === "known" && /^windowsserver/i.test(offer.value);
    const facts = {
      generation: generation(properties.text("hyperVGeneration")),
      ...(isWindowsServer ? { guestOs: meaning(identifier.sku, windowsServer) } : {}),
    };
    sink.link("virtualMachine", linkedFacts(resource, type, facts));
  };
}

/** `2022-datacenter-azure-edition-core` is a Windows Server 2022 Datacenter; unknown names mean nothing. */
export function windowsServer(sku: string) {
  const [, year, release = "", edition = ""] = /^(\d{4})(-r2)?-?(datacenter|standard)?/i.exec(sku) ?? [];
  if (year === undefined) return undefined;
  const name = ["Windows Server", year, release.slice(1), edition].filter((one) => one !== "").join(" ");
  const resolution = resolveOperatingSystem(name);
  return resolution.resolved ? resolution.value : undefined;
}

const GIBIBYTES = { minimum: 1, maximum: 4_194_304, unit: "GiB" };

/** Once it has been read from Azure a cluster has its nodes and their memory; before, it has none. */
function readCluster({ declared, name, properties }: ArmResource, sink: FactSink): void {
  const { urn } = declared;
  const reported = properties.section("reportedProperties", (inner) => ({
    clusterName: inner.text("clusterName"),
    nodes: inner.list("nodes", (node): Computer => {
      node.passOthers();
      const memoryMB = map(node.decimal("memoryInGiB", GIBIBYTES), (size) => size * 1024);
      return { urn, name: node.text("name"), hostVersion: AZURE_LOCAL, memoryMB };
    }),
  }));
  const nodes = ifKnown(reported.nodes) ?? [];
  if (nodes.length === 0) return;
  const called = firstOf(reported.clusterName, name);
  const none = absent({ urn, path: "" });
  for (const node of nodes) sink.add("computers", node);
  sink.add("clusters", {
    kind: "cluster",
    urn,
    name: ifKnown(called) ?? declared.name,
    nameIsUnknown: called.state === "unknown",
    ...allFacts(CLUSTER_FACTS, none),
    computers: reported.nodes,
  });
}

export const AZURE_STACK_HCI: readonly ArmType[] = [
  arm("VirtualMachineInstance", "virtualMachineInstances", readVirtualMachineInstance),
  arm("VirtualMachine", "virtualMachines", readVirtualMachine),
  arm("VirtualHardDisk", "virtualHardDisks", readVirtualHardDisk),
  arm("StorageContainer", "storageContainers", readStorageContainer),
  arm("NetworkInterface", "networkInterfaces", readNetworkInterface),
  arm("LogicalNetwork", "logicalNetworks", readLogicalNetwork),
  arm("GalleryImage", "galleryImages", readImage("galleryImages")),
  arm("MarketplaceGalleryImage", "marketplaceGalleryImages", readImage("marketplaceGalleryImages")),
  arm("Cluster", "clusters", readCluster),
  arm("DeploymentSetting", "clusters/deploymentSettings", readDeploymentSetting),
];

function arm(name: string, type: string, read: ArmType["read"]): ArmType {
  return { token: `azurestackhci:${name}`, type: `Microsoft.AzureStackHCI/${type}`, read };
}
