import assert from "node:assert/strict";
import { readEstate } from "../../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../../lib/estate/plain";
import { topologies } from "../../../../policies/vmm/model/connections";
import { INTERNET, TopologyComputers, type TopologyComputer } from "../../../../policies/vmm/model/topology-computers";
import {
  accessOf,
  hasRuleForAddress,
  ruleSets,
  rulesOfUndeclaredGroups,
  type RuleSet,
} from "../../../../policies/vmm/model/security-groups";
import { resource, UNKNOWN, vmmServer } from "../../../kit";

const AZURE = "azure-native:network:";
const AZURE_LOCAL = "azure-native:azurestackhci:";

/** A rule for all inbound traffic that is denied, unless a case says otherwise. */
function rule(name: string, priority: Plain, more: PlainObject = {}): PlainObject {
  return {
    name,
    priority,
    direction: "Inbound",
    access: "Deny",
    protocol: "*",
    sourcePortRange: "*",
    destinationPortRange: "*",
    sourceAddressPrefix: "*",
    destinationAddressPrefix: "*",
    ...more,
  };
}

function group(rules: Plain, name = "nsg1"): DeclaredResource {
  return resource(`${AZURE}NetworkSecurityGroup`, name, { resourceGroupName: "rg", securityRules: rules });
}

/** A rule that is a resource of its own. */
function separate(platform: string, ofGroup: Plain, properties: PlainObject): DeclaredResource {
  const { name = null, ...others } = properties;
  return resource(`${platform}SecurityRule`, "separate", {
    ...others,
    securityRuleName: name,
    networkSecurityGroupName: ofGroup,
  });
}

const LOCAL_GROUP = resource(`${AZURE_LOCAL}NetworkSecurityGroup`, "nsg1", { resourceGroupName: "rg" });

const MACHINES: readonly PlainObject[] = [
  { name: "inside", address: "10.0.0.4", networkSecurityGroups: ["nsg1"] },
  { name: "public", address: "203.0.113.7", networkSecurityGroups: [] },
  { name: "private", address: "10.9.9.9", networkSecurityGroups: [] },
  { name: "exposed", address: "203.0.113.8", networkSecurityGroups: ["nsg1"] },
];

function estateOf(resources: readonly DeclaredResource[]) {
  const estate = readEstate([vmmServer("vmm1", { machines: [...MACHINES] }), ...resources], true);
  const [topology] = topologies(estate);
  assert(topology !== undefined);
  return { estate, computers: new TopologyComputers(topology.vmm) };
}

type Ends = readonly [from: string, to: string];

interface Question {
  readonly ends?: Ends;
  readonly direction?: "inbound" | "outbound";
  readonly port?: number;
}

/** `allow by rule (default)`, or what it depends on. */
function answer(resources: readonly DeclaredResource[], question: Question = {}): string {
  const { estate, computers } = estateOf(resources);
  const [set] = ruleSets(estate);
  assert(set !== undefined);
  return answerOf(set, computers, question);
}

function answerOf(set: RuleSet, computers: TopologyComputers, question: Question): string {
  const { ends: [from, to] = ["public", "inside"], direction = "inbound", port = 443 } = question;
  const find = (name: string): TopologyComputer => (name === "internet" ? INTERNET : computers.find(name));
  const access = accessOf(set, direction, { from: find(from), to: find(to), transport: "tcp", port });
  if ("undetermined" in access) {
    return `depends on ${access.undetermined.map((one) => ("what" in one ? one.what : one.origin.path)).join(", ")}`;
  }
  return `${access.access} by ${access.by.name}${access.byDefault ? " (default)" : ""}`;
}

describe("the rules of a network security group", () => {
  const cases: readonly (readonly [name: string, found: () => string, expected: string])[] = [
    ["that are not known decide everything", () => answer([group(UNKNOWN)]), "depends on securityRules"],
    [
      "with an access that is not known are what an answer depends on",
      () => answer([group([rule("one", 100, { access: UNKNOWN })])]),
      "depends on securityRules[0].access",
    ],
    [
      "with an access that is not known count before one that is known",
      () => answer([group([rule("one", 100, { access: UNKNOWN }), rule("two", 200)])]),
      "depends on securityRules[0].access",
    ],
    [
      "with an access that is not known count for nothing behind one that decides",
      () => answer([group([rule("one", 100), rule("two", 200, { access: UNKNOWN })])]),
      "deny by one",
    ],
    [
      "with sources that are not known count for nothing behind one that decides otherwise",
      () => answer([group([rule("one", 100), rule("two", 200, { access: "Allow", sourceAddressPrefix: UNKNOWN })])]),
      "deny by one",
    ],
    [
      "with a priority that is not known are named with it, and others are not",
      () => answer([group([rule("one", 100), rule("two", UNKNOWN, { access: "Allow" })])]),
      "depends on securityRules[1].priority",
    ],
    [
      "of the smallest priority come first, in whatever order they are declared",
      () => answer([group([rule("two", 101, { access: "Allow" }), rule("one", 100)])]),
      "deny by one",
    ],
    [
      "for a few source ports only do not decide, since a connection comes from any",
      () => answer([group([rule("few", 100, { sourcePortRange: "1024-65534" })])]),
      "deny by DenyAllInBound (default)",
    ],
    [
      "that leave out the first dynamic port do not decide",
      () => answer([group([rule("few", 100, { sourcePortRange: "49153-65535" })])]),
      "deny by DenyAllInBound (default)",
    ],
    [
      "for exactly the ports that Windows opens connections from decide",
      () => answer([group([rule("dynamic", 100, { sourcePortRange: "49152-65535" })])]),
      "deny by dynamic",
    ],
    [
      "of a group of another platform are not its own",
      () => answer([group([]), separate(AZURE_LOCAL, "nsg1", rule("local", 100, { access: "Allow" }))]),
      "deny by DenyAllInBound (default)",
    ],
    [
      "of another group are not its own",
      () => answer([group([]), separate(AZURE, "nsg2", rule("other", 100, { access: "Allow" }))]),
      "deny by DenyAllInBound (default)",
    ],
    [
      "of a group whose name is not known may be its own",
      () => answer([group([]), separate(AZURE, UNKNOWN, rule("maybe", 100, { access: "Allow" }))]),
      "depends on networkSecurityGroupName",
    ],
    [
      "that are declared with it are told from its default ones",
      () => answer([group([rule("own", 100)])]),
      "deny by own",
    ],
    [
      "that are resources of their own are told from its default ones",
      () => answer([group([]), separate(AZURE, "nsg1", rule("own", 100))]),
      "deny by own",
    ],
  ];
  for (const [name, found, expected] of cases) {
    it(name, () => {
      assert.equal(found(), expected);
    });
  }
});

describe("the default rules of a network security group", () => {
  const azure: readonly (readonly [direction: "inbound" | "outbound", ends: Ends, expected: string])[] = [
    ["inbound", ["inside", "exposed"], "allow by AllowVnetInBound (default)"],
    ["inbound", ["public", "inside"], "deny by DenyAllInBound (default)"],
    ["inbound", ["internet", "inside"], "deny by DenyAllInBound (default)"],
    ["outbound", ["inside", "exposed"], "allow by AllowVnetOutBound (default)"],
    ["outbound", ["inside", "public"], "allow by AllowInternetOutBound (default)"],
    ["outbound", ["inside", "internet"], "allow by AllowInternetOutBound (default)"],
  ];
  for (const [direction, ends, expected] of azure) {
    it(`of Azure, ${direction} from ${ends[0]} to ${ends[1]}: ${expected}`, () => {
      assert.equal(answer([group([])], { direction, ends }), expected);
    });
  }

  it("of Azure come after every rule that can be declared", () => {
    const last = rule("last", 4096, { access: "Allow" });
    assert.equal(answer([group([last])], { ends: ["public", "inside"] }), "allow by last");
  });

  for (const ends of [
    ["inside", "exposed"],
    ["public", "inside"],
  ] as const) {
    it(`of Azure Local deny what comes in from ${ends[0]} and allow what goes out, whatever the addresses`, () => {
      assert.equal(answer([LOCAL_GROUP], { ends }), "deny by default (default)");
      assert.equal(answer([LOCAL_GROUP], { ends, direction: "outbound" }), "allow by default (default)");
    });
  }
});

describe("a service tag in a rule", () => {
  const asSource = (prefix: string, ends: Ends): string =>
    answer([group([rule("tag", 100, { sourceAddressPrefix: prefix })])], { ends });
  const others = "DenyAllInBound (default)";
  const cases: readonly (readonly [prefix: string, from: string, expected: string])[] = [
    ["VirtualNetwork", "inside", "deny by tag"],
    ["VirtualNetwork", "private", "deny by tag"],
    ["VirtualNetwork", "exposed", "deny by tag"],
    ["VirtualNetwork", "public", `deny by ${others}`],
    ["Internet", "public", "deny by tag"],
    ["Internet", "internet", "deny by tag"],
    ["Internet", "exposed", "allow by AllowVnetInBound (default)"],
    ["AzureLoadBalancer", "public", `deny by ${others}`],
    ["Storage", "inside", "allow by AllowVnetInBound (default)"],
    ["Storage", "internet", `deny by ${others}`],
    ["Any", "public", "deny by tag"],
    ["0.0.0.0/0", "public", "deny by tag"],
  ];
  for (const [prefix, from, expected] of cases) {
    it(`${prefix}, from ${from}: ${expected}`, () => {
      assert.equal(asSource(prefix, [from, "inside"]), expected);
    });
  }

  it("of Azure's own services may mean a public address, which is what the answer depends on", () => {
    const allowing = group([rule("tag", 100, { access: "Allow", sourceAddressPrefix: "Storage" })]);
    assert.equal(answer([allowing], { ends: ["public", "inside"] }), "depends on which addresses Storage means");
    assert.equal(answer([allowing], { ends: ["private", "inside"] }), "allow by AllowVnetInBound (default)");
  });

  it("means nobody on Azure Local, which has none", () => {
    for (const prefix of ["VirtualNetwork", "Internet", "Storage"]) {
      const own = separate(AZURE_LOCAL, "nsg1", rule("tag", 100, { access: "Allow", sourceAddressPrefix: prefix }));
      for (const from of ["inside", "public", "private"]) {
        assert.equal(answer([LOCAL_GROUP, own], { ends: [from, "inside"] }), "deny by default (default)");
      }
    }
  });
});

describe("a rule that names an address", () => {
  const names = (more: PlainObject): boolean => {
    const { estate, computers } = estateOf([group([rule("one", 100, more)])]);
    const [set] = ruleSets(estate);
    assert(set !== undefined);
    return hasRuleForAddress(set, computers.find("inside"));
  };
  const cases: readonly (readonly [name: string, more: PlainObject, expected: boolean])[] = [
    ["inbound to it", { destinationAddressPrefix: "10.0.0.4" }, true],
    ["inbound to its range, among others", { destinationAddressPrefixes: ["10.1.0.0/16", "10.0.0.0/24"] }, true],
    ["inbound from it", { sourceAddressPrefix: "10.0.0.4" }, false],
    ["outbound from it", { direction: "Outbound", sourceAddressPrefix: "10.0.0.4" }, true],
    ["outbound to it", { direction: "Outbound", destinationAddressPrefix: "10.0.0.4" }, false],
    ["in a direction that is not known", { direction: UNKNOWN, sourceAddressPrefix: "10.0.0.4" }, false],
    ["by every address", { destinationAddressPrefix: "0.0.0.0/0" }, false],
    ["by a value that is not known", { destinationAddressPrefix: UNKNOWN }, false],
  ];
  for (const [name, more, expected] of cases) {
    it(`${name} is ${expected ? "" : "not "}one for a machine that the group protects`, () => {
      assert.equal(names(more), expected);
    });
  }

  it("is none for a machine whose address is not declared", () => {
    const { estate, computers } = estateOf([group([rule("one", 100, { destinationAddressPrefix: "10.0.0.4" })])]);
    const [set] = ruleSets(estate);
    assert(set !== undefined);
    assert.equal(hasRuleForAddress(set, computers.find("nameless")), false);
  });
});

describe("a rule of a group that is not declared", () => {
  const found = (...resources: readonly DeclaredResource[]): readonly string[] => {
    const { estate, computers } = estateOf(resources);
    return rulesOfUndeclaredGroups(estate).map((set) => `${set.group.name}: ${answerOf(set, computers, {})}`);
  };
  const own = rule("alone", 100);

  it("decides by itself", () => {
    assert.deepEqual(found(separate(AZURE, "elsewhere", own)), ["elsewhere: deny by alone"]);
  });

  it("is not of a declared one of that name, nor one that may be", () => {
    assert.deepEqual(found(group([]), group([], "nsg2"), separate(AZURE, "NSG2", own)), []);
    assert.deepEqual(found(group([]), separate(AZURE, UNKNOWN, own)), []);
  });

  it("is not of one on another platform", () => {
    assert.deepEqual(found(LOCAL_GROUP, separate(AZURE, "nsg1", own)), ["nsg1: deny by alone"]);
    assert.deepEqual(found(LOCAL_GROUP, separate(AZURE, UNKNOWN, own)), ["its group: deny by alone"]);
  });
});
