import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { exchangeRoleSpread as rule } from "../../../policies/exchange/exchange-role-spread";
import { cluster, host, judge, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const LATER = "not known until deployment: not checked by exchange-role-spread.";

const HOSTS = [cluster("c1", { nodes: ["hv1", "hv2"] }), host("hv1"), host("hv2")];

function server(name: string, role: string, place: PlainObject, exchange: PlainObject = {}): DeclaredResource {
  return vm(name, { ...place, exchange: { version: "Exchange 2010 SP1", roles: [role], ...exchange } });
}

function said(...servers: readonly DeclaredResource[]) {
  const { findings, undecided } = judge(rule, [...HOSTS, ...servers]);
  return { findings, undecided };
}

function together(role: string): string {
  return `b: b (Exchange 2010 SP1, ${role}) is on the same host hv1 as every other ${role} server: a.`;
}

describe("exchange-role-spread", () => {
  for (const role of ["Mailbox", "Unified Messaging", "Edge Transport"]) {
    it(`objects to all ${role} servers on one host, and only advises`, () => {
      const servers = ["a", "b"].map((name) => server(name, role, { host: "hv1" }));
      const { findings, messages } = judge(rule, [...HOSTS, ...servers]);
      assert.equal(rule.level, "recommended");
      assert.equal(rule.enforcement, undefined);
      assert.deepEqual(findings, [together(role)]);
      assert.deepEqual(messages[0]?.split("\n").slice(1), [
        "Why: Microsoft's best practice: deploy the same Exchange roles across multiple physical server roots, for load " +
          "balancing and high availability. When that host fails, no server with the role is left.",
        "Fix: Move one of them to a host other than hv1.",
        "Source: Best Practices for Virtualizing Exchange Server 2010 with Windows Server 2008 R2 Hyper-V, " +
          "https://www.microsoft.com/download/details.aspx?id=2428",
      ]);
    });

    it(`accepts ${role} on two hosts, and a single server`, () => {
      assert.deepEqual(said(server("a", role, { host: "hv1" }), server("b", role, { host: "hv2" })), SILENT);
      assert.deepEqual(said(server("a", role, { host: "hv1" })), SILENT);
      const named = { cluster: "c1", antiAffinityClassNames: ["x"] };
      assert.deepEqual(said(server("a", role, named), server("b", role, named)), SILENT);
    });
  }

  it("leaves to their own rules the roles that have one", () => {
    for (const role of ["Client Access", "Hub Transport"]) {
      assert.deepEqual(said(server("a", role, { host: "hv1" }), server("b", role, { host: "hv1" })), SILENT);
    }
  });

  it("holds for Exchange 2010 alone", () => {
    for (const version of ["Exchange 2013", "Exchange 2016", "Exchange 2019", "Exchange SE"]) {
      const servers = ["a", "b"].map((name) => server(name, "Mailbox", { host: "hv1" }, { version }));
      assert.equal(judge(rule, [...HOSTS, ...servers]).applied, 0);
    }
  });

  it("leaves the members of one DAG to its rule", () => {
    const on = (groups: readonly (Plain | undefined)[]) =>
      said(
        ...groups.map((group, index) =>
          server(
            index === 0 ? "a" : "b",
            "Mailbox",
            { host: "hv1" },
            group === undefined ? {} : { databaseAvailabilityGroup: group },
          ),
        ),
      );
    assert.deepEqual(on(["dag1", "DAG1"]), SILENT);
    assert.deepEqual(on(["dag1", "dag2"]).findings, [together("Mailbox")]);
    assert.deepEqual(on(["dag1", undefined]).findings, [together("Mailbox")]);
    assert.deepEqual(on([undefined, UNKNOWN]).findings, [together("Mailbox")]);
    assert.deepEqual(on(["dag1", UNKNOWN]), {
      findings: [],
      undecided: [`b: exchange.databaseAvailabilityGroup is ${LATER}`],
    });
  });

  it("asks once for the roles of a server", () => {
    assert.deepEqual(said(vm("a", { host: "hv1", exchange: { version: "Exchange 2010 SP1", roles: UNKNOWN } })), {
      findings: [],
      undecided: [`a: exchange.roles is ${LATER}`],
    });
  });
});
