import { resolveAddress } from "../../estate/addresses";
import type { LinkedKinds } from "../../estate/linked-facts";
import { ADDRESS_ALLOCATIONS, type AddressPool, type Route, type Subnet } from "../../estate/network-facts";
import type { Reader } from "../../estate/reader";
import { firstOf, ifKnown, known, type Value } from "../../estate/value";
import type { FactSink } from "../dialect";
import { linkedFacts, type ArmResource } from "./arm";
import { nameInId } from "./ids";
import { VLAN, word } from "./units";

/** What a provider calls the same in a logical network. */
export interface LogicalNetworkNames {
  readonly virtualSwitch: string;
  readonly customLocation: (resource: ArmResource) => Value<string>;
  readonly dnsServers: (properties: Reader) => Value<readonly Value<string>[]>;
  readonly subnets: (properties: Reader) => Value<readonly Subnet[]>;
}

/**
 * A logical network, and for the adapters in it the switch and the VLAN; of several subnets it is not known which they are
 * in.
 */
export function logicalNetwork(names: LogicalNetworkNames): (resource: ArmResource, sink: FactSink) => void {
  return (resource, sink) => {
    const { declared, name, properties } = resource;
    const virtualSwitch = properties.text(names.virtualSwitch);
    const subnets = names.subnets(properties);
    const ownName = ifKnown(name) ?? declared.name;
    sink.add("logicalNetworks", {
      kind: "logicalNetwork",
      urn: declared.urn,
      name: ownName,
      nameIsUnknown: name.state === "unknown",
      customLocation: names.customLocation(resource),
      switch: virtualSwitch,
      subnets,
      dnsServers: names.dnsServers(properties),
    });
    const [subnet, another] = ifKnown(subnets) ?? [];
    const vlan = subnet === undefined || another !== undefined ? {} : { vlan: subnet.vlan };
    sink.link(
      "adapter",
      linkedFacts<LinkedKinds["adapter"]>(resource, "logicalNetworks", {
        switch: virtualSwitch,
        logicalNetwork: known(ownName, { urn: declared.urn, path: "" }),
        ...vlan,
      }),
    );
  };
}

export const readLogicalNetwork = logicalNetwork({
  virtualSwitch: "vmSwitchName",
  customLocation: ({ around }) => around.section("extendedLocation", (location) => location.text("name")),
  dnsServers: (properties) => properties.section("dhcpOptions", (options) => options.texts("dnsServers")),
  subnets: (properties) =>
    properties.list("subnets", (subnet) => {
      const name = subnet.text("name");
      return { name, ...flat(subnet, readSubnet) };
    }),
});

/** Azure's interface, and earlier versions of the provider, have the properties of what stands in a list in `properties`. */
function flat<T>(reader: Reader, read: (reader: Reader) => T): T {
  reader.passOthers();
  return reader.keys.includes("properties") ? reader.section("properties", read) : read(reader);
}

function readSubnet(reader: Reader): Omit<Subnet, "name"> {
  const prefixes = reader.texts("addressPrefixes");
  const [prefix] = ifKnown(prefixes) ?? [];
  return {
    addressPrefix: firstOf(reader.text("addressPrefix"), ...(prefix === undefined ? [] : [prefix])),
    vlan: reader.integer("vlan", VLAN),
    allocation: word(reader.text("ipAllocationMethod"), ADDRESS_ALLOCATIONS),
    pools: reader.list("ipPools", readPool),
    routes: reader.section("routeTable", (table) => flat(table, (inner) => inner.list("routes", readRoute))),
    networkSecurityGroup: reader.section("networkSecurityGroup", (group) => nameInId(group.text("id"))),
  };
}

export function readPool(reader: Reader): AddressPool {
  reader.passOthers();
  return { from: reader.resolved("start", resolveAddress), to: reader.resolved("end", resolveAddress) };
}

export function readRoute(reader: Reader): Route {
  return flat(reader, (inner) => ({
    addressPrefix: inner.text("addressPrefix"),
    nextHop: inner.text("nextHopIpAddress"),
  }));
}

/** One subnet that is an object, as a list. */
export function listOfOne(subnet: Value<Subnet>): Value<readonly Subnet[]> {
  return subnet.state === "known" ? known([subnet.value], subnet.origin) : subnet;
}
