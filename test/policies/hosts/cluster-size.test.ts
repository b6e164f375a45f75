import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { clusterSize } from "../../../policies/hosts/cluster-size";
import { cluster, host, judge, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";

const R2_SP1 = "Windows Server 2008 R2 SP1";
const NAME_OF_R2_SP1 = "Windows Server 2008 R2 with Service Pack 1";
const C1 = cluster("c1");

function nodes(number: number, properties: PlainObject = {}): readonly DeclaredResource[] {
  return Array.from({ length: number }, (_, index) => host(`hv${String(index)}`, { cluster: "c1", ...properties }));
}

function clusterOf(number: number, properties: PlainObject = {}): readonly DeclaredResource[] {
  return [C1, ...nodes(number, properties)];
}

function node(name: string, operatingSystem: Plain): DeclaredResource {
  return host(name, { cluster: "c1", operatingSystem });
}

/** A cluster whose nodes `hv1`, `hv2` and so on run these versions of Windows Server. */
function ofVersions(...versions: readonly string[]): readonly DeclaredResource[] {
  return [C1, ...versions.map((version, index) => node(`hv${String(index + 1)}`, `Windows Server ${version}`))];
}

function machines(number: number, properties: PlainObject = { cluster: "c1" }): readonly DeclaredResource[] {
  return Array.from({ length: number }, (_, index) => vm(`vm${String(index)}`, properties));
}

function vendor(name: string, value: Plain, operatingSystem = R2_SP1): DeclaredResource {
  const processors: PlainObject = { sockets: 2, coresPerSocket: 4, threadsPerCore: 2, vendor: value };
  return host(name, { cluster: "c1", operatingSystem, processors });
}

/** Host version, the most nodes, the document, and how findings write the version. */
const NODES: readonly (readonly [operatingSystem: string, most: number, source: string, name?: string])[] = [
  ["Windows Server 2008", 16, "no-document"],
  ["Windows Server 2008 SP2", 16, "no-document", "Windows Server 2008 with Service Pack 2"],
  ["Windows Server 2008 R2", 16, "limits-2008-r2"],
  [R2_SP1, 16, "limits-2008-r2", NAME_OF_R2_SP1],
  ["Windows Server 2012", 64, "limits-2012-successor"],
  ["Windows Server 2012 R2", 64, "limits-2012-successor"],
  ["Windows Server 2016", 64, "limits-2025"],
  ["Windows Server 2019", 64, "limits-2025"],
  ["Windows Server 2022", 64, "limits-2025"],
  ["Windows Server 2025", 64, "limits-2025"],
  ["Azure Stack HCI", 16, "azure-stack-hci-requirements"],
];

const OLD_AND_NEW = "c1: c1 has nodes of different versions: Windows Server 2012 on hv1; Windows Server 2016 on hv2.";
const FIX_OF_VENDORS =
  "Use nodes with processors of one vendor, or split the cluster by vendor: a virtual machine cannot live migrate to a " +
  "processor of another vendor.";

function tooManyNodes(number: number): string {
  return `c1: c1 has ${String(number)} nodes. ${NAME_OF_R2_SP1} supports at most 16.`;
}

const TOO_MANY_MACHINES = `c1: c1 has 1001 virtual machines. ${NAME_OF_R2_SP1} supports at most 1,000.`;

function unknown(name: string, property: string): string {
  return `${name}: ${property} is not known until deployment: not checked by cluster-size.`;
}

const NO_NODES = "c1: nodes is not declared: not checked by cluster-size.";
const NEW = host("new", { cluster: UNKNOWN });
const SIXTEEN = nodes(16);
const NAMES_OF_SIXTEEN = SIXTEEN.map(({ name }) => name);
const EIGHT_THOUSAND = machines(8000);
const ONE_MORE = vm("one", { cluster: "c1" });

ruleTest(clusterSize, {
  passes: [
    ...NODES.flatMap(([operatingSystem, most]) =>
      [1, most - 1, most].map((number): Passes => [
        `${String(number)} nodes of ${operatingSystem}`,
        clusterOf(number, { operatingSystem }),
      ]),
    ),
    ["1000 virtual machines on Windows Server 2008 R2", [...clusterOf(3), ...machines(1000)]],
    [
      "1000 virtual machines, and one on a host outside of the cluster",
      [...clusterOf(3), ...machines(1000), vm("other", { host: "else" }), host("else")],
    ],
    ["384 virtual machines a node on Windows Server 2008 R2", [...clusterOf(2), ...machines(768)]],
    ...["Windows Server 2012", "Windows Server 2012 R2"].map((operatingSystem): Passes => [
      `1024 virtual machines a node on ${operatingSystem}`,
      [...clusterOf(1, { operatingSystem }), ...machines(1024)],
    ]),
    [
      "more a node on Windows Server 2016, for whose nodes no limit is known",
      [...clusterOf(1, { operatingSystem: "Windows Server 2016" }), ...machines(1025)],
    ],
    [
      "a share of nodes that is too large, beside a malformed host that may be a node",
      [...clusterOf(2), ...machines(769), host("new", { cluster: 7 })],
    ],
    [
      "8000 virtual machines on Windows Server 2012",
      [...clusterOf(8, { operatingSystem: "Windows Server 2012" }), ...EIGHT_THOUSAND],
    ],
    [
      "any number on Azure Local, for which no limit is known",
      [...clusterOf(2, { operatingSystem: "Azure Local" }), ...EIGHT_THOUSAND, ONE_MORE],
    ],
    [
      "B12: processors of one vendor, as far as they are declared",
      [C1, vendor("hv1", "Intel"), vendor("hv2", "intel"), host("hv3", { cluster: "c1" })],
    ],
    [
      "nodes that the cluster names twice and the hosts once more, which count once",
      [cluster("c1", { nodes: [...NAMES_OF_SIXTEEN, ...NAMES_OF_SIXTEEN] }), ...SIXTEEN],
    ],
    ...MALFORMED.flatMap((value): readonly Passes[] => {
      const text = `${JSON.stringify(value)}, which the estate rule reports`;
      return [
        [`a node with the operating system ${text}`, [...clusterOf(15), node("new", value)]],
        [`a node with the vendor ${text}`, [C1, vendor("hv1", "Intel"), vendor("hv2", value)]],
      ];
    }),
    ...MALFORMED.filter((value) => !Array.isArray(value)).map((value): Passes => [
      `the nodes ${JSON.stringify(value)}, which the estate rule reports`,
      [cluster("c1", { nodes: value }), host("hv1")],
    ]),
  ],
  finds: [
    ...NODES.map(([operatingSystem, most, source, name = operatingSystem]): Finds => [
      `${String(most + 1)} nodes of ${operatingSystem}`,
      clusterOf(most + 1, { operatingSystem }),
      `c1: c1 has ${String(most + 1)} nodes. ${name} supports at most ${String(most)}.`,
      {
        found: { value: most + 1, unit: "nodes" },
        limit: { bound: "atMost", value: most, unit: "nodes" },
        fix: `Split the cluster into clusters of ${String(most)} nodes or fewer.`,
        source,
        advisory: source === "no-document",
      },
    ]),
    [
      "17 nodes that the cluster names",
      [cluster("c1", { nodes: [...NAMES_OF_SIXTEEN, "new"] }), ...SIXTEEN, host("new")],
      tooManyNodes(17),
    ],
    [
      "too many nodes while more may come",
      [...clusterOf(17), NEW],
      tooManyNodes(17),
      { undecided: [unknown("new", "cluster")] },
    ],
    [
      "too many nodes while the version of one is not known",
      [...clusterOf(16), node("new", UNKNOWN)],
      tooManyNodes(17),
      { undecided: [unknown("new", "operatingSystem")] },
    ],
    ...MALFORMED.map((value): Finds => [
      `too many nodes, one with the operating system ${JSON.stringify(value)}`,
      [...clusterOf(16), node("new", value)],
      tooManyNodes(17),
    ]),
    [
      "1001 virtual machines on Windows Server 2008 R2, wherever they are declared",
      [...clusterOf(3), ...machines(1000), vm("last", { host: "hv1" })],
      TOO_MANY_MACHINES,
      {
        found: { value: 1001, unit: "virtual machines" },
        limit: { bound: "atMost", value: 1000, unit: "virtual machines" },
        fix: "Take at least 1 virtual machine out of the cluster, or split it.",
        source: "limits-2008-r2",
        advisory: false,
      },
    ],
    [
      "1001 virtual machines while nodes may come",
      [...clusterOf(2), ...machines(1001), NEW],
      TOO_MANY_MACHINES,
      { undecided: [unknown("new", "cluster")] },
    ],
    ...["2012", "2016", "2025"].map((version): Finds => [
      `8001 virtual machines on Windows Server ${version}`,
      [...clusterOf(8, { operatingSystem: `Windows Server ${version}` }), ...EIGHT_THOUSAND, ONE_MORE],
      `c1: c1 has 8001 virtual machines. Windows Server ${version} supports at most 8,000.`,
    ]),
    [
      "more virtual machines than the nodes' shares of Windows Server 2008 R2",
      [...clusterOf(2), ...machines(768), vm("last", { host: "hv0" })],
      `c1: c1 has 769 virtual machines on 2 nodes. ${NAME_OF_R2_SP1} supports at most 384 on each.`,
      {
        found: { value: 769, unit: "virtual machines" },
        limit: { bound: "atMost", value: 768, unit: "virtual machines" },
        fix: "Take at least 1 virtual machine out of the cluster, or add 1 node or more.",
        advisory: false,
      },
    ],
    [
      "more virtual machines than several more nodes may have",
      [...clusterOf(1), ...machines(999)],
      `c1: c1 has 999 virtual machines on 1 node. ${NAME_OF_R2_SP1} supports at most 384 on each.`,
      { fix: "Take at least 615 virtual machines out of the cluster, or add 2 nodes or more." },
    ],
    ...["Windows Server 2012", "Windows Server 2012 R2"].map((operatingSystem): Finds => [
      `1025 virtual machines on one node of ${operatingSystem}`,
      [...clusterOf(1, { operatingSystem }), ...machines(1025)],
      `c1: c1 has 1025 virtual machines on 1 node. ${operatingSystem} supports at most 1,024 on each.`,
    ]),
    [
      "service packs that differ, as advice: one may be being installed",
      ofVersions("2008 R2", "2008 R2 SP1", "2008 R2 SP1"),
      `c1: c1 has nodes of different versions: Windows Server 2008 R2 on hv1; ${NAME_OF_R2_SP1} on hv2 and hv3.`,
      {
        found: { value: ["Windows Server 2008 R2", NAME_OF_R2_SP1], unit: "host versions" },
        limit: { bound: "exactly", value: 1, unit: "host versions" },
        fix: `Install ${NAME_OF_R2_SP1} on hv1.`,
        source: "live-migration-faq",
        advisory: true,
      },
    ],
    [
      "service packs that differ, the newer one first",
      ofVersions("2008 R2 SP1", "2008 R2"),
      `c1: c1 has nodes of different versions: ${NAME_OF_R2_SP1} on hv1; Windows Server 2008 R2 on hv2.`,
      { fix: `Install ${NAME_OF_R2_SP1} on hv2.`, advisory: true },
    ],
    ...(
      [
        ["2012 R2", "2016"],
        ["2016", "2019"],
        ["2019", "2022"],
        ["2022", "2025"],
      ] as const
    ).flatMap(([from, to]) =>
      [
        [from, to],
        [to, from],
      ].map((order): Finds => [
        `${order.join(" and ")}, as advice: the cluster may be being upgraded`,
        ofVersions(...order),
        "c1: c1 has nodes of different versions: " +
          `${order.map((version, index) => `Windows Server ${version} on hv${String(index + 1)}`).join("; ")}.`,
        {
          fix:
            `Upgrade hv${String(order.indexOf(from) + 1)} to Windows Server ${to} within four weeks, then run ` +
            "Update-ClusterFunctionalLevel.",
          source: "rolling-upgrade",
          advisory: true,
        },
      ]),
    ),
    ...[
      ["2008", "2008 R2"],
      ["2012", "2012 R2"],
      ["2012 R2", "2019"],
      ["2016", "2019", "2022"],
    ].map((versions): Finds => [
      `${versions.join(", ")}, which no upgrade explains`,
      ofVersions(...versions),
      "c1: c1 has nodes of different versions: " +
        `${versions.map((version, index) => `Windows Server ${version} on hv${String(index + 1)}`).join("; ")}.`,
      { advisory: false },
    ]),
    [
      "a service pack and a later version, which no upgrade explains",
      ofVersions("2008 R2 SP1", "2012"),
      `c1: c1 has nodes of different versions: ${NAME_OF_R2_SP1} on hv1; Windows Server 2012 on hv2.`,
      { advisory: false },
    ],
    [
      "versions that differ while another is not known",
      [...ofVersions("2012", "2016"), node("new", UNKNOWN)],
      OLD_AND_NEW,
    ],
    [
      "versions that differ while more nodes may come",
      [...ofVersions("2012", "2016"), NEW],
      OLD_AND_NEW,
      { undecided: [unknown("new", "cluster")] },
    ],
    ...MALFORMED.flatMap((value): readonly Finds[] => [
      [
        `versions that differ, beside ${JSON.stringify(value)}`,
        [...ofVersions("2012", "2016"), node("new", value)],
        OLD_AND_NEW,
      ],
      [
        `versions that differ, beside a host of the cluster ${JSON.stringify(value)}`,
        [...ofVersions("2012", "2016"), host("new", { cluster: value })],
        OLD_AND_NEW,
      ],
    ]),
    [
      "B12: processors of different vendors, as advice",
      [C1, vendor("hv1", "Intel"), vendor("hv2", "AMD"), vendor("hv3", "Intel")],
      "c1: c1 has nodes with processors of different vendors: Intel in hv1 and hv3; AMD in hv2.",
      {
        found: { value: ["Intel", "AMD"], unit: "processor vendors" },
        limit: { bound: "exactly", value: 1, unit: "processor vendors" },
        fix: FIX_OF_VENDORS,
        source: "live-migration-faq",
        advisory: true,
      },
    ],
    [
      "B12: processors of different vendors on Windows Server 2022, as advice",
      [C1, vendor("hv1", "Intel", "Windows Server 2022"), vendor("hv2", "AMD", "Windows Server 2022")],
      "c1: c1 has nodes with processors of different vendors: Intel in hv1; AMD in hv2.",
      { source: "processor-compatibility", advisory: true },
    ],
    [
      "processors of different vendors beside an unknown one",
      [C1, vendor("hv1", "Intel"), vendor("hv2", "AMD"), vendor("hv3", UNKNOWN)],
      "c1: c1 has nodes with processors of different vendors: Intel in hv1; AMD in hv2.",
    ],
  ],
  undecided: [
    ["a host that may be a node", [...clusterOf(16), NEW], unknown("new", "cluster")],
    [
      "the share of a node where not all nodes are known",
      [...clusterOf(2), ...machines(769), NEW],
      unknown("new", "cluster"),
    ],
    ["a node of an unknown version", [...clusterOf(15), node("new", UNKNOWN)], unknown("new", "operatingSystem")],
    [
      "a processor of an unknown vendor",
      [C1, vendor("hv1", UNKNOWN), host("hv2", { cluster: "c1" })],
      unknown("hv1", "processors.vendor"),
    ],
    ["unknown nodes", [cluster("c1", { nodes: UNKNOWN })], unknown("c1", "nodes")],
    ["a cluster without nodes", [C1, ...machines(2)], NO_NODES],
    ["a cluster with an empty list of nodes", [cluster("c1", { nodes: [] }), host("hv1")], NO_NODES],
  ],
});

describe("cluster-size", () => {
  function statementsOf(estate: readonly DeclaredResource[]) {
    return judge(clusterSize, estate).messages.flatMap((message) =>
      message.split("\n").filter((line) => /^(Why|Source)/.test(line)),
    );
  }

  it("quotes the document of the version on versions that differ", () => {
    assert.deepEqual(statementsOf(ofVersions("2008 R2", "2008 R2 SP1")), [
      "Why: Nodes of one failover cluster cannot run different versions, and should have the same service packs and " +
        `updates. ${clusterSize.why}`,
      "Source: Hyper-V: Live Migration FAQ (Windows Server 2008 R2)",
    ]);
    assert.deepEqual(statementsOf(ofVersions("2012 R2", "2016")).slice(1), [
      "Source: Cluster operating system rolling upgrade, " +
        "https://learn.microsoft.com/windows-server/failover-clustering/cluster-operating-system-rolling-upgrade",
    ]);
  });

  it("quotes the document of the version on processors of different vendors", () => {
    const on = (version: string) => statementsOf([C1, vendor("hv1", "Intel", version), vendor("hv2", "AMD", version)]);
    assert.deepEqual(on(R2_SP1), [
      `Why: Live migration does not work between processors of different manufacturers. ${clusterSize.why}`,
      "Source: Hyper-V: Live Migration FAQ (Windows Server 2008 R2)",
    ]);
    assert.deepEqual(on("Windows Server 2022"), [
      "Why: Running virtual machines can only be migrated between hosts with processors from the same manufacturer. " +
        clusterSize.why,
      "Source: Processor compatibility mode in Hyper-V, " +
        "https://learn.microsoft.com/windows-server/virtualization/hyper-v/manage/processor-compatibility-mode-hyper-v",
    ]);
  });

  it("judges a cluster of unlike nodes alike, whatever they are called", () => {
    const versions = ["Windows Server 2012", R2_SP1];
    for (const order of [versions, [...versions].reverse()]) {
      const twenty = Array.from({ length: 20 }, (_, index) => node(`hv${String(index + 10)}`, order[index % 2] ?? ""));
      const findings = judge(clusterSize, [C1, ...twenty]).findings.map((finding) =>
        finding.replace(/: Windows .*/, ""),
      );
      assert.deepEqual(findings, [tooManyNodes(20), "c1: c1 has nodes of different versions"]);
    }
  });
});
