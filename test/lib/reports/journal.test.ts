import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toPolicies } from "../../../lib/pack/policies";
import { JOURNAL_VARIABLE, readJournal, record, VIEW_VARIABLE } from "../../../lib/reports/journal";
import { EffectiveSettings } from "../../../lib/settings/effective-settings";
import type { PackSettings } from "../../../lib/settings/pack-settings";
import { undecided } from "../../../policies";
import { estate } from "../../../policies/estate/estate";
import { guestProcessorCount } from "../../../policies/guests/guest-processor-count";
import { host, vm } from "../../kit";
import { findingRecord } from "../../record";
import { Analyzer, secret } from "../pack/analyzer";

const RULES = [estate, guestProcessorCount];
const RESOURCES = [host("hv0"), vm("vm1", { host: "hv0", processorCount: 3 })];
const PROBLEM =
  "vm1 has 3 virtual processors, but the guest Windows Server 2008 R2 with Service Pack 1 may have 1, 2 or 4 on " +
  "Windows Server 2008 R2 with Service Pack 1.";
const SOURCE = {
  title: "About Virtual Machines and Guest Operating Systems (Windows Server 2008 R2), May 2011",
  url: "http://technet.microsoft.com/en-us/library/cc794868(WS.10).aspx",
};
const EXPECTED = {
  version: 1,
  rule: "guest-processor-count",
  title: "Virtual processors that the guest supports",
  subject: "guests",
  level: "unsupported",
  severity: "high",
  enforcement: "mandatory",
  entity: { kind: "virtualMachine", name: "vm1" },
  urn: "urn:pulumi:test::kit::hyperv-guard:index:VirtualMachine::vm1",
  property: "processorCount",
  found: { value: 3, unit: "virtual processors" },
  limit: {
    bound: "oneOf",
    value: [1, 2, 4],
    unit: "virtual processors",
    document: SOURCE,
    confidence: "quoted",
  },
  change: { path: "processorCount", value: 2 },
  problem: PROBLEM,
  why: guestProcessorCount.why,
  fix: "Set processorCount to 1, 2 or 4.",
  source: SOURCE,
};

describe("the journal of findings", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hyperv-guard-test-"));
    file = join(folder, "findings.jsonl");
    process.env[JOURNAL_VARIABLE] = file;
  });

  afterEach(() => {
    for (const variable of [JOURNAL_VARIABLE, VIEW_VARIABLE]) Reflect.deleteProperty(process.env, variable);
    rmSync(folder, { recursive: true, force: true });
  });

  async function messages(pack: PackSettings = {}, resources = RESOURCES): Promise<readonly string[]> {
    const settings = new EffectiveSettings({
      policies: [...RULES, undecided],
      options: { estate: { ...pack } },
      today: "2026-11-23",
    });
    const { each, stack } = await new Analyzer(toPolicies(RULES, undecided, settings)).preview(resources);
    return [...each, stack].flatMap(({ diagnostics }) => diagnostics.map(({ message }) => message));
  }

  it("has each finding once, with all its parts", async () => {
    assert.deepEqual(await messages(), [`${PROBLEM} Fix: ${EXPECTED.fix} Source: ${EXPECTED.source.url}`]);
    assert.deepEqual(readJournal(file).findings, [EXPECTED]);
  });

  it("is the same where the engine is shown details", async () => {
    const { why, fix, source } = EXPECTED;
    const details = [PROBLEM, `Why: ${why}`, `Fix: ${fix}`, `Source: ${source.title}, ${source.url}`];
    assert.deepEqual(await messages({ details: true }), [details.join("\n")]);
    assert.deepEqual(readJournal(file).findings, [EXPECTED]);
  });

  it("says which exemption holds, beside the problem as it is", async () => {
    const exemption = { rule: "guest-processor-count", resource: "vm1", reason: "Known", expires: "2027-01-31" };
    assert.deepEqual(await messages({ exemptions: [exemption] }), [`Exempted until 2027-01-31 (Known): ${PROBLEM}`]);
    assert.deepEqual(readJournal(file).findings, [{ ...EXPECTED, enforcement: "advisory", exempted: exemption }]);
  });

  it("has no secret", async () => {
    const hidden = vm("vm1", { host: "hv0", processorCount: secret(3), secretInputs: ["processorCount"] });
    await messages({}, [host("hv0"), hidden]);
    assert.match(readFileSync(file, "utf8"), /vm1 has \[secret\] virtual processors/);
    assert.doesNotMatch(readFileSync(file, "utf8"), /vm1 has 3|"value":3|"change"/);
  });

  it("says who runs where only if that is asked for", async () => {
    await messages();
    assert.ok(!("view" in readJournal(file)));
    process.env[VIEW_VARIABLE] = "true";
    await messages();
    const { view } = readJournal(file);
    assert.deepEqual(
      view?.machines.map(({ name, host: position }) => [name, position]),
      [["vm1", 0]],
    );
  });

  it("is not written where nobody asks for it", () => {
    for (const variable of [undefined, ""]) {
      if (variable === undefined) Reflect.deleteProperty(process.env, JOURNAL_VARIABLE);
      else process.env[JOURNAL_VARIABLE] = variable;
      record(findingRecord());
    }
    assert.deepEqual(readdirSync(folder), []);
  });
});
