import assert from "node:assert/strict";
import Ajv from "ajv";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { recordOf, type FindingRecord } from "../../../lib/judging/finding-record";
import schema from "../../../lib/judging/finding.schema.json";
import { Judge } from "../../../lib/judging/judge";
import { toPolicies } from "../../../lib/pack/policies";
import { oneOf } from "../../../lib/rules/figures";
import { violation } from "../../../lib/rules/verdict";
import type { Configuration } from "../../../lib/settings/configuration";
import { EffectiveSettings } from "../../../lib/settings/effective-settings";
import { RULES, undecided } from "../../../policies";
import { guestProcessorCount } from "../../../policies/guests/guest-processor-count";
import { host, mailbox, resource, UNKNOWN, vm } from "../../kit";
import { findingRecord } from "../../record";
import { Analyzer } from "../pack/analyzer";

const ESTATE: readonly DeclaredResource[] = [
  host("hv1"),
  vm("vm1", { host: "hv1", processorCount: 3 }),
  vm("vm2", { host: "hv1", processorCount: UNKNOWN, memoryMB: "much" }),
  mailbox("ex1", { host: "hv1", dynamicMemory: { minimumMB: 2048, maximumMB: 8192 } }),
  resource("aws:ec2/instance:Instance", "other", { host: "nowhere" }),
];

function settings(options: Configuration = {}): EffectiveSettings {
  return new EffectiveSettings({ policies: [...RULES, undecided], options, today: "2012-06-30" });
}

function judged(options: Configuration = {}, estate = ESTATE): readonly FindingRecord[] {
  return new Judge(RULES, undecided, settings(options)).judgeAll(estate).findings;
}

function brief({ rule, enforcement, urn, entity }: FindingRecord): string {
  return `${rule} ${enforcement} ${urn?.split("::").at(-1) ?? entity?.name ?? "stack"}`;
}

describe("the judge", () => {
  it("finds in one go what the pack finds call by call, at the same levels", async () => {
    const { each, stack } = await new Analyzer(toPolicies(RULES, undecided, settings())).preview(ESTATE);
    const reported = [...each, stack].flatMap(({ diagnostics }) =>
      diagnostics.map(({ policy, level, resource: name }) => `${policy} ${level} ${name}`),
    );
    assert.deepEqual(judged().map(brief).sort(), reported.sort());
  });

  it("leaves out what is disabled, and reports what is wrong with the configuration", () => {
    const options: Configuration = {
      "guest-processor-count": { enforcementLevel: "disabled" },
      "exchange-dynamic-memory": { enforcementLevel: "advisory" },
      estate: { exemptions: [{ rule: "estate", resource: "vm2", reason: "No", expires: "2030-01-01" }] },
    };
    const found = judged(options).map(brief);
    assert.ok(!found.some((one) => one.startsWith("guest-processor-count")));
    assert.ok(found.includes("exchange-dynamic-memory advisory ex1"));
    assert.ok(found.includes("estate mandatory stack"));
  });

  it("gives records that fit the published schema", () => {
    const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
    const records = judged();
    assert.ok(records.length > 5);
    for (const record of records) assert.ok(validate(record), JSON.stringify([record, validate.errors]));
    assert.ok(!validate({ ...findingRecord(), severity: "dreadful" }));
    assert.ok(!validate({ ...findingRecord(), more: "one line" }));
  });

  it("offers a change only where the declaration is in our words, and nothing near a secret", () => {
    const changed = (type: string, mask = (text: string) => text): FindingRecord => {
      const on = { urn: `urn:pulumi:test::kit::${type}::vm1`, name: "vm1", kind: "virtualMachine" };
      const verdict = violation(on, "processorCount", "vm1 has 3.", {
        found: { value: 3, unit: "virtual processors" },
        limit: oneOf([1, 2, 4], "virtual processors"),
        change: { path: "processorCount", value: 2 },
      });
      const explanation = { problem: "vm1 has 3." };
      const finding = { rule: "r", urn: on.urn, name: "vm1", path: verdict.path, explanation, violation: verdict };
      return recordOf(guestProcessorCount, { ...finding, message: "", advisory: false, key: "" }, "mandatory", mask);
    };
    assert.deepEqual(changed("hyperv-guard:index:VirtualMachine").change, { path: "processorCount", value: 2 });
    assert.deepEqual(changed("my:lab:Machine$hyperv-guard:index:VirtualMachine").change?.value, 2);
    assert.equal(changed("hyperv:index/machineInstance:MachineInstance").change, undefined);
    const hidden = changed("hyperv-guard:index:VirtualMachine", (text) => text.replaceAll("3", "[secret]"));
    assert.deepEqual([hidden.found?.value, hidden.change], ["[secret]", undefined]);
  });
});
