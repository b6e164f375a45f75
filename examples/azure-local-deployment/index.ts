import * as azurestackhci from "@pulumi/azure-native/azurestackhci";
import * as hybridcompute from "@pulumi/azure-native/hybridcompute";

const resourceGroupName = "site1";
const machines = ["node1", "node2"].map((name) => new hybridcompute.Machine(name, { resourceGroupName }));
const extendedLocation = {
  name: "/subscriptions/0000/resourceGroups/site1/providers/Microsoft.ExtendedLocation/customLocations/site1",
  type: azurestackhci.ExtendedLocationTypes.CustomLocation,
};

new azurestackhci.DeploymentSetting("deployment", {
  resourceGroupName,
  clusterName: "site1",
  deploymentSettingsName: "default",
  arcNodeResourceIds: machines.map(({ id }) => id),
  deploymentMode: "Deploy",
  deploymentConfiguration: {
    scaleUnits: [
      {
        deploymentData: {
          namingPrefix: "site1",
          domainFqdn: "contoso.com",
          cluster: { name: "site1", witnessType: "Cloud", cloudAccountName: "site1witness" },
          physicalNodes: [
            { name: "node1", ipv4Address: "10.0.0.11" },
            { name: "node2", ipv4Address: "10.0.0.12" },
          ],
          infrastructureNetwork: [
            {
              gateway: "10.0.0.1",
              subnetMask: "255.255.255.0",
              dnsServers: ["10.0.0.4", "10.0.0.5"],
              useDhcp: false,
              ipPools: [{ startingAddress: "10.0.0.50", endingAddress: "10.0.0.59" }],
            },
          ],
          hostNetwork: {
            intents: [
              { name: "Compute", trafficType: ["Management", "Compute"], adapter: ["NIC 1", "NIC 2"] },
              {
                name: "Storage",
                trafficType: ["Storage"],
                adapter: ["NIC 3", "NIC 4"],
                overrideAdapterProperty: true,
                adapterPropertyOverrides: {
                  jumboPacket: "9014",
                  networkDirect: "Enabled",
                  networkDirectTechnology: "RoCEv2",
                },
              },
            ],
            storageConnectivitySwitchless: true,
            enableStorageAutoIp: true,
            storageNetworks: [
              { name: "Storage1", networkAdapterName: "NIC 3", vlanId: "711" },
              { name: "Storage2", networkAdapterName: "NIC 4", vlanId: "712" },
            ],
          },
        },
      },
    ],
  },
});

const network = new azurestackhci.LogicalNetwork("servers", {
  resourceGroupName,
  extendedLocation,
  vmSwitchName: "ConvergedSwitch(compute)",
  dhcpOptions: { dnsServers: ["10.0.0.4"] },
  subnets: [
    {
      name: "servers",
      addressPrefix: "10.0.20.0/24",
      vlan: 20,
      ipAllocationMethod: "Static",
      ipPools: [{ start: "10.0.20.10", end: "10.0.20.99" }],
      routeTable: { routes: [{ addressPrefix: "0.0.0.0/0", nextHopIpAddress: "10.0.20.1" }] },
    },
  ],
});

const image = new azurestackhci.MarketplaceGalleryImage("windows-server", {
  resourceGroupName,
  extendedLocation,
  osType: "Windows",
  hyperVGeneration: "V2",
  identifier: { publisher: "MicrosoftWindowsServer", offer: "WindowsServer", sku: "2025-datacenter-azure-edition" },
});

const guest = new hybridcompute.Machine("web1", { resourceGroupName, kind: "HCI" });
const adapter = new azurestackhci.NetworkInterface("web1-nic", {
  resourceGroupName,
  extendedLocation,
  ipConfigurations: [{ name: "servers", properties: { subnet: { id: network.id }, privateIPAddress: "10.0.20.10" } }],
});
new azurestackhci.VirtualMachineInstance("web1", {
  resourceUri: guest.id,
  extendedLocation,
  hardwareProfile: { vmSize: "Custom", processors: 4, memoryMB: 8192 },
  osProfile: { computerName: "web1" },
  securityProfile: { securityType: "TrustedLaunch", enableTPM: true, uefiSettings: { secureBootEnabled: true } },
  storageProfile: { imageReference: { id: image.id } },
  networkProfile: { networkInterfaces: [{ id: adapter.id }] },
});
