import assert from "node:assert/strict";
import fc from "fast-check";
import {
  asOfIn,
  configText,
  daysAfter,
  literally,
  withBaseline,
  type BaselineOptions,
} from "../../../lib/cli/baseline";
import type { FindingRecord } from "../../../lib/judging/finding-record";
import { globMatcher } from "../../../lib/settings/glob";
import { findingRecord } from "../../record";

const OPTIONS: BaselineOptions = {
  stack: "estate/dev",
  today: "2026-11-23",
  days: 90,
  replace: false,
  notShown: new Set(),
  notExemptible: new Set(["estate"]),
};

function found(rule: string, name: string, more: Partial<FindingRecord> = {}): FindingRecord {
  const problem = `${name} is wrong.`;
  return findingRecord({ rule, urn: urnOf(name), entity: { name }, property: "memoryMB", problem, ...more });
}

function urnOf(name: string): string {
  return `urn:pulumi:dev::estate::hyperv-guard:index:VirtualMachine::${name}`;
}

function exemption(rule: string, name: string, more: object = {}) {
  return {
    rule,
    resource: urnOf(name),
    property: "memoryMB",
    reason: "Baseline of 2026-11-23",
    expires: "2027-02-21",
    stacks: ["estate/dev"],
    ...more,
  };
}

describe("a baseline", () => {
  it("has an exemption for each finding, by rule, resource and property", () => {
    const { config, added, removed, left } = withBaseline(
      {},
      [
        found("guest-memory", "vm2"),
        found("guest-memory", "vm1", { property: "dynamicMemory" }),
        found("guest-memory", "vm1", { enforcement: "advisory" }),
        found("guest-adapters", "vm1"),
      ],
      OPTIONS,
    );
    const expected = [
      exemption("guest-adapters", "vm1"),
      exemption("guest-memory", "vm1", { property: "dynamicMemory" }),
      exemption("guest-memory", "vm1"),
      exemption("guest-memory", "vm2"),
    ];
    assert.deepEqual({ config, removed, left }, { config: { estate: { exemptions: expected } }, removed: 0, left: [] });
    assert.deepEqual(added, expected);
  });

  it("says who has approved it, and is for the resource as a whole where the finding is", () => {
    const { property, ...whole } = found("guest-memory", "vm1");
    assert.equal(property, "memoryMB");
    assert.deepEqual(withBaseline({}, [whole], { ...OPTIONS, approvedBy: "the board" }).added, [
      {
        rule: "guest-memory",
        resource: urnOf("vm1"),
        property: "",
        reason: "Baseline of 2026-11-23",
        expires: "2027-02-21",
        approvedBy: "the board",
        stacks: ["estate/dev"],
      },
    ]);
  });

  it("counts from the day of the configuration where that has one", () => {
    assert.equal(asOfIn({ estate: { asOf: "2027-02-01" } }), "2027-02-01");
    for (const config of [{}, { estate: "advisory" }, { estate: {} }]) assert.equal(asOfIn(config), undefined);
  });

  it("exempts once what is found twice at a place", () => {
    assert.equal(
      withBaseline({}, [found("a", "vm1"), found("a", "vm1", { problem: "Other." })], OPTIONS).added.length,
      1,
    );
  });

  it("goes by the name of what only the settings declare", () => {
    const { urn, ...host } = found("a", "hv1");
    assert.ok(urn);
    assert.deepEqual(withBaseline({}, [host], OPTIONS).added, [exemption("a", "hv1", { resource: "hv1" })]);
  });

  it("takes the place of what was exempted there and has expired", () => {
    const expired = exemption("a", "vm1", { reason: "Until the move", expires: "2026-01-31" });
    const other = exemption("a", "vm1", { reason: "Until the move", property: "host" });
    const config = { estate: { exemptions: [expired, other] } };
    const result = withBaseline(config, [found("a", "vm1")], OPTIONS);
    assert.deepEqual(result.config, { estate: { exemptions: [other, exemption("a", "vm1")] } });
    assert.equal(result.removed, 1);
  });

  it("keeps what is there, in its order, and comes after it", () => {
    const own = { rule: "a", resource: "vm*", reason: "Known", expires: "2027-01-01" };
    const config = { all: "advisory", estate: { asOf: "2012-06-30", exemptions: [own] }, "guest-memory": "mandatory" };
    const result = withBaseline(config, [found("guest-memory", "vm1")], OPTIONS).config;
    assert.equal(
      JSON.stringify(result),
      JSON.stringify({
        all: "advisory",
        estate: { asOf: "2012-06-30", exemptions: [own, exemption("guest-memory", "vm1")] },
        "guest-memory": "mandatory",
      }),
    );
    assert.deepEqual(config.estate.exemptions, [own]);
  });

  it("keeps the level of estate where it has nothing else", () => {
    assert.deepEqual(withBaseline({ estate: "advisory" }, [found("a", "vm1")], OPTIONS).config, {
      estate: { enforcementLevel: "advisory", exemptions: [exemption("a", "vm1")] },
    });
  });

  it("U8: goes by the names of list elements, and takes the place of one by their positions", () => {
    const disk = { property: "disks[1].type", propertyByNames: 'disks["logs"].type' };
    const former = exemption("guest-memory", "vm1", { property: "disks[1].type", expires: "2026-01-01" });
    const other = exemption("guest-memory", "vm1", { property: "disks[0].type", expires: "2026-01-01" });
    const { config } = withBaseline(
      { estate: { exemptions: [former, other] } },
      [found("guest-memory", "vm1", disk)],
      OPTIONS,
    );
    const added = exemption("guest-memory", "vm1", { property: 'disks["logs"].type' });
    assert.deepEqual(config, { estate: { exemptions: [other, added] } });
  });

  it("is nothing where nothing is found", () => {
    const config = { all: "advisory" };
    const result = withBaseline(config, [], OPTIONS);
    assert.equal(result.config, config);
    assert.deepEqual(result.added, []);
  });

  it("lists what blocks and cannot be exempted: what no exemption may be for, and what is about the stack", () => {
    const { urn, entity, ...ofTheStack } = found("a", "vm1");
    assert.ok(urn !== undefined && entity !== undefined);
    const advice: FindingRecord = { ...ofTheStack, enforcement: "advisory" };
    const { added, left } = withBaseline({}, [found("estate", "vm1"), ofTheStack, advice], OPTIONS);
    assert.deepEqual([added, left], [[], [found("estate", "vm1"), ofTheStack]]);
  });

  it("leaves alone what is exempted already, and what nobody could decide", () => {
    const known = { rule: "a", resource: "vm1", reason: "Known", expires: "2027-01-01" };
    const findings = [found("a", "vm1", { exempted: known }), found("undecided", "vm1", { enforcement: "advisory" })];
    for (const replace of [false, true]) {
      const { added, left } = withBaseline({}, findings, { ...OPTIONS, replace });
      assert.deepEqual([added, left], [[], []]);
    }
  });

  describe("in place of a former one", () => {
    const former = exemption("a", "vm1", { reason: "Baseline of 2026-01-01", expires: "2026-12-01" });
    const gone = exemption("a", "vm0", { reason: "Baseline of 2026-01-01", expires: "2026-12-01" });
    const ofOther = exemption("a", "vm1", { reason: "Baseline of 2026-01-01", stacks: ["estate/prod"] });
    const own = exemption("a", "vm3", { reason: "Known" });
    const config = { estate: { exemptions: [former, own, ofOther, gone] } };
    const findings = [found("a", "vm1", { exempted: former }), found("a", "vm3", { exempted: own }), found("b", "vm2")];

    it("drops it when asked, and has what it exempted that is still found", () => {
      const { config: result, removed } = withBaseline(config, findings, { ...OPTIONS, replace: true });
      assert.deepEqual(result, {
        estate: { exemptions: [own, ofOther, exemption("a", "vm1"), exemption("b", "vm2")] },
      });
      assert.equal(removed, 2);
    });

    it("keeps it otherwise, and adds what is new", () => {
      const { config: result, removed } = withBaseline(config, findings, OPTIONS);
      assert.deepEqual(result, { estate: { exemptions: [former, own, ofOther, gone, exemption("b", "vm2")] } });
      assert.equal(removed, 0);
    });

    it("drops it also where nothing is found any more", () => {
      const { config: result, removed } = withBaseline(config, [], { ...OPTIONS, replace: true });
      assert.deepEqual(result, { estate: { exemptions: [own, ofOther] } });
      assert.equal(removed, 2);
    });
  });
});

describe("daysAfter", () => {
  it("counts over months, years and leap days", () => {
    assert.equal(daysAfter("2026-11-23", 90), "2027-02-21");
    assert.equal(daysAfter("2026-12-31", 1), "2027-01-01");
    assert.equal(daysAfter("2028-02-28", 1), "2028-02-29");
  });
});

describe("literally", () => {
  const SPECIAL = fc.constantFrom(...Array.from("\\*?[]{}()!+@|.,^$/-~#&;<>\"' ab1"));
  const names = fc.string({ minLength: 1, unit: SPECIAL }).map(urnOf);

  it("matches the text, whatever is in it", () => {
    fc.assert(
      fc.property(names, (text) => globMatcher(literally(text))(text)),
      { numRuns: 5000 },
    );
  });

  it("matches no other text", () => {
    fc.assert(
      fc.property(names, names, (text, other) => text === other || !globMatcher(literally(text))(other)),
      { numRuns: 5000 },
    );
    assert.equal(globMatcher(literally(urnOf("vm[1]")))(urnOf("vm1")), false);
    assert.equal(globMatcher(literally(urnOf("vm*")))(urnOf("vm1")), false);
  });

  it("leaves a plain URN as it is", () => {
    const urn = "urn:pulumi:dev::estate::a:index:Host$b:index/vm:VM::ex-mbx1.contoso.com";
    assert.equal(literally(urn), urn);
  });
});

describe("the text of a configuration", () => {
  it("U8: has a line for each exemption, and all else as it was", () => {
    const one = exemption("guest-memory", "vm1", { property: 'disks["a\\nb $& ]"]' });
    const other = exemption("guest-memory", "vm2");
    const config = {
      all: "advisory",
      estate: { profile: "2026.1", exemptions: [one, other], notExemptible: ["vmm-ports"] },
      "vmm-ports": { enforcementLevel: "disabled" },
    };
    const text = configText(config);
    assert.deepEqual(JSON.parse(text), config);
    assert.deepEqual(
      text
        .split("\n")
        .filter((line) => line.includes('"rule"'))
        .map((line) => JSON.parse(line.replace(/,$/, "")) as unknown),
      [one, other],
    );
    assert.ok(
      text.startsWith(
        '{\n  "all": "advisory",\n  "estate": {\n    "profile": "2026.1",\n    "exemptions": [\n      { ',
      ),
    );
    assert.ok(text.endsWith("}\n"));
    assert.equal(text.split("\n").length, 17);
  });

  it("is that of any JSON without exemptions", () => {
    for (const config of [{}, { estate: "advisory" }, { estate: { exemptions: [] } }]) {
      assert.equal(configText(config), `${JSON.stringify(config, undefined, 2)}\n`);
    }
  });

  it("has the same data whatever is in it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ rule: fc.string(), reason: fc.string() }, { noNullPrototype: true })),
        fc.string(),
        (exemptions, profile) => {
          const config = { estate: { profile, exemptions } };
          assert.deepEqual(JSON.parse(configText(config)), config);
        },
      ),
    );
  });
});
