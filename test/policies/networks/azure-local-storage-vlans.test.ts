import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { azureLocalStorageVlans } from "../../../policies/networks/azure-local-storage-vlans";
import { deployment, INTENTS } from "../../azure-local";
import { UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const network = (adapter: number, vlan: Plain): PlainObject => ({
  name: `S${String(adapter)}`,
  networkAdapter: `NIC ${String(adapter)}`,
  vlan,
});
const ROCE = [INTENTS[0] ?? {}, { ...INTENTS[1], rdma: true, rdmaTechnology: "RoCEv2" }];

const switchless = (storageNetworks: readonly PlainObject[], nodes: number, more: PlainObject = {}) =>
  deployment(
    { intents: INTENTS, switchlessStorage: true, storageNetworks, ...more },
    Array.from({ length: nodes }, () => ({})),
  );

ruleTest(azureLocalStorageVlans, {
  passes: [
    ["a VLAN for each storage adapter of two nodes", switchless([network(3, 711), network(4, 712)], 2)],
    ["three nodes, which have other links", switchless([network(3, 711)], 3)],
    ["two nodes with a switch", switchless([network(3, 711), network(4, 711)], 2, { switchlessStorage: false })],
    ["RoCE with tags", deployment({ intents: ROCE, storageNetworks: [network(3, 1), network(4, 4094)] })],
    ["iWARP without a tag", deployment({ intents: INTENTS, storageNetworks: [network(3, 0)] })],
    [
      "an intent whose RDMA is turned off",
      deployment({ intents: [{ ...ROCE[1], rdma: false }], storageNetworks: [network(3, 0)] }),
    ],
    ["no storage network", deployment({ switchlessStorage: true })],
  ],
  finds: [
    [
      "RoCE without a tag",
      deployment({ intents: ROCE, storageNetworks: [network(3, 0), network(4, 712)] }),
      "cl1: cl1: storage network S3 has VLAN 0, and RoCE needs a VLAN with a tag.",
      { found: { value: 0 }, source: "network-atc", advisory: false },
    ],
    [
      "one VLAN for two adapters of two nodes",
      switchless([network(3, 711), network(4, 711)], 2),
      "cl1: cl1 has 2 nodes without a storage switch, 2 storage adapters on each, and 1 storage VLAN.",
      {
        found: { value: 1, unit: "VLANs" },
        limit: { bound: "exactly", value: 2, unit: "VLANs" },
        fix: "Declare 2 storage networks, each with its adapter and a VLAN of its own.",
        source: "azure-local-storage-vlans",
        advisory: false,
      },
    ],
  ],
  undecided: [
    [
      "a VLAN that only the deployment knows",
      switchless([network(3, 711), network(4, UNKNOWN)], 2),
      "cl1: storageNetworks[1].vlan is not known until deployment: not checked by azure-local-storage-vlans.",
    ],
  ],
});
