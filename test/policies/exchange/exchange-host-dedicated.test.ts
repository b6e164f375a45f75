import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain } from "../../../lib/estate/plain";
import { exchangeHostDedicated as rule } from "../../../policies/exchange/exchange-host-dedicated";
import { cluster, host, judge, mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };

function said(...resources: readonly DeclaredResource[]) {
  const { findings, undecided } = judge(rule, resources);
  return { findings, undecided };
}

function on(roles: Plain, version = "Exchange 2013"): readonly DeclaredResource[] {
  return [host("hv1", { roles }), mailbox("ex1", { host: "hv1" }, { version })];
}

describe("exchange-host-dedicated", () => {
  it("accepts what runs and manages virtual machines", () => {
    assert.deepEqual(said(...on(["Hyper-V", "Failover Clustering", "File and Storage Services", "RSAT"])), SILENT);
    assert.deepEqual(said(...on([])), SILENT);
    assert.deepEqual(said(host("hv1"), mailbox("ex1", { host: "hv1" })), SILENT);
  });

  it("objects to every other role", () => {
    assert.deepEqual(said(...on(["Hyper-V", "DHCP Server"])), {
      findings: ["hv1: hv1 runs Exchange, and has 1 other role: DHCP Server."],
      undecided: [],
    });
    assert.deepEqual(said(...on(["SQL Server", "Active Directory Domain Services"])).findings, [
      "hv1: hv1 runs Exchange, and has 2 other roles: SQL Server and Active Directory Domain Services.",
    ]);
  });

  it("accepts what Get-WindowsFeature prints of a host", () => {
    const features = [
      "RSAT-Hyper-V-Tools",
      "Hyper-V-PowerShell",
      "RSAT-Clustering-PowerShell",
      "WoW64-Support",
      "Windows-Defender-Features",
      "PowerShellRoot",
      "NET-Framework-45-Core",
      "WCF Services",
      "FS-FileServer",
      "NetworkATC",
      "Storage Replica",
    ];
    assert.deepEqual(said(...on(features)), SILENT);
  });

  it("only advises on what it does not know", () => {
    const { findings, messages, advisory } = judge(rule, on(["Veeam Backup & Replication", "DHCP Server"]));
    assert.deepEqual(findings, [
      "hv1: hv1 runs Exchange, and has 1 other role: DHCP Server.",
      "hv1: hv1 runs Exchange, and has 1 role not known to be management software: Veeam Backup & Replication.",
    ]);
    assert.deepEqual(advisory, ["hv1"]);
    assert.match(
      messages[1] ?? "",
      /\nFix: Take it off the host, unless it only manages the host and its virtual machines\./,
    );
  });

  it("does not pass a host that may turn out to run Exchange, where it would object", () => {
    const later = "not known until deployment: not checked by exchange-host-dedicated.";
    const busy = host("hv1", { roles: ["DHCP Server"] });
    const clean = host("hv2", { roles: ["RSAT"] });
    const open = (path: string) => ({ findings: [], undecided: [`ex1: ${path} is ${later}`] });
    assert.deepEqual(said(busy, clean, vm("ex1", { host: "hv1", exchange: UNKNOWN })), open("exchange"));
    assert.deepEqual(said(busy, clean, vm("ex1", { host: "hv2", exchange: UNKNOWN })), SILENT);
    assert.deepEqual(said(busy, clean, mailbox("ex1", { host: UNKNOWN })), open("host"));
    assert.deepEqual(said(busy, clean, mailbox("ex1", { cluster: UNKNOWN })), open("cluster"));
    assert.deepEqual(said(clean, mailbox("ex1", { host: UNKNOWN })), SILENT);
    const member = mailbox("ex1", { cluster: "c1", possibleOwners: UNKNOWN });
    assert.deepEqual(said(cluster("c1", { nodes: ["hv2"] }), busy, clean, member), SILENT);
    assert.deepEqual(said(cluster("c1", { nodes: ["hv1"] }), busy, clean, member), open("possibleOwners"));
  });

  it("blocks where a document says so, and only advises for Exchange 2010", () => {
    const advises = (...versions: readonly string[]) => {
      const servers = versions.map((version, index) => mailbox(`ex${String(index)}`, { host: "hv1" }, { version }));
      return judge(rule, [host("hv1", { roles: ["DHCP Server"] }), ...servers]).advisory.length > 0;
    };
    assert.deepEqual(
      ["2010", "2010 SP1", "2010 SP3", "2013", "2016", "2019", "SE"].map((version) => advises(version)),
      [true, true, true, false, false, false, false],
    );
    assert.equal(advises("2010 SP1", "2016"), false);
  });

  it("judges the hosts of Exchange only, and every node that may come to run it", () => {
    const roles = { roles: ["DHCP Server"] };
    assert.equal(judge(rule, [host("hv1", roles), vm("a", { host: "hv1" })]).applied, 0);
    const nodes = [cluster("c1", { nodes: ["hv1", "hv2"] }), host("hv1"), host("hv2", roles), host("hv3", roles)];
    const expected = {
      findings: ["hv2: hv2 may come to run Exchange, and has 1 other role: DHCP Server."],
      undecided: [],
    };
    assert.deepEqual(said(...nodes, mailbox("ex1", { cluster: "c1" })), expected);
    assert.deepEqual(said(...nodes, mailbox("ex1", { cluster: "c1", host: "hv1" })), expected);
  });

  it("cannot judge what is unknown, unless another role is known", () => {
    const open = (path: string) => [
      `hv1: ${path} is not known until deployment: not checked by exchange-host-dedicated.`,
    ];
    assert.deepEqual(said(...on(UNKNOWN)), { findings: [], undecided: open("roles") });
    assert.deepEqual(said(...on(["Hyper-V", UNKNOWN])), { findings: [], undecided: open("roles[1]") });
    assert.equal(said(...on(["DHCP Server", UNKNOWN])).findings.length, 1);
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED.filter((one) => !Array.isArray(one))) assert.deepEqual(said(...on(value)), SILENT);
    assert.deepEqual(said(...on([{}])), SILENT);
  });
});
