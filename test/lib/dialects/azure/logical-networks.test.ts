import assert from "node:assert/strict";
import { logicalNetwork, problemsOf } from "../../../kit";
import { estateOf, plainly, resource, said, UNKNOWN } from "./declare";

const GROUP = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.AzureStackHCI/networkSecurityGroups/nsg";
const SUBNET = {
  addressPrefix: "10.0.20.0/24",
  ipAllocationMethod: "Static",
  ipPools: [{ start: "10.0.20.50", end: "10.0.20.99" }],
};
const ROUTE = { addressPrefix: "0.0.0.0/0", nextHopIpAddress: "10.0.20.1" };
const FACTS = {
  addressPrefix: "10.0.20.0/24",
  vlan: 20,
  allocation: "static",
  pools: [{ from: "10.0.20.50", to: "10.0.20.99" }],
  routes: [{ addressPrefix: "0.0.0.0/0", nextHop: "10.0.20.1" }],
};
const NATIVE = "azure-native:azurestackhci:LogicalNetwork";

const DECLARED = [
  [
    "azure-native",
    resource(NATIVE, "net", {
      logicalNetworkName: "servers",
      vmSwitchName: "vsw",
      dhcpOptions: { dnsServers: ["10.0.0.4"] },
      subnets: [
        { ...SUBNET, name: "first", vlan: 20, routeTable: { routes: [ROUTE] }, networkSecurityGroup: { id: GROUP } },
      ],
    }),
    { ...FACTS, name: "first", networkSecurityGroup: "nsg" },
  ],
  [
    "the generic resource, as Azure's interface has it",
    resource("azure-native:resources:Resource", "net", {
      resourceProviderNamespace: "Microsoft.AzureStackHCI",
      resourceType: "logicalNetworks",
      resourceName: "servers",
      properties: {
        vmSwitchName: "vsw",
        dhcpOptions: { dnsServers: ["10.0.0.4"] },
        subnets: [
          {
            name: "first",
            properties: { ...SUBNET, vlan: 20, routeTable: { properties: { routes: [{ properties: ROUTE }] } } },
          },
        ],
      },
    }),
    { ...FACTS, name: "first" },
  ],
  [
    "the classic provider",
    resource("azure:stack/hciLogicalNetwork:HciLogicalNetwork", "net", {
      name: "servers",
      virtualSwitchName: "vsw",
      dnsServers: ["10.0.0.4"],
      subnet: { ...SUBNET, vlanId: 20, routes: [ROUTE] },
    }),
    FACTS,
  ],
] as const;

describe("logical networks", () => {
  for (const [name, declared, subnet] of DECLARED) {
    it(`have their switch, subnets and addresses: ${name}`, () => {
      const estate = estateOf([declared]);
      assert.deepEqual(problemsOf(estate), []);
      const [network] = estate.logicalNetworks;
      assert.deepEqual(said(plainly(network)), {
        kind: "logicalNetwork",
        name: "servers",
        nameIsUnknown: false,
        switch: "vsw",
        subnets: [subnet],
        dnsServers: ["10.0.0.4"],
      });
    });
  }

  it("are declared by components too", () => {
    const { routes, ...own } = FACTS;
    const [network] = estateOf([
      logicalNetwork("net", { switch: "vsw", subnets: [{ ...own, routes }] }),
    ]).logicalNetworks;
    assert.deepEqual(said(plainly(network?.subnets)), [FACTS]);
  });

  it("take the first of several prefixes", () => {
    const [network] = estateOf([
      resource(NATIVE, "net", { subnets: [{ addressPrefixes: ["10.0.20.0/24", "10.0.21.0/24"] }] }),
    ]).logicalNetworks;
    assert.deepEqual(said(plainly(network?.subnets)), [{ addressPrefix: "10.0.20.0/24" }]);
  });

  it("keep unknown what is known after the deployment", () => {
    const [network] = estateOf([
      resource(NATIVE, "net", { logicalNetworkName: UNKNOWN, subnets: [{ addressPrefix: UNKNOWN }] }),
    ]).logicalNetworks;
    assert.deepEqual([network?.name, network?.nameIsUnknown], ["net", true]);
    assert.deepEqual(said(plainly(network?.subnets)), [{ addressPrefix: "unknown" }]);
  });
});
