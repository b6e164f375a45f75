import type { Estate } from "../../lib/estate/estate";
import {
  describeRange,
  describeSubnet,
  ipv4Number,
  isWithin,
  rangeOfOne,
  subnetOfMask,
  type AddressRange,
} from "../../lib/estate/ipv4";
import type { Cluster, Host } from "../../lib/estate/model";
import type { InfrastructureNetwork } from "../../lib/estate/network-facts";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { askedBy, type ClusterRequirementTopic } from "../../lib/tables/cluster-requirements";
import { append } from "../../lib/text/collections";
import { listing } from "../../lib/text/words";
import { filledRanges, knownPools } from "./shared/address-pools";

/** Each node of Azure Local has a management address of its own, in the subnet of the pools and outside of them. */
export const azureLocalNodeAddresses = defineRule<Cluster>({
  name: "azure-local-node-addresses",
  title: "Management addresses of Azure Local nodes",
  subject: "networks",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "The services of the cluster take the addresses of the pools: the validation fails where a node has one of these, or is in another subnet.",
  fix: "Give each node an address of the management subnet that no pool, no other node and no gateway has.",
  sources: ["azure-local-management-subnet", "azure-local-management-pool", "azure-local-duplicate-address"],
  tags: ["azure-local", "addresses"],
  applies: ({ clusters }) => clusters.filter(({ infrastructureNetworks }) => infrastructureNetworks.state !== "absent"),
  check: (cluster, estate) =>
    given(cluster, { networks: cluster.infrastructureNetworks }, ({ networks }) => judge(cluster, networks, estate)),
});

/** A node whose address is known. */
interface Addressed {
  readonly node: Host;
  readonly text: string;
  readonly address: number;
}

function judge(cluster: Cluster, networks: readonly InfrastructureNetwork[], estate: Estate): readonly Verdict[] {
  const all = estate.knownNodesOf(cluster);
  const nodes = all.flatMap((node): readonly Addressed[] => {
    const text = ifKnown(node.address);
    const address = text === undefined ? undefined : ipv4Number(text);
    return text === undefined || address === undefined ? [] : [{ node, text, address }];
  });
  if (all.every(({ address }) => address.state === "absent")) return [];
  const twice = addressesTwice(nodes);
  // Several networks: it is not declared which of them is the one of the nodes.
  const [network, another] = networks;
  const placed = network === undefined || another !== undefined ? [] : misplaced(cluster, network, nodes);
  return [
    ...twice,
    ...placed,
    ...undecided(cluster, estate.nodesOf(cluster)),
    ...all.flatMap((node) => undecided(node, node.address)),
  ];
}

function addressesTwice(nodes: readonly Addressed[]): readonly Verdict[] {
  const byAddress = new Map<string, Addressed[]>();
  for (const one of nodes) append(byAddress, one.text, one);
  return [...byAddress].flatMap(([text, some]) => {
    const last = some.at(-1);
    if (last === undefined || some.length < 2) return [];
    const problem = `${listing(some.map(({ node }) => node.name))} have the same address ${text}.`;
    return [finding(last, problem, `Give each of them an address of its own.`, "nodeAddressTwice")];
  });
}

function misplaced(cluster: Cluster, network: InfrastructureNetwork, nodes: readonly Addressed[]): readonly Verdict[] {
  const { dhcp, gateway, subnetMask } = network;
  // Nodes that have their addresses from a DHCP server take what that one gives them.
  if (ifKnown(dhcp) === true) return [];
  if (dhcp.state === "unknown") return undecided(cluster, dhcp);
  const router = ifKnown(gateway);
  const mask = ifKnown(subnetMask);
  const subnet = router === undefined || mask === undefined ? undefined : subnetOfMask(router, mask);
  const inSubnet = ({ address }: Addressed): boolean => subnet === undefined || isWithin(rangeOfOne(address), subnet);
  return [
    ...outside(
      cluster,
      subnet,
      nodes.filter((node) => !inSubnet(node)),
    ),
    ...withGateway(nodes, router),
    ...inPool(cluster, network, nodes.filter(inSubnet)),
    ...[gateway, subnetMask].flatMap((value) => undecided(cluster, value)),
  ];
}

function outside(cluster: Cluster, subnet: AddressRange | undefined, nodes: readonly Addressed[]): readonly Verdict[] {
  const [first] = nodes;
  if (first === undefined || subnet === undefined) return [];
  const where = `the management subnet ${describeSubnet(subnet)} of ${cluster.name}`;
  const problem = `${described(nodes)} ${nodes.length === 1 ? "is" : "are"} not in ${where}.`;
  const fix = `Give ${freeAddress(nodes)} of ${describeSubnet(subnet)} outside of its pools, or correct gateway and mask.`;
  return [finding(first, problem, fix, "nodeSubnet")];
}

function withGateway(nodes: readonly Addressed[], gateway: string | undefined): readonly Verdict[] {
  return nodes
    .filter(({ text }) => text === gateway)
    .slice(0, 1)
    .map((one) =>
      finding(
        one,
        `${one.node.name} has the address of the gateway, ${one.text}.`,
        "Give it another address.",
        "nodeAddressTwice",
      ),
    );
}

function inPool(cluster: Cluster, { pools }: InfrastructureNetwork, nodes: readonly Addressed[]): readonly Verdict[] {
  if (pools.state !== "known") return undecided(cluster, pools);
  const known = knownPools(pools.value);
  const open = known.open.flatMap((value) => undecided(cluster, value));
  const findings = filledRanges(known).flatMap(({ value }) => {
    const inside = nodes.filter(({ address }) => isWithin(rangeOfOne(address), value));
    const [first] = inside;
    if (first === undefined) return [];
    const problem = `${described(inside)} ${inside.length === 1 ? "is" : "are"} in the pool ${describeRange(value)} of ${cluster.name}.`;
    const fix = `Give ${freeAddress(inside)} outside of the pool, or declare a pool without ${inside.length === 1 ? "it" : "them"}.`;
    return [finding(first, problem, fix, "nodeOutsidePool")];
  });
  return [...findings, ...open];
}

function finding({ node, text }: Addressed, problem: string, fix: string, topic: ClusterRequirementTopic): Verdict {
  return violation(node, node.address.origin.path, problem, { found: { value: text }, fix, ...askedBy(topic) });
}

function freeAddress(nodes: readonly Addressed[]): string {
  return nodes.length === 1 ? "it a free address" : "them free addresses";
}

/** `n1 (10.0.0.4) and n2 (10.0.0.5)` */
function described(nodes: readonly Addressed[]): string {
  return listing(nodes.map(({ node, text }) => `${node.name} (${text})`));
}
