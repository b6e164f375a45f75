import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { isPlainArray, isPlainObject, UNKNOWN, type Plain, type PlainObject } from "../../../lib/estate/plain";
import { problemsOf, vm } from "../../kit";
import { resource, unwrapped } from "./read";

/* The facts of virtual hardware, by the property that each type has for them. */

/** A type, and the resources that declare one machine of it with one property. */
interface Type {
  readonly name: string;
  readonly declare: (properties: PlainObject) => readonly DeclaredResource[];
}

const taliesins: Type = {
  name: "taliesins/hyperv",
  declare: (properties) => [
    resource("hyperv:index/machineInstance:MachineInstance", "vm", { name: "vm1", ...properties }),
  ],
};
const windsorcli: Type = {
  name: "windsorcli/hyperv",
  declare: (properties) => [
    resource("hyperv:index/vm:Vm", "vm", { name: "vm1", generation: 2, cpu: { count: 1 }, ...properties }),
  ],
};
const pulumiHyperv: Type = {
  name: "pulumi/pulumi-hyperv",
  declare: (properties) => [resource("hyperv:machine:Machine", "vm", { machineName: "vm1", ...properties })],
};
const pulumiAdapter: Type = {
  name: "an adapter of pulumi/pulumi-hyperv",
  declare: (properties) => [
    resource("hyperv:machine:Machine", "vm", { machineName: "vm1" }),
    resource("hyperv:networkadapter:NetworkAdapter", "vm", { name: "n", vmName: "vm1", ...properties }),
  ],
};
const vmm: Type = {
  name: "VMM",
  declare: (properties) => [resource("azure-native:scvmm:VirtualMachineInstance", "vm", properties)],
};
const local: Type = {
  name: "Azure Local",
  declare: (properties) => [resource("azure-native:azurestackhci:VirtualMachineInstance", "vm", properties)],
};
const RG = "/resourceGroups/rg/providers/Microsoft.AzureStackHCI";
const localAdapter: Type = {
  name: "a network interface of Azure Local",
  declare: (properties) => [
    resource("azure-native:azurestackhci:VirtualMachineInstance", "instance", {
      networkProfile: { networkInterfaces: [{ id: `${RG}/networkInterfaces/nic1` }] },
    }),
    resource("azure-native:azurestackhci:NetworkInterface", "vm", {
      resourceGroupName: "rg",
      networkInterfaceName: "nic1",
      ...properties,
    }),
  ],
};
const localContainer: Type = {
  name: "a storage container of Azure Local",
  declare: (properties) => [
    resource("azure-native:azurestackhci:VirtualMachineInstance", "instance", {
      storageProfile: { vmConfigStoragePathId: `${RG}/storageContainers/c1` },
    }),
    resource("azure-native:azurestackhci:StorageContainer", "vm", {
      resourceGroupName: "rg",
      storageContainerName: "c1",
      ...properties,
    }),
  ],
};
const classic: Type = {
  name: "the classic Azure provider",
  declare: (properties) => [
    resource(
      "azure:systemcenter/virtualMachineManagerVirtualMachineInstance:VirtualMachineManagerVirtualMachineInstance",
      "vm",
      properties,
    ),
  ],
};
const component: Type = { name: "the component", declare: (properties) => [vm("vm", { name: "vm1", ...properties })] };

type Row = readonly [
  type: Type,
  /** The place of the property, of which a number is an index. */
  property: string,
  given: Plain,
  fact: string,
  read: unknown,
  /** What is there without the property. */
  without?: unknown,
];

const FOLDER = "C:\\ProgramData\\Microsoft\\Windows\\Hyper-V";
const MAC = "00-15-5D-01-02-03";

const ROWS: readonly Row[] = [
  [taliesins, "vmFirmware.enableSecureBoot", "Off", "secureBoot", false, true],
  [taliesins, "vmFirmware.enableSecureBoot", "on", "secureBoot", true, true],
  [
    taliesins,
    "vmFirmware.secureBootTemplate",
    "microsoftUEFICertificateAuthority",
    "secureBootTemplate",
    "MicrosoftUEFICertificateAuthority",
    "MicrosoftWindows",
  ],
  [taliesins, "vmFirmware.secureBootTemplateId", "272e7447", "secureBootTemplate", "unknown", "MicrosoftWindows"],
  [taliesins, "vmProcessor.compatibilityForMigrationEnabled", true, "processorCompatibility", true, false],
  [taliesins, "vmProcessor.exposeVirtualizationExtensions", true, "nestedVirtualization", true, false],
  [taliesins, "vmProcessor.reserve", 10, "resourceControl.reservePercent", 10, 0],
  [taliesins, "vmProcessor.maximum", 50, "resourceControl.limitPercent", 50, 100],
  [taliesins, "vmProcessor.relativeWeight", 200, "resourceControl.weight", 200, 100],
  [taliesins, "vmProcessor.maximumCountPerNumaNode", 8, "numa.processorsPerNode", 8],
  [taliesins, "vmProcessor.maximumCountPerNumaNode", 0, "numa.processorsPerNode", undefined],
  [taliesins, "vmProcessor.maximumCountPerNumaSocket", 2, "numa.nodesPerSocket", 2],
  [taliesins, "hardDiskDrives.0.minimumIops", 100, "disks.0.minimumIops", 100],
  [taliesins, "hardDiskDrives.0.minimumIops", 0, "disks.0.minimumIops", undefined],
  [taliesins, "hardDiskDrives.0.maximumIops", 500, "disks.0.maximumIops", 500],
  [
    taliesins,
    "hardDiskDrives.0.supportPersistentReservations",
    true,
    "disks.0.supportPersistentReservations",
    true,
    false,
  ],
  [taliesins, "dvdDrives.0.path", "D:\\a.iso", "dvdDrives.0.path", "D:\\a.iso"],
  [taliesins, "networkAdaptors.0.staticMacAddress", "00155d010203", "networkAdapters.0.macAddress", MAC],
  [taliesins, "networkAdaptors.0.staticMacAddress", "00155d010203", "networkAdapters.0.dynamicMacAddress", false, true],
  [taliesins, "networkAdaptors.0.dynamicMacAddress", false, "networkAdapters.0.dynamicMacAddress", false, true],
  [taliesins, "networkAdaptors.0.macAddressSpoofing", "On", "networkAdapters.0.macAddressSpoofing", true, false],
  [taliesins, "networkAdaptors.0.portMirroring", "Source", "networkAdapters.0.portMirroring", "source", "none"],
  [taliesins, "networkAdaptors.0.iovWeight", 0, "networkAdapters.0.iovWeight", 0, 100],
  [taliesins, "networkAdaptors.0.minimumBandwidthWeight", 5, "networkAdapters.0.minimumBandwidthWeight", 5],
  [taliesins, "networkAdaptors.0.minimumBandwidthAbsolute", 2e8, "networkAdapters.0.minimumBandwidthMbps", 200],
  [taliesins, "networkAdaptors.0.minimumBandwidthAbsolute", 0, "networkAdapters.0.minimumBandwidthMbps", undefined],
  [taliesins, "networkAdaptors.0.maximumBandwidth", 1e9, "networkAdapters.0.maximumBandwidthMbps", 1000],
  [taliesins, "path", "D:\\vm", "storagePath", "D:\\vm"],
  [taliesins, "snapshotFileLocation", "E:\\c", "checkpointPath", "E:\\c", FOLDER],
  [taliesins, "smartPagingFilePath", "E:\\p", "smartPagingPath", "E:\\p", FOLDER],
  [windsorcli, "secureBoot", false, "secureBoot", false, true],
  [
    windsorcli,
    "secureBootTemplate",
    "OpenSourceShieldedVM",
    "secureBootTemplate",
    "OpenSourceShieldedVM",
    "MicrosoftWindows",
  ],
  [windsorcli, "dvdDrives.0.isoPath", "D:\\a.iso", "dvdDrives.0.path", "D:\\a.iso"],
  [windsorcli, "networkAdapters.0.macAddress", "00:15:5D:01:02:03", "networkAdapters.0.macAddress", MAC],
  [pulumiHyperv, "networkAdapters.0.macAddress", MAC, "networkAdapters.0.macAddress", MAC],
  [
    pulumiHyperv,
    "networkAdapters.0.ipAddresses",
    "10.0.0.1, fd00::1",
    "networkAdapters.0.addresses",
    ["10.0.0.1", "fd00::1"],
  ],
  [pulumiAdapter, "macAddress", "0015.5d01.0203", "networkAdapters.0.macAddress", MAC],
  [pulumiAdapter, "macAddress", MAC, "networkAdapters.0.dynamicMacAddress", false, true],
  [pulumiAdapter, "ipAddresses", "10.0.0.1", "networkAdapters.0.addresses", ["10.0.0.1"]],
  [vmm, "hardwareProfile.limitCpuForMigration", "true", "processorCompatibility", true],
  [vmm, "networkProfile.networkInterfaces.0.macAddress", "00:15:5D:01:02:03", "networkAdapters.0.macAddress", MAC],
  [
    vmm,
    "networkProfile.networkInterfaces.0.macAddress",
    "00:00:00:00:00:00",
    "networkAdapters.0.macAddress",
    undefined,
  ],
  [vmm, "networkProfile.networkInterfaces.0.macAddressType", "Static", "networkAdapters.0.dynamicMacAddress", false],
  [vmm, "networkProfile.networkInterfaces.0.macAddressType", "Pool", "networkAdapters.0.dynamicMacAddress", undefined],
  [vmm, "networkProfile.networkInterfaces.0.ipv4AddressType", "dynamic", "networkAdapters.0.dynamicAddresses", true],
  [vmm, "networkProfile.networkInterfaces.0.ipv6AddressType", "Static", "networkAdapters.0.dynamicAddresses", false],
  [local, "securityProfile.enableTPM", true, "tpm", true, false],
  [local, "securityProfile.uefiSettings.secureBootEnabled", true, "secureBoot", true, false],
  [local, "securityProfile.securityType", "TrustedLaunch", "securityType", "trustedLaunch"],
  [local, "securityProfile.securityType", "ConfidentialVM", "securityType", "confidentialVM"],
  [local, "securityProfile.securityType", "Standard", "securityType", undefined],
  [component, "securityType", "TrustedLaunch", "securityType", "trustedLaunch"],
  [local, "hardwareProfile.virtualMachineGPUs.0.assignmentType", "GpuP", "gpus.0.assignment", "partition"],
  [local, "hardwareProfile.virtualMachineGPUs.0.assignmentType", "GpuDDA", "gpus.0.assignment", "discreteDevice"],
  [local, "hardwareProfile.virtualMachineGPUs.0.gpuName", "A2", "gpus.0.name", "A2"],
  [local, "hardwareProfile.virtualMachineGPUs.0.partitionSizeMB", 2048, "gpus.0.partitionSizeMB", 2048],
  [localAdapter, "macAddress", "00:15:5D:01:02:03", "networkAdapters.0.macAddress", MAC],
  [localAdapter, "macAddress", "00:15:5D:01:02:03", "networkAdapters.0.dynamicMacAddress", false, true],
  [
    localAdapter,
    "ipConfigurations.0.properties.privateIPAddress",
    "10.0.0.1",
    "networkAdapters.0.addresses.0",
    "10.0.0.1",
  ],
  [localContainer, "path", "C:\\ClusterStorage\\Volume1", "storagePath", "C:\\ClusterStorage\\Volume1"],
  [classic, "hardware.limitCpuForMigrationEnabled", true, "processorCompatibility", true],
  [classic, "networkInterfaces.0.macAddressType", "Dynamic", "networkAdapters.0.dynamicMacAddress", true],
  [classic, "networkInterfaces.0.ipv4AddressType", "Static", "networkAdapters.0.dynamicAddresses", false],
  [component, "configurationVersion", 9, "configurationVersion", "9.0"],
  [component, "secureBoot", true, "secureBoot", true],
  [component, "secureBootTemplate", "microsoft windows", "secureBootTemplate", "MicrosoftWindows"],
  [component, "tpm", true, "tpm", true],
  [component, "processorCompatibility", true, "processorCompatibility", true],
  [component, "nestedVirtualization", true, "nestedVirtualization", true],
  [component, "resourceControl.reservePercent", 0, "resourceControl.reservePercent", 0],
  [component, "resourceControl.limitPercent", 100, "resourceControl.limitPercent", 100],
  [component, "resourceControl.weight", 10_000, "resourceControl.weight", 10_000],
  [component, "numa.processorsPerNode", 1, "numa.processorsPerNode", 1],
  [component, "numa.memoryPerNodeMB", 1024, "numa.memoryPerNodeMB", 1024],
  [component, "numa.nodesPerSocket", 1, "numa.nodesPerSocket", 1],
  [component, "disks.0.minimumIops", 0, "disks.0.minimumIops", 0],
  [component, "disks.0.maximumIops", 500, "disks.0.maximumIops", 500],
  [component, "disks.0.supportPersistentReservations", true, "disks.0.supportPersistentReservations", true],
  [component, "gpus.0.name", "A2", "gpus.0.name", "A2"],
  [component, "gpus.0.partitionSizeMB", 2048, "gpus.0.partitionSizeMB", 2048],
  [component, "networkAdapters.0.macAddress", "00155d010203", "networkAdapters.0.macAddress", MAC],
  [component, "networkAdapters.0.macAddress", MAC, "networkAdapters.0.dynamicMacAddress", false],
  [component, "networkAdapters.0.dynamicMacAddress", true, "networkAdapters.0.dynamicMacAddress", true],
  [component, "networkAdapters.0.macAddressSpoofing", true, "networkAdapters.0.macAddressSpoofing", true],
  [component, "networkAdapters.0.portMirroring", "destination", "networkAdapters.0.portMirroring", "destination"],
  [component, "networkAdapters.0.addresses", ["fd00::1"], "networkAdapters.0.addresses", ["fd00::1"]],
  [component, "networkAdapters.0.dynamicAddresses", true, "networkAdapters.0.dynamicAddresses", true],
  [component, "networkAdapters.0.iovWeight", 0, "networkAdapters.0.iovWeight", 0],
  [component, "networkAdapters.0.minimumBandwidthWeight", 5, "networkAdapters.0.minimumBandwidthWeight", 5],
  [component, "networkAdapters.0.minimumBandwidthMbps", 200, "networkAdapters.0.minimumBandwidthMbps", 200],
  [component, "networkAdapters.0.maximumBandwidthMbps", 1000, "networkAdapters.0.maximumBandwidthMbps", 1000],
  [component, "dvdDrives.0.path", "D:\\a.iso", "dvdDrives.0.path", "D:\\a.iso"],
  [component, "storagePath", "D:\\vm", "storagePath", "D:\\vm"],
  [component, "checkpointPath", "D:\\c", "checkpointPath", "D:\\c"],
  [component, "smartPagingPath", "D:\\p", "smartPagingPath", "D:\\p"],
  [component, "role", ["domain controller"], "role", ["domain controller"]],
  [component, "group", "web", "group", "web"],
  [component, "automaticCheckpoints", false, "automaticCheckpoints", false],
];

/** Properties with a value at a place. */
function at(place: string, value: Plain): PlainObject {
  const [first = "", ...steps] = place.split(".");
  return { [first]: nested(steps, value) };
}

function nested([step, ...more]: readonly string[], value: Plain): Plain {
  if (step === undefined) return value;
  return step === "0" ? [nested(more, value)] : { [step]: nested(more, value) };
}

/** What an item of a list must have besides. */
const REST: Readonly<Record<string, PlainObject>> = {
  hardDiskDrives: { path: "D:\\a.vhdx" },
  disks: { name: "d", purpose: "data", type: "fixed", sizeGB: 1 },
  gpus: { assignment: "partition" },
  networkAdapters: { name: "n" },
};

function withRest(place: string, value: Plain): PlainObject {
  const properties = at(place, value);
  const [first] = Object.entries(properties);
  const [name, list] = first ?? [""];
  const rest = REST[name];
  if (rest === undefined || !isPlainArray(list)) return properties;
  return { [name]: list.map((item) => (isPlainObject(item) ? { ...rest, ...item } : item)) };
}

function read({ declare }: Type, properties: PlainObject, fact: string): unknown {
  const estate = readEstate(declare(properties), true);
  assert.deepEqual(problemsOf(estate), []);
  const machine = unwrapped(estate.virtualMachines[0]);
  const inner = (value: unknown, step: string): unknown =>
    typeof value === "object" && value !== null ? Reflect.get(value, step) : value;
  return fact.split(".").reduce(inner, machine);
}

describe("virtual hardware", () => {
  for (const [type, property, given, fact, expected, without] of ROWS) {
    it(`of ${type.name}: ${fact} from ${property}, ${JSON.stringify(given)}`, () => {
      assert.deepEqual(read(type, withRest(property, given), fact), expected);
      for (const empty of ["", null]) assert.deepEqual(read(type, withRest(property, empty), fact), without);
      assert.equal(read(type, withRest(property, UNKNOWN), fact), "unknown");
    });
  }

  it("of Azure Local is not secured where it says nothing of security, and off where it leaves it out", () => {
    assert.equal(read(local, {}, "tpm"), undefined);
    assert.equal(read(local, {}, "secureBoot"), undefined);
    assert.equal(read(local, { securityProfile: { securityType: "TrustedLaunch" } }, "tpm"), false);
    assert.equal(read(local, { securityProfile: { uefiSettings: {} } }, "secureBoot"), false);
    assert.equal(read(local, { securityProfile: UNKNOWN }, "tpm"), "unknown");
    assert.equal(read(local, { securityProfile: { uefiSettings: UNKNOWN } }, "secureBoot"), "unknown");
  });

  it("of generation 1 has no secure boot by default, and nobody knows of a generation that is not known", () => {
    for (const type of [taliesins, windsorcli]) {
      assert.equal(read(type, { generation: 1 }, "secureBoot"), undefined);
      assert.equal(read(type, { generation: 1 }, "secureBootTemplate"), undefined);
      assert.equal(read(type, { generation: UNKNOWN }, "secureBoot"), "unknown");
      assert.equal(read(type, { generation: UNKNOWN, vmFirmware: {} }, "secureBootTemplate"), "unknown");
    }
  });

  it("that is not known as a whole is not known in any part", () => {
    for (const fact of ["processorCompatibility", "nestedVirtualization", "resourceControl.weight"]) {
      assert.equal(read(taliesins, { vmProcessor: UNKNOWN }, fact), "unknown");
    }
    assert.equal(read(taliesins, { vmFirmware: UNKNOWN }, "secureBoot"), "unknown");
    assert.equal(read(taliesins, { dvdDrives: UNKNOWN }, "dvdDrives"), "unknown");
    assert.equal(read(local, { hardwareProfile: UNKNOWN }, "gpus"), "unknown");
  });

  const wrong: readonly (readonly [type: Type, property: string, given: Plain, problem: string])[] = [
    [taliesins, "vmFirmware.enableSecureBoot", "maybe", 'is "maybe" → Use one of: On, Off.'],
    [taliesins, "vmProcessor.maximum", 101, "is 101 → Use a whole number from 0 to 100 %."],
    [
      taliesins,
      "networkAdaptors.0.staticMacAddress",
      "00155D",
      'is "00155D": it is not a MAC address → Use a MAC address such as 00-15-5D-01-02-03.',
    ],
    [taliesins, "networkAdaptors.0.iovWeight", -1, "is -1 → Use a whole number from 0 to 100."],
    [taliesins, "hardDiskDrives.0.minimumIops", "many", 'is "many" → Use a whole number from 0 to 1000000000 IOPS.'],
    [
      windsorcli,
      "secureBootTemplate",
      "Linux",
      'is "Linux" → Use one of: MicrosoftWindows, MicrosoftUEFICertificateAuthority, OpenSourceShieldedVM.',
    ],
    [
      pulumiAdapter,
      "ipAddresses",
      "10.0.0.1; 10.0.0.2",
      'is "10.0.0.1; 10.0.0.2": it is no list of IP addresses → Use addresses such as 10.0.0.4, 10.0.0.5.',
    ],
    [vmm, "hardwareProfile.limitCpuForMigration", "yes", 'is "yes" → Use true or false.'],
    [local, "securityProfile.enableTPM", "on", 'is "on" → Use true or false.'],
    [
      localAdapter,
      "ipConfigurations.0.properties.privateIPAddress",
      "10.0.0",
      'is "10.0.0": it is not an IP address → Use an address such as 10.0.0.4.',
    ],
    [
      component,
      "configurationVersion",
      "newest",
      'is "newest": it is not a configuration version → Use a version such as 9.0.',
    ],
    [component, "secureBoot", "on", 'is "on" → Use true or false.'],
    [component, "gpus.0.assignment", "half", 'is "half" → Use one of: partition, discreteDevice.'],
    [component, "gpus.0.assignment", null, "is missing → Give one of: partition, discreteDevice."],
    [component, "resourceControl.weight", 10_001, "is 10001 → Use a whole number from 0 to 10000."],
    [component, "numa.processorsPerNode", 0, "is 0 → Use a whole number from 1 to 65536."],
    [component, "role", "domain controller", 'is "domain controller" → Use a list.'],
    [component, "group", ["web"], "is a list of 1 → Use a string."],
    [
      component,
      "networkAdapters.0.addresses.0",
      "10.0.0.1/24",
      'is "10.0.0.1/24": it is not an IP address → Use an address such as 10.0.0.4.',
    ],
  ];
  for (const [type, property, given, problem] of wrong) {
    it(`of ${type.name} that cannot be read is reported: ${property}, ${JSON.stringify(given)}`, () => {
      const estate = readEstate(type.declare(withRest(property, given)), true);
      const place = property.replace(/\.(\d)/g, "[$1]");
      assert.deepEqual(problemsOf(estate), [`vm: ${place} ${problem}`]);
    });
  }

  it("of a component has one MAC address: a static or a dynamic one", () => {
    const networkAdapters = [{ name: "n", macAddress: MAC, dynamicMacAddress: true }];
    assert.deepEqual(problemsOf(readEstate(component.declare({ networkAdapters }), true)), [
      "vm: networkAdapters[0].dynamicMacAddress is true, but macAddress gives the adapter a static MAC address → Remove one of them.",
    ]);
  });
});
