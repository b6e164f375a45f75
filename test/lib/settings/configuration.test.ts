import assert from "node:assert/strict";
import fc from "fast-check";
import { checkConfiguration, over } from "../../../lib/settings/configuration";
import type { ConfigurationProblem } from "../../../lib/settings/faults";
import { isDay } from "../../../lib/text/days";
import { originalIndex } from "../../../lib/settings/original-index";
import { RULES, undecided } from "../../../policies";

const POLICIES = [...RULES, undecided];
const EXEMPTION = { rule: "guest-memory", resource: "vm1", reason: "Old.", expires: "2027-01-31" };

function check(configuration: unknown) {
  return checkConfiguration(configuration, POLICIES);
}

function text({ problem, fix }: ConfigurationProblem): string {
  return `${problem} ${fix}`;
}

describe("a configuration", () => {
  it("may be empty, and have levels, parameters and settings", () => {
    for (const configuration of [
      {},
      { all: { enforcementLevel: "advisory" } },
      { "guest-memory": { enforcementLevel: "disabled" }, "exchange-survives-host-loss": { hostsLost: 2 } },
      {
        estate: {
          enforcementLevel: "advisory",
          asOf: "2024-02-29",
          profile: "2026.1",
          details: true,
          classify: [
            { match: { tags: { role: "mailbox*" } }, exchange: { version: "2010 SP1", roles: ["Mailbox"] } },
            { match: { type: "azure-native:*" }, host: "hv1" },
          ],
          hosts: [{ name: "hv1", memoryMB: 1024, anything: { at: ["all"] } }],
          clusters: [{ name: "c1", nodes: ["hv1"] }],
          exemptions: [{ ...EXEMPTION, property: "disks[0].sizeGB", approvedBy: "The board", stacks: ["p/prod*"] }],
          notExemptible: ["guest-memory"],
        },
      },
    ]) {
      assert.deepEqual(check(configuration), { configuration, problems: [] });
    }
  });

  it("may have a level alone for a policy", () => {
    assert.deepEqual(check({ all: "advisory", "guest-memory": "mandatory" }), {
      configuration: { all: { enforcementLevel: "advisory" }, "guest-memory": { enforcementLevel: "mandatory" } },
      problems: [],
    });
  });

  for (const [name, configuration, problem] of [
    [
      "an unknown policy",
      { "host-memroy": "advisory" },
      'host-memroy is not a policy of this pack. Use one of: "host-memory", ',
    ],
    ["the name of nothing", { constructor: {} }, "constructor is not a policy of this pack. Use one of: "],
    [
      "a level that is none",
      { all: "advise" },
      'all.enforcementLevel is "advise", which is not a valid value. Use one of: "advisory", "mandatory", "disabled".',
    ],
    [
      "a policy that is a number",
      { "guest-memory": 3 },
      "guest-memory is 3, which is not an object (name: value). Give an object (name: value).",
    ],
    [
      "a parameter for all",
      { all: { asOf: "2026-01-01" } },
      'all.asOf is not a setting of all. Use one of: "enforcementLevel".',
    ],
    [
      "an unknown parameter",
      { "host-memory-capacity": { reserveMb: 3 } },
      'host-memory-capacity.reserveMb is not a setting of host-memory-capacity. Use one of: "enforcementLevel", "reserveMB".',
    ],
    [
      "a text for a number",
      { "host-memory-capacity": { reserveMB: "4 GB" } },
      'host-memory-capacity.reserveMB is "4 GB", which is not a whole number. Give a whole number.',
    ],
    [
      "a broken number for a whole one",
      { "host-memory-capacity": { reserveMB: 0.5 } },
      "host-memory-capacity.reserveMB is 0.5, which is not a whole number. Give a whole number.",
    ],
    [
      "too small a number",
      { "host-memory-capacity": { reserveMB: -1 } },
      "host-memory-capacity.reserveMB is -1, which is less than 0. Give at least 0.",
    ],
    [
      "too large a number",
      { "exchange-survives-host-loss": { hostsLost: 3 } },
      "exchange-survives-host-loss.hostsLost is 3, which is more than 2. Give at most 2.",
    ],
    [
      "a day that is none",
      { estate: { asOf: "2026-02-31" } },
      'estate.asOf is "2026-02-31", which is not a valid date. Give a date such as 2027-01-31.',
    ],
    [
      "a day written otherwise",
      { estate: { asOf: "22.11.2026" } },
      'estate.asOf is "22.11.2026", which is not a valid date. Give a date such as 2027-01-31.',
    ],
    [
      "an unknown profile",
      { estate: { profile: "2008" } },
      'estate.profile is "2008", which is not a valid value. Use one of: "2008r2", "2026.1", "2026.2".',
    ],
    [
      "an unknown setting",
      { estate: { exemption: [] } },
      'estate.exemption is not a setting of estate. Use one of: "exemptions", ',
    ],
    ["a list that is none", { estate: { hosts: {} } }, "estate.hosts is {}, which is not a list. Give a list."],
    [
      "a host without a name",
      { estate: { hosts: [{ name: "a" }, { memoryMB: 1 }] } },
      "estate.hosts[1] has no name. Add it: The name of the host.",
    ],
    [
      "an exemption without end",
      { estate: { exemptions: [{ rule: "guest-memory", resource: "a", reason: "b" }] } },
      "estate.exemptions[0] has no expires. Add it: The last day on which it holds, as in 2027-01-31.",
    ],
    [
      "an exemption without a reason",
      { estate: { exemptions: [{ ...EXEMPTION, reason: " " }] } },
      'estate.exemptions[0].reason is " ", which is empty. Fill it in.',
    ],
    [
      "an exemption of no rule",
      { estate: { exemptions: [{ ...EXEMPTION, rule: "guest-memry" }] } },
      'estate.exemptions[0].rule is "guest-memry", which is not a valid value. Use one of: "guest-memory", ',
    ],
    [
      "an exemption for no stack",
      { estate: { exemptions: [{ ...EXEMPTION, stacks: [] }] } },
      "estate.exemptions[0].stacks is [], which is empty. Fill it in.",
    ],
    [
      "a pattern that cannot be read",
      { estate: { exemptions: [EXEMPTION, { ...EXEMPTION, stacks: ["a", "b{"] }] } },
      'estate.exemptions[1].stacks[1] is "b{", which is not a pattern. Correct it: "{" has no "}"; write "\\{" for the character itself.',
    ],
    [
      "a classification of everything",
      { estate: { classify: [{ match: {}, host: "a" }] } },
      "estate.classify[0].match is {}, which is empty. Fill it in.",
    ],
    [
      "a long value",
      { estate: { asOf: "x".repeat(500) } },
      `estate.asOf is "${"x".repeat(59)}…, which is not a valid date`,
    ],
    ["no object", [], "The configuration is [], which is not an object. "],
  ] as const) {
    it(`with ${name} says so, once`, () => {
      const { problems } = check(configuration);
      assert.equal(problems.length, 1, problems.map(text).join("\n"));
      const message = problems.map(text).join();
      assert.equal(message.slice(0, problem.length), problem);
    });
  }

  it("loses only what is wrong with it: an element, a parameter, a policy", () => {
    const { configuration, problems } = check({
      nothing: "advisory",
      "guest-memory": { enforcementLevel: "advisory", more: 1 },
      "guest-disk-size": [],
      estate: {
        asOf: "2026-01-01",
        details: "yes",
        exemptions: [
          { ...EXEMPTION, rule: "a" },
          EXEMPTION,
          { ...EXEMPTION, expires: "soon" },
          { ...EXEMPTION, until: 1 },
        ],
        notExemptible: ["guest-memory", "b", "guest-disk-size", "c"],
      },
    });
    assert.deepEqual(configuration, {
      "guest-memory": { enforcementLevel: "advisory" },
      estate: {
        asOf: "2026-01-01",
        exemptions: [EXEMPTION],
        notExemptible: ["guest-memory", "guest-disk-size"],
      },
    });
    assert.deepEqual(problems.map(({ path }) => path).sort(), [
      "estate.details",
      "estate.exemptions[0].rule",
      "estate.exemptions[2].expires",
      "estate.exemptions[3].until",
      "estate.notExemptible[1]",
      "estate.notExemptible[3]",
      "guest-disk-size",
      "guest-memory.more",
      "nothing",
    ]);
  });

  it("names the places in a list from which something was taken out as they were written", () => {
    const entry = { match: { name: "ex1" }, host: "hv1" };
    const { configuration } = check({
      estate: { classify: [1, entry, { host: "a" }, 2, entry, entry], hosts: [{}, { name: "hv1" }] },
    });
    const { classify, hosts } = configuration.estate ?? {};
    assert.equal(classify?.length, 3);
    assert.deepEqual(
      [0, 1, 2].map((index) => originalIndex(classify, index)),
      [1, 4, 5],
    );
    assert.equal(originalIndex(hosts, 0), 1);
    assert.equal(originalIndex([entry], 0), 0);
  });

  it("is not changed by being checked", () => {
    const configuration = { estate: { exemptions: [{ ...EXEMPTION, rule: "a" }] } };
    const before = structuredClone(configuration);
    check(configuration);
    assert.deepEqual(configuration, before);
  });

  it("of any kind is checked to the end, and what is left has no problem", () => {
    const estate = fc.dictionary(fc.constantFrom(...Object.keys(RULES[0]?.parameters ?? {})), fc.jsonValue());
    const any = fc.dictionary(fc.constantFrom("estate", "all", "guest-memory", "x"), fc.oneof(fc.jsonValue(), estate));
    fc.assert(
      fc.property(any, (given) => {
        const { configuration } = check(given);
        assert.deepEqual(check(configuration), { configuration, problems: [] });
      }),
      { numRuns: 40 },
    );
  });

  it("goes over another one, policy by policy and key by key", () => {
    assert.deepEqual(
      over(
        { all: { enforcementLevel: "advisory" }, "a-rule": { x: 1, y: 1 }, estate: { asOf: "2026-01-01" } },
        { "a-rule": { y: 2 }, "b-rule": { z: 3 } },
      ),
      {
        all: { enforcementLevel: "advisory" },
        "a-rule": { x: 1, y: 2 },
        "b-rule": { z: 3 },
        estate: { asOf: "2026-01-01" },
      },
    );
    assert.deepEqual(over({ estate: { notExemptible: ["a"] } }, { estate: { details: true, notExemptible: ["b"] } }), {
      estate: { details: true, notExemptible: ["a", "b"] },
    });
  });
});

describe("a day", () => {
  it("is one of the calendar", () => {
    for (const day of ["2026-11-22", "2024-02-29", "1999-12-31"]) assert.equal(isDay(day), true, day);
    for (const day of ["2026-02-31", "2025-02-29", "2026-13-01", "2026-1-1", "2026-11-22T00:00:00Z", "", "today"])
      assert.equal(isDay(day), false, day);
  });
});
