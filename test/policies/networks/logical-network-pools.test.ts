import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { logicalNetworkPools } from "../../../policies/networks/logical-network-pools";
import { logicalNetwork, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const ROUTES = [{ addressPrefix: "0.0.0.0/0", nextHop: "10.0.20.1" }];

function network(name: string, from: string, to: string, subnet: PlainObject = {}, more: PlainObject = {}) {
  return logicalNetwork(name, {
    switch: "ConvergedSwitch(lan)",
    dnsServers: ["10.0.0.4"],
    subnets: [
      {
        addressPrefix: "10.0.20.0/24",
        vlan: 20,
        allocation: "static",
        routes: ROUTES,
        pools: [{ from, to }],
        ...subnet,
      },
    ],
    ...more,
  });
}

/** Without these properties. */
function without(estate: ReturnType<typeof network>, ...names: readonly string[]) {
  const kept = Object.entries(estate.properties).filter(([name]) => !names.includes(name));
  return { ...estate, properties: Object.fromEntries<Plain | undefined>(kept) };
}

ruleTest(logicalNetworkPools, {
  passes: [
    [
      "two networks beside each other",
      [network("a", "10.0.20.10", "10.0.20.19"), network("b", "10.0.20.20", "10.0.20.29")],
    ],
    [
      "the same addresses on two VLANs",
      [network("a", "10.0.20.10", "10.0.20.19"), network("b", "10.0.20.10", "10.0.20.19", { vlan: 21 })],
    ],
    [
      "the same on two switches",
      [network("a", "10.0.20.10", "10.0.20.19"), network("b", "10.0.20.10", "10.0.20.19", {}, { switch: "Other" })],
    ],
    [
      "the same in two instances of Azure Local",
      [
        network("a", "10.0.20.10", "10.0.20.19", {}, { customLocation: "site1" }),
        network("b", "10.0.20.10", "10.0.20.19", {}, { customLocation: "site2" }),
      ],
    ],
    ["a dynamic network", [logicalNetwork("a", { switch: "S", subnets: [{ allocation: "dynamic", vlan: 20 }] })]],
    ["a network of which nothing is declared", [logicalNetwork("a")]],
  ],
  finds: [
    [
      "pools with common addresses on one VLAN",
      [
        network("a", "10.0.20.10", "10.0.20.19"),
        network("b", "10.0.20.19", "10.0.20.29", {}, { switch: "convergedswitch(LAN)" }),
      ],
      "b: b: the pool 10.0.20.19 to 10.0.20.29 has addresses in common with the pool 10.0.20.10 to 10.0.20.19 of a on VLAN 20.",
      { found: { value: "10.0.20.19 to 10.0.20.29" }, source: "azure-local-logical-networks", advisory: false },
    ],
    [
      "a pool that another subnet of it has as well",
      [
        logicalNetwork("a", {
          switch: "S",
          subnets: [
            { addressPrefix: "10.0.20.0/24", allocation: "dynamic", pools: [{ from: "10.0.20.10", to: "10.0.20.19" }] },
            { addressPrefix: "10.0.20.0/24", allocation: "dynamic", pools: [{ from: "10.0.20.15", to: "10.0.20.16" }] },
          ],
        }),
      ],
      "a: a: the pool 10.0.20.15 to 10.0.20.16 has addresses in common with another pool of it on VLAN 0.",
    ],
    [
      "a static network without a gateway",
      [network("a", "10.0.20.10", "10.0.20.19", { routes: [] })],
      "a: a is static, and has no default gateway.",
      { fix: "Add a route with the prefix 0.0.0.0/0 to its gateway.", advisory: false },
    ],
    [
      "a static network without DNS servers",
      [without(network("a", "10.0.20.10", "10.0.20.19"), "dnsServers")],
      "a: a is static, and has no DNS server.",
    ],
    [
      "a pool outside of the prefix",
      [network("a", "10.0.21.10", "10.0.21.19")],
      "a: a: the pool 10.0.21.10 to 10.0.21.19 is not in the address prefix 10.0.20.0/24.",
      { advisory: true },
    ],
  ],
  undecided: [
    [
      "a VLAN that only the deployment knows",
      [network("a", "10.0.20.10", "10.0.20.19", { vlan: UNKNOWN })],
      "a: subnets[0].vlan is not known until deployment: not checked by logical-network-pools.",
    ],
  ],
});
