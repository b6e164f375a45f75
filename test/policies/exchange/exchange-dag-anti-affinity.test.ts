import assert from "node:assert/strict";
import fc from "fast-check";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import type { Rule } from "../../../lib/rules/rule";
import { RULES } from "../../../policies";
import { exchangeDagAntiAffinity as rule } from "../../../policies/exchange/exchange-dag-anti-affinity";
import { exchangeSurvivesHostLoss } from "../../../policies/exchange/exchange-survives-host-loss";
import { cluster, host, judge, mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const SILENT = { findings: [], undecided: [] };
const LATER = "not known until deployment: not checked by exchange-dag-anti-affinity.";

/** Two clusters of two hosts each, and a host on its own. */
const HOSTS = [
  cluster("c1", { nodes: ["hv1", "hv2"] }),
  cluster("c2", { nodes: ["hv3", "hv4"] }),
  ...["hv1", "hv2", "hv3", "hv4", "hv5"].map((name) => host(name)),
];

function onlyOnSameHost(name: string, hostName: string, others: string): string {
  return onSameHost(name, hostName, others).replace("is on", "can run only on");
}

function tooFewHosts(name: string, members: number, names: string, hosts: number, hostNames: string): string {
  return (
    `${name}: ${name} (Exchange 2010 SP1, Mailbox) is one of ${String(members)} members of the database availability ` +
    `group dag1 (${names}) that may run only on ${String(hosts)} host${hosts === 1 ? "" : "s"} (${hostNames}): ` +
    "even with anti-affinity two of them run on one host, or one stays off."
  );
}

/** A member of the group `dag1`. */
function member(name: string, properties: PlainObject, group: Plain = "dag1"): DeclaredResource {
  return mailbox(name, properties, { databaseAvailabilityGroup: group });
}

function said(...members: readonly DeclaredResource[]) {
  const { findings, undecided } = judge(rule, [...HOSTS, ...members]);
  return { findings, undecided };
}

function onSameHost(name: string, hostName: string, others: string): string {
  const all = others.includes(" and ") ? "all" : "both";
  return (
    `${name}: ${name} (Exchange 2010 SP1, Mailbox) is on the same host ${hostName} as ${others}: ` +
    `${all} are members of the database availability group dag1.`
  );
}

function inSameCluster(name: string, clusterName: string, others: string): string {
  const all = others.includes(" and ") ? "all" : "both";
  return (
    `${name}: ${name} (Exchange 2010 SP1, Mailbox) may come to run on the same node of the cluster ${clusterName} as ` +
    `${others}: ${all} are members of the database availability group dag1.`
  );
}

const NAMED = { cluster: "c1", antiAffinityClassNames: ["dag1"] };

/** Members that all float on one cluster, with a class name in common. */
function manyMembers(number: number, group = "dag1"): readonly DeclaredResource[] {
  return [...Array(number).keys()].map((index) =>
    member(`${group}-${String(index).padStart(4, "0")}`, { cluster: "large", antiAffinityClassNames: [group] }, group),
  );
}

/** A cluster with as many nodes, each a host. */
function large(nodes: number): readonly DeclaredResource[] {
  const names = [...Array(nodes).keys()].map((index) => `n${String(index)}`);
  return [cluster("large", { nodes: names }), ...names.map((name) => host(name))];
}

function tooManyMembers(name: string, members: number, group = "dag1"): string {
  return (
    `${name}: ${name} (Exchange 2010 SP1, Mailbox) is one of ${String(members)} members of the database availability ` +
    `group ${group}. A group has at most 16 members.`
  );
}

ruleTest(rule, {
  passes: [
    ["H8: sixteen members, as many as a group can have", [...large(16), ...manyMembers(16)]],
    ["H8: two groups with sixteen members each", [...large(32), ...manyMembers(16), ...manyMembers(16, "dag2")]],
    [
      "what the fix for two in a cluster asks for",
      [...HOSTS, member("a", { ...NAMED, host: "hv1" }), member("b", { ...NAMED, host: "hv2" })],
    ],
    [
      "what the fix for one in a cluster asks for",
      [...HOSTS, member("a", { host: "hv1" }), member("b", { cluster: "c1", host: "hv2", possibleOwners: ["hv2"] })],
    ],
  ],
  finds: [
    [
      "two on one host",
      [...HOSTS, member("a", { host: "hv1" }), member("b", { host: "hv1" })],
      onSameHost("b", "hv1", "a"),
      {
        found: { value: 2, unit: "members" },
        limit: { bound: "atMost", value: 1, unit: "members" },
        fix: "Move b from hv1 to a host that no other member runs on or can move to.",
        source: "exchange-2010-best-practices",
        advisory: false,
      },
    ],
    [
      "two on one host that their cluster may move together again",
      [...HOSTS, member("a", { cluster: "c1", host: "hv1" }), member("b", { cluster: "c1", host: "hv1" })],
      onSameHost("b", "hv1", "a"),
      {
        fix:
          "Move b from hv1 to a node that no other member runs on, and give b and a a common anti-affinity class name " +
          "(antiAffinityClassNames).",
      },
    ],
    [
      "two on one host of which the cluster may move one back",
      [...HOSTS, member("a", { host: "hv1" }), member("b", { cluster: "c1", host: "hv1" })],
      onSameHost("b", "hv1", "a"),
      {
        fix:
          "Move b from hv1 to a node that no other member runs on, and leave hv1 out of its possible owners " +
          "(possibleOwners).",
      },
    ],
    [
      "two on one host that a class name keeps apart from then on",
      [...HOSTS, member("a", { ...NAMED, host: "hv1" }), member("b", { ...NAMED, host: "hv1" })],
      onSameHost("b", "hv1", "a"),
      { fix: "Move b from hv1 to a node that no other member runs on." },
    ],
    [
      "one common possible owner",
      ["a", "b"].reduce<readonly DeclaredResource[]>(
        (all, name) => [...all, member(name, { cluster: "c1", possibleOwners: ["hv1"] })],
        HOSTS,
      ),
      onlyOnSameHost("b", "hv1", "a"),
      {
        fix:
          "Add a node other than hv1 to the possible owners (possibleOwners) of b, or to its cluster, and give b and a a " +
          "common anti-affinity class name (antiAffinityClassNames).",
      },
    ],
    [
      "more members than hosts",
      [...HOSTS, ...["a", "b", "c"].map((name) => member(name, NAMED))],
      tooFewHosts("c", 3, "a, b and c", 2, "hv1 and hv2"),
      { found: { value: 2, unit: "hosts" }, limit: { bound: "atLeast", value: 3, unit: "hosts" } },
    ],
    [
      "H8: seventeen members, once",
      [...large(2), ...manyMembers(17)],
      tooManyMembers("dag1-0000", 17),
      {
        found: { value: 17, unit: "members" },
        limit: { bound: "atMost", value: 16, unit: "members" },
        fix: "Leave at most 16 members in dag1, and set databaseAvailabilityGroup of the others to other groups.",
        source: "exchange-2013-availability-groups",
        advisory: false,
      },
    ],
    ["H8: a thousand members, once", [...large(2), ...manyMembers(1000)], tooManyMembers("dag1-0000", 1000)],
    [
      "H8: a group that is too large beside one that is not",
      [...large(2), ...manyMembers(17), ...manyMembers(3, "dag2")],
      [
        tooManyMembers("dag1-0000", 17),
        tooFewHosts("dag2-0002", 3, "dag2-0000, dag2-0001 and dag2-0002", 2, "n0 and n1").replaceAll(
          " dag1 ",
          " dag2 ",
        ),
      ],
    ],
  ],
});

describe("H8: groups that are too large", () => {
  /** How often rules ask the estate for something. */
  function questions(of: Rule, resources: readonly DeclaredResource[]): number {
    let asked = 0;
    const estate = new Proxy(readEstate(resources, true), {
      get: (target, key): unknown => {
        asked++;
        return Reflect.get(target, key);
      },
    });
    of.judge(estate, { asOf: "2026-12-01", parameters: {} });
    return asked;
  }

  it("take work in proportion to the number of members, in every rule", () => {
    for (const one of RULES) {
      const [few, many] = [100, 400].map((members) => questions(one, [...large(16), ...manyMembers(members)]));
      assert.ok((many ?? 0) <= 5 * (few ?? 0) + 100, `${one.name} asks ${String(few)} and ${String(many)} times`);
    }
  });

  it("ask for the places of a group that can exist once for each pair", () => {
    const asked = [4, 16].map((members) => questions(rule, [...large(16), ...manyMembers(members)]));
    // 120 pairs instead of 6, each of which asks a few times.
    assert.ok((asked[1] ?? 0) <= 20 * (asked[0] ?? 0), asked.join());
  });

  it("leave nothing to say about the loss of hosts", () => {
    const estate = [...large(2), ...manyMembers(40)];
    const { findings, undecided } = judge(exchangeSurvivesHostLoss, estate);
    assert.deepEqual({ findings, undecided }, SILENT);
  });
});

describe("exchange-dag-anti-affinity", () => {
  describe("for members on hosts", () => {
    it("accepts one on each", () => {
      assert.deepEqual(said(member("a", { host: "hv1" }), member("b", { host: "hv2" })), SILENT);
      assert.deepEqual(said(member("a", { host: "hv1" })), SILENT);
    });

    it("objects to two on one", () => {
      assert.deepEqual(said(member("a", { host: "hv1" }), member("b", { host: "HV1" })), {
        findings: [onSameHost("b", "hv1", "a")],
        undecided: [],
      });
    });

    it("objects to each further one", () => {
      const members = ["a", "b", "c"].map((name) => member(name, { host: "hv1" }));
      assert.deepEqual(said(...members, member("d", { host: "hv2" })), {
        findings: [onSameHost("b", "hv1", "a"), onSameHost("c", "hv1", "a and b")],
        undecided: [],
      });
    });

    it("objects whatever the class names are: a pinned machine stays where it is", () => {
      const properties = { host: "hv1", antiAffinityClassNames: ["dag1"], availabilitySets: ["dag1"] };
      assert.deepEqual(said(member("a", properties), member("b", properties)).findings, [onSameHost("b", "hv1", "a")]);
    });

    it("says why, how to part them and where it is written", () => {
      const { messages, advisory } = judge(rule, [
        ...HOSTS,
        ...["a", "b"].map((name) => member(name, { host: "hv1" })),
      ]);
      assert.deepEqual(messages[0]?.split("\n").slice(1), [
        "Why: Microsoft's best practice: never deploy members of one database availability group on the same root. " +
          "When that host fails, the group loses several copies of its databases at once, and may lose its quorum.",
        "Fix: Move b from hv1 to a host that no other member runs on or can move to.",
        "Source: Best Practices for Virtualizing Exchange Server 2010 with Windows Server 2008 R2 Hyper-V, " +
          "https://www.microsoft.com/download/details.aspx?id=2428",
      ]);
      assert.deepEqual(advisory, []);
    });

    it("quotes what the document of the version says, and blocks for each", () => {
      for (const [version, start] of [
        ["Exchange 2013", "Microsoft's best practice: keep members of one"],
        ["Exchange 2016", "Microsoft's best practice for Exchange 2013"],
        ["Exchange 2019", "Microsoft's best practice for Exchange 2013"],
        ["Exchange SE", "Microsoft's best practice for Exchange 2013"],
      ] as const) {
        const members = ["a", "b"].map((name) =>
          mailbox(name, { host: "hv1" }, { version, databaseAvailabilityGroup: "dag1" }),
        );
        const { messages, advisory } = judge(rule, [...HOSTS, ...members]);
        assert.ok(messages[0]?.split("\n")[1]?.startsWith(`Why: ${start}`), version);
        assert.deepEqual(advisory, []);
      }
    });
  });

  describe("tells groups apart", () => {
    it("by name, whatever its case", () => {
      assert.deepEqual(said(member("a", { host: "hv1" }), member("b", { host: "hv1" }, "dag2")), SILENT);
      assert.deepEqual(said(member("a", { host: "hv1" }, "dag1"), member("b", { host: "hv1" }, "DAG1")).findings, [
        onSameHost("b", "hv1", "a"),
      ]);
    });

    it("and from servers without a group, or machines without Exchange", () => {
      const others = [mailbox("b", { host: "hv1" }), mailbox("c", { host: "hv1" }), vm("d", { host: "hv1" })];
      const { findings, undecided, applied } = judge(rule, [...HOSTS, member("a", { host: "hv1" }), ...others]);
      assert.deepEqual({ findings, undecided, applied }, { ...SILENT, applied: 3 });
    });
  });

  describe("for members that float in a cluster", () => {
    const floating = (name: string, properties: PlainObject = {}) => member(name, { cluster: "c1", ...properties });

    it("objects to two that nothing keeps apart", () => {
      assert.deepEqual(said(floating("a"), floating("b")), {
        findings: [inSameCluster("b", "c1", "a")],
        undecided: [],
      });
      assert.deepEqual(said(floating("a"), floating("b"), floating("c")).findings, [
        tooFewHosts("c", 3, "a, b and c", 2, "hv1 and hv2"),
      ]);
      const outside = member("d", { host: "hv5" });
      assert.deepEqual(said(floating("a"), floating("b"), outside).findings, [inSameCluster("b", "c1", "a")]);
      const { messages } = judge(rule, [...HOSTS, floating("a"), floating("b")]);
      assert.equal(
        messages[0]?.split("\n")[2],
        "Fix: Give b and a a common anti-affinity class name (antiAffinityClassNames), or possible owners of which none " +
          "is common (possibleOwners).",
      );
    });

    it("accepts a common class name or availability set, whatever its case", () => {
      for (const property of ["antiAffinityClassNames", "availabilitySets"]) {
        assert.deepEqual(
          said(floating("a", { [property]: ["x", "DAG"] }), floating("b", { [property]: ["dag"] })),
          SILENT,
        );
        assert.equal(
          said(floating("a", { [property]: ["x"] }), floating("b", { [property]: ["y"] })).findings.length,
          1,
        );
        assert.equal(said(floating("a", { [property]: ["x"] }), floating("b")).findings.length, 1);
        assert.equal(said(floating("a", { [property]: [] }), floating("b", { [property]: [] })).findings.length, 1);
      }
      const crossed = said(
        floating("a", { antiAffinityClassNames: ["x"] }),
        floating("b", { availabilitySets: ["x"] }),
      );
      assert.equal(crossed.findings.length, 1);
    });

    it("accepts members in different clusters", () => {
      assert.deepEqual(said(floating("a"), member("b", { cluster: "c2" })), SILENT);
    });

    it("objects in a cluster whose nodes nobody has declared", () => {
      const members = ["a", "b"].map((name) => member(name, { cluster: "empty" }));
      const { findings } = judge(rule, [cluster("empty"), ...members]);
      assert.deepEqual(findings, [inSameCluster("b", "empty", "a")]);
    });

    it("objects in one cluster whichever its nodes are", () => {
      const members = ["a", "b"].map((name) => member(name, { cluster: "c9" }));
      const { findings } = judge(rule, [cluster("c9", { nodes: UNKNOWN }), ...members]);
      assert.deepEqual(findings, [inSameCluster("b", "c9", "a")]);
    });
  });

  describe("for one that floats and one that is pinned", () => {
    it("objects when the cluster may bring the one to the host of the other", () => {
      assert.deepEqual(said(member("a", { host: "hv1" }), member("b", { cluster: "c1" })).findings, [
        inSameCluster("b", "c1", "a"),
      ]);
      assert.deepEqual(said(member("a", { cluster: "c1" }), member("b", { host: "hv1" })).findings, [
        inSameCluster("b", "c1", "a"),
      ]);
      assert.deepEqual(said(member("a", { cluster: "c1" }), member("b", { host: "hv1", cluster: "c1" })).findings, [
        inSameCluster("b", "c1", "a"),
      ]);
    });

    it("accepts a host that is no node, or that is none of the possible owners", () => {
      assert.deepEqual(said(member("a", { cluster: "c1" }), member("b", { host: "hv5" })), SILENT);
      assert.deepEqual(said(member("a", { cluster: "c1" }), member("b", { host: "hv3" })), SILENT);
      const owners = { cluster: "c1", possibleOwners: ["HV2"] };
      assert.deepEqual(said(member("a", owners), member("b", { host: "hv1" })), SILENT);
      assert.deepEqual(said(member("a", owners), member("b", { host: "hv2" })).findings, [
        onlyOnSameHost("b", "hv2", "a"),
      ]);
    });

    it("objects whatever their class names are: the cluster keeps only its own machines apart", () => {
      const names = { antiAffinityClassNames: ["dag1"], availabilitySets: ["dag1"] };
      for (const [a, b, fixed, moving] of [
        [{ host: "hv1" }, { cluster: "c1" }, "a", "b"],
        [{ cluster: "c1" }, { host: "hv1" }, "b", "a"],
      ] as const) {
        const members = [member("a", { ...a, ...names }), member("b", { ...b, ...names })];
        const { findings, messages } = judge(rule, [...HOSTS, ...members]);
        assert.deepEqual(findings, [inSameCluster("b", "c1", "a")]);
        assert.equal(
          messages[0]?.split("\n")[2],
          `Fix: Leave hv1 out of the possible owners of ${moving} (possibleOwners); or make ${fixed} highly available on ` +
            "the cluster c1 too (cluster) and give both a common anti-affinity class name: the cluster keeps only its " +
            "own virtual machines apart.",
        );
      }
    });

    it("tells those that are on the same host from those that may come to it", () => {
      const members = [member("a", { host: "hv1" }), member("b", { cluster: "c1" }), member("c", { host: "hv1" })];
      assert.deepEqual(said(...members).findings, [
        inSameCluster("b", "c1", "a"),
        onSameHost("c", "hv1", "a"),
        inSameCluster("c", "c1", "b"),
      ]);
    });
  });

  it("objects to highly available machines that start on different nodes and may meet on one", () => {
    const { findings } = said(member("a", { host: "hv1", cluster: "c1" }), member("b", { host: "hv2", cluster: "c1" }));
    assert.deepEqual(findings, [inSameCluster("b", "c1", "a")]);
    const names = { antiAffinityClassNames: ["dag1"] };
    assert.deepEqual(
      said(
        member("a", { host: "hv1", cluster: "c1", ...names }),
        member("b", { host: "hv2", cluster: "c1", ...names }),
        member("c", { host: "hv5" }),
      ),
      SILENT,
    );
  });

  describe("for possible owners", () => {
    const owned = (name: string, owners: Plain, more: PlainObject = {}) =>
      member(name, { cluster: "c1", possibleOwners: owners, ...more });
    const names = { antiAffinityClassNames: ["dag1"] };

    it("accepts those that do not overlap, without any class name", () => {
      assert.deepEqual(said(owned("a", ["hv1"]), owned("b", ["hv2"])), SILENT);
    });

    it("objects where they overlap and nothing else keeps the members apart", () => {
      assert.deepEqual(said(owned("a", ["hv1"]), owned("b", ["hv1", "hv2"])).findings, [inSameCluster("b", "c1", "a")]);
      assert.deepEqual(said(owned("a", ["hv1"], names), owned("b", ["hv1", "hv2"], names)), SILENT);
    });

    it("objects to a single common one, whatever the class names are", () => {
      const { findings, messages } = judge(rule, [...HOSTS, owned("a", ["hv1"], names), owned("b", ["HV1"], names)]);
      assert.deepEqual(findings, [onlyOnSameHost("b", "hv1", "a")]);
      assert.equal(
        messages[0]?.split("\n")[2],
        "Fix: Add a node other than hv1 to the possible owners (possibleOwners) of b, or to its cluster.",
      );
    });

    it("objects to more members than owners, however many nodes there are", () => {
      const wide = cluster("wide", { nodes: ["hv1", "hv2", "hv3"] });
      const hosts = ["hv1", "hv2", "hv3"].map((name) => host(name));
      const of = (name: string, owners?: Plain) =>
        member(name, { cluster: "wide", ...names, ...(owners === undefined ? {} : { possibleOwners: owners }) });
      const narrow = [of("a", ["hv1", "hv2"]), of("b", ["hv2", "hv1"]), of("c", ["hv1", "hv2"])];
      assert.deepEqual(judge(rule, [wide, ...hosts, ...narrow]).findings, [
        tooFewHosts("c", 3, "a, b and c", 2, "hv1 and hv2"),
      ]);
      assert.deepEqual(judge(rule, [wide, ...hosts, of("a", ["hv1", "hv2"]), of("b", ["hv1"]), of("c")]).findings, []);
      const more = [...["a", "b", "c"].map((name) => of(name)), of("d", ["hv3"])];
      assert.deepEqual(judge(rule, [wide, ...hosts, ...more]).findings, [
        tooFewHosts("d", 4, "a, b, c and d", 3, "hv1, hv2 and hv3"),
      ]);
    });

    it("leaves unknown ones open, unless class names keep the members apart on enough nodes", () => {
      assert.deepEqual(said(owned("a", ["hv1"]), owned("b", UNKNOWN)), {
        findings: [],
        undecided: [`b: possibleOwners is ${LATER}`],
      });
      assert.deepEqual(said(owned("a", ["hv1"]), owned("b", ["hv2", UNKNOWN])), {
        findings: [],
        undecided: [`b: possibleOwners[1] is ${LATER}`],
      });
      assert.deepEqual(said(owned("a", ["hv1"]), owned("b", "nonsense")), SILENT);
    });
  });

  describe("judges by what is known", () => {
    it("an unknown host cannot be judged, whichever of the two it is", () => {
      const undecided = { findings: [], undecided: [`b: host is ${LATER}`] };
      assert.deepEqual(said(member("a", { host: "hv1" }), member("b", { host: UNKNOWN })), undecided);
      assert.deepEqual(said(member("c", { host: "hv1" }), member("b", { host: UNKNOWN })), undecided);
      assert.deepEqual(said(member("b", { host: UNKNOWN }), member("c", { cluster: "c1" })), undecided);
    });

    it("and those that are known still can", () => {
      const members = ["a", "b"].map((name) => member(name, { host: "hv1" }));
      assert.deepEqual(said(...members, member("c", { host: UNKNOWN })), {
        findings: [onSameHost("b", "hv1", "a")],
        undecided: [`c: host is ${LATER}`],
      });
    });

    it("unknown class names leave it open, unless known ones keep them apart", () => {
      const floating = (name: string, classNames: Plain) =>
        member(name, { cluster: "c1", antiAffinityClassNames: classNames });
      assert.deepEqual(said(floating("a", ["x"]), floating("b", UNKNOWN)), {
        findings: [],
        undecided: [`b: antiAffinityClassNames is ${LATER}`],
      });
      assert.deepEqual(said(floating("a", ["x"]), floating("b", ["y", UNKNOWN])), {
        findings: [],
        undecided: [`b: antiAffinityClassNames[1] is ${LATER}`],
      });
      assert.deepEqual(said(floating("a", ["x", UNKNOWN]), floating("b", [UNKNOWN, "X"])), SILENT);
      const sets: PlainObject = { cluster: "c1", antiAffinityClassNames: UNKNOWN, availabilitySets: ["x"] };
      assert.deepEqual(said(member("a", sets), member("b", sets)), SILENT);
    });

    it("class names that the other has none of cannot keep them apart, known or not", () => {
      const { findings } = said(
        member("a", { cluster: "c1" }),
        member("b", { cluster: "c1", antiAffinityClassNames: UNKNOWN }),
      );
      assert.deepEqual(findings, [inSameCluster("b", "c1", "a")]);
    });

    it("an unknown group, or an unknown server, cannot be judged", () => {
      assert.deepEqual(said(member("a", { host: "hv1" }), member("b", { host: "hv1" }, UNKNOWN)), {
        findings: [],
        undecided: [`b: exchange.databaseAvailabilityGroup is ${LATER}`],
      });
      assert.deepEqual(said(member("a", { host: "hv1" }), vm("b", { host: "hv1", exchange: UNKNOWN })), {
        findings: [],
        undecided: [`b: exchange is ${LATER}`],
      });
    });

    it("members that are placed nowhere cannot be judged, which is said once a group", () => {
      const undeclared = "host is not declared: not checked by exchange-dag-anti-affinity.";
      assert.deepEqual(said(member("a", { host: "hv1" }), member("b", {}), member("c", {})), {
        findings: [],
        undecided: [`b: ${undeclared}`],
      });
      assert.deepEqual(said(member("a", {}), member("b", {}), member("d", {}, "dag2")), {
        findings: [],
        undecided: [`a: ${undeclared}`],
      });
    });

    it("nodes that are not known may be too few, whatever the class names are", () => {
      const members = ["a", "b"].map((name) => member(name, { cluster: "c9", antiAffinityClassNames: ["dag1"] }));
      const { findings, undecided } = judge(rule, [cluster("c9", { nodes: UNKNOWN }), ...members]);
      assert.deepEqual({ findings, undecided }, { findings: [], undecided: [`c9: nodes is ${LATER}`] });
      const none = judge(rule, [cluster("c9"), ...members]);
      assert.deepEqual(
        { findings: none.findings, undecided: none.undecided },
        {
          findings: [],
          undecided: ["c9: nodes is not declared: not checked by exchange-dag-anti-affinity."],
        },
      );
    });
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED.filter((one) => typeof one !== "number")) {
      assert.deepEqual(said(member("a", { host: "hv1" }), member("b", { host: value })), SILENT);
      assert.deepEqual(said(member("a", { cluster: "c1" }), member("b", { cluster: value })), SILENT);
    }
    for (const value of MALFORMED.filter((one) => typeof one === "object" || typeof one === "boolean")) {
      assert.deepEqual(said(member("a", { host: "hv1" }, value), member("b", { host: "hv1" }, value)), SILENT);
    }
    const broken = member("a", { cluster: "c1", antiAffinityClassNames: "x" });
    assert.deepEqual(said(broken, member("b", { cluster: "c1", antiAffinityClassNames: ["x"] })), SILENT);
  });

  it("finds exactly the members of one group that share a host", () => {
    const places = fc.array(fc.tuple(fc.constantFrom("hv1", "hv2", "hv3"), fc.constantFrom("dag1", "DAG1", "dag2")), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(places, (list) => {
        const members = list.map(([hostName, group], index) => member(`m${String(index)}`, { host: hostName }, group));
        const expected = list.flatMap(([hostName, group], index) => {
          const key = (one: readonly [string, string]) => `${one[0]} ${one[1].toLowerCase()}`;
          return list.slice(0, index).some((one) => key(one) === key([hostName, group])) ? [`m${String(index)}`] : [];
        });
        assert.deepEqual(
          said(...members).findings.map((finding) => finding.split(":")[0]),
          expected,
        );
      }),
    );
  });

  /** Members of one group: pinned on a host, or on a cluster with or without class name and owners. */
  const anyMembers = fc.array(
    fc.oneof(
      fc.record({ host: fc.constantFrom("hv1", "hv2", "hv3", "hv4", "hv5") }),
      fc.record(
        {
          cluster: fc.constant("c1"),
          antiAffinityClassNames: fc.constantFrom(["dag1"], ["DAG1", "x"], ["y"]),
          possibleOwners: fc.constantFrom(["hv1"], ["hv2"], ["hv1", "hv2"]),
        },
        { requiredKeys: ["cluster"] },
      ),
    ),
    { maxLength: 5 },
  );

  it("passes only what has no host with two members, wherever the cluster moves those that are kept apart", () => {
    fc.assert(
      fc.property(anyMembers, (list) => {
        const members = list.map((properties, index) => member(`m${String(index)}`, properties));
        if (said(...members).findings.length > 0) return;
        assert.ok(arrangements(list).length > 0, "there is a place for each");
        for (const places of arrangements(list)) assert.equal(new Set(places).size, places.length);
        for (const [moved, other] of list.flatMap((_, from) => list.map((__, to) => [from, to] as const))) {
          if (moved === other) continue;
          const target = list[other];
          if (target === undefined || !("host" in target)) continue;
          const after = members.map((one, index) =>
            index === moved ? member(`m${String(index)}`, { host: target.host }) : one,
          );
          assert.ok(said(...after).findings.length > 0, `m${String(moved)} on ${target.host}`);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("says the same whatever the order of the declarations is", () => {
    fc.assert(
      fc.property(anyMembers, fc.array(fc.nat({ max: 9 }), { minLength: 5, maxLength: 5 }), (list, keys) => {
        const members = list.map((properties, index) => member(`m${String(index)}`, properties));
        const shuffled = members
          .map((one, index) => ({ one, key: keys[index] ?? 0 }))
          .sort((one, other) => one.key - other.key)
          .map(({ one }) => one);
        assert.deepEqual(said(...shuffled), said(...members));
      }),
      { numRuns: 100 },
    );
  });
});

type Place =
  | { readonly host: string }
  | {
      readonly cluster: string;
      readonly antiAffinityClassNames?: readonly string[];
      readonly possibleOwners?: readonly string[];
    };

/** Every way in which the members may run that a cluster allows: those with a common class name apart. */
function arrangements(list: readonly Place[]): readonly (readonly string[])[] {
  const hostsOf = (place: Place) => ("host" in place ? [place.host] : (place.possibleOwners ?? ["hv1", "hv2"]));
  const namesOf = (place: Place | undefined) =>
    place === undefined || "host" in place
      ? []
      : (place.antiAffinityClassNames ?? []).map((name) => name.toLowerCase());
  return list.reduce<readonly (readonly string[])[]>(
    (all, place) =>
      all.flatMap((places) =>
        hostsOf(place)
          .filter((one) =>
            places.every(
              (other, index) => other !== one || !namesOf(place).some((name) => namesOf(list[index]).includes(name)),
            ),
          )
          .map((one) => [...places, one]),
      ),
    [[]],
  );
}
