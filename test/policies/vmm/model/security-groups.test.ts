import assert from "node:assert/strict";
import fc from "fast-check";
import { readEstate } from "../../../../lib/dialects/read-estate";
import type { PlainObject } from "../../../../lib/estate/plain";
import { topologies } from "../../../../policies/vmm/model/connections";
import { TopologyComputers } from "../../../../policies/vmm/model/topology-computers";
import { accessOf, ruleSets } from "../../../../policies/vmm/model/security-groups";
import { resource, UNKNOWN, vmmServer } from "../../../kit";

/** A rule as a program declares it. */
interface DeclaredRule {
  readonly name: string;
  readonly priority: number;
  readonly direction: "Inbound" | "Outbound";
  readonly access: "Allow" | "Deny";
  readonly protocol: "Tcp" | "Udp" | "*" | "Icmp";
  readonly sourcePortRange: string;
  readonly destinationPortRanges: readonly string[];
  readonly sourceAddressPrefixes: readonly string[];
  readonly destinationAddressPrefixes: readonly string[];
  /** Application security groups, where a side has these instead. */
  readonly sourceGroups: readonly string[];
  readonly destinationGroups: readonly string[];
}

interface Packet {
  readonly direction: "Inbound" | "Outbound";
  readonly protocol: "tcp" | "udp";
  readonly port: number;
  readonly from: string;
  readonly to: string;
}

const MACHINES = { inside1: "10.0.0.4", inside2: "10.0.1.5", outside: "203.0.113.7" };
/** The application security groups that each machine is in. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  [MACHINES.inside1]: ["web"],
  [MACHINES.inside2]: ["web", "sql"],
  [MACHINES.outside]: [],
};
const PREFIXES = [
  "*",
  "VirtualNetwork",
  "Internet",
  "AzureLoadBalancer",
  "10.0.0.4",
  "10.0.0.0/24",
  "10.0.0.0/16",
  "203.0.113.0/24",
];
const PORTS = ["*", "443", "440-445", "8100-8103", "8101"];

/** What Azure appends to every group. */
const DEFAULTS: readonly DeclaredRule[] = [
  preset("AllowVnetInBound", 65000, "Inbound", "Allow", "VirtualNetwork", "VirtualNetwork"),
  preset("AllowAzureLoadBalancerInBound", 65001, "Inbound", "Allow", "AzureLoadBalancer", "*"),
  preset("DenyAllInBound", 65500, "Inbound", "Deny", "*", "*"),
  preset("AllowVnetOutBound", 65000, "Outbound", "Allow", "VirtualNetwork", "VirtualNetwork"),
  preset("AllowInternetOutBound", 65001, "Outbound", "Allow", "*", "Internet"),
  preset("DenyAllOutBound", 65500, "Outbound", "Deny", "*", "*"),
];

function preset(
  name: string,
  priority: number,
  direction: DeclaredRule["direction"],
  access: DeclaredRule["access"],
  source: string,
  destination: string,
): DeclaredRule {
  return {
    name,
    priority,
    direction,
    access,
    protocol: "*",
    sourcePortRange: "*",
    destinationPortRanges: ["*"],
    sourceAddressPrefixes: [source],
    destinationAddressPrefixes: [destination],
    sourceGroups: [],
    destinationGroups: [],
  };
}

/** The straightforward model: sort by priority, take the first rule that matches in every respect. */
function model(rules: readonly DeclaredRule[], packet: Packet): string {
  const sorted = [...rules, ...DEFAULTS].sort((one, other) => one.priority - other.priority);
  for (const rule of sorted) {
    if (rule.direction !== packet.direction) continue;
    if (rule.protocol !== "*" && rule.protocol.toLowerCase() !== packet.protocol) continue;
    if (rule.sourcePortRange !== "*") continue;
    if (!rule.destinationPortRanges.some((range) => hasPort(range, packet.port))) continue;
    if (!isSide(rule.sourceAddressPrefixes, rule.sourceGroups, packet.from)) continue;
    if (!isSide(rule.destinationAddressPrefixes, rule.destinationGroups, packet.to)) continue;
    return `${rule.access} by ${rule.name}`;
  }
  return "no rule";
}

function isSide(prefixes: readonly string[], groups: readonly string[], address: string): boolean {
  const own = GROUPS[address] ?? [];
  return groups.some((group) => own.includes(group)) || prefixes.some((prefix) => hasAddress(prefix, address));
}

function hasPort(range: string, port: number): boolean {
  if (range === "*") return true;
  const [first = "", last = first] = range.split("-");
  return Number(first) <= port && port <= Number(last);
}

/** By hand for the addresses of the three machines. */
function hasAddress(prefix: string, address: string): boolean {
  const isInside = address.startsWith("10.0.");
  if (prefix === "*") return true;
  if (prefix === "VirtualNetwork") return isInside;
  if (prefix === "Internet") return !isInside;
  if (prefix === "AzureLoadBalancer") return false;
  if (prefix === "10.0.0.0/16") return isInside;
  if (prefix === "10.0.0.0/24") return address.startsWith("10.0.0.");
  if (prefix === "203.0.113.0/24") return address.startsWith("203.0.113.");
  return prefix === address;
}

/** What the product finds, of a group whose rules are declared in it or are resources of their own. */
function judged(rules: readonly PlainObject[], packet: Packet, separate: readonly boolean[] = []): string {
  const own = rules.filter((_, index) => separate[index] !== true);
  const apart = rules.filter((_, index) => separate[index] === true);
  const machines = Object.entries(MACHINES).map(([name, address]) => ({
    name,
    address,
    applicationSecurityGroups: [...(GROUPS[address] ?? [])],
  }));
  const estate = readEstate(
    [
      vmmServer("vmm1", { machines }),
      resource("azure-native:network:NetworkSecurityGroup", "nsg1", { resourceGroupName: "rg", securityRules: own }),
      ...apart.map((rule, index) =>
        resource("azure-native:network:SecurityRule", `rule${String(index)}`, {
          ...rule,
          securityRuleName: rule["name"],
          networkSecurityGroupName: "NSG1",
        }),
      ),
    ],
    true,
  );
  const [vmm] = topologies(estate).map((topology) => topology.vmm);
  const [set] = ruleSets(estate);
  assert(vmm !== undefined && set !== undefined);
  const named = new TopologyComputers(vmm);
  const access = accessOf(set, packet.direction === "Inbound" ? "inbound" : "outbound", {
    from: named.find(packet.from),
    to: named.find(packet.to),
    transport: packet.protocol,
    port: packet.port,
  });
  if ("undetermined" in access) return "undetermined";
  return `${access.access === "allow" ? "Allow" : "Deny"} by ${access.by.name}`;
}

/** Azure takes addresses or application security groups on one side of a rule, not both. */
const someSide = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      prefixes: fc.uniqueArray(fc.constantFrom(...PREFIXES), { minLength: 1, maxLength: 2 }),
      groups: fc.constant<readonly string[]>([]),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      prefixes: fc.constant<readonly string[]>([]),
      groups: fc.uniqueArray(fc.constantFrom("web", "sql", "mail"), { minLength: 1, maxLength: 2 }),
    }),
  },
);

const someRules = fc
  .uniqueArray(
    fc.record({
      priority: fc.integer({ min: 100, max: 4096 }),
      direction: fc.constantFrom("Inbound", "Inbound", "Outbound"),
      access: fc.constantFrom("Allow", "Deny"),
      protocol: fc.constantFrom("Tcp", "Udp", "*", "Icmp"),
      sourcePortRange: fc.constantFrom("*", "*", "*", "1024"),
      destinationPortRanges: fc.uniqueArray(fc.constantFrom(...PORTS), { minLength: 1, maxLength: 2 }),
      source: someSide,
      destination: someSide,
    }),
    { maxLength: 6, selector: ({ priority }) => priority },
  )
  .map((rules): readonly DeclaredRule[] =>
    rules.map(({ source, destination, ...rule }, index) => ({
      name: `r${String(index)}`,
      ...rule,
      sourceAddressPrefixes: source.prefixes,
      sourceGroups: source.groups,
      destinationAddressPrefixes: destination.prefixes,
      destinationGroups: destination.groups,
    })),
  );

const somePacket = fc.record({
  direction: fc.constantFrom("Inbound" as const, "Outbound" as const),
  protocol: fc.constantFrom("tcp" as const, "udp" as const),
  port: fc.constantFrom(443, 445, 8101, 3389),
  from: fc.constantFrom(...Object.values(MACHINES)),
  to: fc.constantFrom(...Object.values(MACHINES)),
});

function plain({ sourceGroups, destinationGroups, ...rule }: DeclaredRule): PlainObject {
  return {
    ...rule,
    sourceApplicationSecurityGroups: sourceGroups.map(groupOf),
    destinationApplicationSecurityGroups: destinationGroups.map(groupOf),
  };
}

function groupOf(name: string): PlainObject {
  return {
    id: `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationSecurityGroups/${name.toUpperCase()}`,
  };
}

/** A rule with some of its properties unknown until deployment. */
function veiled(rule: DeclaredRule, hidden: readonly string[]): PlainObject {
  return Object.fromEntries(
    Object.entries(plain(rule)).map(([key, value]) => [key, hidden.includes(key) ? UNKNOWN : value]),
  );
}

describe("the access through a network security group", () => {
  it("is that of the first rule that matches, wherever the rules are declared and in whatever order", () => {
    fc.assert(
      fc.property(someRules, somePacket, fc.array(fc.boolean(), { maxLength: 6 }), (rules, packet, separate) => {
        const expected = model(rules, packet);
        assert.equal(judged(rules.map(plain), packet), expected);
        assert.equal(judged([...rules].reverse().map(plain), packet, separate), expected);
      }),
      { numRuns: 500 },
    );
  });

  it("where something is unknown, is what it is for every value that may come, or undetermined", () => {
    const hideable = ["priority", "access", "protocol", "sourceAddressPrefixes", "destinationPortRanges", "direction"];
    const hidden = fc.array(fc.subarray(hideable, { maxLength: 2 }), { minLength: 6, maxLength: 6 });
    let decided = 0;
    fc.assert(
      fc.property(someRules, somePacket, hidden, (rules, packet, veils) => {
        const found = judged(
          rules.map((rule, index) => veiled(rule, veils[index] ?? [])),
          packet,
        );
        if (found === "undetermined") return;
        decided++;
        // The declared values are one of the ways in which it may come.
        assert.equal(found.split(" ")[0], model(rules, packet).split(" ")[0]);
      }),
      { numRuns: 500 },
    );
    assert(decided > 50, String(decided));
  });

  it("is undetermined where the first rule that may match could turn it, and only there", () => {
    const packet: Packet = { direction: "Inbound", protocol: "tcp", port: 443, from: "10.0.1.5", to: "10.0.0.4" };
    const deny = plain(preset("deny", 300, "Inbound", "Deny", "*", "*"));
    const maybe: PlainObject = {
      ...plain(preset("maybe", 200, "Inbound", "Allow", "*", "*")),
      sourceAddressPrefixes: UNKNOWN,
    };
    const allow = plain(preset("allow", 100, "Inbound", "Allow", "*", "*"));
    assert.equal(judged([deny, maybe], packet), "undetermined");
    assert.equal(judged([deny, { ...maybe, access: "Deny" }], packet), "Deny by deny");
    assert.equal(judged([deny, maybe, allow], packet), "Allow by allow");
    assert.equal(judged([deny, { ...maybe, destinationPortRanges: ["444"] }], packet), "Deny by deny");
    assert.equal(judged([deny, { ...maybe, priority: UNKNOWN }, allow], packet), "Allow by allow");
    assert.equal(judged([deny, { ...maybe, priority: UNKNOWN, access: "Deny" }, allow], packet), "undetermined");
  });
});
