import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { exchangeSupportedScenario as rule } from "../../../policies/exchange/exchange-supported-scenario";
import { cluster, host, judge, mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const SILENT = { findings: [], undecided: [] };
const LATER = "not known until deployment: not checked by exchange-supported-scenario.";
const V2010 = ["Exchange 2010 SP1", "Exchange 2010 SP2", "Exchange 2010 SP3"];
const LATER_VERSIONS = [
  ["Exchange 2013", "Windows Server 2012 R2"],
  ["Exchange 2016", "Windows Server 2016"],
  ["Exchange 2019", "Windows Server 2022"],
  ["Exchange SE", "Windows Server 2025"],
] as const;

/** A server that saves no state. */
function server(properties: PlainObject = {}, exchange: PlainObject = {}, name = "ex1"): DeclaredResource {
  return mailbox(name, { automaticStopAction: "shutDown", ...properties }, exchange);
}

function said(...resources: readonly DeclaredResource[]) {
  const { findings, undecided } = judge(rule, resources);
  return { findings, undecided };
}

function advises(...resources: readonly DeclaredResource[]): boolean {
  return judge(rule, resources).advisory.length > 0;
}

function open(path: string, name = "ex1") {
  return { findings: [], undecided: [`${name}: ${path} is ${LATER}`] };
}

const UM = { version: "Exchange 2010 SP1", roles: ["UM"] };

ruleTest(rule, {
  passes: [["a server that shuts down in a cluster", [cluster("c1"), server({ cluster: "c1" })]]],
  finds: [
    [
      "a member without the Mailbox role",
      [server({}, { roles: ["CAS"], databaseAvailabilityGroup: "dag1" })],
      "ex1: ex1 (Exchange 2010 SP1, Client Access) is a member of the database availability group dag1 without the Mailbox role.",
      { found: { value: ["clientAccess"] }, limit: { bound: "oneOf", value: ["mailbox"] }, advisory: false },
    ],
    [
      "Unified Messaging before Exchange 2010 SP1",
      [server({}, { version: "Exchange 2010 RTM", roles: ["UM"] })],
      "ex1: ex1 (Exchange 2010 RTM, Unified Messaging) has the Unified Messaging role in a virtual machine.",
      {
        found: { value: ["unifiedMessaging"] },
        limit: { bound: "noneOf", value: ["unifiedMessaging"] },
        advisory: false,
      },
    ],
    [
      "Unified Messaging with too few processors",
      [server({ processorCount: 2 }, UM)],
      "ex1: ex1 (Exchange 2010 SP1, Unified Messaging) has 2 virtual processors. Unified Messaging needs 4.",
      {
        found: { value: 2, unit: "virtual processors" },
        limit: { bound: "atLeast", value: 4, unit: "virtual processors" },
        fix: "Set processorCount to 4 or more.",
      },
    ],
    [
      "Unified Messaging on a host that is oversubscribed",
      [host("hv1"), server({ host: "hv1" }, UM), vm("a", { host: "hv1", processorCount: 5 })],
      "hv1: hv1 runs 9 virtual processors on 8 physical cores, and the Unified Messaging of ex1, which allows no more " +
        "virtual processors than cores.",
      {
        found: { value: 9, unit: "virtual processors" },
        limit: { bound: "atMost", value: 8, unit: "virtual processors" },
      },
    ],
    [
      "Unified Messaging in a cluster without the cores",
      [
        cluster("c1", { nodes: ["hv1"] }),
        host("hv1", { processors: { sockets: 1, coresPerSocket: 3, threadsPerCore: 2 } }),
        server({ cluster: "c1" }, UM),
      ],
      "ex1: ex1 (Exchange 2010 SP1, Unified Messaging) may run on hosts with at most 3 physical cores. Unified Messaging " +
        "needs 4.",
      {
        found: { value: 3, unit: "physical cores" },
        limit: { bound: "atLeast", value: 4, unit: "physical cores" },
        fix: "Add a host with 4 cores or more to the cluster, or move the virtual machine to another cluster.",
      },
    ],
    [
      "a member in a cluster before Exchange 2010 SP1",
      [cluster("c1"), server({ cluster: "c1" }, { version: "Exchange 2010 RTM", databaseAvailabilityGroup: "dag1" })],
      "ex1: ex1 (Exchange 2010 RTM, Mailbox) is a member of the database availability group dag1, and its virtual machine " +
        "is highly available.",
      { fix: "Install Exchange 2010 SP1 or later, or remove the virtual machine from the cluster." },
    ],
    [
      "saved state in a cluster",
      [cluster("c1"), server({ cluster: "c1", automaticStopAction: "save" })],
      "ex1: ex1 (Exchange 2010 SP1, Mailbox) saves its state when its host stops (automaticStopAction save), and is highly " +
        "available.",
      {
        found: { value: "save" },
        limit: { bound: "oneOf", value: ["shutDown", "turnOff"] },
        change: { path: "automaticStopAction", value: "shutDown" },
        advisory: false,
      },
    ],
    [
      "quick migration",
      [
        cluster("c1"),
        host("hv1", { cluster: "c1", operatingSystem: "Windows Server 2008 SP2" }),
        server({ cluster: "c1" }),
      ],
      "ex1: ex1 (Exchange 2010 SP1, Mailbox) is highly available on Windows Server 2008 with Service Pack 2, which moves it " +
        "by quick migration.",
      {
        found: { value: "Windows Server 2008 with Service Pack 2" },
        limit: { bound: "noneOf", value: ["Windows Server 2008", "Windows Server 2008 with Service Pack 2"] },
      },
    ],
    [
      "a guest operating system of another product",
      [server({ guestOs: "Windows Server 2012" })],
      "ex1: ex1 (Exchange 2010 SP1, Mailbox) runs on Windows Server 2012, which Exchange 2010 SP1 does not support.",
      {
        found: { value: "Windows Server 2012" },
        fix:
          "Use a guest operating system that it supports: Windows Server 2008 with Service Pack 2, Windows Server 2008 R2 " +
          "or Windows Server 2008 R2 with Service Pack 1.",
        source: "exchange-2010-virtualization",
        advisory: false,
      },
    ],
    [
      "a host that is not listed, which is advice",
      [host("hv1", { operatingSystem: "Windows Server 2012 R2" }), server({ host: "hv1" })],
      "ex1: ex1 (Exchange 2010 SP1, Mailbox) runs on a host with Windows Server 2012 R2, which is not among the hosts that " +
        "Microsoft lists for Exchange 2010 SP1.",
      { found: { value: "Windows Server 2012 R2" }, advisory: true },
    ],
  ],
});

describe("exchange-supported-scenario", () => {
  describe("for members of a group", () => {
    const in2 = (version: Plain, roles: Plain, guestOs: Plain = "Windows Server 2008 R2 SP1") =>
      server({ guestOs }, { version, roles, databaseAvailabilityGroup: "dag1" });

    it("asks for the Mailbox role, whatever the version is", () => {
      for (const [version, name, guestOs] of [
        ...V2010.map((one) => [one, one, "Windows Server 2008 R2 SP1"] as const),
        ["Exchange 2010 RTM", "Exchange 2010 RTM", "Windows Server 2008 R2 SP1"],
        ["Exchange 2013", "Exchange 2013", "Windows Server 2012 R2"],
        ["Exchange 2016", "Exchange 2016", "Windows Server 2016"],
        ["Exchange 2019", "Exchange 2019", "Windows Server 2022"],
        ["Exchange SE", "Exchange Server Subscription Edition", "Windows Server 2025"],
      ] as const) {
        assert.deepEqual(said(in2(version, ["Mailbox", "Edge"], guestOs)), SILENT);
        assert.deepEqual(said(in2(version, ["Edge"], guestOs)), {
          findings: [
            `ex1: ex1 (${name}, Edge Transport) is a member of the database availability group dag1 without the Mailbox role.`,
          ],
          undecided: [],
        });
        assert.equal(advises(in2(version, ["Edge"], guestOs)), false);
      }
    });

    it("cannot tell while a role is open, and leaves what is malformed to the estate rule", () => {
      assert.deepEqual(said(in2("Exchange 2010 SP1", UNKNOWN)), {
        findings: [],
        undecided: [`ex1: exchange.roles is ${LATER}`],
      });
      assert.deepEqual(said(in2("Exchange 2010 SP1", ["CAS", UNKNOWN])).findings, []);
      assert.deepEqual(said(in2("Exchange 2010 SP1", ["Mailbox", "CAS"])), SILENT);
      for (const value of MALFORMED) assert.deepEqual(said(in2("Exchange 2010 SP1", value)), SILENT);
      assert.deepEqual(said(in2(UNKNOWN, ["CAS"])).findings.length, 1);
    });
  });

  describe("for Unified Messaging", () => {
    const um = (version: Plain, properties: PlainObject = {}, roles: Plain = ["UM"]) =>
      server(properties, { version, roles });

    it("objects before Exchange 2010 SP1, and accepts it from then on", () => {
      assert.deepEqual(said(um("Exchange 2010")), {
        findings: [
          "ex1: ex1 (Exchange 2010 RTM, Unified Messaging) has the Unified Messaging role in a virtual machine. No service " +
            "pack is declared, so Exchange 2010 is taken as RTM.",
        ],
        undecided: [],
      });
      assert.equal(advises(um("Exchange 2010")), false);
      for (const version of V2010) assert.deepEqual(said(um(version)), SILENT);
    });

    it("asks for four virtual processors", () => {
      for (const version of V2010) {
        assert.deepEqual(said(um(version, { processorCount: 2 })), {
          findings: [`ex1: ex1 (${version}, Unified Messaging) has 2 virtual processors. Unified Messaging needs 4.`],
          undecided: [],
        });
      }
      assert.deepEqual(said(um("2010 SP1", { processorCount: 1 }, ["Mailbox"])), SILENT);
    });

    it("asks for a host without oversubscription of its cores", () => {
      const other = (processorCount: Plain) => vm("a", { host: "hv1", processorCount });
      const own = um("Exchange 2010 SP1", { host: "hv1" });
      assert.deepEqual(said(host("hv1"), own, other(4)), SILENT);
      assert.deepEqual(said(host("hv1"), own, other(5)), {
        findings: [
          "hv1: hv1 runs 9 virtual processors on 8 physical cores, and the Unified Messaging of ex1, which allows no more " +
            "virtual processors than cores.",
        ],
        undecided: [],
      });
      assert.deepEqual(said(host("hv1"), own, other(UNKNOWN)), open("processorCount", "a"));
      assert.deepEqual(said(host("hv1"), own, vm("a", { host: UNKNOWN })), open("host", "a"));
      const processors: PlainObject = { sockets: 2, coresPerSocket: UNKNOWN, threadsPerCore: 2 };
      assert.deepEqual(said(host("hv1", { processors }), own), open("processors.coresPerSocket", "hv1"));
      assert.deepEqual(said(host("hv1"), server({ host: "hv1" }), other(64)), SILENT);
    });

    it("says once of a host that its cores are oversubscribed", () => {
      const two = ["ex1", "ex2"].map((name) =>
        mailbox(name, { host: "hv1", processorCount: 5 }, { version: "Exchange 2010 SP1", roles: ["UM"] }),
      );
      assert.deepEqual(said(host("hv1"), ...two), {
        findings: [
          "hv1: hv1 runs 10 virtual processors on 8 physical cores, and the Unified Messaging of ex1 and ex2, which allows " +
            "no more virtual processors than cores.",
        ],
        undecided: [],
      });
    });

    it("asks for a node with its cores where a cluster chooses the host", () => {
      const own = um("Exchange 2010 SP1", { cluster: "c1" });
      const c1 = cluster("c1", { nodes: ["hv1", "hv2"] });
      const node = (name: string, coresPerSocket: Plain) =>
        host(name, { processors: { sockets: 1, coresPerSocket, threadsPerCore: 2 } });
      assert.deepEqual(said(c1, node("hv1", 2), node("hv2", 4), own), SILENT);
      assert.deepEqual(said(c1, node("hv1", 2), node("hv2", 3), own), {
        findings: [
          "ex1: ex1 (Exchange 2010 SP1, Unified Messaging) may run on hosts with at most 3 physical cores. Unified " +
            "Messaging needs 4.",
        ],
        undecided: [],
      });
      assert.deepEqual(said(c1, node("hv1", 2), node("hv2", UNKNOWN), own), open("processors.coresPerSocket", "hv2"));
      assert.deepEqual(said(c1, node("hv1", 4), node("hv2", UNKNOWN), own), SILENT);
    });

    it("cannot judge unknown roles and processors", () => {
      assert.deepEqual(said(um("Exchange 2010", {}, UNKNOWN)), open("exchange.roles"));
      assert.deepEqual(said(um("Exchange 2010", {}, ["Mailbox", UNKNOWN])), open("exchange.roles[1]"));
      assert.deepEqual(said(um("2010 SP1", { processorCount: UNKNOWN })), open("processorCount"));
      assert.deepEqual(said(server({ guestOs: "Windows Server 2016" }, { version: "2016", roles: UNKNOWN })), SILENT);
    });
  });

  describe("for members of a group in a cluster", () => {
    const member = (version: Plain, properties: PlainObject = {}, group: Plain = "dag1") =>
      server({ cluster: "c1", ...properties }, { version, databaseAvailabilityGroup: group });

    it("objects before Exchange 2010 SP1, and accepts it from then on", () => {
      assert.deepEqual(said(cluster("c1"), member("Exchange 2010")), {
        findings: [
          "ex1: ex1 (Exchange 2010 RTM, Mailbox) is a member of the database availability group dag1, and its virtual " +
            "machine is highly available. No service pack is declared, so Exchange 2010 is taken as RTM.",
        ],
        undecided: [],
      });
      assert.deepEqual(said(cluster("c1"), member("Exchange 2010 RTM")).findings, [
        "ex1: ex1 (Exchange 2010 RTM, Mailbox) is a member of the database availability group dag1, and its virtual " +
          "machine is highly available.",
      ]);
      for (const version of V2010) assert.deepEqual(said(cluster("c1"), member(version)), SILENT);
      for (const [version, guestOs] of LATER_VERSIONS) {
        assert.deepEqual(said(cluster("c1"), member(version, { guestOs })), SILENT);
      }
    });

    it("accepts servers without a group, and members on hosts", () => {
      assert.deepEqual(said(cluster("c1"), server({ cluster: "c1" }, { version: "Exchange 2010" })), SILENT);
      assert.deepEqual(said(host("hv1"), member("Exchange 2010", { cluster: undefined, host: "hv1" })), SILENT);
    });

    it("cannot judge an unknown cluster or group", () => {
      assert.deepEqual(said(member("Exchange 2010", { cluster: UNKNOWN })), open("cluster"));
      assert.deepEqual(
        said(cluster("c1"), member("Exchange 2010", {}, UNKNOWN)),
        open("exchange.databaseAvailabilityGroup"),
      );
    });
  });

  describe("for saved state", () => {
    const SAVES = "saves its state when its host stops (automaticStopAction save)";
    const SAVES_BY_DEFAULT = "saves its state when its host stops (automaticStopAction save, the default)";
    const clustered = (
      automaticStopAction: Plain,
      properties: PlainObject = {},
      version: Plain = "Exchange 2010 SP1",
    ) => server({ cluster: "c1", automaticStopAction, ...properties }, { version });

    it("objects to it in a cluster, also when nobody has declared what Hyper-V does by default", () => {
      const expected = (saves: string) => ({
        findings: [`ex1: ex1 (Exchange 2010 SP1, Mailbox) ${saves}, and is highly available.`],
        undecided: [],
      });
      assert.deepEqual(said(cluster("c1"), clustered("save")), expected(SAVES));
      assert.deepEqual(said(cluster("c1"), mailbox("ex1", { cluster: "c1" })), expected(SAVES_BY_DEFAULT));
      assert.equal(advises(cluster("c1"), clustered("save")), false);
      for (const action of ["shutDown", "turnOff"]) assert.deepEqual(said(cluster("c1"), clustered(action)), SILENT);
    });

    it("holds for each version that may be clustered", () => {
      for (const version of V2010) {
        assert.equal(said(cluster("c1"), clustered("save", {}, version)).findings.length, 1, version);
      }
      for (const [version, guestOs] of LATER_VERSIONS) {
        assert.equal(said(cluster("c1"), clustered("save", { guestOs }, version)).findings.length, 1, version);
      }
      assert.deepEqual(said(cluster("c1"), clustered("save", {}, "Exchange 2010")), SILENT);
    });

    it("only advises a member of a group on a host of its own, and leaves others there alone", () => {
      const member = mailbox("ex1", { host: "hv1" }, { databaseAvailabilityGroup: "dag1" });
      assert.deepEqual(said(host("hv1"), member), {
        findings: [
          `ex1: ex1 (Exchange 2010 SP1, Mailbox) ${SAVES_BY_DEFAULT}, and is a member of the database availability group dag1.`,
        ],
        undecided: [],
      });
      assert.equal(advises(host("hv1"), member), true);
      assert.deepEqual(said(host("hv1"), mailbox("ex1", { host: "hv1" })), SILENT);
    });

    it("cannot judge what is unknown", () => {
      assert.deepEqual(said(cluster("c1"), clustered(UNKNOWN)), open("automaticStopAction"));
      assert.deepEqual(said(mailbox("ex1", { cluster: UNKNOWN })), open("cluster"));
      assert.deepEqual(
        said(mailbox("ex1", {}, { databaseAvailabilityGroup: UNKNOWN })),
        open("exchange.databaseAvailabilityGroup"),
      );
    });
  });

  describe("for quick migration", () => {
    const on = (version: string, ...systems: readonly Plain[]) =>
      said(
        cluster("c1"),
        ...systems.map((operatingSystem, index) => host(`hv${String(index)}`, { cluster: "c1", operatingSystem })),
        server({ cluster: "c1" }, { version }),
      );

    it("objects to clusters that have no live migration", () => {
      for (const version of V2010) {
        assert.deepEqual(on(version, "Windows Server 2008 R2", "Windows Server 2008 SP2"), {
          findings: [
            `ex1: ex1 (${version}, Mailbox) is highly available on Windows Server 2008 with Service Pack 2, which moves it ` +
              "by quick migration.",
          ],
          undecided: [],
        });
        assert.deepEqual(on(version, "Windows Server 2008 R2", "Windows Server 2012"), SILENT);
      }
    });

    it("leaves hosts without a cluster alone, and cannot judge an unknown node", () => {
      assert.deepEqual(
        said(host("hv1", { operatingSystem: "Windows Server 2008 SP2" }), server({ host: "hv1" })),
        SILENT,
      );
      assert.deepEqual(on("Exchange 2010 SP1", UNKNOWN), open("operatingSystem", "hv0"));
    });
  });

  describe("for the guest operating system", () => {
    const on = (guestOs: Plain, version: Plain) => said(server({ guestOs }, { version }));

    it("objects to one that the version does not run on", () => {
      assert.deepEqual(on("Windows Server 2012 R2", "Exchange 2010 SP3"), SILENT);
      assert.deepEqual(on("Windows Server 2016", "Exchange 2013"), {
        findings: [
          "ex1: ex1 (Exchange 2013, Mailbox) runs on Windows Server 2016, which Exchange 2013 does not support.",
        ],
        undecided: [],
      });
      for (const [version, guestOs] of LATER_VERSIONS) {
        assert.deepEqual(on(guestOs, version), SILENT);
        assert.equal(on("Windows Server 2008 SP2", version).findings.length, 1);
      }
      for (const version of V2010) {
        assert.deepEqual(on("Windows Server 2008 SP2", version), SILENT);
        assert.equal(on("Windows Server 2008", version).findings.length, 1);
      }
      assert.equal(advises(server({ guestOs: "Windows Server 2016" }, { version: "Exchange 2013" })), false);
    });

    it("says where the version is taken as RTM", () => {
      const rtm = (version: Plain, ending: string) => {
        assert.deepEqual(on("Windows Server 2012", version), {
          findings: [
            "ex1: ex1 (Exchange 2010 RTM, Mailbox) runs on Windows Server 2012, which Exchange 2010 RTM does not support." +
              ending,
          ],
          undecided: [],
        });
      };
      rtm("Exchange 2010", " No service pack is declared, so Exchange 2010 is taken as RTM.");
      rtm("Exchange 2010 RTM", "");
    });

    it("cannot judge an unknown one", () => {
      assert.deepEqual(on(UNKNOWN, "Exchange 2013"), open("guestOs"));
    });
  });

  describe("for the host", () => {
    const on = (operatingSystem: Plain, version = "Exchange 2010 SP1", properties: PlainObject = {}) => [
      host("hv1", { operatingSystem }),
      server({ host: "hv1", ...properties }, { version }),
    ];

    it("advises against one that Microsoft does not list for Exchange 2010", () => {
      for (const listed of ["2008 SP2", "2008 R2", "2008 R2 SP1", "2012"]) {
        assert.deepEqual(said(...on(`Windows Server ${listed}`)), SILENT);
      }
      assert.deepEqual(said(...on("Windows Server 2012 R2")), {
        findings: [
          "ex1: ex1 (Exchange 2010 SP1, Mailbox) runs on a host with Windows Server 2012 R2, which is not among the " +
            "hosts that Microsoft lists for Exchange 2010 SP1.",
        ],
        undecided: [],
      });
      assert.equal(advises(...on("Windows Server 2012 R2")), true);
    });

    it("judges every node of a cluster, and accepts any host for later versions", () => {
      const nodes = [cluster("c1", { nodes: ["hv1"] }), host("hv1", { operatingSystem: "Windows Server 2019" })];
      assert.equal(said(...nodes, server({ cluster: "c1" })).findings.length, 1);
      for (const [version, guestOs] of LATER_VERSIONS) {
        assert.deepEqual(said(...on("Windows Server 2025", version, { guestOs })), SILENT);
      }
    });

    it("cannot judge an unknown one", () => {
      assert.deepEqual(said(...on(UNKNOWN)), open("operatingSystem", "hv1"));
    });
  });

  it("judges nothing without a version, and no machine without Exchange", () => {
    assert.deepEqual(said(server({ cluster: "c1" }, { version: UNKNOWN })), open("exchange.version"));
    assert.deepEqual(said(vm("ex1", { exchange: UNKNOWN })), open("exchange"));
    assert.equal(judge(rule, [vm("a", { cluster: "c1" })]).applied, 0);
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED) {
      assert.deepEqual(said(server({}, { version: value, roles: ["UM"] })), SILENT);
      assert.deepEqual(said(server({ processorCount: value }, { roles: ["UM"] })), SILENT);
      assert.deepEqual(said(cluster("c1"), server({ cluster: "c1", automaticStopAction: value })), SILENT);
      assert.deepEqual(said(server({ guestOs: value })), SILENT);
    }
  });
});
