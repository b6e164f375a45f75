import { describeSubnet, overlapOf, subnetOfMask, type AddressRange } from "../../lib/estate/ipv4";
import type { Cluster } from "../../lib/estate/model";
import type { StorageNetwork } from "../../lib/estate/network-facts";
import { ifKnown, type Origin } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { askedBy } from "../../lib/tables/cluster-requirements";
import { append } from "../../lib/text/collections";
import { listing } from "../../lib/text/words";
import { firstOverlap } from "./shared/address-pools";

/** The management subnet and each storage network of Azure Local have addresses of their own. */
export const azureLocalStorageSubnets = defineRule<Cluster>({
  name: "azure-local-storage-subnets",
  title: "Separate storage subnets of Azure Local",
  subject: "networks",
  level: "recommended",
  severity: "medium",
  reach: "resource",
  why: "A cluster makes one network of what is in one subnet: storage traffic then takes wrong adapters, and updates are blocked.",
  fix: "Give the management network and each storage network a subnet of its own.",
  sources: ["azure-local-storage-subnets", "azure-local-storage-adapter"],
  tags: ["azure-local", "addresses", "storage"],
  applies: ({ clusters }) => clusters.filter(({ storageNetworks }) => storageNetworks.state !== "absent"),
  check: (cluster) => given(cluster, { networks: cluster.storageNetworks }, ({ networks }) => judge(cluster, networks)),
});

/** A subnet of the storage network or the management network of this name. */
interface UsedSubnet {
  readonly name: string;
  readonly value: AddressRange;
  readonly origin: Origin;
}

function judge(cluster: Cluster, networks: readonly StorageNetwork[]): readonly Verdict[] {
  const storage = networks.flatMap((network, index) => subnetsOf(network, `storage network ${String(index + 1)}`));
  const [one, other] = sharedSubnets([...managementSubnets(cluster), ...distinct(storage)]);
  const found = one === undefined || other === undefined ? [] : [finding(cluster, one, other)];
  const split = networks.flatMap((network, index) =>
    twoSubnets(cluster, network, `storage network ${String(index + 1)}`),
  );
  return [
    ...found,
    ...split,
    ...networks.flatMap((network) => openAddresses(cluster, network)),
    ...openManagement(cluster),
  ];
}

/** A node with two addresses on one adapter, of different subnets. */
function twoSubnets(cluster: Cluster, network: StorageNetwork, otherName: string): readonly Verdict[] {
  const byHost = new Map<string, UsedSubnet[]>();
  for (const { host, subnet } of subnetsOfHosts(network, otherName)) append(byHost, host, subnet);
  return [...byHost].flatMap(([host, subnets]) => {
    const [first] = subnets;
    const other = subnets.find(({ value }) => first !== undefined && value.first !== first.value.first);
    if (first === undefined || other === undefined) return [];
    const both = listing([first, other].map(({ value }) => describeSubnet(value)));
    const problem = `${cluster.name}: the adapter of ${first.name} has addresses of ${both} on ${host}.`;
    return [
      violation(cluster, other.origin.path, problem, {
        found: { value: describeSubnet(other.value) },
        fix: `Declare one address of ${host} in ${first.name}, or addresses of one subnet.`,
        ...askedBy("storageAdapterSubnet"),
      }),
    ];
  });
}

function finding(cluster: Cluster, one: UsedSubnet, other: UsedSubnet): Verdict {
  const problem =
    `${cluster.name}: ${listing([one, other].map(({ name, value }) => `${name} (${describeSubnet(value)})`))} ` +
    `have addresses in common.`;
  return violation(cluster, other.origin.path, problem, {
    found: { value: describeSubnet(other.value) },
    fix: `Give ${other.name} addresses of a subnet that no other network of the cluster has.`,
    ...askedBy("storageSubnets"),
  });
}

function sharedSubnets(subnets: readonly UsedSubnet[]): readonly UsedSubnet[] {
  const pair = firstOverlap(subnets) ?? [];
  // The one that is declared last is the one to change.
  return [...pair].sort((one, other) => subnets.indexOf(one) - subnets.indexOf(other));
}

/** The addresses of all nodes in one network are of one subnet, or of few. */
function subnetsOf(network: StorageNetwork, otherName: string): readonly UsedSubnet[] {
  return subnetsOfHosts(network, otherName).map(({ subnet }) => subnet);
}

interface HostSubnet {
  readonly host: string;
  readonly subnet: UsedSubnet;
}

function subnetsOfHosts({ name, addresses }: StorageNetwork, otherName: string): readonly HostSubnet[] {
  return (ifKnown(addresses) ?? []).flatMap(({ host, address, subnetMask }): readonly HostSubnet[] => {
    const [text, mask] = [ifKnown(address), ifKnown(subnetMask)];
    const value = text === undefined || mask === undefined ? undefined : subnetOfMask(text, mask);
    if (value === undefined) return [];
    return [{ host: ifKnown(host) ?? "", subnet: { name: ifKnown(name) ?? otherName, value, origin: address.origin } }];
  });
}

/** Each subnet of each network once: those that a network has several times, or within each other, are its own affair. */
function distinct(subnets: readonly UsedSubnet[]): readonly UsedSubnet[] {
  const first: UsedSubnet[] = [];
  for (const subnet of subnets) {
    const own = first.filter(({ name }) => name === subnet.name);
    if (!own.some(({ value }) => overlapOf(value, subnet.value) !== undefined)) first.push(subnet);
  }
  return first;
}

function managementSubnets({ name, infrastructureNetworks }: Cluster): readonly UsedSubnet[] {
  return (ifKnown(infrastructureNetworks) ?? []).flatMap(({ gateway, subnetMask }): readonly UsedSubnet[] => {
    const [router, mask] = [ifKnown(gateway), ifKnown(subnetMask)];
    const value = router === undefined || mask === undefined ? undefined : subnetOfMask(router, mask);
    return value === undefined ? [] : [{ name: `the management network of ${name}`, value, origin: gateway.origin }];
  });
}

function openAddresses(cluster: Cluster, { addresses }: StorageNetwork): readonly Verdict[] {
  const known = ifKnown(addresses) ?? [];
  return [addresses, ...known.flatMap(({ address, subnetMask }) => [address, subnetMask])].flatMap((value) =>
    undecided(cluster, value),
  );
}

function openManagement(cluster: Cluster): readonly Verdict[] {
  const { infrastructureNetworks } = cluster;
  const known = ifKnown(infrastructureNetworks) ?? [];
  return [infrastructureNetworks, ...known.flatMap(({ gateway, subnetMask }) => [gateway, subnetMask])].flatMap(
    (value) => undecided(cluster, value),
  );
}
