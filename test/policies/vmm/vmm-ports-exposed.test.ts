import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { vmmPortsExposed as rule } from "../../../policies/vmm/vmm-ports-exposed";
import { firewall, judge, resource, UNKNOWN, vmmServer } from "../../kit";

const SILENT = { findings: [], undecided: [] };
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

function said(...resources: readonly DeclaredResource[]) {
  const { findings, undecided } = judge(rule, resources);
  return { findings, undecided };
}

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

describe("vmm-ports-exposed", () => {
  describe("of a Firewall", () => {
    it("finds what is open to everybody, and nothing that is open to some", () => {
      for (const from of EVERYBODY) {
        const found = {
          findings: ["fw1: fw1 opens TCP 8100 and 8102 of vmm1 to the whole internet."],
          undecided: [],
        };
        assert.deepEqual(said(VMM, opens(from, "vmm1", "8100", "8102", "9000")), found, from);
      }
      for (const from of NOBODY) assert.deepEqual(said(VMM, opens(from, "vmm1", "*")), SILENT, from);
    });

    it("finds each computer that it stands before, and only ports that VMM has there", () => {
      assert.deepEqual(said(VMM, opens("internet", "10.0.0.0/24", "5980-5990")).findings, [
        "fw1: fw1 opens TCP 5985 and 5986 of hv1 and hv2 to the whole internet.",
      ]);
      assert.deepEqual(said(VMM, opens("internet", "web1", "*")), SILENT);
      assert.deepEqual(said(VMM, opens("internet", "vmm1", "5985")), SILENT);
    });

    it("leaves the portal to everybody", () => {
      assert.deepEqual(said(VMM, opens("internet", "ssp1", "443")), SILENT);
    });

    it("minds what is denied", () => {
      const deny = firewall("fw2", "internet", "*", { deny: [{ protocol: "any", ports: ["8000-9000"] }] });
      assert.deepEqual(said(VMM, opens("internet", "vmm1", "8100"), deny), SILENT);
    });

    it("cannot tell while an end is unknown", () => {
      assert.deepEqual(said(VMM, opens(UNKNOWN, "vmm1", "8100")), {
        findings: [],
        undecided: ["fw1: from is not known until deployment: not checked by vmm-ports-exposed."],
      });
      assert.deepEqual(said(VMM, opens(UNKNOWN, "vmm1", "9000")), SILENT);
      assert.deepEqual(said(VMM, opens(true, "vmm1", "8100")), SILENT);
    });
  });

  describe("of a network security group", () => {
    it("finds the rule that opens it", () => {
      for (const sourceAddressPrefix of EVERYBODY) {
        assert.deepEqual(said(VMM, group("nsg1", { sourceAddressPrefix })), {
          findings: ['nsg1: nsg1 opens TCP 8100 of vmm1 to the whole internet by its rule "open" (priority 200).'],
          undecided: [],
        });
      }
      const some = ["VirtualNetwork", "AzureLoadBalancer", "AzureCloud", "Sql.WestEurope", "10.0.0.0/8", "203.0.113.7"];
      for (const sourceAddressPrefix of some) {
        assert.deepEqual(said(VMM, group("nsg1", { sourceAddressPrefix })), SILENT, sourceAddressPrefix);
      }
    });

    it("that is a resource of its own, too", () => {
      const rule1 = resource("azure-native:network:SecurityRule", "rule1", {
        ...securityRule({ name: "open", networkSecurityGroupName: "nsg1" }),
      });
      assert.deepEqual(said(VMM, group("nsg1"), rule1).findings, [
        "rule1: open opens TCP 8100 of vmm1 to the whole internet (priority 200) in nsg1.",
      ]);
    });

    it("of a group that the program does not declare, too", () => {
      const of = (networkSecurityGroupName: Plain, more: PlainObject = {}) =>
        resource("azure-native:network:SecurityRule", "rule1", { ...securityRule(more), networkSecurityGroupName });
      const found = {
        findings: ["rule1: open opens TCP 8100 to the whole internet (priority 200) in nsg9."],
        undecided: [],
      };
      assert.deepEqual(said(VMM, of("nsg9")), found);
      assert.equal(said(VMM, of(UNKNOWN)).findings.length, 1);
      assert.deepEqual(said(VMM, of("nsg9", { access: "Deny" })), SILENT);
      assert.deepEqual(said(VMM, of(UNKNOWN), group("nsg1")), {
        findings: [],
        undecided: ["rule1: networkSecurityGroupName is not known until deployment: not checked by vmm-ports-exposed."],
      });
    });

    it("where an address that it needs is not declared, says so", () => {
      const vmm = vmmServer("vmm1", {
        consoles: ["admin1"],
        machines: [{ name: "vmm1", networkSecurityGroups: ["nsg1"] }],
      });
      assert.deepEqual(said(vmm, group("nsg1", { destinationAddressPrefix: "10.0.0.0/24" })), {
        findings: [],
        undecided: ["vmm1: machines[0].address is not declared: not checked by vmm-ports-exposed."],
      });
    });

    it("unless an earlier rule denies it", () => {
      const deny = { name: "deny", access: "Deny", priority: 100, sourceAddressPrefix: "Internet" };
      assert.deepEqual(said(VMM, group("nsg1", {}, deny)), SILENT);
      assert.equal(said(VMM, group("nsg1", {}, { ...deny, priority: 300 })).findings.length, 1);
      assert.equal(said(VMM, group("nsg1", {}, { ...deny, protocol: "Udp" })).findings.length, 1);
    });

    it("in no other direction, protocol and access", () => {
      for (const other of [{ direction: "Outbound" }, { protocol: "Udp" }, { access: "Deny" }, { protocol: "Icmp" }]) {
        assert.deepEqual(said(VMM, group("nsg1", other)), SILENT);
      }
    });

    it("advises where it is not known which computer is behind it, of ports that only VMM has", () => {
      const all = {
        ...VMM,
        properties: { ...VMM.properties, sqlServer: "sql1", clients: ["desk1"], virtualMachines: ["web1"] },
      };
      assert.deepEqual(judge(rule, [all, group("nsg2", { destinationPortRange: "*" })]).findings, [
        'nsg2: nsg2 opens TCP 2179, 5985, 5986, 8100, 8101, 8102 and 8103 to the whole internet by its rule "open" (priority 200).',
      ]);
      assert.deepEqual(judge(rule, [all, group("nsg2", { destinationPortRange: "*" })]).advisory, ["nsg2"]);
      assert.deepEqual(judge(rule, [all, group("nsg1", {})]).advisory, []);
      for (const port of ["22", "80", "135", "139", "443", "445", "1433", "3260", "3389"]) {
        assert.deepEqual(said(all, group("nsg2", { destinationPortRange: port })), SILENT, port);
      }
    });

    it("says once what is unknown", () => {
      assert.deepEqual(said(VMM, group("nsg1", { sourceAddressPrefix: UNKNOWN })).undecided, [
        "nsg1: securityRules[0].sourceAddressPrefix is not known until deployment: not checked by vmm-ports-exposed.",
      ]);
    });
  });

  it("has nothing to say where no VMM server is declared", () => {
    assert.equal(judge(rule, [group("nsg1", {}), opens("*", "vmm1", "8100")]).applied, 0);
  });
});
