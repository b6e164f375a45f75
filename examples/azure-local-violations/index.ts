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
          // wrong (azure-local-witness): two nodes need one.
          cluster: { name: "site1", witnessType: "NodeMajority" },
          physicalNodes: [
            // wrong (azure-local-node-addresses): in the pool.
            { name: "node1", ipv4Address: "10.0.0.51" },
            // wrong (azure-local-node-addresses): in another subnet.
            { name: "node2", ipv4Address: "10.0.1.12" },
          ],
          infrastructureNetwork: [
            {
              gateway: "10.0.0.1",
              subnetMask: "255.255.255.0",
              // wrong (azure-local-reserved-ranges)
              dnsServers: ["10.96.0.10"],
              useDhcp: false,
              // wrong (azure-local-infrastructure-pool): five addresses.
              ipPools: [{ startingAddress: "10.0.0.50", endingAddress: "10.0.0.54" }],
            },
          ],
          hostNetwork: {
            // wrong (azure-local-intents): none of them is for management.
            intents: [
              { name: "Compute", trafficType: ["Compute"], adapter: ["NIC 1", "NIC 2"] },
              {
                name: "Storage",
                trafficType: ["Storage"],
                adapter: ["NIC 3", "NIC 4"],
                overrideAdapterProperty: true,
                adapterPropertyOverrides: { networkDirect: "Enabled", networkDirectTechnology: "RoCEv2" },
                overrideQosPolicy: true,
                // wrong (azure-local-qos)
                qosPolicyOverrides: { priorityValue8021ActionSMB: "5" },
              },
              {
                name: "Backup",
                trafficType: ["Storage"],
                // wrong (azure-local-intents): NIC 4 is in two intents.
                adapter: ["NIC 4", "NIC 5"],
                overrideAdapterProperty: true,
                // wrong (azure-local-rdma): the other storage intent has RoCEv2.
                adapterPropertyOverrides: { networkDirect: "Enabled", networkDirectTechnology: "iWARP" },
              },
            ],
            // wrong (azure-local-storage-vlans): three storage adapters and two VLANs.
            storageConnectivitySwitchless: true,
            enableStorageAutoIp: false,
            storageNetworks: [
              {
                name: "Storage1",
                networkAdapterName: "NIC 3",
                // wrong (azure-local-storage-vlans): RoCE needs a tag.
                vlanId: "0",
                storageAdapterIPInfo: [
                  { physicalNode: "node1", ipv4Address: "10.71.1.1", subnetMask: "255.255.255.0" },
                  { physicalNode: "node2", ipv4Address: "10.71.1.2", subnetMask: "255.255.255.0" },
                ],
              },
              {
                name: "Storage2",
                networkAdapterName: "NIC 5",
                vlanId: "712",
                // wrong (azure-local-storage-subnets): the subnet of Storage1.
                storageAdapterIPInfo: [
                  { physicalNode: "node1", ipv4Address: "10.71.1.3", subnetMask: "255.255.255.0" },
                  { physicalNode: "node2", ipv4Address: "10.71.1.4", subnetMask: "255.255.255.0" },
                ],
              },
            ],
          },
        },
      },
    ],
  },
});

/** A static subnet of VLAN 20. */
function subnet(
  name: string,
  start: string,
  end: string,
  routes: { addressPrefix: string; nextHopIpAddress: string }[],
) {
  const ipPools = [{ start, end }];
  return {
    name,
    addressPrefix: "10.0.20.0/24",
    vlan: 20,
    ipAllocationMethod: "Static",
    ipPools,
    routeTable: { routes },
  };
}

const DEFAULT_ROUTE = { addressPrefix: "0.0.0.0/0", nextHopIpAddress: "10.0.20.1" };

const network = new azurestackhci.LogicalNetwork("servers", {
  resourceGroupName,
  extendedLocation,
  vmSwitchName: "ConvergedSwitch(compute)",
  dhcpOptions: { dnsServers: ["10.0.0.4"] },
  // wrong (logical-network-pools): static without a default route.
  subnets: [subnet("servers", "10.0.20.10", "10.0.20.19", [])],
});

new azurestackhci.LogicalNetwork("workstations", {
  resourceGroupName,
  extendedLocation,
  vmSwitchName: "ConvergedSwitch(compute)",
  dhcpOptions: { dnsServers: ["10.0.0.4"] },
  // wrong (logical-network-pools): 10.0.20.19 is of servers too.
  subnets: [subnet("workstations", "10.0.20.19", "10.0.20.39", [DEFAULT_ROUTE])],
});

const image = new azurestackhci.MarketplaceGalleryImage("windows-server", {
  resourceGroupName,
  extendedLocation,
  osType: "Windows",
  hyperVGeneration: "V2",
  identifier: { publisher: "MicrosoftWindowsServer", offer: "WindowsServer", sku: "2025-datacenter-azure-edition" },
});

// wrong (static-addresses): web1 and web2 have one address.
for (const name of ["web1", "web2"]) {
  const guest = new hybridcompute.Machine(name, { resourceGroupName, kind: "HCI" });
  const adapter = new azurestackhci.NetworkInterface(`${name}-nic`, {
    resourceGroupName,
    extendedLocation,
    ipConfigurations: [{ name: "servers", properties: { subnet: { id: network.id }, privateIPAddress: "10.0.20.10" } }],
  });
  new azurestackhci.VirtualMachineInstance(name, {
    resourceUri: guest.id,
    extendedLocation,
    hardwareProfile: { vmSize: "Custom", processors: 4, memoryMB: 8192 },
    osProfile: { computerName: name },
    // wrong (trusted-launch-complete), once for each of them.
    securityProfile: { securityType: "TrustedLaunch", enableTPM: false, uefiSettings: { secureBootEnabled: true } },
    storageProfile: { imageReference: { id: image.id } },
    networkProfile: { networkInterfaces: [{ id: adapter.id }] },
  });
}
