import type { PlainObject } from "../../../lib/estate/plain";
import { azureLocalInfrastructurePool } from "../../../policies/networks/azure-local-infrastructure-pool";
import { deployment, managed } from "../../azure-local";
import { resource, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const pool = (from: string, to: string): PlainObject => ({ from, to });
const POOLS = "infrastructureNetworks[0].pools";

ruleTest(azureLocalInfrastructurePool, {
  passes: [
    ["a pool of ten addresses", managed({})],
    ["the least", managed({ pools: [pool("10.0.0.50", "10.0.0.55")] })],
    ["the most", managed({ pools: [pool("10.0.0.0", "10.0.0.254")], gateway: "10.0.0.255" })],
    [
      "a pool of one address for the cluster and another one",
      managed({ pools: [pool("10.0.0.50", "10.0.0.50"), pool("10.0.0.60", "10.0.0.64")] }),
    ],
    ["no pool", deployment({ infrastructureNetworks: [{ gateway: "10.0.0.1", subnetMask: "255.255.255.0" }] })],
    ["no management network", deployment()],
    ["a mask that is malformed, which estate reports", managed({ subnetMask: "255.0.255.0" })],
    [
      "a deployment that is declared with azure-native",
      [
        resource("azure-native:azurestackhci:DeploymentSetting", "deployment", {
          deploymentConfiguration: {
            scaleUnits: [
              {
                deploymentData: {
                  cluster: { name: "cl1" },
                  infrastructureNetwork: [
                    {
                      gateway: "10.0.0.1",
                      subnetMask: "255.255.255.0",
                      ipPools: [{ startingAddress: "10.0.0.50", endingAddress: "10.0.0.59" }],
                    },
                  ],
                },
              },
            ],
          },
        }),
      ],
    ],
  ],
  finds: [
    [
      "three pools",
      managed({ pools: ["50", "60", "70"].map((at) => pool(`10.0.0.${at}`, `10.0.0.${at.replace("0", "5")}`)) }),
      "cl1: cl1 has 3 pools of infrastructure addresses; Azure Local takes at most 2.",
      {
        found: { value: 3, unit: "pools" },
        limit: { bound: "atMost", value: 2, unit: "pools" },
        source: "azure-local-infrastructure-pool",
        advisory: false,
      },
    ],
    [
      "a first pool of two with more than the address of the cluster",
      managed({ pools: [pool("10.0.0.50", "10.0.0.52"), pool("10.0.0.60", "10.0.0.69")] }),
      "cl1: cl1: the first of two pools of infrastructure addresses has 3 addresses (10.0.0.50 to 10.0.0.52); it is for the address of the cluster alone.",
      { found: { value: 3, unit: "addresses" } },
    ],
    [
      "five addresses",
      managed({ pools: [pool("10.0.0.50", "10.0.0.54")] }),
      "cl1: cl1: the pool of infrastructure addresses has 5 addresses; Azure Local needs 6 to 255.",
      {
        found: { value: 5, unit: "addresses" },
        limit: { bound: "atLeast", value: 6, unit: "addresses" },
        fix: "Make the last pool 1 address larger, or more.",
      },
    ],
    [
      "256 addresses",
      managed({ pools: [pool("10.0.0.0", "10.0.0.255")], gateway: "10.0.1.1", subnetMask: "255.255.254.0" }),
      "cl1: cl1: the pool of infrastructure addresses has 256 addresses; Azure Local needs 6 to 255.",
      { limit: { bound: "atMost", value: 255, unit: "addresses" } },
    ],
    [
      "an address in both pools",
      managed({ pools: [pool("10.0.0.50", "10.0.0.50"), pool("10.0.0.50", "10.0.0.59")] }),
      "cl1: cl1: the pools 10.0.0.50 and 10.0.0.50 to 10.0.0.59 have addresses in common.",
    ],
    [
      "a pool outside of the management subnet",
      managed({ pools: [pool("10.0.1.50", "10.0.1.59")] }),
      "cl1: cl1: the pool 10.0.1.50 to 10.0.1.59 is not in the management subnet 10.0.0.0/24 (gateway 10.0.0.1, mask 255.255.255.0).",
    ],
    [
      "a pool with the gateway",
      managed({ pools: [pool("10.0.0.1", "10.0.0.9")] }),
      "cl1: cl1: the pool 10.0.0.1 to 10.0.0.9 holds the gateway 10.0.0.1, which is in use.",
    ],
    [
      "a pool that ends before it starts",
      managed({ pools: [pool("10.0.0.59", "10.0.0.50")] }),
      "cl1: cl1: the pool 10.0.0.59 to 10.0.0.50 ends before it starts.",
      { fix: "Declare the pool from 10.0.0.50 to 10.0.0.59." },
    ],
  ],
  undecided: [
    [
      "a gateway of IPv6",
      managed({ gateway: "fd00::1" }),
      "cl1: the IPv4 subnet of the gateway is not known: not checked by azure-local-infrastructure-pool.",
    ],
    [
      "an address that only the deployment knows",
      managed({ pools: [{ from: "10.0.0.50", to: UNKNOWN }] }),
      `cl1: ${POOLS}[0].to is not known until deployment: not checked by azure-local-infrastructure-pool.`,
    ],
    [
      "addresses of IPv6",
      managed({ pools: [pool("fd00::1", "fd00::9")] }),
      "cl1: an address that is not of IPv4 is not known: not checked by azure-local-infrastructure-pool.",
    ],
  ],
});
