import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { clusterSize as rule } from "../../../policies/hosts/cluster-size";
import { cluster, host, judge, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const R2_SP1 = "Windows Server 2008 R2 SP1";

function nodes(number: number, properties: PlainObject = {}): readonly DeclaredResource[] {
  return Array.from({ length: number }, (_, index) => host(`hv${String(index)}`, { cluster: "c1", ...properties }));
}

/** A node that is called like its version. */
function node(operatingSystem: string): DeclaredResource {
  return host(operatingSystem, { cluster: "c1", operatingSystem });
}

function machines(number: number, properties: PlainObject = { cluster: "c1" }): readonly DeclaredResource[] {
  return Array.from({ length: number }, (_, index) => vm(`vm${String(index)}`, properties));
}

function judged(resources: readonly DeclaredResource[]) {
  return judge(rule, [cluster("c1"), ...resources]);
}

function said(resources: readonly DeclaredResource[]) {
  const { findings, undecided } = judged(resources);
  return { findings, undecided };
}

/** Host version, the most nodes, and whether the figure stands in a document. */
const NODES: readonly (readonly [string, number, boolean])[] = [
  ["Windows Server 2008", 16, false],
  ["Windows Server 2008 SP2", 16, false],
  ["Windows Server 2008 R2", 16, true],
  ["Windows Server 2008 R2 SP1", 16, true],
  ["Windows Server 2012", 64, true],
  ["Windows Server 2012 R2", 64, true],
  ["Windows Server 2016", 64, true],
  ["Windows Server 2019", 64, true],
  ["Windows Server 2022", 64, true],
  ["Windows Server 2025", 64, true],
  ["Azure Stack HCI", 16, true],
];

/** Host version, and why its nodes must have processors of one vendor. */
const VENDORS: readonly (readonly [string, string, string])[] = [
  [
    R2_SP1,
    `Why: Live migration does not work between processors of different manufacturers. ${rule.why}`,
    "Source: Hyper-V: Live Migration FAQ (Windows Server 2008 R2)",
  ],
  [
    "Windows Server 2022",
    "Why: Running virtual machines can only be migrated between hosts with processors from the same manufacturer. " +
      rule.why,
    "Source: Processor compatibility mode in Hyper-V, " +
      "https://learn.microsoft.com/windows-server/virtualization/hyper-v/manage/processor-compatibility-mode-hyper-v",
  ],
];

describe("cluster-size", () => {
  for (const [operatingSystem, limit, documented] of NODES) {
    it(`allows ${String(limit)} nodes of ${operatingSystem}`, () => {
      for (const number of [1, limit - 1, limit]) assert.deepEqual(said(nodes(number, { operatingSystem })), SILENT);
      const { findings, advisory } = judged(nodes(limit + 1, { operatingSystem }));
      assert.equal(findings.length, 1);
      assert.deepEqual(advisory, documented ? [] : ["c1"]);
    });
  }

  it("allows 1000 virtual machines on Windows Server 2008 R2, wherever they are declared", () => {
    const three = nodes(3);
    assert.deepEqual(said([...three, ...machines(1000)]), SILENT);
    assert.deepEqual(said([...three, ...machines(1000), vm("last", { host: "hv1" })]).findings, [
      "c1: c1 has 1001 virtual machines. Windows Server 2008 R2 with Service Pack 1 supports at most 1,000.",
    ]);
    assert.deepEqual(said([...three, ...machines(1000), vm("other", { host: "else" }), host("else")]), SILENT);
  });

  it("allows each node its share: 384 virtual machines on Windows Server 2008 R2, 1,024 on Windows Server 2012", () => {
    assert.deepEqual(said([...nodes(2), ...machines(768)]), SILENT);
    assert.deepEqual(said([...nodes(2), ...machines(768), vm("last", { host: "hv0" })]), {
      findings: [
        "c1: c1 has 769 virtual machines on 2 nodes. Windows Server 2008 R2 with Service Pack 1 supports at most 384 on each.",
      ],
      undecided: [],
    });
    for (const operatingSystem of ["Windows Server 2012", "Windows Server 2012 R2"]) {
      assert.deepEqual(said([...nodes(1, { operatingSystem }), ...machines(1024)]), SILENT);
      assert.deepEqual(said([...nodes(1, { operatingSystem }), ...machines(1025)]).findings, [
        `c1: c1 has 1025 virtual machines on 1 node. ${operatingSystem} supports at most 1,024 on each.`,
      ]);
    }
    assert.deepEqual(said([...nodes(1, { operatingSystem: "Windows Server 2016" }), ...machines(1025)]), SILENT);
  });

  it("knows the share of a node only where it knows all nodes", () => {
    const crowd = [...nodes(2), ...machines(769)];
    assert.deepEqual(said([...crowd, host("new", { cluster: UNKNOWN })]), {
      findings: [],
      undecided: ["new: cluster is not known until deployment: not checked by cluster-size."],
    });
    assert.deepEqual(said([...crowd, host("new", { cluster: 7 })]), SILENT);
    assert.deepEqual(said([...nodes(2), ...machines(1001), host("new", { cluster: UNKNOWN })]).findings, [
      "c1: c1 has 1001 virtual machines. Windows Server 2008 R2 with Service Pack 1 supports at most 1,000.",
    ]);
  });

  it("allows 8000 virtual machines from Windows Server 2012 on, and any number where no document has one", () => {
    const eightThousand = machines(8000);
    const one = vm("one", { cluster: "c1" });
    for (const version of ["2012", "2016", "2025"]) {
      const eight = nodes(8, { operatingSystem: `Windows Server ${version}` });
      if (version === "2012") assert.deepEqual(said([...eight, ...eightThousand]), SILENT);
      assert.deepEqual(said([...eight, ...eightThousand, one]).findings, [
        `c1: c1 has 8001 virtual machines. Windows Server ${version} supports at most 8,000.`,
      ]);
    }
    assert.deepEqual(said([...nodes(2, { operatingSystem: "Azure Local" }), ...eightThousand, one]), SILENT);
  });

  it("finds nodes of different versions, service packs included", () => {
    const mixed = [
      host("hv1", { operatingSystem: "Windows Server 2008 R2", cluster: "c1" }),
      host("hv2", { cluster: "c1" }),
      host("hv3", { cluster: "c1" }),
    ];
    assert.deepEqual(said(mixed), {
      findings: [
        "c1: c1 has nodes of different versions: Windows Server 2008 R2 on hv1 and Windows Server 2008 R2 with Service Pack 1 " +
          "on hv2 and hv3.",
      ],
      undecided: [],
    });
  });

  it("only advises while a service pack is rolled out, and quotes the document of the version", () => {
    const { messages, advisory } = judged([node("Windows Server 2008 R2"), node(R2_SP1)]);
    assert.deepEqual(advisory, ["c1"]);
    assert.deepEqual(messages[0]?.split("\n").slice(1), [
      "Why: Nodes of one failover cluster cannot run different versions, and should have the same service packs and " +
        `updates. ${rule.why}`,
      "Fix: Split the cluster, or bring its nodes to one version.",
      "Source: Hyper-V: Live Migration FAQ (Windows Server 2008 R2)",
    ]);
  });

  it("only advises while a cluster is upgraded to the next version, node by node", () => {
    const next = ["2012 R2", "2016", "2019", "2022", "2025"].map((version) => `Windows Server ${version}`);
    for (const [index, from] of next.slice(0, -1).entries()) {
      const two = [node(from), node(next[index + 1] ?? "")];
      for (const order of [two, [...two].reverse()]) {
        const { findings, advisory } = judged(order);
        assert.deepEqual([findings.length, advisory], [1, ["c1"]], from);
      }
    }
    const { messages } = judged([node("Windows Server 2012 R2"), node("Windows Server 2016")]);
    assert.deepEqual(
      messages[0]?.split("\n").filter((line) => !line.startsWith("Why")),
      [
        "c1 has nodes of different versions: Windows Server 2012 R2 on Windows Server 2012 R2 and Windows Server 2016 on " +
          "Windows Server 2016.",
        "Fix: Bring the other nodes to the newer version within four weeks, then run Update-ClusterFunctionalLevel.",
        "Source: Cluster operating system rolling upgrade, " +
          "https://learn.microsoft.com/windows-server/failover-clustering/cluster-operating-system-rolling-upgrade",
      ],
    );
  });

  it("blocks versions that no upgrade explains", () => {
    for (const versions of [
      ["2008", "2008 R2"],
      ["2008 R2 SP1", "2012"],
      ["2012", "2012 R2"],
      ["2012 R2", "2019"],
      ["2016", "2019", "2022"],
    ]) {
      const { findings, advisory } = judged(versions.map((version) => node(`Windows Server ${version}`)));
      assert.deepEqual([findings.length, advisory], [1, []], versions.join());
    }
  });

  it("finds unlike nodes while others are not known, or malformed", () => {
    const two = [node("Windows Server 2012"), node("Windows Server 2016")];
    const findings = [
      "c1: c1 has nodes of different versions: Windows Server 2012 on Windows Server 2012 and Windows Server 2016 on " +
        "Windows Server 2016.",
    ];
    assert.deepEqual(said([...two, host("new", { cluster: "c1", operatingSystem: UNKNOWN })]), {
      findings,
      undecided: [],
    });
    assert.deepEqual(said([...two, host("new", { cluster: UNKNOWN })]), {
      findings,
      undecided: ["new: cluster is not known until deployment: not checked by cluster-size."],
    });
    for (const value of MALFORMED) {
      assert.deepEqual(said([...two, host("new", { cluster: "c1", operatingSystem: value })]), {
        findings,
        undecided: [],
      });
      assert.deepEqual(said([...two, host("new", { cluster: value })]), { findings, undecided: [] });
    }
  });

  it("finds nodes with processors of different vendors, as far as they are declared", () => {
    const processors = { sockets: 2, coresPerSocket: 4, threadsPerCore: 2 };
    const from = (name: string, vendor?: PlainObject[string], operatingSystem = R2_SP1) =>
      host(name, { cluster: "c1", operatingSystem, processors: { ...processors, vendor } });
    assert.deepEqual(said([from("hv1", "Intel"), from("hv2", "intel"), host("hv3", { cluster: "c1" })]), SILENT);
    assert.deepEqual(said([from("hv1", "Intel"), from("hv2", "AMD"), from("hv3", "Intel")]).findings, [
      "c1: c1 has nodes with processors of different vendors: Intel in hv1 and hv3 and AMD in hv2.",
    ]);
    assert.equal(said([from("hv1", "Intel"), from("hv2", "AMD"), from("hv3", UNKNOWN)]).findings.length, 1);
    for (const vendor of MALFORMED) assert.deepEqual(said([from("hv1", "Intel"), from("hv2", vendor)]), SILENT);
    for (const [version, ...why] of VENDORS) {
      const { messages, advisory } = judged([from("hv1", "Intel", version), from("hv2", "AMD", version)]);
      assert.deepEqual(advisory, ["c1"]);
      assert.deepEqual(
        messages[0]
          ?.split("\n")
          .filter((line) => !line.startsWith("Fix"))
          .slice(1),
        why,
      );
    }
  });

  it("cannot decide a vendor that only the deployment knows", () => {
    const processors: PlainObject = { sockets: 2, coresPerSocket: 4, threadsPerCore: 2, vendor: UNKNOWN };
    assert.deepEqual(said([host("hv1", { cluster: "c1", processors }), host("hv2", { cluster: "c1" })]).undecided, [
      "hv1: processors.vendor is not known until deployment: not checked by cluster-size.",
    ]);
  });

  it("counts a node once, whether the cluster, the host or both name it", () => {
    const sixteen = nodes(16);
    const names = sixteen.map(({ name }) => name);
    assert.deepEqual(judge(rule, [cluster("c1", { nodes: [...names, ...names] }), ...sixteen]).findings, []);
    assert.deepEqual(judge(rule, [cluster("c1", { nodes: [...names, "new"] }), ...sixteen, host("new")]).findings, [
      "c1: c1 has 17 nodes. Windows Server 2008 R2 with Service Pack 1 supports at most 16.",
    ]);
  });

  it("says the same of a cluster of unlike nodes, whatever they are called", () => {
    const versions = ["Windows Server 2012", R2_SP1];
    const sizes = [versions, [...versions].reverse()].map((order) => {
      const twenty = Array.from({ length: 20 }, (_, index) =>
        host(`hv${String(index + 10)}`, { cluster: "c1", operatingSystem: order[index % 2] ?? "" }),
      );
      return said(twenty).findings.length;
    });
    assert.equal(sizes[0], sizes[1]);
  });

  it("says what cannot be decided", () => {
    const text = (name: string, property: string) => [
      `${name}: ${property} is not known until deployment: not checked by cluster-size.`,
    ];
    assert.deepEqual(judge(rule, [cluster("c1", { nodes: UNKNOWN })]).undecided, text("c1", "nodes"));
    assert.deepEqual(said([...nodes(16), host("new", { cluster: UNKNOWN })]), {
      findings: [],
      undecided: text("new", "cluster"),
    });
    const unknown = host("new", { cluster: "c1", operatingSystem: UNKNOWN });
    assert.deepEqual(said([...nodes(15), unknown]), { findings: [], undecided: text("new", "operatingSystem") });
  });

  it("finds too many nodes while more may come, or the version of one is not known", () => {
    const tooMany = (number: number) => [
      `c1: c1 has ${String(number)} nodes. Windows Server 2008 R2 with Service Pack 1 supports at most 16.`,
    ];
    assert.deepEqual(said([...nodes(17), host("new", { cluster: UNKNOWN })]).findings, tooMany(17));
    for (const operatingSystem of [UNKNOWN, ...MALFORMED] as const)
      assert.deepEqual(said([...nodes(16), host("new", { cluster: "c1", operatingSystem })]).findings, tooMany(17));
  });

  it("asks for the nodes of a cluster that has none", () => {
    const asked = ["c1: nodes is not declared: not checked by cluster-size."];
    assert.deepEqual(said(machines(2)), { findings: [], undecided: asked });
    assert.deepEqual(judge(rule, [cluster("c1", { nodes: [] }), host("hv1")]).undecided, asked);
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED) {
      if (!Array.isArray(value)) {
        const { findings, undecided } = judge(rule, [cluster("c1", { nodes: value }), host("hv1")]);
        assert.deepEqual({ findings, undecided }, SILENT);
      }
      assert.deepEqual(said([...nodes(15), host("new", { cluster: "c1", operatingSystem: value })]), SILENT);
    }
  });
});
