import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { PlainObject } from "../../../lib/estate/plain";
import { guestOsLifecycle as rule } from "../../../policies/guests/guest-os-lifecycle";
import { judge, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };

function said(properties: PlainObject) {
  const { findings, undecided } = judge(rule, [vm("vm1", properties)]);
  return { findings, undecided };
}

function problemsOn(asOf: string, properties: PlainObject): readonly string[] {
  const { verdicts } = rule.judge(readEstate([vm("vm1", properties)], true), { asOf, parameters: {} });
  return verdicts.map((verdict) => (verdict.kind === "violation" ? verdict.problem : verdict.missing.path));
}

/** The last day of support, from the article and the vendor's lifecycle pages. */
const LAST_DAYS: readonly (readonly [string, string, PlainObject?])[] = [
  ["Windows 2000 Server SP4", "2010-07-13"],
  ["Windows XP SP2", "2010-07-13", { architecture: "x86" }],
  ["Windows XP SP2", "2014-04-08", { architecture: "x64" }],
  ["Windows XP SP3", "2014-04-08"],
  ["Windows Vista SP2", "2017-04-11"],
  ["Windows 7", "2013-04-09"],
  ["Windows 7 SP1", "2020-01-14"],
  ["Windows 8.1", "2023-01-10"],
  ["Windows 10", "2025-10-14"],
  ["Windows Server 2003 R2 SP2", "2015-07-14"],
  ["Windows Server 2008", "2011-07-12"],
  ["Windows Server 2008 SP2", "2020-01-14"],
  ["Windows Server 2008 R2", "2013-04-09"],
  ["Windows Server 2008 R2 SP1", "2020-01-14"],
  ["Windows Server 2012 R2", "2023-10-10"],
  ["Windows Server 2016", "2027-01-12"],
  ["Windows Server 2019", "2029-01-09"],
  ["Windows Server 2022", "2031-10-14"],
];

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

describe("guest-os-lifecycle", () => {
  for (const [guestOs, day, more] of LAST_DAYS) {
    it(`${guestOs} is supported until the end of ${day}`, () => {
      assert.deepEqual(problemsOn(day, { guestOs, ...more }), []);
      const [problem = "", ...others] = problemsOn(dayAfter(day), { guestOs, ...more });
      assert.ok(problem.endsWith(`, whose support ended on ${day}.`), problem);
      assert.deepEqual(others, []);
    });
  }

  it("names the guest and the day, and never blocks by default", () => {
    assert.deepEqual(said({ guestOs: "Windows 2000 Server SP4" }), {
      findings: ["vm1: vm1 runs Windows 2000 Server with Service Pack 4, whose support ended on 2010-07-13."],
      undecided: [],
    });
    assert.equal(rule.enforcement, "advisory");
  });

  it("cannot decide between the days of two architectures while neither is declared or known", () => {
    const [first, last] = ["2010-07-13", "2014-04-08"];
    const on = (asOf: string, architecture?: PlainObject[string]) =>
      problemsOn(asOf, { guestOs: "Windows XP SP2", architecture });
    for (const architecture of [undefined, UNKNOWN] as const) {
      assert.deepEqual(on(first, architecture), []);
      for (const day of [dayAfter(first), last]) assert.deepEqual(on(day, architecture), ["architecture"]);
      assert.deepEqual(on(dayAfter(last), architecture), [
        "vm1 runs Windows XP with Service Pack 2, whose support ended on 2014-04-08.",
      ]);
    }
    for (const architecture of MALFORMED) assert.deepEqual(on(last, architecture), []);
  });

  it("says whether that is not declared or not known", () => {
    const by = "not checked by guest-os-lifecycle.";
    assert.deepEqual(said({ guestOs: "Windows XP SP2" }), {
      findings: [],
      undecided: [`vm1: architecture is not declared: ${by}`],
    });
    assert.deepEqual(said({ guestOs: "Windows XP SP2", architecture: UNKNOWN }), {
      findings: [],
      undecided: [`vm1: architecture is not known until deployment: ${by}`],
    });
  });

  it("says so where no document has the date", () => {
    const { messages } = judge(rule, [vm("vm1", { guestOs: "Windows 2000 Professional" })]);
    assert.match(messages[0] ?? "", /Note: no document was found for this figure/);
  });

  it("says nothing of guests without a date", () => {
    for (const guestOs of ["CentOS 5.5", "Windows 11", "Ubuntu 24.04"]) assert.deepEqual(said({ guestOs }), SILENT);
  });

  it("needs no host, but the guest", () => {
    assert.deepEqual(said({ guestOs: UNKNOWN }).undecided, [
      "vm1: guestOs is not known until deployment: not checked by guest-os-lifecycle.",
    ]);
    for (const guestOs of MALFORMED) assert.deepEqual(said({ guestOs }), SILENT);
  });
});
