import * as azurestackhci from "@pulumi/azure-native/azurestackhci";
import * as hybridcompute from "@pulumi/azure-native/hybridcompute";

const resourceGroupName = "exchange";
const extendedLocation = {
  name: "/subscriptions/0000/resourceGroups/exchange/providers/Microsoft.ExtendedLocation/customLocations/rack1",
  type: azurestackhci.ExtendedLocationTypes.CustomLocation,
};

const volume = new azurestackhci.StorageContainer("volume1", {
  resourceGroupName,
  extendedLocation,
  path: "C:\\ClusterStorage\\Volume1",
});

const image = new azurestackhci.MarketplaceGalleryImage("windows-server", {
  resourceGroupName,
  extendedLocation,
  osType: "Windows",
  hyperVGeneration: "V2",
  identifier: { publisher: "MicrosoftWindowsServer", offer: "WindowsServer", sku: "2022-datacenter-azure-edition" },
});

const network = new azurestackhci.LogicalNetwork("servers", {
  resourceGroupName,
  extendedLocation,
  vmSwitchName: "ConvergedSwitch(compute)",
  subnets: [{ name: "servers", addressPrefix: "10.0.20.0/24", vlan: 20 }],
});

/** The type of a virtual machine has no place for its host or for what runs in it: tags of its Azure Arc machine say that. */
function mailboxServer(name: string, host: string): void {
  const machine = new hybridcompute.Machine(name, {
    resourceGroupName,
    kind: "HCI",
    tags: {
      "hyperv-guard:host": host,
      "hyperv-guard:exchange": "Exchange 2019",
      "hyperv-guard:exchangeRoles": "Mailbox",
      "hyperv-guard:databaseAvailabilityGroup": "DAG1",
    },
  });
  const disk = (purpose: string) =>
    new azurestackhci.VirtualHardDisk(`${name}-${purpose}`, {
      resourceGroupName,
      extendedLocation,
      containerId: volume.id,
      diskSizeGB: 500,
      dynamic: false,
      diskFileFormat: "vhdx",
      tags: { "hyperv-guard:purpose": purpose },
    });
  const dataDisks = ["databases", "transactionLogs"].map((purpose) => ({ id: disk(purpose).id }));
  const adapter = new azurestackhci.NetworkInterface(`${name}-nic`, {
    resourceGroupName,
    extendedLocation,
    ipConfigurations: [{ name: "servers", properties: { subnet: { id: network.id } } }],
  });
  new azurestackhci.VirtualMachineInstance(name, {
    resourceUri: machine.id,
    extendedLocation,
    hardwareProfile: { vmSize: "Custom", processors: 8, memoryMB: 131_072 },
    osProfile: { computerName: name },
    storageProfile: { imageReference: { id: image.id }, dataDisks },
    networkProfile: { networkInterfaces: [{ id: adapter.id }] },
  });
}

mailboxServer("mbx1", "node1");
mailboxServer("mbx2", "node2");
