import { resolveAddress } from "../../estate/addresses";
import type {
  LinkedAdapter,
  LinkedAvailabilitySet,
  LinkedDisk,
  LinkedKinds,
  LinkedVirtualMachine,
} from "../../estate/linked-facts";
import { CHECKPOINT_TYPES, type DynamicMemory } from "../../estate/model";
import { ADDRESS_ALLOCATIONS, type Subnet } from "../../estate/network-facts";
import type { Reader } from "../../estate/reader";
import { absent, known, meaning, type Value } from "../../estate/value";
import { byId, linkedFacts, toType, typedResource, type ArmReader, type ArmResource } from "../azure-native/arm";
import { interfaceFacts, readStorageContainer, virtualHardDisk, windowsServer } from "../azure-native/azure-stack-hci";
import { deploymentSetting } from "../azure-native/deployment";
import { readSecurity } from "../azure-native/deployment-networks";
import { arcMachine } from "../azure-native/hybrid-compute";
import { nameInId } from "../azure-native/ids";
import { listOfOne, logicalNetwork, readPool, readRoute } from "../azure-native/logical-network";
import { readNetworkSecurityGroup, readSecurityRule } from "../azure-native/network";
import { readAllocations } from "../azure-native/scvmm";
import { DISK_SIZE, PROCESSORS, VLAN, diskType, generation, word } from "../azure-native/units";
import { blankAdapter, blankDisk, blankMachine } from "../blank-entities";
import type { Dialect, FactReader, FactSink } from "../dialect";
import { unlessZero } from "../hardware";
import { MEMORY } from "../hyperv-guard/component";
import { withMachineTags } from "../tags";

/** The classic provider of Azure, which is bridged from Terraform: its own names for the same resources. */
export const azure: Dialect = {
  name: "azure",
  get types() {
    return [...READERS.keys(), ...NETWORK_READERS.keys()];
  },
  platform: "Azure",
  readerOf: (type) => {
    const plain = NETWORK_READERS.get(type);
    if (plain !== undefined) return plain;
    const read = READERS.get(type);
    if (read === undefined) return undefined;
    return (declared, sink) => {
      read(typedResource(declared, AROUND, sink), sink);
    };
  },
};

const AROUND = { name: "name", scope: "scopedResourceId" };

/** What a template gives a virtual machine that does not declare it itself. */
const FROM_TEMPLATE = ["processorCount", "processorCompatibility", "memoryMB", "generation"] as const;

/** Dynamic memory is on where its sizes are given. */
function readVirtualMachine(resource: ArmResource, sink: FactSink): void {
  const { declared, properties, scope, tags } = resource;
  const infrastructure = properties.section("infrastructure", (inner) => ({
    checkpoints: word(inner.text("checkpointType"), CHECKPOINT_TYPES),
    template: inner.text("systemCenterVirtualMachineManagerTemplateId"),
  }));
  const computerName = properties.section("operatingSystem", (inner) => inner.text("computerName"));
  const sets = properties.texts("systemCenterVirtualMachineManagerAvailabilitySetIds");
  const machine: LinkedVirtualMachine = {
    ...blankMachine(declared, [computerName, nameInId(scope)]),
    ...properties.section("hardware", readHardware),
    checkpoints: infrastructure.checkpoints,
    disks: properties.list("storageDisks", readDisk(declared.urn)),
    networkAdapters: properties.list("networkInterfaces", readAdapter(declared.urn)),
    sets: meaning(sets, (ids) =>
      ids.map((id): LinkedAvailabilitySet => {
        const reference = byId<LinkedKinds["availabilitySet"]>(
          resource,
          id,
          "systemCenterVirtualMachineManagerAvailabilitySetIds",
          ["name"],
        );
        return { name: id.state === "unknown" ? absent(id.origin) : nameInId(id), references: [reference] };
      }),
    ),
    references: [
      toType(byId(resource, scope, "scopedResourceId"), "machines"),
      toType(byId(resource, infrastructure.template, "infrastructure", FROM_TEMPLATE), "virtualMachineTemplates"),
    ],
  };
  sink.add("virtualMachines", withMachineTags(machine, tags, sink));
}

/** What was read from Azure has 0 for what is not declared. */
function readHardware(reader: Reader) {
  const memory = (name: string): Value<number> => unlessZero(reader.integer(name, { ...MEMORY, minimum: 0 }));
  const minimumMB = memory("dynamicMemoryMinInMb");
  const maximumMB = memory("dynamicMemoryMaxInMb");
  const declared = [minimumMB, maximumMB].find(({ state }) => state !== "absent");
  const dynamicMemory: Value<DynamicMemory> =
    declared === undefined
      ? absent(minimumMB.origin)
      : known({ minimumMB, maximumMB, bufferPercent: absent(declared.origin) }, declared.origin);
  return {
    processorCount: unlessZero(reader.integer("cpuCount", { ...PROCESSORS, minimum: 0 })),
    processorCompatibility: reader.flag("limitCpuForMigrationEnabled"),
    memoryMB: memory("memoryInMb"),
    dynamicMemory,
  };
}

function readDisk(urn: string): (reader: Reader) => LinkedDisk {
  return (reader) => {
    reader.passOthers();
    const name = reader.text("name");
    return {
      ...blankDisk(urn, name.origin.path.replace(/\.name$/, "")),
      name,
      type: meaning(reader.text("vhdType"), diskType),
      sizeGB: unlessZero(reader.decimal("diskSizeGb", { ...DISK_SIZE, minimum: 0 })),
    };
  };
}

function readAdapter(urn: string): (reader: Reader) => LinkedAdapter {
  return (reader) => {
    reader.passOthers();
    const name = reader.text("name");
    return { ...blankAdapter(urn), name, kind: known("synthetic", name.origin), ...readAllocations(reader) };
  };
}

const readLogicalNetwork = logicalNetwork({
  virtualSwitch: "virtualSwitchName",
  customLocation: ({ properties }) => properties.text("customLocationId"),
  dnsServers: (properties) => properties.texts("dnsServers"),
  subnets: (properties) => listOfOne(properties.object("subnet", readSubnet)),
});

function readSubnet(reader: Reader): Subnet {
  reader.passOthers();
  const addressPrefix = reader.text("addressPrefix");
  const none = absent({ ...addressPrefix.origin, path: "" });
  return {
    name: none,
    addressPrefix,
    vlan: reader.integer("vlanId", VLAN),
    allocation: word(reader.text("ipAllocationMethod"), ADDRESS_ALLOCATIONS),
    pools: reader.list("ipPools", readPool),
    routes: reader.list("routes", readRoute),
    networkSecurityGroup: none,
  };
}

function readNetworkInterface(resource: ArmResource, sink: FactSink): void {
  const { subnet, address } = resource.properties.section("ipConfiguration", (inner) => ({
    subnet: inner.text("subnetId"),
    address: inner.resolved("privateIpAddress", resolveAddress),
  }));
  const network = toType(
    byId<LinkedKinds["adapter"]>(resource, subnet, "ipConfiguration", ["switch", "vlan", "logicalNetwork"]),
    "logicalNetworks",
  );
  const facts = interfaceFacts(resource, known([address], address.origin));
  sink.link("adapter", linkedFacts(resource, "networkInterfaces", facts, [network]));
}

function readImage(resource: ArmResource, sink: FactSink): void {
  const { properties } = resource;
  const sku = properties.section("identifier", (inner) => {
    const offer = inner.text("offer");
    const isWindowsServer = offer.state === "known" && /^windowsserver/i.test(offer.value);
    return isWindowsServer ? inner.text("sku") : absent(offer.origin);
  });
  const facts = { generation: generation(properties.text("hypervGeneration")), guestOs: meaning(sku, windowsServer) };
  sink.link("virtualMachine", linkedFacts(resource, "marketplaceGalleryImages", facts));
}

const readDeploymentSetting = deploymentSetting({
  units: (properties, read) =>
    properties.list("scaleUnits", (unit) => {
      unit.passOthers();
      return read(unit);
    }),
  adapters: "adapters",
  trafficTypes: "trafficTypes",
  adapterOverrides: { flag: "adapterPropertyOverrideEnabled", section: "adapterPropertyOverride" },
  switchOverrides: { flag: "virtualSwitchConfigurationOverrideEnabled", section: "virtualSwitchConfigurationOverride" },
  qosOverrides: { flag: "qosPolicyOverrideEnabled", section: "qosPolicyOverride" },
  smbBandwidth: "bandwidthPercentageSmb",
  smbPriority: "priorityValue8021ActionSmb",
  switchlessStorage: "storageConnectivitySwitchlessEnabled",
  automaticStorageAddresses: "storageAutoIpEnabled",
  infrastructureNetworks: "infrastructureNetworks",
  dhcp: "dhcpEnabled",
  security: (unit) =>
    readSecurity(unit, {
      bitLockerOnBootVolume: "bitlockerBootVolumeEnabled",
      bitLockerOnDataVolumes: "bitlockerDataVolumeEnabled",
      credentialGuard: "credentialGuardEnabled",
      driftControl: "driftControlEnabled",
      dynamicRootOfTrust: "drtmProtectionEnabled",
      hypervisorCodeIntegrity: "hvciProtectionEnabled",
      sideChannelMitigation: "sideChannelMitigationEnabled",
      smbClusterEncryption: "smbClusterEncryptionEnabled",
      smbSigning: "smbSigningEnabled",
      applicationControl: "wdacEnabled",
    }),
});

function readArcMachine(resource: ArmResource, sink: FactSink): void {
  sink.link("virtualMachine", arcMachine(resource, sink));
}

function readAvailabilitySet(resource: ArmResource, sink: FactSink): void {
  sink.link("availabilitySet", linkedFacts(resource, "availabilitySets", { name: resource.name }));
}

const READERS: ReadonlyMap<string, ArmReader> = new Map(
  (
    [
      ["systemcenter", "VirtualMachineManagerVirtualMachineInstance", readVirtualMachine],
      ["systemcenter", "VirtualMachineManagerAvailabilitySet", readAvailabilitySet],
      [
        "stack",
        "HciVirtualHardDisk",
        virtualHardDisk({ dynamic: "dynamicEnabled", sizeGB: "diskSizeInGb", container: "storagePathId" }),
      ],
      ["stack", "HciStoragePath", readStorageContainer],
      ["stack", "HciDeploymentSetting", readDeploymentSetting],
      ["stack", "HciLogicalNetwork", readLogicalNetwork],
      ["stack", "HciNetworkInterface", readNetworkInterface],
      ["stack", "HciMarketplaceGalleryImage", readImage],
      ["arcmachine", "ArcMachine", readArcMachine],
    ] as const
  ).map(([module, name, read]): [string, ArmReader] => [
    `azure:${module}/${name.slice(0, 1).toLowerCase()}${name.slice(1)}:${name}`,
    read,
  ]),
);

const NETWORK_READERS: ReadonlyMap<string, FactReader> = new Map([
  ["azure:network/networkSecurityGroup:NetworkSecurityGroup", readNetworkSecurityGroup("azure")],
  ["azure:network/networkSecurityRule:NetworkSecurityRule", readSecurityRule("azure")],
]);
