import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { vmmPortsExposed } from "../../../policies/vmm/vmm-ports-exposed";
import { firewall, judge, resource, UNKNOWN, vmmServer } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";

const EVERYBODY = ["*", "Any", "Internet", "0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "::/0", "2000::/3"];
const NOBODY = [
  ...["intranet", "10.0.0.0/8", "192.0.0.0/8", "192.0.0.0/2", "192.0.2.1", "203.0.113.0/24", "2000::/4"],
  ...["admin1", "203.0.113.7"],
];

const VMM = vmmServer("vmm1", {
  consoles: ["admin1"],
  managedHosts: ["hv1", "hv2"],
  selfServicePortal: { webServer: "ssp1", clients: ["user1"] },
  machines: [
    { name: "vmm1", address: "10.0.0.4", networkSecurityGroups: ["nsg1"] },
    { name: "hv1", address: "10.0.0.5" },
    { name: "hv2", address: "10.0.0.6" },
  ],
});
/** The same server with everything that other servers have too. */
const ALL = {
  ...VMM,
  properties: { ...VMM.properties, sqlServer: "sql1", clients: ["desk1"], virtualMachines: ["web1"] },
};

function opens(from: Plain, to: Plain, ...ports: readonly Plain[]): DeclaredResource {
  return firewall("fw1", from, to, { allow: [{ ports }] });
}

function securityRule(properties: PlainObject): PlainObject {
  return {
    name: "open",
    priority: 200,
    direction: "Inbound",
    access: "Allow",
    protocol: "Tcp",
    sourceAddressPrefix: "*",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "8100",
    ...properties,
  };
}

function group(name: string, ...rules: readonly PlainObject[]): DeclaredResource {
  const securityRules = rules.map(securityRule);
  return resource("azure-native:network:NetworkSecurityGroup", name, { resourceGroupName: "rg", securityRules });
}

/** A rule that is a resource of its own. */
function separate(networkSecurityGroupName: Plain, more: PlainObject = {}): DeclaredResource {
  return resource("azure-native:network:SecurityRule", "rule1", { ...securityRule(more), networkSecurityGroupName });
}

function later(name: string, property: string): string {
  return `${name}: ${property} is not known until deployment: not checked by vmm-ports-exposed.`;
}

const OPEN_TO_ALL = 'nsg1: nsg1 opens TCP 8100 of vmm1 to the whole internet by its rule "open" (priority 200).';
const STRAY = "rule1: open opens TCP 8100 to the whole internet (priority 200) in nsg9.";
const DENY = { name: "deny", access: "Deny", priority: 100, sourceAddressPrefix: "Internet" };
const NARROW = "Set from to intranet, to the computers that use the ports, or to their range of addresses.";

ruleTest(vmmPortsExposed, {
  passes: [
    ...NOBODY.map((from): Passes => [`a firewall that opens all to ${from}`, [VMM, opens(from, "vmm1", "*")]]),
    ["ports of another computer", [VMM, opens("internet", "web1", "*")]],
    ["a port that VMM does not have on the computer", [VMM, opens("internet", "vmm1", "5985")]],
    ["the portal, which is for everybody", [VMM, opens("internet", "ssp1", "443")]],
    [
      "what another firewall denies",
      [
        VMM,
        opens("internet", "vmm1", "8100"),
        firewall("fw2", "internet", "*", { deny: [{ protocol: "any", ports: ["8000-9000"] }] }),
      ],
    ],
    ["an unknown end that opens nothing of VMM", [VMM, opens(UNKNOWN, "vmm1", "9000")]],
    ["true as an end, which the estate rule reports", [VMM, opens(true, "vmm1", "8100")]],
    ...["VirtualNetwork", "AzureLoadBalancer", "AzureCloud", "Sql.WestEurope", "10.0.0.0/8", "203.0.113.7"].map(
      (sourceAddressPrefix): Passes => [
        `a rule of a group that opens it to ${sourceAddressPrefix}`,
        [VMM, group("nsg1", { sourceAddressPrefix })],
      ],
    ),
    ["a rule of an undeclared group that denies", [VMM, separate("nsg9", { access: "Deny" })]],
    ["a rule that an earlier one overrides", [VMM, group("nsg1", {}, DENY)]],
    ...[{ direction: "Outbound" }, { protocol: "Udp" }, { access: "Deny" }, { protocol: "Icmp" }].map(
      (other): Passes => [`a rule of ${JSON.stringify(other)}`, [VMM, group("nsg1", other)]],
    ),
    ...["22", "80", "135", "139", "443", "445", "1433", "3260", "3389"].map((destinationPortRange): Passes => [
      `port ${destinationPortRange} of unknown computers, which others have too`,
      [ALL, group("nsg2", { destinationPortRange })],
    ]),
  ],
  finds: [
    ...EVERYBODY.map((from): Finds => [
      `a firewall that opens ports to ${from}`,
      [VMM, opens(from, "vmm1", "8100", "8102", "9000")],
      "fw1: fw1 opens TCP 8100 and 8102 of vmm1 to the whole internet.",
      {
        found: { value: [8100, 8102], unit: "open ports" },
        limit: { bound: "noneOf", value: [8100, 8102], unit: "open ports" },
        fix: from === "Internet" ? "Remove these ports from allow, or remove the firewall." : NARROW,
        advisory: false,
      },
    ]),
    [
      "what is open to all, and can be for the intranet instead",
      [VMM, opens("*", "vmm1", "8100")],
      "fw1: fw1 opens TCP 8100 of vmm1 to the whole internet.",
      { change: { path: "from", value: "intranet" } },
    ],
    [
      "each computer that a firewall opens a port of",
      [VMM, opens("internet", "10.0.0.0/24", "5980-5990")],
      "fw1: fw1 opens TCP 5985 and 5986 of hv1 and hv2 to the whole internet.",
    ],
    ...EVERYBODY.map((sourceAddressPrefix): Finds => [
      `a rule of a group that opens a port to ${sourceAddressPrefix}`,
      [VMM, group("nsg1", { sourceAddressPrefix })],
      OPEN_TO_ALL,
      {
        fix: "Set the source of the rule to the computers that use the port, or to their range of addresses.",
        advisory: false,
      },
    ]),
    [
      "a rule that is a resource of its own",
      [VMM, group("nsg1"), separate("nsg1")],
      "rule1: open opens TCP 8100 of vmm1 to the whole internet (priority 200) in nsg1.",
    ],
    ["a rule of a group that is not declared", [VMM, separate("nsg9")], STRAY],
    [
      "a rule of an unknown group, where none is declared",
      [VMM, separate(UNKNOWN)],
      STRAY.replace("nsg9", "its group"),
    ],
    ["a rule before another that denies", [VMM, group("nsg1", {}, { ...DENY, priority: 300 })], OPEN_TO_ALL],
    ["a rule after another that denies UDP", [VMM, group("nsg1", {}, { ...DENY, protocol: "Udp" })], OPEN_TO_ALL],
    [
      "as advice the ports that only VMM has, of unknown computers",
      [ALL, group("nsg2", { destinationPortRange: "*" })],
      'nsg2: nsg2 opens TCP 2179, 5985, 5986, 8100, 8101, 8102 and 8103 to the whole internet by its rule "open" (priority 200).',
      {
        fix: "Set the source of the rule to the computers that use the ports, or to their range of addresses.",
        advisory: true,
      },
    ],
    ["a port of a known computer, beside others", [ALL, group("nsg1", {})], OPEN_TO_ALL, { advisory: false }],
  ],
  undecided: [
    ["an unknown end of a firewall", [VMM, opens(UNKNOWN, "vmm1", "8100")], later("fw1", "from")],
    [
      "a rule of an unknown group, where one is declared",
      [VMM, separate(UNKNOWN), group("nsg1")],
      later("rule1", "networkSecurityGroupName"),
    ],
    [
      "an address that a rule needs",
      [
        vmmServer("vmm1", { consoles: ["admin1"], machines: [{ name: "vmm1", networkSecurityGroups: ["nsg1"] }] }),
        group("nsg1", { destinationAddressPrefix: "10.0.0.0/24" }),
      ],
      "vmm1: machines[0].address is not declared: not checked by vmm-ports-exposed.",
    ],
    [
      "an unknown source of a rule, once",
      [VMM, group("nsg1", { sourceAddressPrefix: UNKNOWN })],
      later("nsg1", "securityRules[0].sourceAddressPrefix"),
    ],
  ],
});

describe("vmm-ports-exposed", () => {
  it("does not apply where no VMM server is declared", () => {
    assert.equal(judge(vmmPortsExposed, [group("nsg1", {}), opens("*", "vmm1", "8100")]).applied, 0);
  });

  it("offers no other end where a computer of VMM is not in the intranet", () => {
    const console1 = { consoles: ["admin1"], machines: [{ name: "admin1", address: "203.0.113.7" }] };
    const { violations } = judge(vmmPortsExposed, [vmmServer("vmm1", console1), opens("*", "vmm1", "8100")]);
    assert.deepEqual(
      violations.map(({ fix, change }) => ({ fix, change })),
      [{ fix: NARROW, change: undefined }],
    );
  });
});
