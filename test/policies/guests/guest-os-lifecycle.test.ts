import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { PlainObject } from "../../../lib/estate/plain";
import { guestOsLifecycle } from "../../../policies/guests/guest-os-lifecycle";
import { judge, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";

const BY = "not checked by guest-os-lifecycle.";

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}

function guest(properties: PlainObject) {
  return [vm("vm1", properties)];
}

// The tables judge on 2012-06-30.
ruleTest(guestOsLifecycle, {
  passes: [
    ...["Windows Server 2008 R2 SP1", "CentOS 5.5", "Windows 11", "Ubuntu 24.04"].map((guestOs): Passes => [
      `${guestOs}, whose support has not ended`,
      guest({ guestOs }),
    ]),
    [
      "P10: a guest more than 90 days before its end",
      guest({ guestOs: "Windows Server 2016" }),
      { asOf: "2026-10-13" },
    ],
    [
      "P10: a guest one day before its end, where the user asks for ended support alone",
      guest({ guestOs: "Windows Server 2016" }),
      { asOf: "2027-01-11", configuration: { daysAhead: 0 } },
    ],
    ["P10: a system of nine months in its first half", guest({ guestOs: "Ubuntu 25.10" }), { asOf: "2026-02-01" }],
    ["P10: Windows 11 without a release", guest({ guestOs: "Windows 11" }), { asOf: "2026-12-01" }],
    ["a guest that nobody lists, of which no document has the end", guest({ guestOs: "Haiku R1" })],
    ...MALFORMED.map((guestOs): Passes => [
      `${JSON.stringify(guestOs)}, which the estate rule reports`,
      guest({ guestOs }),
    ]),
  ],
  finds: [
    ...(
      [
        ["Windows Server 2016", "Windows Server 2016", "2027-01-12"],
        ["Windows 10 Enterprise LTSC 2021", "Windows 10 Enterprise LTSC 2021", "2027-01-12"],
        ["Ubuntu 22.04", "Ubuntu 22.04", "2027-04-01"],
      ] as const
    ).map(([guestOs, name, day]): Finds => [
      `P10: ${guestOs} in its last 90 days, as advice`,
      guest({ guestOs }),
      `vm1: vm1 runs ${name}, whose support ends on ${day}.`,
      { asOf: daysBefore(day, 90), found: { value: day }, advisory: true },
    ]),
    ...(
      [
        ["Windows 11 23H2", "Windows 11, version 23H2", "2026-11-10"],
        ["RHEL 7.9", "Red Hat Enterprise Linux 7.9", "2024-06-30"],
        ["Debian 11", "Debian 11", "2026-08-31"],
      ] as const
    ).map(([guestOs, name, day]): Finds => [
      `P10: ${guestOs} after its end`,
      guest({ guestOs }),
      `vm1: vm1 runs ${name}, whose support ended on ${day}.`,
      { asOf: daysBefore(day, -1), found: { value: day } },
    ]),
    [
      "a guest whose support has ended",
      guest({ guestOs: "Windows 2000 Server SP4" }),
      "vm1: vm1 runs Windows 2000 Server with Service Pack 4, whose support ended on 2010-07-13.",
      {
        found: { value: "2010-07-13" },
        fix: "Move the workload to a newer operating system.",
        advisory: false,
      },
    ],
  ],
  undecided: [
    [
      "an architecture that decides and is not declared",
      guest({ guestOs: "Windows XP SP2" }),
      `vm1: architecture is not declared: ${BY}`,
    ],
    [
      "an architecture that decides and is not known",
      guest({ guestOs: "Windows XP SP2", architecture: UNKNOWN }),
      `vm1: architecture is not known until deployment: ${BY}`,
    ],
    ["an unknown guest", guest({ guestOs: UNKNOWN }), `vm1: guestOs is not known until deployment: ${BY}`],
  ],
});

/** What is wrong, or what is missing, on a day. */
function problemsOn(asOf: string, properties: PlainObject): readonly string[] {
  const { verdicts } = guestOsLifecycle.judge(readEstate(guest(properties), true), {
    asOf,
    parameters: { daysAhead: 0 },
  });
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

describe("guest-os-lifecycle by day", () => {
  for (const [guestOs, day, more] of LAST_DAYS) {
    it(`${guestOs} is supported until the end of ${day}`, () => {
      assert.deepEqual(problemsOn(daysBefore(day, 1), { guestOs, ...more }), []);
      const [last = ""] = problemsOn(day, { guestOs, ...more });
      assert.ok(last.endsWith(`, whose support ends on ${day}.`), last);
      const [problem = "", ...others] = problemsOn(daysBefore(day, -1), { guestOs, ...more });
      assert.ok(problem.endsWith(`, whose support ended on ${day}.`), problem);
      assert.deepEqual(others, []);
    });
  }

  it("never blocks by default", () => {
    assert.equal(guestOsLifecycle.enforcement, "advisory");
  });

  it("cannot decide between the days of two architectures while neither is declared or known", () => {
    const [first, last] = ["2010-07-13", "2014-04-08"];
    const on = (asOf: string, architecture?: PlainObject[string]) =>
      problemsOn(asOf, { guestOs: "Windows XP SP2", architecture });
    for (const architecture of [undefined, UNKNOWN] as const) {
      assert.deepEqual(on(daysBefore(first, 1), architecture), []);
      for (const day of [first, daysBefore(last, 1)]) assert.deepEqual(on(day, architecture), ["architecture"]);
      assert.deepEqual(on(daysBefore(last, -1), architecture), [
        "vm1 runs Windows XP with Service Pack 2, whose support ended on 2014-04-08.",
      ]);
    }
    for (const architecture of MALFORMED) assert.deepEqual(on(daysBefore(last, 1), architecture), []);
  });

  it("says so where no document has the date", () => {
    const { messages } = judge(guestOsLifecycle, [vm("vm1", { guestOs: "Windows 2000 Professional" })]);
    assert.match(messages[0] ?? "", /Note: no document was found for this figure/);
  });
});
