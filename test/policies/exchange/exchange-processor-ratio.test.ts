import assert from "node:assert/strict";
import fc from "fast-check";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { exchangeProcessorRatio } from "../../../policies/exchange/exchange-processor-ratio";
import { cluster, host, judge, mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes, type Undecided } from "../../rule-test";

const LATER = "is not known until deployment: not checked by exchange-processor-ratio.";
const ON_EIGHT = "on 8 physical cores (2 sockets × 4 cores)";

/** An Exchange server with so many virtual processors on the eight cores of hv1. */
function server(processorCount: Plain, version: Plain = "Exchange 2016"): DeclaredResource {
  return mailbox("ex1", { host: "hv1", processorCount }, { version });
}

/** That server on its host, beside other resources. */
function on8(processorCount: Plain, ...others: readonly DeclaredResource[]): readonly DeclaredResource[] {
  return [host("hv1"), server(processorCount), ...others];
}

function over(processors: number): string {
  return `hv1: hv1 runs ${String(processors)} virtual processors ${ON_EIGHT}. Exchange allows 2 to 1, which is 16 here.`;
}

function recommended(processors: number): string {
  return `hv1: hv1 runs ${String(processors)} virtual processors ${ON_EIGHT}. Microsoft recommends 1 to 1 for Exchange.`;
}

function withProcessors(processors: PlainObject, processorCount: Plain): readonly DeclaredResource[] {
  return [host("hv1", { processors }), server(processorCount)];
}

/** A Unified Messaging server on hv1, whose own rule asks for the cores of the host. */
function unifiedMessaging(processorCount: number): DeclaredResource {
  return mailbox("ex1", { host: "hv1", processorCount }, { version: "2010 SP1", roles: ["UM"] });
}

const OTHER_UNKNOWN = vm("a", { host: "hv1", processorCount: UNKNOWN });
const FOUR_CORES = { processors: { sockets: 1, coresPerSocket: 4, threadsPerCore: 2 } };
const NODES = [cluster("c1", { nodes: ["hv1", "hv2"] }), host("hv1", FOUR_CORES), host("hv2", FOUR_CORES)];

function floating(name: string, processorCount: Plain, version: Plain = "Exchange 2016"): DeclaredResource {
  return mailbox(name, { cluster: "c1", processorCount }, { version });
}

function inCluster(processors: number, of = ""): string {
  return (
    `c1: c1 runs ${String(processors)} virtual processors${of} on the 8 physical cores of 2 nodes. Exchange allows ` +
    "2 to 1, which is 16 here."
  );
}

/** A machine on hv1 of which it is not known whether it runs Exchange. */
function maybe(processorCount: number): readonly DeclaredResource[] {
  return [host("hv1"), vm("ex1", { host: "hv1", exchange: UNKNOWN, processorCount })];
}

/** A server on an unknown host, beside a machine on hv1. */
function somewhere(processorCount: number): readonly DeclaredResource[] {
  return [host("hv1"), mailbox("ex1", { host: UNKNOWN, processorCount: 4 }), vm("a", { host: "hv1", processorCount })];
}

ruleTest(exchangeProcessorRatio, {
  passes: [
    ["a virtual processor for each core", on8(8)],
    ["a virtual processor for each core, of all machines", on8(4, vm("a", { host: "hv1", processorCount: 4 }))],
    [
      "other hosts, and servers that the cluster places",
      [
        cluster("c1", { nodes: ["hv1"] }),
        ...on8(4, host("hv2"), floating("ex2", 12)),
        vm("a", { host: "hv2", processorCount: 64 }),
      ],
    ],
    ["a host of Unified Messaging, which has a rule of its own", [host("hv1"), unifiedMessaging(17)]],
    ["two to one on all nodes together", [...NODES, floating("ex1", 8), floating("ex2", 8)]],
    [
      "a cluster without Exchange",
      [...NODES, vm("a", { cluster: "c1", processorCount: 16 }), vm("b", { cluster: "c1", processorCount: 64 })],
    ],
    ["a cluster whose nodes are not declared", [cluster("c1"), floating("ex1", 17)]],
    ["a host that may run Exchange, at two to one", maybe(16)],
    ["a host that may come to run a server, at two to one", somewhere(12)],
    ...MALFORMED.flatMap((value): readonly Passes[] => [
      [`processors ${JSON.stringify(value)}, which the estate rule reports`, on8(value)],
      [`version ${JSON.stringify(value)}, which the estate rule reports`, [host("hv1"), server(17, value)]],
      [
        `sockets ${JSON.stringify(value)}, which the estate rule reports`,
        withProcessors({ sockets: value, coresPerSocket: 4, threadsPerCore: 2 }, 17),
      ],
    ]),
  ],
  finds: [
    ...[9, 14].map((processors): Finds => [
      `${String(processors)} virtual processors, more than recommended`,
      on8(processors),
      recommended(processors),
      {
        advisory: true,
        found: { value: processors, unit: "virtual processors" },
        limit: { bound: "atMost", value: 8, unit: "virtual processors" },
      },
    ]),
    ...[15, 16].map((processors): Finds => [
      `${String(processors)} virtual processors, too many with the host's own`,
      on8(processors),
      `hv1: hv1 runs ${String(processors)} virtual processors ${ON_EIGHT}, and 2 for the host itself. Exchange allows ` +
        "2 to 1, which is 16 here.",
      {
        advisory: true,
        found: { value: processors + 2, unit: "virtual processors" },
        limit: { bound: "atMost", value: 16, unit: "virtual processors" },
      },
    ]),
    [
      "more than two to one",
      on8(17),
      over(17),
      {
        advisory: false,
        found: { value: 17, unit: "virtual processors" },
        limit: { bound: "atMost", value: 16, unit: "virtual processors" },
        source: "exchange-virtualization",
      },
    ],
    [
      "more than two to one, of all machines",
      on8(1, vm("a", { host: "hv1", processorCount: 16 })),
      over(17),
      { advisory: false },
    ],
    ...[1, 2].map((threadsPerCore): Finds => [
      `cores, and not ${String(threadsPerCore)} threads of each`,
      withProcessors({ sockets: 2, coresPerSocket: 4, threadsPerCore }, 17),
      over(17),
    ]),
    ...["2010", "2010 SP1", "2010 SP2", "2010 SP3"].map((version): Finds => [
      `advises for Exchange ${version}`,
      [host("hv1"), server(17, version)],
      over(17),
      { advisory: true },
    ]),
    ...["2013", "2016", "2019", "SE"].map((version): Finds => [
      `blocks for Exchange ${version}`,
      [host("hv1"), server(17, version)],
      over(17),
      { advisory: false },
    ]),
    [
      "the surest document of two versions",
      [host("hv1"), server(9, "2010 SP1"), mailbox("ex2", { host: "hv1", processorCount: 8 }, { version: "2016" })],
      over(17),
      { advisory: false },
    ],
    ["what is too much already, beside an unknown machine", on8(17, OTHER_UNKNOWN), over(17)],
    [
      "more than recommended, beside an unknown machine",
      on8(9, OTHER_UNKNOWN),
      recommended(9),
      { undecided: [`a: processorCount ${LATER}`] },
    ],
    [
      "more than two to one beside Unified Messaging",
      [host("hv1"), unifiedMessaging(4), mailbox("ex2", { host: "hv1", processorCount: 13 }, { version: "2016" })],
      over(17),
    ],
    [
      "more than all nodes of a cluster allow",
      [...NODES, ...["ex1", "ex2", "ex3", "ex4"].map((name) => floating(name, 10))],
      inCluster(40, " of Exchange"),
      {
        advisory: false,
        found: { value: 40, unit: "virtual processors" },
        limit: { bound: "atMost", value: 16, unit: "virtual processors" },
        fix: "Add nodes or cores to the cluster, or give the virtual machines fewer virtual processors.",
      },
    ],
    ["one more than they allow", [...NODES, floating("ex1", 8), floating("ex2", 9)], inCluster(17, " of Exchange")],
    [
      "advises for Exchange 2010 in a cluster",
      [...NODES, floating("ex1", 40, "2010 SP1")],
      inCluster(40, " of Exchange"),
      { advisory: true },
    ],
    [
      "advises where other machines of the cluster bring it over",
      [...NODES, floating("ex1", 4), vm("a", { cluster: "c1", processorCount: 16 })],
      inCluster(20),
      { advisory: true },
    ],
    [
      "what is too much in a cluster already, beside an unknown machine",
      [...NODES, floating("ex1", 17), floating("ex2", UNKNOWN)],
      inCluster(17, " of Exchange"),
    ],
  ],
  undecided: (
    [
      ["ex1: processorCount", on8(UNKNOWN)],
      ["ex1: exchange.version", [host("hv1"), server(17, UNKNOWN)]],
      ["hv1: processors.sockets", withProcessors({ sockets: UNKNOWN, coresPerSocket: 4, threadsPerCore: 2 }, 17)],
      ["a: host", on8(4, vm("a", { host: UNKNOWN }))],
      ["ex1: exchange", maybe(17)],
      ["ex1: host", somewhere(13)],
      ["ex1: processorCount", [...NODES, floating("ex1", UNKNOWN)]],
      ["ex1: exchange.version", [...NODES, floating("ex1", 17, UNKNOWN)]],
      ["c1: nodes", [cluster("c1", { nodes: UNKNOWN }), floating("ex1", 17)]],
    ] as const
  ).map(([missing, estate], index): Undecided => [
    `an unknown ${missing}${index < 6 ? "" : " in a cluster"}`,
    estate,
    `${missing} ${LATER}`,
  ]),
});

describe("exchange-processor-ratio", () => {
  it("finds any number that is too large, and no other", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 32 }),
        fc.integer({ min: 1, max: 300 }),
        (sockets, coresPerSocket, processors) => {
          const estate = withProcessors({ sockets, coresPerSocket, threadsPerCore: 2 }, processors);
          const { findings, advisory } = judge(exchangeProcessorRatio, estate);
          const cores = sockets * coresPerSocket;
          assert.equal(findings.length, processors > cores || processors + 2 > 2 * cores ? 1 : 0);
          assert.equal(advisory.length, findings.length === 1 && processors <= 2 * cores ? 1 : 0);
        },
      ),
    );
  });

  it("judges the hosts and clusters of Exchange only", () => {
    const estate = [cluster("c1", { nodes: ["hv1"] }), ...on8(4, host("hv2"), floating("ex2", 12))];
    const { applied } = judge(exchangeProcessorRatio, [...estate, vm("a", { host: "hv2", processorCount: 64 })]);
    assert.equal(applied, 2);
  });

  it("quotes the document", () => {
    const { messages } = judge(exchangeProcessorRatio, on8(17));
    assert.match(
      messages.join(),
      /\nWhy: Exchange supports a virtual processor-to-physical processor core ratio no greater/,
    );
  });
});
