import type { PlainObject } from "../../../lib/estate/plain";
import { azureLocalStorageSubnets } from "../../../policies/networks/azure-local-storage-subnets";
import { deployment, NETWORK } from "../../azure-local";
import { UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

/** A storage network with an address for each of two nodes. */
function storage(name: string, subnet: string, mask: string | typeof UNKNOWN = "255.255.255.0"): PlainObject {
  const address = (node: number): PlainObject => ({
    host: `n${String(node)}`,
    address: `${subnet}.${String(node)}`,
    subnetMask: mask,
  });
  return { name, networkAdapter: `NIC ${name}`, vlan: 711, addresses: [address(1), address(2)] };
}

const estate = (...storageNetworks: readonly PlainObject[]) =>
  deployment({ infrastructureNetworks: [NETWORK], storageNetworks });

ruleTest(azureLocalStorageSubnets, {
  passes: [
    ["a subnet for each network", estate(storage("S1", "10.71.1"), storage("S2", "10.71.2"))],
    [
      "three nodes without a switch: an adapter has a subnet for each of the others",
      deployment({
        storageNetworks: [
          {
            name: "S1",
            networkAdapter: "NIC 3",
            addresses: [
              { host: "n1", address: "10.0.1.1", subnetMask: "255.255.255.0" },
              { host: "n3", address: "10.0.2.3", subnetMask: "255.255.255.0" },
            ],
          },
        ],
      }),
    ],
    ["addresses that Network ATC gives", estate({ name: "S1", networkAdapter: "NIC 3", vlan: 711 })],
    ["no storage network", deployment({ infrastructureNetworks: [NETWORK] })],
  ],
  finds: [
    [
      "two storage networks of one subnet, which the cluster makes one of",
      estate(storage("S1", "10.71.1"), storage("S2", "10.71.1")),
      "cl1: cl1: S1 (10.71.1.0/24) and S2 (10.71.1.0/24) have addresses in common.",
      {
        found: { value: "10.71.1.0/24" },
        fix: "Give S2 addresses of a subnet that no other network of the cluster has.",
        source: "azure-local-storage-subnets",
        advisory: true,
      },
    ],
    [
      "a storage network in the management subnet",
      estate(storage("S1", "10.0.0", "255.255.255.128")),
      "cl1: cl1: the management network of cl1 (10.0.0.0/24) and S1 (10.0.0.0/25) have addresses in common.",
    ],
    [
      "a storage network around the management subnet",
      estate(storage("S1", "10.0.9", "255.255.0.0")),
      "cl1: cl1: the management network of cl1 (10.0.0.0/24) and S1 (10.0.0.0/16) have addresses in common.",
    ],
    [
      "a node with addresses of two subnets on one adapter",
      deployment({
        storageNetworks: [
          {
            name: "S1",
            networkAdapter: "NIC 3",
            addresses: [
              { host: "n1", address: "10.71.1.1", subnetMask: "255.255.255.0" },
              { host: "n1", address: "10.71.2.1", subnetMask: "255.255.255.0" },
            ],
          },
        ],
      }),
      "cl1: cl1: the adapter of S1 has addresses of 10.71.1.0/24 and 10.71.2.0/24 on n1.",
      { source: "azure-local-storage-adapter", advisory: true },
    ],
  ],
  undecided: [
    [
      "a mask that only the deployment knows",
      deployment({ storageNetworks: [storage("S1", "10.71.1", UNKNOWN)] }),
      "cl1: storageNetworks[0].addresses[0].subnetMask and storageNetworks[0].addresses[1].subnetMask are not known until deployment: not checked by azure-local-storage-subnets.",
    ],
  ],
});
