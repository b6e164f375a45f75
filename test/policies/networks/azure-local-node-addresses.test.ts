import { azureLocalNodeAddresses } from "../../../policies/networks/azure-local-node-addresses";
import { deployment, managed } from "../../azure-local";
import { UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

ruleTest(azureLocalNodeAddresses, {
  passes: [
    ["an address of its own for each node, outside of the pool", managed({})],
    ["nodes without a declared address", managed({}, [{ address: undefined }, { address: undefined }])],
    ["nodes with addresses of DHCP", managed({ dhcp: true }, [{ address: "10.0.7.11" }, { address: "10.0.7.12" }])],
    ["no management network", deployment({}, [{ address: "10.0.0.11" }, { address: "10.0.0.11" }])],
  ],
  finds: [
    [
      "a node in another subnet",
      managed({}, [{}, { address: "10.0.1.12" }]),
      "n2: n2 (10.0.1.12) is not in the management subnet 10.0.0.0/24 of cl1.",
      {
        found: { value: "10.0.1.12" },
        fix: "Give it a free address of 10.0.0.0/24 outside of its pools, or correct gateway and mask.",
        source: "azure-local-management-subnet",
        advisory: false,
      },
    ],
    [
      "two nodes in the pool, said once",
      managed({}, [{ address: "10.0.0.50" }, { address: "10.0.0.59" }]),
      "n1: n1 (10.0.0.50) and n2 (10.0.0.59) are in the pool 10.0.0.50 to 10.0.0.59 of cl1.",
      { source: "azure-local-management-pool" },
    ],
    [
      "two nodes with one address",
      managed({}, [{ address: "10.0.0.11" }, { address: "10.0.0.11" }]),
      "n2: n1 and n2 have the same address 10.0.0.11.",
      { found: { value: "10.0.0.11" }, source: "azure-local-duplicate-address" },
    ],
    [
      "a node with the address of the gateway",
      managed({}, [{ address: "10.0.0.1" }, {}]),
      "n1: n1 has the address of the gateway, 10.0.0.1.",
    ],
  ],
  undecided: [
    [
      "an address that only the deployment knows",
      managed({}, [{ address: UNKNOWN }, {}]),
      "n1: address is not known until deployment: not checked by azure-local-node-addresses.",
    ],
    [
      "a mask that only the deployment knows",
      managed({ subnetMask: UNKNOWN }),
      "cl1: infrastructureNetworks[0].subnetMask is not known until deployment: not checked by azure-local-node-addresses.",
    ],
  ],
});
