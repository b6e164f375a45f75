import assert from "node:assert/strict";
import type { PlainObject } from "../../../../lib/estate/plain";
import { host, problemsOf } from "../../../kit";
import { estateOf, plainly, resource, said, UNKNOWN } from "./declare";

const native = (deploymentData: PlainObject) =>
  resource("azure-native:azurestackhci:DeploymentSetting", "deployment", {
    clusterName: "cl1",
    deploymentConfiguration: { scaleUnits: [{ deploymentData }] },
  });
const classic = (unit: PlainObject) =>
  resource("azure:stack/hciDeploymentSetting:HciDeploymentSetting", "deployment", { scaleUnits: [unit] });

const SHARED = {
  domainFqdn: "contoso.com",
  physicalNodes: [
    { name: "n1", ipv4Address: "10.0.0.11" },
    { name: "n2", ipv4Address: "10.0.0.12" },
  ],
};
const INFRASTRUCTURE = {
  subnetMask: "255.255.255.0",
  gateway: "10.0.0.1",
  dnsServers: ["10.0.0.4"],
  ipPools: [{ startingAddress: "10.0.0.50", endingAddress: "10.0.0.59" }],
};
const ADAPTER = { jumboPacket: "9014", networkDirect: "Enabled", networkDirectTechnology: "RoCEv2" };
const SWITCH = { enableIov: "true", loadBalancingAlgorithm: "Dynamic" };

const DECLARED = [
  [
    "azure-native",
    native({
      ...SHARED,
      cluster: { name: "cl1" },
      hostNetwork: {
        intents: [
          {
            name: "All",
            adapter: ["p1"],
            trafficType: ["Management", "Compute", "Storage"],
            overrideAdapterProperty: true,
            adapterPropertyOverrides: ADAPTER,
            overrideVirtualSwitchConfiguration: true,
            virtualSwitchConfigurationOverrides: SWITCH,
            overrideQosPolicy: true,
            qosPolicyOverrides: {
              priorityValue8021ActionCluster: "7",
              priorityValue8021ActionSMB: "3",
              bandwidthPercentageSMB: "50",
            },
          },
        ],
        storageNetworks: [{ name: "Storage1", networkAdapterName: "p1", vlanId: "711" }],
        storageConnectivitySwitchless: false,
        enableStorageAutoIp: true,
      },
      infrastructureNetwork: [{ ...INFRASTRUCTURE, useDhcp: false }],
      securitySettings: { bitlockerBootVolume: true, smbSigningEnforced: false },
    }),
  ],
  [
    "the classic provider",
    classic({
      ...SHARED,
      cluster: { name: "cl1" },
      hostNetwork: {
        intents: [
          {
            name: "All",
            adapters: ["p1"],
            trafficTypes: ["Management", "Compute", "Storage"],
            adapterPropertyOverrideEnabled: true,
            adapterPropertyOverride: ADAPTER,
            virtualSwitchConfigurationOverrideEnabled: true,
            virtualSwitchConfigurationOverride: SWITCH,
            qosPolicyOverrideEnabled: true,
            qosPolicyOverride: {
              priorityValue8021ActionCluster: "7",
              priorityValue8021ActionSmb: "3",
              bandwidthPercentageSmb: "50",
            },
          },
        ],
        storageNetworks: [{ name: "Storage1", networkAdapterName: "p1", vlanId: "711" }],
        storageConnectivitySwitchlessEnabled: false,
        storageAutoIpEnabled: true,
      },
      infrastructureNetworks: [{ ...INFRASTRUCTURE, dhcpEnabled: false }],
      bitlockerBootVolumeEnabled: true,
      smbSigningEnabled: false,
    }),
  ],
] as const;

describe("the networks of a deployment of Azure Local", () => {
  for (const [name, deployment] of DECLARED) {
    it(`are facts of its cluster and its hosts: ${name}`, () => {
      const estate = estateOf([deployment]);
      assert.deepEqual(problemsOf(estate), []);
      const [cluster] = estate.clusters;
      assert.deepEqual(said(plainly(cluster?.intents)), [
        {
          name: "All",
          traffic: ["management", "compute", "storage"],
          networkAdapters: ["p1"],
          jumboPacketBytes: 9014,
          rdma: true,
          rdmaTechnology: "RoCEv2",
          iov: true,
          loadBalancing: "dynamic",
          smbPriority: 3,
          clusterPriority: 7,
          smbBandwidthPercent: 50,
        },
      ]);
      assert.deepEqual(said(plainly(cluster?.storageNetworks)), [
        { name: "Storage1", networkAdapter: "p1", vlan: 711 },
      ]);
      assert.deepEqual(plainly([cluster?.switchlessStorage, cluster?.automaticStorageAddresses]), [false, true]);
      assert.deepEqual(plainly(cluster?.infrastructureNetworks), [
        {
          subnetMask: "255.255.255.0",
          gateway: "10.0.0.1",
          dnsServers: ["10.0.0.4"],
          dhcp: false,
          pools: [{ from: "10.0.0.50", to: "10.0.0.59" }],
        },
      ]);
      assert.deepEqual(said(plainly(cluster?.security)), { bitLockerOnBootVolume: true, smbSigning: false });
      assert.deepEqual(
        estate.hosts.map((one) => plainly([one.name, one.address, one.domain])),
        [
          ["n1", "10.0.0.11", "contoso.com"],
          ["n2", "10.0.0.12", "contoso.com"],
        ],
      );
      const switches = estate.hosts.map((one) => plainly(one.virtualSwitches));
      assert.deepEqual(
        switches.map((all) =>
          Array.isArray(all) ? all.map((one: object) => Reflect.get(one, "iov") as unknown) : all,
        ),
        [[true], [true]],
      );
    });
  }

  it("have addresses of each node for storage, and MAC addresses for virtual machines, in azure-native", () => {
    const address = { physicalNode: "n1", ipv4Address: "10.71.1.1", subnetMask: "255.255.255.0" };
    const [cluster] = estateOf([
      native({
        hostNetwork: { storageNetworks: [{ networkAdapterName: "p1", storageAdapterIPInfo: [address] }] },
        sdnIntegration: {
          networkController: { macAddressPoolStart: "00-1D-D8-B7-1C-00", macAddressPoolStop: "00-1D-D8-B7-1F-FF" },
        },
      }),
    ]).clusters;
    assert.deepEqual(said(plainly(cluster?.storageNetworks)), [
      {
        networkAdapter: "p1",
        addresses: [{ host: "n1", address: "10.71.1.1", subnetMask: "255.255.255.0" }],
      },
    ]);
    assert.deepEqual(plainly(cluster?.macAddressPool), { from: "00-1D-D8-B7-1C-00", to: "00-1D-D8-B7-1F-FF" });
  });

  it("keep the defaults of an intent whose overrides do not count, and do not know them while that is not known", () => {
    const rdmaOf = (more: PlainObject): unknown => {
      const intent = {
        name: "S",
        adapter: ["p1"],
        trafficType: ["Storage"],
        adapterPropertyOverrides: ADAPTER,
        ...more,
      };
      const [cluster] = estateOf([native({ hostNetwork: { intents: [intent] } })]).clusters;
      return cluster?.intents.state === "known" ? cluster.intents.value.map(({ rdma }) => plainly(rdma)) : "";
    };
    assert.deepEqual(rdmaOf({ overrideAdapterProperty: true }), [true]);
    assert.deepEqual(rdmaOf({}), [true]);
    assert.deepEqual(rdmaOf({ overrideAdapterProperty: false }), ["absent"]);
    assert.deepEqual(rdmaOf({ overrideAdapterProperty: UNKNOWN }), ["unknown"]);
    assert.deepEqual(rdmaOf({ overrideAdapterProperty: UNKNOWN, adapterPropertyOverrides: {} }), ["absent"]);
  });

  it("give a declared host what it leaves out", () => {
    const estate = estateOf([native(SHARED), host("n1", { domain: "corp.contoso.com" }), host("n2")]);
    assert.deepEqual(problemsOf(estate), []);
    assert.deepEqual(
      estate.hosts.map((one) => plainly([one.name, one.address, one.domain])),
      [
        ["n1", "10.0.0.11", "corp.contoso.com"],
        ["n2", "10.0.0.12", "contoso.com"],
      ],
    );
  });

  it("report what cannot be read, and nothing else of it", () => {
    const estate = estateOf([
      native({ hostNetwork: { storageNetworks: [{ networkAdapterName: "p1", vlanId: "5000" }] } }),
    ]);
    assert.deepEqual(problemsOf(estate), [
      "deployment: deploymentConfiguration.scaleUnits[0].deploymentData.hostNetwork.storageNetworks[0].vlanId is " +
        '"5000" → Use a whole number from 0 to 4094.',
    ]);
  });
});
