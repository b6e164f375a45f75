import assert from "node:assert/strict";
import fc from "fast-check";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { exchangeSurvivesHostLoss as rule } from "../../../policies/exchange/exchange-survives-host-loss";
import { cluster, host, judge, mailbox, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const SILENT = { findings: [], undecided: [] };
const LATER = "not known until deployment: not checked by exchange-survives-host-loss.";
const UNDECLARED = "is not declared: not checked by exchange-survives-host-loss.";

const HOSTS = ["hv1", "hv2", "hv3", "hv4"].map((name) => host(name));

function member(name: string, place: PlainObject, exchange: PlainObject = {}): DeclaredResource {
  return mailbox(name, place, { databaseAvailabilityGroup: "dag1", ...exchange });
}

function server(name: string, place: PlainObject, ...roles: readonly string[]): DeclaredResource {
  return vm(name, { ...place, exchange: { version: "Exchange 2010 SP1", roles } });
}

function said(resources: readonly DeclaredResource[], configuration: object = {}) {
  const { findings, undecided } = judge(rule, resources, configuration);
  return { findings, undecided };
}

function onHosts(...servers: readonly DeclaredResource[]) {
  return said([...HOSTS, ...servers]);
}

/** So many members, each on a host of its own, beside what is given for each. */
function spread(number: number, exchange: PlainObject = {}): readonly DeclaredResource[] {
  return HOSTS.slice(0, number).map((_, index) =>
    member(`m${String(index + 1)}`, { host: `hv${String(index + 1)}` }, exchange),
  );
}

ruleTest(rule, {
  passes: [["a member on each of three hosts", [...HOSTS, ...spread(3)]]],
  finds: [
    [
      "the only server of a role",
      [...HOSTS, server("cas1", { host: "hv1" }, "CAS")],
      "hv1: hv1 is a single point of failure: no Exchange 2010 SP1 Client Access server remains without cas1.",
      {
        found: { value: 0, unit: "servers" },
        limit: { bound: "atLeast", value: 1, unit: "servers" },
        fix: "Run a Client Access server on another host too.",
        source: "exchange-2010-best-practices",
        advisory: false,
      },
    ],
    [
      "two of three votes on one host",
      [...HOSTS, member("m1", { host: "hv1" }), member("m2", { host: "hv1" }), member("m3", { host: "hv2" })],
      "hv1: hv1 is a single point of failure: dag1 keeps 1 of 3 votes (m3) and needs 2.",
      { found: { value: 1, unit: "votes" }, limit: { bound: "atLeast", value: 2, unit: "votes" } },
    ],
    [
      "too little memory on the remaining node",
      [
        cluster("c1", { nodes: ["hv1", "hv2"] }),
        ...["hv1", "hv2"].map((name) => host(name, { memoryMB: 10000 })),
        ...["a", "b"].map((name, index) =>
          vm(name, {
            cluster: "c1",
            host: `hv${String(index + 1)}`,
            memoryMB: 6000,
            exchange: { version: "Exchange 2010 SP1", roles: ["CAS"] },
          }),
        ),
      ],
      ["hv1", "hv2"].map(
        (name) =>
          `${name}: ${name} is a single point of failure: the virtual machines that must fit on the other node of c1 ` +
          "need 6000 MB of memory, where 4000 MB are free.",
      ),
      {
        configuration: { reserveMB: 0 },
        found: { value: 6000, unit: "MB" },
        limit: { bound: "atMost", value: 4000, unit: "MB" },
        fix: "Add a node to c1 or memory to its nodes, or move virtual machines to another cluster.",
      },
    ],
  ],
});

describe("exchange-survives-host-loss", () => {
  it("says nothing where there is no Exchange or no host", () => {
    assert.equal(judge(rule, [...HOSTS, vm("a", { host: "hv1" })]).applied, 0);
    assert.equal(judge(rule, [member("a", {}), member("b", {})]).applied, 0);
  });

  it("only advises, says what to do and where it is written", () => {
    const { messages } = judge(rule, [...HOSTS, server("cas1", { host: "hv1" }, "CAS")]);
    assert.equal(rule.level, "recommended");
    assert.deepEqual(messages, [
      "hv1 is a single point of failure: no Exchange 2010 SP1 Client Access server remains without cas1.\n" +
        "Why: Microsoft's best practice: never deploy all the Client Access servers on the same root. A host fails sooner " +
        "or later, and the hosts that remain must then provide whatever Exchange needs.\n" +
        "Fix: Run a Client Access server on another host too.\n" +
        "Source: Best Practices for Virtualizing Exchange Server 2010 with Windows Server 2008 R2 Hyper-V, " +
        "https://www.microsoft.com/download/details.aspx?id=2428",
    ]);
  });

  it("quotes the document of the version, and none where none says it", () => {
    const own = "A host fails sooner or later, and the hosts that remain must then provide whatever Exchange needs.";
    const saying = (...servers: readonly DeclaredResource[]) =>
      judge(rule, [...HOSTS, ...servers]).messages.map((message) =>
        message.split("\n").filter((line) => /^(Why|Source|Note): /.test(line)),
      );
    const pair = (exchange: PlainObject) =>
      ["m1", "m2", "m3"].map((name, index) => member(name, { host: index < 2 ? "hv1" : "hv2" }, exchange));
    const of2013 = "Source: Best Practices for Virtualizing and Managing Exchange 2013 (whitepaper)";
    assert.deepEqual(saying(...pair({ version: "Exchange 2016" })), [
      [
        "Why: Microsoft's best practice for Exchange 2013, whose database availability groups work the same way: keep " +
          `members on different hosts. ${own}`,
        of2013,
      ],
    ]);
    const cas = vm("a", { host: "hv1", exchange: { version: "Exchange 2013", roles: ["CAS"] } });
    assert.deepEqual(saying(cas), [
      [
        "Why: Microsoft's best practice: keep virtual machines with Client Access on different hosts, with " +
          `AntiAffinityClassNames in a cluster. ${own}`,
        of2013,
      ],
    ]);
    assert.deepEqual(saying(mailbox("m", { host: "hv1" }, { databases: ["DB1"] })), [[`Why: ${own}`]]);
    assert.deepEqual(saying(...pair({ version: UNKNOWN })), [[`Why: ${own}`]]);
  });

  describe("counts the votes of a DAG", () => {
    it("of an odd number without a witness", () => {
      assert.deepEqual(onHosts(...spread(3)), SILENT);
      const lopsided = [
        member("m1", { host: "hv1" }),
        member("m2", { host: "HV1" }, { databaseAvailabilityGroup: "DAG1" }),
        member("m3", { host: "hv2" }, { witnessServer: "hv3" }),
      ];
      assert.deepEqual(onHosts(...lopsided), {
        findings: ["hv1: hv1 is a single point of failure: dag1 keeps 1 of 3 votes (m3) and needs 2."],
        undecided: [],
      });
    });

    it("of an even number with its witness, which may be outside, on a host or in a virtual machine", () => {
      assert.deepEqual(onHosts(...spread(2, { witnessServer: "files.contoso.com" })), SILENT);
      assert.deepEqual(onHosts(...spread(2, { witnessServer: "hv3.contoso.com" })), SILENT);
      assert.deepEqual(onHosts(...spread(2, { witnessServer: "FS1" }), vm("fs1", { host: "hv3" })), SILENT);
      for (const outcome of [
        onHosts(...spread(2, { witnessServer: "HV2.contoso.com" })),
        onHosts(...spread(2, { witnessServer: "fs1" }), vm("fs1", { host: "hv2" })),
      ]) {
        assert.deepEqual(outcome, {
          findings: ["hv2: hv2 is a single point of failure: dag1 keeps 1 of 3 votes (m1) and needs 2."],
          undecided: [],
        });
      }
      const pairs = [
        ...spread(2),
        member("m3", { host: "hv1" }),
        member("m4", { host: "hv2" }, { witnessServer: "hv1" }),
      ];
      assert.deepEqual(onHosts(...pairs).findings, [
        "hv1: hv1 is a single point of failure: dag1 keeps 2 of 5 votes (m2 and m4) and needs 3.",
      ]);
    });

    it("with one witness, by whichever of its names", () => {
      const named = ["fs1.contoso.com", "FS1", "fs2"].map((witnessServer, index) =>
        member(`m${String(index)}`, { host: `hv${String(index + 1)}` }, { witnessServer }),
      );
      assert.deepEqual(onHosts(...named), {
        findings: [
          "m2: m2 names fs2 as the witness server of the database availability group dag1, and m0 names fs1.contoso.com: " +
            "a group has one witness server.",
        ],
        undecided: [],
      });
    });

    it("with a witness that is none of its members", () => {
      assert.deepEqual(
        onHosts(
          ...spread(3, { witnessServer: "m4" }),
          member("m4", { host: "hv4" }, { databaseAvailabilityGroup: "dag2" }),
        ),
        SILENT,
      );
      const others = spread(3).slice(1);
      const own = member("m1", { host: "hv1" }, { witnessServer: "M2.contoso.com" });
      assert.deepEqual(onHosts(own, ...others), {
        findings: [
          "m1: m1 names M2.contoso.com as the witness server of the database availability group dag1, and m2 is a member of it.",
        ],
        undecided: [],
      });
    });

    it("and asks for the witness where one vote decides", () => {
      assert.deepEqual(onHosts(...spread(2)), {
        findings: [],
        undecided: [`m1: exchange.witnessServer ${UNDECLARED}`],
      });
      assert.deepEqual(onHosts(...spread(4)), SILENT);
      assert.deepEqual(onHosts(...spread(2, { witnessServer: UNKNOWN })).undecided, [
        `m1: exchange.witnessServer is ${LATER}`,
        `m2: exchange.witnessServer is ${LATER}`,
      ]);
    });

    it("of members that float, of which a host carries one at most", () => {
      const c1 = cluster("c1", { nodes: ["hv1", "hv2", "hv3"] });
      const floating = ["m1", "m2"].map((name) =>
        member(name, { cluster: "c1", antiAffinityClassNames: ["dag1"] }, { witnessServer: "fs1" }),
      );
      assert.deepEqual(said([c1, ...HOSTS, ...floating]), SILENT);
      const beside = vm("fs1", { cluster: "c1" });
      assert.deepEqual(
        said([c1, ...HOSTS, ...floating, beside]).findings,
        ["hv1", "hv2", "hv3"].map(
          (name) => `${name}: ${name} is a single point of failure: dag1 may keep only 1 of 3 votes and needs 2.`,
        ),
      );
      const apart = vm("fs1", { cluster: "c1", antiAffinityClassNames: ["DAG1"] });
      assert.deepEqual(said([c1, ...HOSTS, ...floating, apart]), SILENT);
      const elsewhere = vm("fs1", { host: "hv4" });
      assert.deepEqual(said([c1, ...HOSTS, ...floating, elsewhere]), SILENT);
    });

    it("and does not guess at members that are not known", () => {
      assert.deepEqual(
        onHosts(member("m1", { host: "hv1" }), member("m2", { host: "hv1" }), member("m3", { host: UNKNOWN })),
        {
          findings: ["hv1: hv1 is a single point of failure: dag1 keeps 1 of 3 votes (m3) and needs 2."],
          undecided: [`m3: host is ${LATER}`],
        },
      );
      const open = member("m3", { host: "hv2" }, { databaseAvailabilityGroup: UNKNOWN });
      assert.deepEqual(onHosts(member("m1", { host: "hv1" }), member("m2", { host: "hv1" }), open), {
        findings: [],
        undecided: [`m3: exchange.databaseAvailabilityGroup is ${LATER}`],
      });
      assert.deepEqual(onHosts(...spread(3), member("m4", {}), member("m5", { host: "hv4" })).undecided, [
        `m4: host ${UNDECLARED}`,
      ]);
    });
  });

  describe("looks for copies of databases", () => {
    it("on servers that are left", () => {
      const [m1, m2, m3] = ["hv1", "hv2", "hv3"];
      const members = [
        member("m1", { host: m1 }, { databases: ["DB2", "DB1", "DB3"] }),
        member("m2", { host: m2 }, { databases: ["db1", "DB4"] }),
        member("m3", { host: m3 }, { databases: [] }),
      ];
      assert.deepEqual(onHosts(...members).findings, [
        "hv1: hv1 is a single point of failure: no copy of the databases DB2 and DB3 remains without m1.",
        "hv2: hv2 is a single point of failure: no copy of the database DB4 remains without m2.",
      ]);
      const copies = spread(3, { databases: ["DB1", "DB2"] });
      assert.deepEqual(onHosts(...copies), SILENT);
    });

    it("also on those of which only the deployment will tell", () => {
      const members = (databases: typeof UNKNOWN | readonly (typeof UNKNOWN)[]) => [
        member("m1", { host: "hv1" }, { databases: ["DB1"] }),
        member("m2", { host: "hv2" }, { databases }),
        member("m3", { host: "hv3" }),
      ];
      assert.deepEqual(onHosts(...members(UNKNOWN)), {
        findings: [],
        undecided: [`m2: exchange.databases is ${LATER}`],
      });
      assert.deepEqual(onHosts(...members([UNKNOWN])), {
        findings: [],
        undecided: [`m2: exchange.databases[0] is ${LATER}`],
      });
    });
  });

  describe("looks for servers of each role", () => {
    it("on hosts that are left, or that the cluster restarts there", () => {
      assert.deepEqual(onHosts(server("a", { host: "hv1" }, "CAS"), server("b", { host: "hv2" }, "CAS")), SILENT);
      assert.deepEqual(onHosts(server("a", { host: "hv1" }, "CAS", "HT"), server("b", { host: "hv1" }, "CAS")), {
        findings: [
          "hv1: hv1 is a single point of failure: no Exchange 2010 SP1 Client Access server remains without a and b; no Exchange 2010 " +
            "SP1 Hub Transport server remains without a.",
        ],
        undecided: [],
      });
      const c1 = cluster("c1", { nodes: ["hv1", "hv2"] });
      for (const place of [{ cluster: "c1" }, { host: "hv1", cluster: "c1" }]) {
        assert.deepEqual(said([c1, ...HOSTS, server("a", place, "CAS")]), SILENT);
        assert.deepEqual(said([c1, ...HOSTS, server("a", { ...place, possibleOwners: ["hv1"] }, "CAS")]).findings, [
          "hv1: hv1 is a single point of failure: no Exchange 2010 SP1 Client Access server remains without a.",
        ]);
      }
    });

    it("also of Unified Messaging and Edge Transport", () => {
      for (const role of ["Unified Messaging", "Edge Transport"]) {
        assert.deepEqual(onHosts(server("a", { host: "hv1" }, role), server("b", { host: "hv2" }, role)), SILENT);
        assert.deepEqual(onHosts(server("a", { host: "hv1" }, role)).findings, [
          `hv1: hv1 is a single point of failure: no Exchange 2010 SP1 ${role} server remains without a.`,
        ]);
      }
    });

    it("that the version has", () => {
      for (const [version, findings] of [
        [
          "Exchange 2013",
          ["hv1: hv1 is a single point of failure: no Exchange 2013 Client Access server remains without a."],
        ],
        ["Exchange 2016", []],
        ["Exchange 2019", []],
        ["Exchange SE", []],
      ] as const) {
        const only = vm("a", { host: "hv1", exchange: { version, roles: ["CAS", "HT"] } });
        assert.deepEqual(onHosts(only), { findings, undecided: [] });
      }
    });

    it("unless a server still may turn out to have it", () => {
      const open = vm("b", { host: "hv2", exchange: { version: "Exchange 2010 SP1", roles: [UNKNOWN] } });
      assert.deepEqual(onHosts(server("a", { host: "hv1" }, "CAS"), open), {
        findings: [],
        undecided: [`b: exchange.roles[0] is ${LATER}`],
      });
      const malformed = vm("b", { host: "hv2", exchange: { version: "Exchange 2010 SP1", roles: ["nonsense"] } });
      assert.deepEqual(onHosts(server("a", { host: "hv1" }, "CAS"), malformed), SILENT);
    });
  });

  describe("judges the capacity of the remaining nodes", () => {
    const c1 = (nodes: number, memoryMB: number, more: PlainObject = {}) => [
      cluster("c1", { nodes: HOSTS.slice(0, nodes).map(({ name }) => name) }),
      ...HOSTS.slice(0, nodes).map(({ name }) => host(name, { memoryMB, ...more })),
    ];
    const reserve = { reserveMB: 0 };
    const cas = (name: string, memoryMB: number, more: PlainObject = {}) =>
      vm(name, {
        cluster: "c1",
        memoryMB,
        exchange: { version: "Exchange 2010 SP1", roles: ["CAS"] },
        ...more,
      });
    const lost = (name: string, what: string) =>
      `${name}: ${name} is a single point of failure: the virtual machines that must fit on the other ${what}.`;

    it("in memory, to the last MB", () => {
      const machines = ["a", "b"].map((name) => cas(name, 4096, { host: name === "a" ? "hv1" : "hv2" }));
      assert.deepEqual(said([...c1(2, 8192), ...machines], reserve), SILENT);
      assert.deepEqual(said([...c1(2, 8191), ...machines], reserve).findings, [
        lost("hv1", "node of c1 need 4096 MB of memory, where 4095 MB are free"),
        lost("hv2", "node of c1 need 4096 MB of memory, where 4095 MB are free"),
      ]);
      assert.deepEqual(said([...c1(2, 8192), ...machines], { reserveMB: 1 }).findings.length, 2);
    });

    it("with what the tables say that the parent partition keeps, which then only advises", () => {
      const machines = ["a", "b"].map((name) => cas(name, 4096, { host: name === "a" ? "hv1" : "hv2" }));
      const { advisory } = judge(rule, [...c1(2, 8192), ...machines]);
      assert.deepEqual(advisory, ["hv1", "hv2"]);
      assert.deepEqual(judge(rule, [...c1(2, 8191), ...machines]).advisory, []);
      assert.deepEqual(judge(rule, [...c1(2, 8192), ...machines], { reserveMB: 100 }).advisory, []);
    });

    it("in virtual processors, by the ratio of the host version", () => {
      const one = { processors: { sockets: 1, coresPerSocket: 1, threadsPerCore: 1 } };
      const machines = ["a", "b", "c"].map((name) => cas(name, 1024, { processorCount: 4 }));
      assert.deepEqual(said([...c1(2, 8192, one), ...machines], reserve).findings, [
        lost("hv1", "node of c1 need 12 virtual processors, where 8 are free"),
        lost("hv2", "node of c1 need 12 virtual processors, where 8 are free"),
      ]);
      assert.deepEqual(said([...c1(3, 8192, one), ...machines], reserve), SILENT);
      const newer = { ...one, operatingSystem: "Windows Server 2012" };
      assert.deepEqual(said([...c1(2, 8192, newer), ...machines], reserve), SILENT);
    });

    describe("by what Exchange asks of its hosts", () => {
      const allows = " (Exchange allows 2 virtual processors for each physical core of its host)";
      const nodes = (number: number) =>
        c1(number, 8192, {
          operatingSystem: "Windows Server 2012 R2",
          processors: { sockets: 1, coresPerSocket: 4, threadsPerCore: 2 },
        });
      const cas = (name: string, processorCount: number, more: PlainObject = {}, version = "Exchange 2013") =>
        vm(name, {
          cluster: "c1",
          memoryMB: 1024,
          processorCount,
          antiAffinityClassNames: ["cas"],
          exchange: { version, roles: ["CAS"] },
          ...more,
        });

      it("in virtual processors for each physical core", () => {
        assert.deepEqual(said([...nodes(2), cas("a", 4), cas("b", 4)], reserve), SILENT);
        const { findings, advisory, messages } = judge(rule, [...nodes(2), cas("a", 6), cas("b", 6)], reserve);
        assert.deepEqual(
          findings,
          ["hv1", "hv2"].map((name) => lost(name, `node of c1 need 12 virtual processors, where 8 are free${allows}`)),
        );
        assert.deepEqual(advisory, []);
        assert.deepEqual(messages[0]?.split("\n").slice(1), [
          "Why: Exchange supports a virtual processor-to-physical processor core ratio no greater than 2:1. A host fails " +
            "sooner or later, and the hosts that remain must then provide whatever Exchange needs.",
          "Fix: Add a node to c1 or cores to its nodes, or move virtual machines to another cluster.",
          "Source: Exchange 2013 virtualization, https://learn.microsoft.com/exchange/exchange-2013-virtualization-exchange-2013-help",
        ]);
      });

      it("which only advises where no document of the version gives the ratio", () => {
        const old = ["a", "b"].map((name) => cas(name, 6, {}, "Exchange 2010 SP3"));
        const { findings, advisory, messages } = judge(rule, [...nodes(2), ...old], reserve);
        assert.deepEqual(
          findings,
          ["hv1", "hv2"].map((name) => lost(name, `node of c1 need 12 virtual processors, where 8 are free${allows}`)),
        );
        assert.deepEqual(advisory, ["hv1", "hv2"]);
        assert.equal(
          messages[0]?.split("\n").at(-1),
          "Note: no document was found for this figure, so this finding only advises.",
        );
        const mixed = [cas("a", 6, {}, "Exchange 2010 SP3"), cas("b", 6)];
        assert.deepEqual(
          judge(rule, [...nodes(2), ...mixed], reserve).messages.filter((message) => message.includes("Note:")),
          [],
        );
      });

      it("only on nodes that Exchange may come to, and not where it was too much before", () => {
        const other = vm("x", { cluster: "c1", memoryMB: 1024, processorCount: 16 });
        const owners = { possibleOwners: ["hv1", "hv2"] };
        assert.deepEqual(said([...nodes(3), cas("a", 4, owners), cas("b", 4, owners), other], reserve).findings, [
          lost("hv3", `2 nodes of c1 need 24 virtual processors, where 16 are free${allows}`),
        ]);
        assert.deepEqual(said([...nodes(3), cas("a", 4), cas("b", 4), other], reserve), SILENT);
      });

      it("in memory, of which those beside Exchange count the most that they may take", () => {
        const other = (maximumMB: unknown, more: PlainObject = {}) =>
          vm("x", {
            cluster: "c1",
            memoryMB: 2048,
            processorCount: 1,
            dynamicMemory: { minimumMB: 2048, maximumMB: maximumMB === undefined ? UNKNOWN : Number(maximumMB) },
            ...more,
          });
        const server = cas("a", 1, { memoryMB: 4096 });
        assert.deepEqual(said([...nodes(2), server, other(4096)], reserve), SILENT);
        const { findings, messages } = judge(rule, [...nodes(2), server, other(4097)], reserve);
        assert.deepEqual(
          findings,
          ["hv1", "hv2"].map((name) =>
            lost(
              name,
              "node of c1 need 8193 MB of memory, where 8192 MB are free (with the most that dynamic memory may take, " +
                "since a host of Exchange is not oversubscribed)",
            ),
          ),
        );
        assert.ok(messages[0]?.includes("Why: Microsoft does not support it for Exchange 2013. A host fails"));
        assert.deepEqual(said([...nodes(2), server, other(undefined)], reserve), {
          findings: [],
          undecided: [`x: dynamicMemory.maximumMB is ${LATER}`],
        });
        const another = vm("y", { cluster: "c1", memoryMB: 4097, processorCount: 1 });
        const apart = cas("a", 1, { memoryMB: 4096, possibleOwners: ["hv1", "hv2"] });
        assert.equal(said([...nodes(3), server, other(8192), another], reserve).findings.length, 3);
        assert.deepEqual(said([...nodes(3), apart, other(8192), another], reserve), SILENT);
      });
    });

    it("where it is, not in all together", () => {
      const machines = ["a", "b", "c"].map((name) => cas(name, 5000));
      assert.deepEqual(said([...c1(3, 8000), ...machines], reserve).findings, [
        ...["hv1", "hv2", "hv3"].map((name) =>
          lost(
            name,
            "2 nodes of c1 do not fit there (they need 15000 MB of memory, and 16000 MB are free, but not on " +
              "the right nodes)",
          ),
        ),
      ]);
      assert.deepEqual(said([...c1(4, 8000), ...machines], reserve), SILENT);
    });

    it("but not for what was too much before, for what is pinned, or on clusters without Exchange", () => {
      assert.deepEqual(said([...c1(2, 4096), cas("a", 8192)], reserve), SILENT);
      assert.deepEqual(
        said([...c1(2, 8192), cas("a", 4096), vm("b", { host: "hv1", memoryMB: 4096 })], reserve),
        SILENT,
      );
      const others = ["a", "b"].map((name) => vm(name, { cluster: "c1", memoryMB: 8192 }));
      assert.deepEqual(said([...c1(2, 8192), ...others, member("m", {})], reserve).findings, []);
    });

    it("not for a member of a DAG, since the others serve its databases", () => {
      const members = ["m1", "m2", "m3"].map((name) =>
        member(name, { cluster: "c1", memoryMB: 8192, antiAffinityClassNames: ["dag1"] }),
      );
      assert.deepEqual(said([...c1(3, 8192), ...members], reserve), SILENT);
      assert.deepEqual(said([...c1(3, 8192), ...members, cas("a", 1)], reserve), SILENT);
    });

    it("but for one that holds the last copy, and never beside another member", () => {
      const member1 = (more: PlainObject) =>
        member("m1", { host: "hv1", cluster: "c1", memoryMB: 4096, ...more }, { databases: ["DB1"] });
      const others = [member("m2", { host: "hv2", memoryMB: 4096 }), member("m3", { host: "hv3", memoryMB: 4096 })];
      assert.deepEqual(said([...c1(4, 8192), member1({}), ...others], reserve), SILENT);
      assert.deepEqual(
        said([...c1(4, 8192), member1({}), ...others, vm("x", { host: "hv4", memoryMB: 8192 })], reserve).findings,
        [
          lost(
            "hv1",
            "3 nodes of c1 do not fit there (they need 4096 MB of memory, and 8192 MB are free, but not on the right " +
              "nodes)",
          ),
        ],
      );
      assert.deepEqual(said([...c1(3, 8192), member1({}), ...others], reserve).findings, [
        "hv1: hv1 is a single point of failure: no copy of the database DB1 remains without m1.",
      ]);
    });

    it("and leaves open what only the deployment will tell", () => {
      const open = cas("a", 4096, { memoryMB: UNKNOWN });
      assert.deepEqual(said([...c1(2, 8192), open], reserve), { findings: [], undecided: [`a: memoryMB is ${LATER}`] });
      const hosts = c1(2, 8192, { memoryMB: UNKNOWN });
      assert.deepEqual(said([...hosts, cas("a", 4096)], reserve).undecided, [
        `hv1: memoryMB is ${LATER}`,
        `hv2: memoryMB is ${LATER}`,
      ]);
      assert.deepEqual(
        said([...c1(2, 4096), cas("a", 4096), cas("b", 4096), vm("x", { cluster: "c1", memoryMB: UNKNOWN })], reserve),
        {
          findings: ["hv1", "hv2"].map((name) =>
            lost(name, "node of c1 need 8192 MB of memory, where 4096 MB are free"),
          ),
          undecided: [`x: memoryMB is ${LATER}`],
        },
      );
      assert.deepEqual(
        said([cluster("c1", { nodes: UNKNOWN }), host("hv1", { memoryMB: 1 }), cas("a", 4096)], reserve).findings,
        [],
      );
    });
  });

  describe("with two hosts lost", () => {
    const two = { hostsLost: 2 };

    it("finds what no single loss breaks, in one finding for a host and all others", () => {
      assert.deepEqual(said([...HOSTS, ...spread(3)], two).findings, [
        "hv1: hv1 is a point of failure together with hv2: dag1 keeps 1 of 3 votes (m3) and needs 2. It is one together " +
          "with hv3 too.",
        "hv2: hv2 is a point of failure together with hv3: dag1 keeps 1 of 3 votes (m1) and needs 2.",
      ]);
      assert.deepEqual(said([...HOSTS, ...spread(3)]), SILENT);
      const wide = [...spread(4), member("m5", { host: "hv5" })];
      assert.deepEqual(said([...HOSTS, host("hv5"), ...wide], two), SILENT);
    });

    it("and does not repeat what one of them breaks", () => {
      const servers = [
        server("a", { host: "hv1" }, "CAS"),
        server("b", { host: "hv2" }, "HT"),
        server("c", { host: "hv3" }, "HT"),
      ];
      assert.deepEqual(said([...HOSTS, ...servers], two).findings, [
        "hv1: hv1 is a single point of failure: no Exchange 2010 SP1 Client Access server remains without a.",
        "hv2: hv2 is a point of failure together with hv3: no Exchange 2010 SP1 Hub Transport server remains without b and c.",
      ]);
    });
  });

  /** Servers on hosts: each a member or not, with roles and copies. */
  const anyServers = fc.array(
    fc.record({
      at: fc.integer({ min: 1, max: 4 }),
      isMember: fc.boolean(),
      roles: fc.subarray(["clientAccess", "hubTransport"]),
      databases: fc.subarray(["DB1", "DB2"]),
    }),
    { minLength: 1, maxLength: 6 },
  );

  it("agrees with counting by hand what is left", () => {
    fc.assert(
      fc.property(anyServers, fc.constantFrom("hv1", "hv3", "elsewhere"), (servers, witnessServer) => {
        const declared = servers.map(({ at, isMember, roles, databases }, index) =>
          vm(`s${String(index)}`, {
            host: `hv${String(at)}`,
            exchange: {
              version: "Exchange 2010 SP1",
              roles: ["mailbox", ...roles],
              databases,
              ...(isMember ? { databaseAvailabilityGroup: "dag1", witnessServer } : {}),
            },
          }),
        );
        const expected = ["hv1", "hv2", "hv3", "hv4"].map((name) => {
          const left = servers.filter(({ at }) => `hv${String(at)}` !== name);
          const ends = (has: (one: (typeof servers)[number]) => boolean) => servers.some(has) && !left.some(has);
          const members = servers.filter(({ isMember }) => isMember).length;
          const votes = left.filter(({ isMember }) => isMember).length;
          const withWitness = members % 2 === 0 && witnessServer !== name ? 1 : 0;
          const all = members % 2 === 0 ? members + 1 : members;
          return {
            name,
            quorum: members > 1 && 2 * (votes + withWitness) <= all,
            clientAccess: ends(({ roles }) => roles.includes("clientAccess")),
            hubTransport: ends(({ roles }) => roles.includes("hubTransport")),
            db1: ends(({ databases }) => databases.includes("DB1")),
            db2: ends(({ databases }) => databases.includes("DB2")),
          };
        });
        const { findings } = said([...HOSTS, ...declared]);
        const found = ["hv1", "hv2", "hv3", "hv4"].map((name) => {
          const text = findings.find((finding) => finding.startsWith(`${name}:`)) ?? "";
          return {
            name,
            quorum: text.includes("dag1 keeps"),
            clientAccess: text.includes("Client Access server remains"),
            hubTransport: text.includes("Hub Transport server remains"),
            db1: /no copy of the databases? [^;]*DB1/.test(text),
            db2: /no copy of the databases? [^;]*DB2/.test(text),
          };
        });
        assert.deepEqual(found, expected);
        assert.deepEqual(said([...HOSTS, ...declared].reverse()), said([...HOSTS, ...declared]));
      }),
      { numRuns: 200 },
    );
  });

  /** Virtual machines of a cluster of three nodes with 10 MB each, of which some have a host. */
  const anyGuests = fc.array(
    fc.record({ memoryMB: fc.integer({ min: 1, max: 9 }), at: fc.constantFrom(undefined, 1, 2, 3) }),
    { minLength: 1, maxLength: 6 },
  );

  it("agrees with trying every arrangement on the nodes that are left", () => {
    const nodes = [1, 2, 3];
    const fits = (guests: readonly { memoryMB: number; at: number | undefined }[], lost: number): boolean => {
      const place = (rest: typeof guests, free: readonly number[]): boolean => {
        const [guest, ...others] = rest;
        if (guest === undefined) return true;
        const choices =
          guest.at === undefined || guest.at === lost ? nodes.filter((node) => node !== lost) : [guest.at];
        return choices.some((node) => {
          const left = free.map((amount, index) => (index === node - 1 ? amount - guest.memoryMB : amount));
          return (left[node - 1] ?? -1) >= 0 && place(others, left);
        });
      };
      return place(guests, [10, 10, 10]);
    };
    const estate = [
      cluster("c1", { nodes: ["hv1", "hv2", "hv3"] }),
      ...HOSTS.slice(0, 3).map(({ name }) => host(name, { memoryMB: 10 })),
    ];
    fc.assert(
      fc.property(anyGuests, (guests) => {
        const on = (node: number | undefined) =>
          guests.filter(({ at }) => at === node).reduce((sum, { memoryMB }) => sum + memoryMB, 0);
        // A node that is too full by what is declared on it is another rule's finding.
        fc.pre(nodes.every((node) => on(node) <= 10));
        const machines = guests.map(({ memoryMB, at }, index) =>
          vm(`g${String(index)}`, {
            cluster: "c1",
            memoryMB,
            processorCount: 1,
            exchange: { version: "Exchange 2016", roles: ["mailbox"] },
            ...(at === undefined ? {} : { host: `hv${String(at)}` }),
          }),
        );
        const expected = fits(guests, 0)
          ? nodes.filter((node) => !fits(guests, node)).map((node) => `hv${String(node)}`)
          : [];
        const { findings } = said([...estate, ...machines], { reserveMB: 0 });
        assert.deepEqual(
          findings.map((finding) => finding.split(":")[0]),
          expected,
        );
      }),
      { numRuns: 300 },
    );
  });
});
