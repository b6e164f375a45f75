import type { PlainObject } from "../../../lib/estate/plain";
import { vlanConsistent } from "../../../policies/networks/vlan-consistent";
import { logicalNetwork, UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const network = (name: string, addressPrefix: string, vlan: number | typeof UNKNOWN, more: PlainObject = {}) =>
  logicalNetwork(name, { switch: "S", subnets: [{ addressPrefix, vlan }], ...more });

ruleTest(vlanConsistent, {
  passes: [
    ["a subnet for each VLAN", [network("a", "10.0.20.0/24", 20), network("b", "10.0.21.0/24", 21)]],
    ["two networks of one subnet on one VLAN", [network("a", "10.0.20.0/24", 20), network("b", "10.0.20.0/25", 20)]],
    ["two switches", [network("a", "10.0.20.0/24", 20), network("b", "10.0.20.0/24", 21, { switch: "T" })]],
    [
      "two instances of Azure Local",
      [
        network("a", "10.0.20.0/24", 20, { customLocation: "site1" }),
        network("b", "10.0.20.0/24", 21, { customLocation: "site2" }),
      ],
    ],
    ["a network without addresses", [logicalNetwork("a", { switch: "S", subnets: [{ vlan: 20 }] })]],
  ],
  finds: [
    [
      "one subnet on two VLANs",
      [network("a", "10.0.20.0/24", 20), network("b", "10.0.20.128/25", 21), network("c", "10.0.22.0/24", 22)],
      "b: b has 10.0.20.128/25 on VLAN 21, and a has 10.0.20.0/24 on VLAN 20 of the same virtual switch.",
      { found: { value: 21 }, limit: { bound: "exactly", value: 20 }, advisory: true },
    ],
  ],
  undecided: [
    [
      "a VLAN that only the deployment knows",
      [network("a", "10.0.20.0/24", 20), network("b", "10.0.20.0/24", UNKNOWN)],
      "b: subnets[0].vlan is not known until deployment: not checked by vlan-consistent.",
    ],
  ],
});
