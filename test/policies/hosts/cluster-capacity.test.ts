import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { clusterCapacity } from "../../../policies/hosts/cluster-capacity";
import { cluster, host, judge, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Passes } from "../../rule-test";

const GB = 1024;
const C1 = cluster("c1");

/** One logical processor: 8 virtual ones on Windows Server 2008 R2, and 12 with nothing but Windows 7. */
const ONE = { processors: { sockets: 1, coresPerSocket: 1, threadsPerCore: 1 } };

function node(name: string, properties: PlainObject = {}) {
  return host(name, { cluster: "c1", memoryMB: 32 * GB, ...properties });
}

function floating(name: string, memoryMB: Plain, properties: PlainObject = {}) {
  return vm(name, { cluster: "c1", memoryMB, ...properties });
}

function twoNodes(properties: PlainObject = {}): readonly DeclaredResource[] {
  return [C1, node("hv1", properties), node("hv2", properties)];
}

/** Two nodes of a version and a machine with so much memory. */
function ofVersion(version: string, memoryMB: number): readonly DeclaredResource[] {
  return [...twoNodes({ operatingSystem: `Windows Server ${version}` }), floating("a", memoryMB)];
}

/** Machines of the cluster with these numbers of virtual processors. */
function withProcessors(...counts: readonly number[]): readonly DeclaredResource[] {
  return counts.map((processorCount, index) => floating(`vm${String(index)}`, GB, { processorCount }));
}

const TWO = twoNodes();
const TWO_SMALL = twoNodes(ONE);
const THREE = [...TWO, node("hv3", { memoryMB: 64 * GB })];
const DESKTOPS = Array.from({ length: 12 }, (_, index) =>
  floating(`w${String(index + 10)}`, GB, { guestOs: "Windows 7 SP1", processorCount: 1 }),
);

function tooMuch(available: number, where: string, used: number): string {
  return (
    `c1: c1 has ${String(available)} MB of memory ${where}, and its virtual machines may use ${String(used)} MB: ` +
    `${String(used - available)} MB too much.`
  );
}

function tooMany(available: number, where: string, used: number): string {
  return (
    `c1: c1 may run ${String(available)} virtual processors ${where}, and its virtual machines have ${String(used)}: ` +
    `${String(used - available)} too many.`
  );
}

const ON_TWO = "on 2 nodes";
const WITHOUT_ONE = "while the largest of its 2 nodes is down";

function lessMemory(most: number, least: number): string {
  return (
    "Give the virtual machines less memory or take some of them out of the cluster, until they may use " +
    `${String(most)} MB or less in total; or add nodes until they have ${String(least)} MB or more without the largest.`
  );
}

function unknown(name: string, property: string): string {
  return `${name}: ${property} is not known until deployment: not checked by cluster-capacity.`;
}

ruleTest(clusterCapacity, {
  passes: [
    ["three nodes without virtual machines", THREE],
    [
      "memory that fits also without the largest node, wherever the virtual machines are declared",
      [...THREE, floating("a", 32 * GB), vm("b", { host: "hv1", memoryMB: 32 * GB })],
    ],
    ["virtual processors that fit also without a node", [...TWO_SMALL, ...withProcessors(4, 4)]],
    ["Windows 7 guests by their higher ratio", [...TWO_SMALL, ...DESKTOPS]],
    [
      "2048 virtual processors a node from Windows Server 2012 on",
      [...twoNodes({ operatingSystem: "Windows Server 2022", ...ONE }), floating("a", GB, { processorCount: 2048 })],
    ],
    [
      "virtual machines beside the cluster, which do not count",
      [...TWO, host("other"), vm("b", { host: "other", memoryMB: 99 * GB }), vm("c", { memoryMB: 99 * GB })],
    ],
    ["what its only node can run: there is nothing to advise about its loss", [C1, node("hv1"), floating("a", GB)]],
    [
      "Twice: more memory and processors than the only node has, on which all of them are",
      [
        C1,
        node("hv1", ONE),
        ...[1, 2, 3].map((index) => vm(`a${String(index)}`, { host: "hv1", memoryMB: 20 * GB, processorCount: 4 })),
      ],
    ],
    ["all that its only node has", [C1, node("hv1"), floating("a", 32 * GB)]],
    ...MALFORMED.flatMap((value): readonly Passes[] => [
      ...["memoryMB", "processors", "operatingSystem"].map((property): Passes => [
        `a node with ${JSON.stringify(value)} for ${property}, which the estate rule reports`,
        [C1, node("hv1"), node("hv2", { [property]: value }), floating("a", 16 * GB)],
      ]),
      [
        `virtual machines with ${JSON.stringify(value)}, which the estate rule reports`,
        [...TWO, floating("a", value), floating("b", GB, { processorCount: value })],
      ],
    ]),
    ...MALFORMED.filter((value) => !Array.isArray(value)).map((value): Passes => [
      `the nodes ${JSON.stringify(value)}, which the estate rule reports`,
      [cluster("c1", { nodes: value }), node("hv1"), node("hv2")],
    ]),
    [
      "a list of nodes that is empty, beside nodes that name the cluster",
      [cluster("c1", { nodes: [] }), node("hv1"), node("hv2")],
    ],
  ],
  finds: [
    [
      "memory that does not fit without the largest node, as advice",
      [...THREE, floating("a", 64 * GB), vm("b", { host: "hv1", memoryMB: 1 })],
      tooMuch(65536, "while the largest of its 3 nodes is down", 65537),
      {
        found: { value: 65537, unit: "MB" },
        limit: { bound: "atMost", value: 65536, unit: "MB" },
        fix: lessMemory(65536, 65537),
        advisory: true,
      },
    ],
    [
      "memory that all nodes together just have, as advice",
      [...THREE, floating("a", 128 * GB)],
      tooMuch(65536, "while the largest of its 3 nodes is down", 131072),
      { advisory: true },
    ],
    [
      "memory that does not fit at all, whose fix counts the loss of a node",
      [...TWO, floating("a", 64 * GB + 1)],
      tooMuch(65536, ON_TWO, 65537),
      {
        found: { value: 65537, unit: "MB" },
        limit: { bound: "atMost", value: 65536, unit: "MB" },
        fix: lessMemory(32768, 65537),
        advisory: false,
      },
    ],
    [
      "memory that its only node does not have",
      [C1, node("hv1"), floating("a", 33 * GB)],
      tooMuch(32768, "on 1 node", 33792),
      { fix: lessMemory(32768, 33792), advisory: false },
    ],
    [
      "virtual processors that do not fit without a node, as advice",
      [...TWO_SMALL, ...withProcessors(4, 4, 1)],
      tooMany(8, WITHOUT_ONE, 9),
      {
        found: { value: 9, unit: "virtual processors" },
        limit: { bound: "atMost", value: 8, unit: "virtual processors" },
        fix:
          "Give the virtual machines fewer virtual processors or take some of them out of the cluster, until they have " +
          "8 or fewer in total; or add nodes until they may run 9 or more without the largest.",
        source: "limits-2008-r2",
        advisory: true,
      },
    ],
    [
      "virtual processors that all nodes together can just run, as advice",
      [...TWO_SMALL, ...withProcessors(4, 4, 4, 4)],
      tooMany(8, WITHOUT_ONE, 16),
      { advisory: true },
    ],
    [
      "virtual processors that do not fit at all",
      [...TWO_SMALL, ...withProcessors(4, 4, 4, 4, 1)],
      tooMany(16, ON_TWO, 17),
      { limit: { bound: "atMost", value: 16, unit: "virtual processors" }, source: "limits-2008-r2", advisory: false },
    ],
    [
      "one guest more than the ratio for Windows 7 allows, while it may run Windows 7 too",
      [...TWO_SMALL, ...DESKTOPS, floating("x", GB, { guestOs: UNKNOWN, processorCount: 1 })],
      tooMany(12, WITHOUT_ONE, 13),
    ],
    [
      "Windows 7 guests beside another one by the lower ratio",
      [...TWO_SMALL, ...DESKTOPS, floating("x", GB, { processorCount: 1 })],
      tooMany(8, WITHOUT_ONE, 13),
    ],
    [
      "2049 virtual processors on two nodes of Windows Server 2022",
      [...twoNodes({ operatingSystem: "Windows Server 2022", ...ONE }), floating("a", GB, { processorCount: 2049 })],
      tooMany(2048, WITHOUT_ONE, 2049),
    ],
    [
      "the maximum of dynamic memory",
      [...TWO, floating("a", GB, { dynamicMemory: { minimumMB: 512, maximumMB: 33 * GB } })],
      tooMuch(32768, WITHOUT_ONE, 33792),
    ],
    [
      "the maximum of dynamic memory that does not fit at all, as advice where all machines can start",
      [...TWO, floating("a", GB, { dynamicMemory: { minimumMB: 512, maximumMB: 65 * GB } })],
      tooMuch(65536, ON_TWO, 66560),
      { advisory: true },
    ],
    [
      "a virtual machine of the cluster whose node is not known",
      [...TWO, vm("a", { cluster: "c1", host: UNKNOWN, memoryMB: 65 * GB })],
      tooMuch(65536, ON_TWO, 66560),
    ],
    [
      "by a ratio for which no document was found, as advice",
      [...twoNodes({ operatingSystem: "Windows Server 2008", ...ONE }), ...withProcessors(4, 4, 4, 4, 1)],
      tooMany(16, ON_TWO, 17),
      { source: "no-document", advisory: true },
    ],
    [
      "memory that is too much already, beside an unknown machine",
      [...TWO, floating("a", 65 * GB), floating("b", UNKNOWN)],
      tooMuch(65536, ON_TWO, 66560),
    ],
  ],
  undecided: [
    ["a cluster without nodes", [C1, floating("a", GB)], "c1: nodes is not declared: not checked by cluster-capacity."],
    ["unknown nodes", [cluster("c1", { nodes: UNKNOWN })], unknown("c1", "nodes")],
    ["a host that may be a node", [...TWO, host("new", { cluster: UNKNOWN })], unknown("new", "cluster")],
    ["a node with unknown memory", [...TWO, node("hv3", { memoryMB: UNKNOWN })], unknown("hv3", "memoryMB")],
    ["a machine with unknown memory", [...TWO, floating("a", UNKNOWN)], unknown("a", "memoryMB")],
    [
      "a machine with an unknown number of processors",
      [...TWO, floating("a", GB, { processorCount: UNKNOWN })],
      unknown("a", "processorCount"),
    ],
  ],
});

describe("cluster-capacity", () => {
  /** What a finding on a cluster of two nodes of a version quotes. */
  function quoted(version: string, memoryMB: number) {
    const { violations, messages } = judge(clusterCapacity, ofVersion(version, memoryMB));
    const lines = messages.flatMap((message) => message.split("\n"));
    return {
      sources: violations.map(({ evidence }) => evidence?.source),
      lines: lines.filter((line) => /^(Why|Source)/.test(line)),
    };
  }

  it("quotes the advice to keep a node's capacity free where the document is that of the version", () => {
    for (const version of ["2008 R2", "2008 R2 SP1"]) {
      assert.deepEqual(quoted(version, 33 * GB), {
        sources: ["limits-2008-r2"],
        lines: [
          `Why: Keep the capacity of one node free for the virtual machines of a node that fails. ${clusterCapacity.why}`,
          "Source: Requirements and Limits for Virtual Machines and Hyper-V in Windows Server 2008 R2, " +
            "http://technet.microsoft.com/en-us/library/ee405267(WS.10).aspx",
        ],
      });
    }
  });

  it("quotes no document of another version, nor for the arithmetic of all nodes together", () => {
    const cases: readonly (readonly [version: string, memoryMB: number])[] = [
      ["2008", 33 * GB],
      ["2012", 33 * GB],
      ["2022", 33 * GB],
      ["2022", 65 * GB],
      ["2008 R2", 65 * GB],
    ];
    for (const [version, memoryMB] of cases) {
      const expected = { sources: [undefined], lines: [`Why: ${clusterCapacity.why}`] };
      assert.deepEqual(quoted(version, memoryMB), expected, version);
    }
  });
});
