import assert from "node:assert/strict";
import { isSlipOf, nearest, quoted, suggestion } from "../../../lib/text/nearest";

const VERSIONS = ["Windows Server 2008", "Windows Server 2008 R2", "Windows Server 2022", "Exchange Server 2010"];

describe("the nearest names", () => {
  for (const [text, first] of [
    ["2008 R3", "Windows Server 2008 R2"],
    ["windows server 2023", "Windows Server 2022"],
    ["exchange 2010", "Exchange Server 2010"],
    ["WINDOWS SERVER 2008", "Windows Server 2008"],
  ] as const) {
    it(`to "${text}" begin with ${first}`, () => {
      assert.equal(nearest(text, VERSIONS)[0], first);
    });
  }

  it("are as many as asked for, and those at the same distance in the order of the alphabet", () => {
    assert.deepEqual(nearest("hv", ["hv3", "hv1", "hv2", "host"], 2), ["hv1", "hv2"]);
    assert.deepEqual(nearest("hv", []), []);
  });

  it("are offered along with something else to do, or that alone where there are none", () => {
    assert.equal(quoted(["a", "b"]), '"a", "b"');
    assert.equal(suggestion("hv", ["hv1", "hv2"], "declare it"), "Use one of: hv1, hv2; or declare it.");
    assert.equal(suggestion("hv", ["hv1", "hv2"], "declare it", 1), "Use one of: hv1; or declare it.");
    assert.equal(suggestion("hv", [], "declare it"), "Declare it.");
  });
});

describe("a slip", () => {
  for (const [name, meant, isSlip] of [
    ["hostt", "host", true],
    ["HOST", "host", true],
    ["houses", "host", false],
    ["hots", "host", true],
    ["b", "a", false],
    ["ab", "a", false],
    ["x".repeat(101), "x".repeat(100), false],
  ] as const) {
    it(`${isSlip ? "is" : "is not"} "${name.slice(0, 10)}" of "${meant.slice(0, 10)}"`, () => {
      assert.equal(isSlipOf(name, meant), isSlip);
    });
  }
});
