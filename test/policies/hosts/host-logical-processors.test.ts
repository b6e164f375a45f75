import assert from "node:assert/strict";
import type { PlainObject } from "../../../lib/estate/plain";
import { hostLogicalProcessors as rule } from "../../../policies/hosts/host-logical-processors";
import { host, judge, MALFORMED, UNKNOWN } from "../../kit";

const SILENT = { findings: [], undecided: [] };

function judged(properties: PlainObject) {
  return judge(rule, [host("hv1", properties)]);
}

function said(properties: PlainObject) {
  const { findings, undecided } = judged(properties);
  return { findings, undecided };
}

function processors(sockets: number, coresPerSocket: number, threadsPerCore: number) {
  return { processors: { sockets, coresPerSocket, threadsPerCore } };
}

/** Host version, the most logical processors, and one more than that as sockets and cores. */
const LIMITS: readonly (readonly [string, number, readonly [number, number]])[] = [
  ["Windows Server 2008", 16, [1, 17]],
  ["Windows Server 2008 SP2", 24, [5, 5]],
  ["Windows Server 2008 R2", 64, [5, 13]],
  ["Windows Server 2008 R2 SP1", 64, [5, 13]],
  ["Windows Server 2012", 320, [3, 107]],
  ["Windows Server 2012 R2", 320, [3, 107]],
  ["Windows Server 2016", 512, [3, 171]],
  ["Windows Server 2019", 512, [3, 171]],
  ["Windows Server 2022", 1024, [5, 205]],
  ["Windows Server 2025", 2048, [3, 683]],
  ["Azure Stack HCI", 512, [3, 171]],
  ["Azure Local", 512, [3, 171]],
];

describe("host-logical-processors", () => {
  for (const [operatingSystem, limit, [sockets, cores]] of LIMITS) {
    it(`allows ${String(limit)} on ${operatingSystem}`, () => {
      for (const more of [processors(2, limit / 2, 1), processors(1, limit / 2, 2), processors(2, limit / 2 - 1, 1)])
        assert.deepEqual(said({ operatingSystem, ...more }), SILENT);
      const { findings, advisory } = judged({ operatingSystem, ...processors(sockets, cores, 1) });
      assert.equal(findings.length, 1);
      assert.deepEqual(advisory, []);
    });
  }

  it("counts cores without Hyper-Threading once and with it twice, and says how", () => {
    assert.deepEqual(said(processors(4, 16, 1)), SILENT);
    assert.deepEqual(said(processors(4, 16, 2)).findings, [
      "hv1: hv1 has 128 logical processors (4 sockets × 16 cores × 2 threads). Windows Server 2008 R2 with Service Pack 1 " +
        "supports at most 64.",
    ]);
    assert.deepEqual(said({ operatingSystem: "Windows Server 2022", ...processors(5, 205, 1) }).findings, [
      "hv1: hv1 has 1025 logical processors (5 sockets × 205 cores × 1 thread). Windows Server 2022 supports at most 1,024.",
    ]);
  });

  it("names the document of the figure", () => {
    const { messages } = judged({ operatingSystem: "Windows Server 2022", ...processors(2, 256, 4) });
    assert.match(messages[0] ?? "", /\nSource: Hyper-V maximum scale limits in Windows Server, https:/);
  });

  it("says what cannot be decided", () => {
    const text = (what: string) => [`hv1: ${what} not known until deployment: not checked by host-logical-processors.`];
    assert.deepEqual(said({ operatingSystem: UNKNOWN }).undecided, text("operatingSystem is"));
    assert.deepEqual(said({ processors: UNKNOWN }), {
      findings: [],
      undecided: text("processors.coresPerSocket, processors.sockets and processors.threadsPerCore are"),
    });
    assert.deepEqual(
      said({ processors: { sockets: 2, coresPerSocket: UNKNOWN, threadsPerCore: 2 } }).undecided,
      text("processors.coresPerSocket is"),
    );
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED) {
      for (const property of ["operatingSystem", "processors"]) assert.deepEqual(said({ [property]: value }), SILENT);
      assert.deepEqual(said({ processors: { sockets: value, coresPerSocket: 99, threadsPerCore: 2 } }), SILENT);
    }
  });
});
