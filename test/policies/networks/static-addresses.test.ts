import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { staticAddresses } from "../../../policies/networks/static-addresses";
import { logicalNetwork, resource, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const network = (subnet: PlainObject = {}) =>
  logicalNetwork("lan", {
    switch: "S",
    dnsServers: ["10.0.0.4"],
    subnets: [
      {
        addressPrefix: "10.0.20.0/24",
        vlan: 20,
        allocation: "static",
        routes: [{ addressPrefix: "0.0.0.0/0", nextHop: "10.0.20.1" }],
        pools: [{ from: "10.0.20.10", to: "10.0.20.11" }],
        ...subnet,
      },
    ],
  });

const machine = (name: string, addresses?: Plain) =>
  vm(name, {
    networkAdapters: [
      { name: "nic", switch: "S", logicalNetwork: "LAN", ...(addresses === undefined ? {} : { addresses }) },
    ],
  });

const EXTENDED = { extendedLocation: { name: "site" } };

/** The same as Azure declares it. */
function azure(...addresses: readonly string[]) {
  const id = (type: string, name: string) =>
    `/subscriptions/0/resourceGroups/r/providers/Microsoft.AzureStackHCI/${type}/${name}`;
  return [
    resource("azure-native:azurestackhci:LogicalNetwork", "lan", {
      ...EXTENDED,
      resourceGroupName: "r",
      logicalNetworkName: "lan",
      vmSwitchName: "S",
      subnets: [{ name: "s", addressPrefix: "10.0.20.0/24", ipAllocationMethod: "Dynamic" }],
    }),
    ...addresses.flatMap((address, index) => {
      const name = `m${String(index + 1)}`;
      return [
        resource("azure-native:azurestackhci:NetworkInterface", `${name}-nic`, {
          ...EXTENDED,
          resourceGroupName: "r",
          networkInterfaceName: `${name}-nic`,
          ipConfigurations: [
            { name: "c", properties: { privateIPAddress: address, subnet: { id: id("logicalNetworks", "lan") } } },
          ],
        }),
        resource("azure-native:azurestackhci:VirtualMachineInstance", name, {
          ...EXTENDED,
          hardwareProfile: { processors: 2, memoryMB: 4096 },
          osProfile: { computerName: name },
          networkProfile: { networkInterfaces: [{ id: id("networkInterfaces", `${name}-nic`) }] },
        }),
      ];
    }),
  ];
}

ruleTest(staticAddresses, {
  passes: [
    [
      "an address of its own for each adapter",
      [network(), machine("vm1", ["10.0.20.30"]), machine("vm2", ["10.0.20.31"])],
    ],
    ["as many adapters as the pool has addresses", [network(), machine("vm1"), machine("vm2", ["10.0.20.10"])]],
    [
      "an adapter in no logical network",
      [network(), vm("vm1", { networkAdapters: [{ name: "n", switch: "S", addresses: ["10.9.9.9"] }] })],
    ],
    ["addresses as Azure declares them", azure("10.0.20.30", "10.0.20.31")],
    ["a network of which nothing is declared", [logicalNetwork("lan"), machine("vm1", ["10.9.9.9"])]],
  ],
  finds: [
    [
      "one address for two adapters",
      [network(), machine("vm1", ["10.0.20.30"]), machine("vm2", ["10.0.20.30"])],
      "vm2: vm2 has the address 10.0.20.30, as vm1.",
      { found: { value: "10.0.20.30" }, fix: "Give each adapter an address of its own.", advisory: true },
    ],
    [
      "one address for two machines of Azure",
      azure("10.0.20.30", "10.0.20.30"),
      "m2: m2 has the address 10.0.20.30, as m1.",
    ],
    [
      "an address outside of the prefix",
      [network(), machine("vm1", ["10.0.21.30"])],
      "vm1: vm1 has the address 10.0.21.30, which is not in 10.0.20.0/24 of lan.",
    ],
    [
      "the address of the gateway",
      [network(), machine("vm1", ["10.0.20.1"])],
      "vm1: vm1 has the address 10.0.20.1, which is that of a gateway of lan.",
    ],
    [
      "more adapters than the pool has addresses",
      [network(), machine("vm1"), machine("vm2"), machine("vm3", ["10.0.20.11"])],
      "lan: lan has pools of 2 addresses, and 3 adapters that take one.",
      { found: { value: 3, unit: "addresses" }, limit: { bound: "atMost", value: 2, unit: "addresses" } },
    ],
  ],
  undecided: [
    [
      "an address that only the deployment knows",
      [network(), machine("vm1", [UNKNOWN])],
      "vm1: networkAdapters[0].addresses[0] is not known until deployment: not checked by static-addresses.",
    ],
  ],
});
