import assert from "node:assert/strict";
import { bestCase } from "../../../lib/rules/best-case";
import { atLeast, atMost, type LimitFigure } from "../../../lib/rules/figures";
import { notDeclared, violation, type Verdict, type ViolationDetails } from "../../../lib/rules/verdict";

const ON = { urn: "urn:a", name: "a" };

function wrong(problem: string, limit?: LimitFigure, more: ViolationDetails = {}): Verdict {
  return violation(ON, "", problem, { ...(limit === undefined ? {} : { limit }), ...more });
}

function problemsIn(cases: readonly (readonly Verdict[])[], open = ["its host"]): readonly string[] {
  return bestCase(cases, open).map(({ problem }) => problem);
}

describe("the best case", () => {
  it("is the one with the most generous limit", () => {
    const cases = [8, 64, 16].map((most) => [wrong(`At most ${String(most)}.`, atMost(most, "disks"))]);
    assert.deepEqual(problemsIn(cases), ["At most 64. That is the best case: its host is not known."]);
  });

  it("is the one with the smallest of lower limits", () => {
    const cases = [8, 4, 16].map((least) => [wrong(`At least ${String(least)}.`, atLeast(least, "MB"))]);
    assert.deepEqual(problemsIn(cases, ["its host", "its generation"]), [
      "At least 4. That is the best case: its host and its generation are not known.",
    ]);
  });

  it("is the last one where no limit is a number", () => {
    assert.deepEqual(problemsIn([[wrong("One.")], [wrong("Two.", { bound: "not", value: "smb" })]]).length, 1);
    assert.match(problemsIn([[wrong("One.")], [wrong("Two.")]])[0] ?? "", /^Two\./);
  });

  it("finds nothing while one case is right, undecided, advice or rests on no official document", () => {
    const rights: readonly (readonly Verdict[])[] = [
      [],
      [notDeclared(ON, { origin: { urn: "urn:a", path: "x" } })],
      [wrong("Advice.", undefined, { advisory: true })],
      [wrong("Hearsay.", undefined, { evidence: { source: "limits-2008-r2", confidence: "unverified" } })],
    ];
    for (const right of rights) {
      assert.deepEqual(problemsIn([[wrong("One.")], right]), []);
      assert.deepEqual(problemsIn([right, [wrong("One.")]]), []);
    }
  });

  it("finds nothing where no case is possible", () => {
    assert.deepEqual(problemsIn([]), []);
  });
});
