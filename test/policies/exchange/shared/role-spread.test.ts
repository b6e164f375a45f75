import assert from "node:assert/strict";
import fc from "fast-check";
import type { DeclaredResource } from "../../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../../lib/estate/plain";
import { exchangeClientAccessSpread } from "../../../../policies/exchange/exchange-client-access-spread";
import { exchangeHubTransportSpread } from "../../../../policies/exchange/exchange-hub-transport-spread";
import { cluster, host, judge, MALFORMED, UNKNOWN, vm } from "../../../kit";

const SILENT = { findings: [], undecided: [] };

const HOSTS = [
  cluster("c1", { nodes: ["hv1", "hv2", "hv3"] }),
  ...["hv1", "hv2", "hv3", "hv4"].map((name) => host(name)),
];

const RULES = [
  { rule: exchangeClientAccessSpread, role: "Client Access", short: "CAS", other: "HT" },
  { rule: exchangeHubTransportSpread, role: "Hub Transport", short: "HT", other: "CAS" },
];

for (const { rule, role, short, other } of RULES) {
  const later = `not known until deployment: not checked by ${rule.name}.`;

  function server(name: string, properties: PlainObject, exchange: PlainObject = {}): DeclaredResource {
    return vm(name, { exchange: { version: "Exchange 2010 SP1", roles: [short], ...exchange }, ...properties });
  }

  function said(...servers: readonly DeclaredResource[]) {
    const { findings, undecided } = judge(rule, [...HOSTS, ...servers]);
    return { findings, undecided };
  }

  function together(name: string, place: string, others: string, version = "Exchange 2010 SP1"): string {
    return `${name}: ${name} (${version}, ${role}) ${place} as every other ${role} server: ${others}.`;
  }

  function fixes(...servers: readonly DeclaredResource[]): readonly (string | undefined)[] {
    return judge(rule, [...HOSTS, ...servers]).messages.map((message) => message.split("\n")[2]);
  }

  describe(rule.name, () => {
    it("accepts servers on two hosts, a single one, and none", () => {
      assert.deepEqual(
        said(server("a", { host: "hv1" }), server("b", { host: "hv1" }), server("c", { host: "hv2" })),
        SILENT,
      );
      assert.deepEqual(said(server("a", { host: "hv1" })), SILENT);
      assert.deepEqual(said(vm("a", { host: "hv1" })), SILENT);
      const { applied } = judge(rule, [...HOSTS, server("a", {}), server("b", {}, { roles: [other] }), vm("c")]);
      assert.equal(applied, 1);
    });

    it("objects to all on one, once, and blocks", () => {
      const servers = ["a", "b", "c"].map((name) => server(name, { host: "hv1" }));
      const others = [server("d", { host: "hv2" }, { roles: [other] })];
      assert.deepEqual(said(...servers, ...others), {
        findings: [together("c", "is on the same host hv1", "a and b")],
        undecided: [],
      });
      const { messages, advisory } = judge(rule, [...HOSTS, ...servers]);
      assert.deepEqual(advisory, []);
      assert.deepEqual(messages[0]?.split("\n").slice(1), [
        `Why: Microsoft's best practice: never deploy all the ${role} servers on the same root. ${rule.why}`,
        "Fix: Move one of them to a host other than hv1.",
        "Source: Best Practices for Virtualizing Exchange Server 2010 with Windows Server 2008 R2 Hyper-V, " +
          "https://www.microsoft.com/download/details.aspx?id=2428",
      ]);
    });

    it("counts servers with several roles, and both releases of 2010 together", () => {
      const servers = [
        server("a", { host: "hv1" }, { roles: ["Mailbox", short], version: "Exchange 2010 RTM" }),
        server("b", { host: "hv1" }),
      ];
      assert.deepEqual(said(...servers).findings, [together("b", "is on the same host hv1", "a")]);
    });

    describe("on a cluster", () => {
      const floating = (name: string, more: PlainObject = {}) => server(name, { cluster: "c1", ...more });

      it("objects to servers that nothing keeps apart", () => {
        const servers = ["a", "b", "c"].map((name) => floating(name));
        assert.deepEqual(said(...servers).findings, [
          together("c", "may come to run on the same node of the cluster c1", "a and b"),
        ]);
        assert.deepEqual(fixes(...servers), [
          "Fix: Give two of those on the cluster a common anti-affinity class name (antiAffinityClassNames), or possible " +
            "owners of which none is common (possibleOwners).",
        ]);
      });

      it("accepts two that are kept apart, by class name, availability set or possible owners", () => {
        for (const property of ["antiAffinityClassNames", "availabilitySets"]) {
          const names = { [property]: ["x"] };
          assert.deepEqual(
            said(floating("a", names), floating("b"), floating("c", { [property]: ["y", "X"] })),
            SILENT,
          );
          assert.equal(said(floating("a", names), floating("b", { [property]: ["y"] })).findings.length, 1);
        }
        assert.deepEqual(
          said(floating("a", { possibleOwners: ["hv1"] }), floating("b", { possibleOwners: ["hv2", "hv3"] })),
          SILENT,
        );
        // Each two have a node in common, and all three have none.
        const owners = [
          ["hv1", "hv2"],
          ["hv2", "hv3"],
          ["hv1", "hv3"],
        ];
        assert.deepEqual(
          said(...owners.map((list, index) => floating(`s${String(index)}`, { possibleOwners: list }))),
          SILENT,
        );
      });

      it("objects to a single possible owner, whatever the class names are", () => {
        const stuck = { possibleOwners: ["hv1"], antiAffinityClassNames: ["x"] };
        assert.deepEqual(said(floating("a", stuck), floating("b", stuck)).findings, [
          together("b", "can run only on the same host hv1", "a"),
        ]);
        assert.deepEqual(said(floating("a", stuck), floating("b", { antiAffinityClassNames: ["x"] })), SILENT);
      });

      it("objects to one that may come to the host of the only other one", () => {
        const names = { antiAffinityClassNames: ["x"] };
        const servers = [server("a", { host: "hv1", ...names }), floating("b", names)];
        assert.deepEqual(said(...servers).findings, [
          together("b", "may come to run on the same node of the cluster c1", "a"),
        ]);
        assert.deepEqual(fixes(...servers), ["Fix: Leave hv1 out of the possible owners of one (possibleOwners)."]);
        assert.deepEqual(said(server("a", { host: "hv4" }), floating("b")), SILENT);
        assert.deepEqual(said(...servers, floating("c", names)), SILENT);
      });
    });

    it("leaves open what only the deployment will tell", () => {
      assert.deepEqual(said(server("a", { host: "hv1" }), server("b", { host: UNKNOWN })), {
        findings: [],
        undecided: [`b: host is ${later}`],
      });
      assert.deepEqual(
        said(server("a", { host: "hv1" }), server("b", { host: UNKNOWN }), server("c", { host: "hv2" })),
        SILENT,
      );
      const both = [server("a", { host: "hv1" }), server("b", { host: "hv1" })];
      assert.deepEqual(said(...both, server("c", { host: "hv2" }, { roles: UNKNOWN })), {
        findings: [],
        undecided: [`c: exchange.roles is ${later}`],
      });
      assert.deepEqual(said(...both, server("c", { host: "hv2" }, { roles: [other, UNKNOWN] })).undecided, [
        `c: exchange.roles[1] is ${later}`,
      ]);
      assert.deepEqual(said(...both, vm("c", { exchange: UNKNOWN })).undecided, [`c: exchange is ${later}`]);
      assert.deepEqual(said(...both, server("c", { host: "hv2" }, { version: UNKNOWN })).undecided, [
        `c: exchange.version is ${later}`,
      ]);
    });

    it("waits for a server that may have the role only where that may be elsewhere", () => {
      const both = [server("a", { host: "hv1" }), server("b", { host: "hv1" })];
      const perhaps = (place: PlainObject) => server("c", place, { roles: UNKNOWN });
      assert.deepEqual(said(...both, perhaps({ host: "hv1" })), {
        findings: [together("b", "is on the same host hv1", "a")],
        undecided: [`c: exchange.roles is ${later}`],
      });
      const elsewhere: readonly PlainObject[] = [{ host: "hv4" }, { cluster: "c1" }, { host: UNKNOWN }, {}];
      for (const place of elsewhere) {
        assert.deepEqual(said(...both, perhaps(place)), {
          findings: [],
          undecided: [`c: exchange.roles is ${later}`],
        });
      }
      const floating = ["a", "b"].map((name) => server(name, { cluster: "c1" }));
      assert.deepEqual(said(...floating, perhaps({ cluster: "c1" })).findings, [
        together("b", "may come to run on the same node of the cluster c1", "a"),
      ]);
      assert.deepEqual(said(...floating, perhaps({ host: "hv4" })).findings, []);
    });

    it("says once that a server is placed nowhere", () => {
      const undeclared = `host is not declared: not checked by ${rule.name}.`;
      assert.deepEqual(said(server("a", { host: "hv1" }), server("b", {}), server("c", {})), {
        findings: [],
        undecided: [`b: ${undeclared}`],
      });
    });

    it("leaves malformed declarations to the estate rule", () => {
      for (const value of MALFORMED.filter((one): one is Exclude<Plain, number> => typeof one !== "number")) {
        assert.deepEqual(said(server("a", { host: "hv1" }), server("b", { host: value })), SILENT);
      }
      const both = [server("a", { host: "hv1" }), server("b", { host: "hv1" })];
      assert.deepEqual(said(...both, server("c", { host: "hv2" }, { roles: "nonsense" })), SILENT);
      assert.deepEqual(said(...both, server("c", { host: "hv2" }, { version: "Exchange 5000" })), SILENT);
    });

    it("finds exactly what has all servers on one host, in whatever order they are declared", () => {
      fc.assert(
        fc.property(fc.array(fc.constantFrom("hv1", "hv2"), { maxLength: 5 }), (places) => {
          const servers = places.map((place, index) => server(`s${String(index)}`, { host: place }));
          const expected = places.length > 1 && new Set(places).size === 1;
          assert.equal(said(...servers).findings.length, expected ? 1 : 0);
          assert.deepEqual(said(...servers.reverse()), said(...servers));
        }),
      );
    });
  });
}

describe("the roles of other versions", () => {
  const both = (version: string) =>
    ["a", "b"].map((name) => vm(name, { host: "hv1", exchange: { version, roles: ["CAS", "HT"] } }));

  it("exchange-client-access-spread holds for Exchange 2013, and not from 2016 on", () => {
    const { findings, messages } = judge(exchangeClientAccessSpread, [...HOSTS, ...both("Exchange 2013")]);
    assert.deepEqual(findings, [
      "b: b (Exchange 2013, Client Access) is on the same host hv1 as every other Client Access server: a.",
    ]);
    assert.equal(
      messages[0]?.split("\n")[1]?.split(". ")[0],
      "Why: Microsoft's best practice: keep virtual machines with Client Access on different hosts, with AntiAffinityClassNames in a cluster",
    );
    for (const version of ["Exchange 2016", "Exchange 2019", "Exchange SE"]) {
      const { findings: none, undecided, applied } = judge(exchangeClientAccessSpread, [...HOSTS, ...both(version)]);
      assert.deepEqual({ none, undecided, applied }, { none: [], undecided: [], applied: 0 });
    }
  });

  it("exchange-hub-transport-spread holds for Exchange 2010 alone", () => {
    for (const version of ["Exchange 2013", "Exchange 2016", "Exchange 2019", "Exchange SE"]) {
      assert.deepEqual(judge(exchangeHubTransportSpread, [...HOSTS, ...both(version)]).applied, 0);
    }
  });

  it("each generation needs servers on two hosts of its own", () => {
    const servers = [...both("Exchange 2013"), vm("c", { host: "hv2", exchange: { version: "2010", roles: ["CAS"] } })];
    assert.equal(judge(exchangeClientAccessSpread, [...HOSTS, ...servers]).findings.length, 1);
  });
});
