import assert from "node:assert/strict";
import fc from "fast-check";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { exchangeProcessorRatio as rule } from "../../../policies/exchange/exchange-processor-ratio";
import { cluster, host, judge, mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const LATER = "not known until deployment: not checked by exchange-processor-ratio.";
const ON_EIGHT = "on 8 physical cores (2 sockets × 4 cores)";

/** An Exchange server with so many virtual processors on the eight cores of hv1. */
function server(processorCount: Plain, version: Plain = "Exchange 2016"): DeclaredResource {
  return mailbox("ex1", { host: "hv1", processorCount }, { version });
}

function judged(...resources: readonly DeclaredResource[]) {
  const { findings, undecided, advisory } = judge(rule, resources);
  return { findings, undecided, advises: advisory.length > 0 };
}

function said(...resources: readonly DeclaredResource[]) {
  const { findings, undecided } = judge(rule, resources);
  return { findings, undecided };
}

describe("exchange-processor-ratio", () => {
  it("accepts a virtual processor for each core", () => {
    assert.deepEqual(said(host("hv1"), server(8)), SILENT);
    assert.deepEqual(said(host("hv1"), server(4), vm("a", { host: "hv1", processorCount: 4 })), SILENT);
  });

  it("advises against more", () => {
    assert.deepEqual(judged(host("hv1"), server(9)), {
      findings: [`hv1: hv1 runs 9 virtual processors ${ON_EIGHT}. Microsoft recommends 1 to 1 for Exchange.`],
      undecided: [],
      advises: true,
    });
    assert.match(judged(host("hv1"), server(14)).findings.join(), /recommends 1 to 1/);
  });

  it("advises where the host's own share brings it over two to one", () => {
    for (const processors of [15, 16]) {
      assert.deepEqual(judged(host("hv1"), server(processors)), {
        findings: [
          `hv1: hv1 runs ${String(processors)} virtual processors ${ON_EIGHT}, and 2 for the host itself. Exchange ` +
            "allows 2 to 1, which is 16 here.",
        ],
        undecided: [],
        advises: true,
      });
    }
  });

  it("blocks what is over it with the guests alone, all of them counted", () => {
    const expected = {
      findings: [`hv1: hv1 runs 17 virtual processors ${ON_EIGHT}. Exchange allows 2 to 1, which is 16 here.`],
      undecided: [],
      advises: false,
    };
    assert.deepEqual(judged(host("hv1"), server(17)), expected);
    assert.deepEqual(judged(host("hv1"), server(1), vm("a", { host: "hv1", processorCount: 16 })), expected);
  });

  it("counts cores, not threads", () => {
    const threads = (threadsPerCore: number) =>
      said(host("hv1", { processors: { sockets: 2, coresPerSocket: 4, threadsPerCore } }), server(17)).findings;
    assert.deepEqual(threads(1), threads(2));
  });

  it("finds any number that is too large, and no other", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 32 }),
        fc.integer({ min: 1, max: 300 }),
        (sockets, coresPerSocket, processors) => {
          const hv1 = host("hv1", { processors: { sockets, coresPerSocket, threadsPerCore: 2 } });
          const { findings, advises } = judged(hv1, server(processors));
          const cores = sockets * coresPerSocket;
          const over = processors > 2 * cores;
          assert.equal(findings.length, processors > cores || processors + 2 > 2 * cores ? 1 : 0);
          assert.equal(advises, findings.length === 1 && !over);
        },
      ),
    );
  });

  it("rests on the document of the version, and only advises for Exchange 2010", () => {
    const advises = (version: string) => judged(host("hv1"), server(17, version)).advises;
    assert.deepEqual(["2010", "2010 SP1", "2010 SP2", "2010 SP3"].map(advises), [true, true, true, true]);
    assert.deepEqual(["2013", "2016", "2019", "SE"].map(advises), [false, false, false, false]);
    const both = [server(9, "2010 SP1"), mailbox("ex2", { host: "hv1", processorCount: 8 }, { version: "2016" })];
    assert.equal(judged(host("hv1"), ...both).advises, false);
    const { messages } = judge(rule, [host("hv1"), server(17)]);
    assert.match(
      messages.join(),
      /\nWhy: Exchange supports a virtual processor-to-physical processor core ratio no greater/,
    );
  });

  it("judges hosts of Exchange only, by the machines that are declared on them", () => {
    const floating = mailbox("ex2", { cluster: "c1", processorCount: 12 });
    const resources = [cluster("c1", { nodes: ["hv1"] }), host("hv1"), host("hv2"), server(4), floating];
    const { findings, undecided, applied } = judge(rule, [...resources, vm("a", { host: "hv2", processorCount: 64 })]);
    assert.deepEqual({ findings, undecided, applied }, { ...SILENT, applied: 2 });
  });

  it("cannot judge what is unknown, unless the rest is too much already", () => {
    const open = (name: string, path: string) => ({ findings: [], undecided: [`${name}: ${path} is ${LATER}`] });
    assert.deepEqual(said(host("hv1"), server(UNKNOWN)), open("ex1", "processorCount"));
    assert.deepEqual(said(host("hv1"), server(17, UNKNOWN)), open("ex1", "exchange.version"));
    const processors: PlainObject = { sockets: UNKNOWN, coresPerSocket: 4, threadsPerCore: 2 };
    assert.deepEqual(said(host("hv1", { processors }), server(17)), open("hv1", "processors.sockets"));
    assert.deepEqual(said(host("hv1"), server(4), vm("a", { host: UNKNOWN })), open("a", "host"));
    const other = vm("a", { host: "hv1", processorCount: UNKNOWN });
    assert.deepEqual(said(host("hv1"), server(17), other).undecided, []);
    const { findings, undecided } = said(host("hv1"), server(9), other);
    assert.deepEqual([findings.length, undecided], [1, open("a", "processorCount").undecided]);
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED) {
      assert.deepEqual(said(host("hv1"), server(value)), SILENT);
      assert.deepEqual(said(host("hv1"), server(17, value)), SILENT);
      const processors: PlainObject = { sockets: value, coresPerSocket: 4, threadsPerCore: 2 };
      assert.deepEqual(said(host("hv1", { processors }), server(17)), SILENT);
    }
  });

  it("leaves a host to what Unified Messaging asks for, which is as much", () => {
    const own = (processorCount: number) =>
      mailbox("ex1", { host: "hv1", processorCount }, { version: "2010 SP1", roles: ["UM"] });
    assert.deepEqual(said(host("hv1"), own(17)), SILENT);
    const other = mailbox("ex2", { host: "hv1", processorCount: 13 }, { version: "2016" });
    assert.deepEqual(said(host("hv1"), own(4), other).findings, [
      `hv1: hv1 runs 17 virtual processors ${ON_EIGHT}. Exchange allows 2 to 1, which is 16 here.`,
    ]);
  });

  describe("in a cluster", () => {
    const four = { processors: { sockets: 1, coresPerSocket: 4, threadsPerCore: 2 } };
    const nodes = [cluster("c1", { nodes: ["hv1", "hv2"] }), host("hv1", four), host("hv2", four)];
    const floating = (name: string, processorCount: Plain, version: Plain = "Exchange 2016") =>
      mailbox(name, { cluster: "c1", processorCount }, { version });

    it("objects to more than all nodes together allow", () => {
      const servers = ["ex1", "ex2", "ex3", "ex4"].map((name) => floating(name, 10));
      assert.deepEqual(judged(...nodes, ...servers), {
        findings: [
          "c1: c1 runs 40 virtual processors of Exchange on the 8 physical cores of 2 nodes. Exchange allows 2 to 1, " +
            "which is 16 here.",
        ],
        undecided: [],
        advises: false,
      });
      assert.deepEqual(said(...nodes, floating("ex1", 8), floating("ex2", 8)), SILENT);
      assert.equal(judged(...nodes, floating("ex1", 8), floating("ex2", 9)).findings.length, 1);
      assert.equal(judged(...nodes, floating("ex1", 40, "2010 SP1")).advises, true);
    });

    it("only advises where other machines bring it over", () => {
      const other = vm("a", { cluster: "c1", processorCount: 16 });
      assert.deepEqual(judged(...nodes, floating("ex1", 4), other), {
        findings: [
          "c1: c1 runs 20 virtual processors on the 8 physical cores of 2 nodes. Exchange allows 2 to 1, which is 16 here.",
        ],
        undecided: [],
        advises: true,
      });
      assert.deepEqual(said(...nodes, other, vm("b", { cluster: "c1", processorCount: 64 })), SILENT);
    });

    it("cannot judge what is unknown, unless the rest is too much already", () => {
      const open = (name: string, path: string) => ({ findings: [], undecided: [`${name}: ${path} is ${LATER}`] });
      assert.deepEqual(said(...nodes, floating("ex1", UNKNOWN)), open("ex1", "processorCount"));
      assert.deepEqual(said(...nodes, floating("ex1", 17, UNKNOWN)), open("ex1", "exchange.version"));
      assert.equal(said(...nodes, floating("ex1", 17), floating("ex2", UNKNOWN)).findings.length, 1);
      assert.deepEqual(said(cluster("c1", { nodes: UNKNOWN }), floating("ex1", 17)), open("c1", "nodes"));
      assert.deepEqual(said(cluster("c1"), floating("ex1", 17)), SILENT);
    });
  });

  it("does not pass a host that may turn out to run Exchange, where it would object", () => {
    const open = (path: string) => ({ findings: [], undecided: [`ex1: ${path} is ${LATER}`] });
    const maybe = (processorCount: number) => vm("ex1", { host: "hv1", exchange: UNKNOWN, processorCount });
    assert.deepEqual(said(host("hv1"), maybe(16)), SILENT);
    assert.deepEqual(said(host("hv1"), maybe(17)), open("exchange"));
    const lost = mailbox("ex1", { host: UNKNOWN, processorCount: 4 });
    assert.deepEqual(said(host("hv1"), lost, vm("a", { host: "hv1", processorCount: 12 })), SILENT);
    assert.deepEqual(said(host("hv1"), lost, vm("a", { host: "hv1", processorCount: 13 })), open("host"));
  });
});
