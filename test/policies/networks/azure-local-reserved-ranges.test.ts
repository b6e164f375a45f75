import { azureLocalReservedRanges } from "../../../policies/networks/azure-local-reserved-ranges";
import { deployment, managed } from "../../azure-local";
import { UNKNOWN } from "../../kit";
import { ruleTest } from "../../rule-test";

const pools = (from: string, to: string) => ({ pools: [{ from, to }] });

ruleTest(azureLocalReservedRanges, {
  passes: [
    ["other addresses", managed({})],
    ["the addresses beside those of pods", managed(pools("10.243.255.240", "10.243.255.255"))],
    ["the addresses beside those of services", managed(pools("10.112.0.0", "10.112.0.9"))],
    ["no management network", deployment()],
  ],
  finds: [
    [
      "a pool of addresses of pods",
      managed(pools("10.244.1.10", "10.244.1.20")),
      "cl1: cl1: the pool 10.244.1.10 to 10.244.1.20 is in 10.244.0.0/16, which Kubernetes keeps for pods.",
      { found: { value: "10.244.1.10 to 10.244.1.20" }, source: "azure-local-pod-addresses", advisory: false },
    ],
    [
      "a pool of addresses of services, which only may disturb",
      managed(pools("10.100.1.10", "10.100.1.20")),
      "cl1: cl1: the pool 10.100.1.10 to 10.100.1.20 is in 10.96.0.0/12, which Kubernetes keeps for services.",
      { source: "azure-local-service-addresses", advisory: true },
    ],
    [
      "a pool that ends in them",
      managed(pools("10.95.255.250", "10.96.0.9")),
      "cl1: cl1: the pool 10.95.255.250 to 10.96.0.9 is in 10.96.0.0/12, which Kubernetes keeps for services.",
    ],
    [
      "DNS servers",
      managed({ dnsServers: ["10.244.0.10", "10.0.0.4", "10.111.255.255"] }),
      "cl1: cl1: the DNS servers 10.244.0.10 and 10.111.255.255 have addresses that Kubernetes keeps (10.244.0.0/16 and 10.96.0.0/12).",
      { found: { value: ["10.244.0.10", "10.111.255.255"] }, source: "azure-local-dns-addresses", advisory: true },
    ],
  ],
  undecided: [
    [
      "a pool that only the deployment knows",
      managed({ pools: UNKNOWN }),
      "cl1: infrastructureNetworks[0].pools is not known until deployment: not checked by azure-local-reserved-ranges.",
    ],
  ],
});
