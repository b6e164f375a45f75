import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../../lib/cli/run-command";
import { findingsJson } from "../../../lib/reports/json";
import { gitlabCodeQuality } from "../../../lib/reports/gitlab";
import type { FindingRecord } from "../../../lib/judging/finding-record";
import { outputTo } from "../../output";
import { temporaryFolder } from "../../previews/program";
import { findingRecord } from "../../record";
import { ROOT } from "../../root";

async function explain(report: string, wanted: string) {
  const file = join(temporaryFolder(), "report.json");
  writeFileSync(file, report);
  const out: string[] = [];
  const error: string[] = [];
  const code = await runCommand(["explain", wanted, "--from", file], outputTo(out, error));
  return { code, out: out.join("\n"), error: error.join("\n").replace(file, "report.json") };
}

const URN = "urn:pulumi:dev::estate::hyperv-guard:index:VirtualMachine::";

function findingAt(name: string, rule: string, line: number): FindingRecord {
  return {
    ...findingRecord({ rule, urn: `${URN}${name}`, problem: `${name} has a problem of ${rule}.` }),
    entity: { kind: "virtualMachine", name },
    property: "processorCount",
    why: `Why ${rule}.`,
    fix: `Fix ${rule}.`,
    location: { file: "src/Pulumi.yaml", line, column: 7 },
  };
}

const FINDINGS = [findingAt("app1", "guest-memory", 5), findingAt("app2", "guest-tpm", 9)];
const REPORT = findingsJson({ findings: FINDINGS });

describe("hyperv-guard explain --from", () => {
  const [fingerprint = ""] = (
    JSON.parse(gitlabCodeQuality({ findings: FINDINGS, notes: [], version: "0" })) as { fingerprint: string }[]
  ).map((issue) => issue.fingerprint);
  for (const wanted of [
    join(ROOT, "src", "Pulumi.yaml:5"),
    ...["app1", "APP1", "guest-memory", `${URN}app1`, "src/Pulumi.yaml:5", "src/Pulumi.yaml:5:7"],
    ...[fingerprint, fingerprint.slice(0, 7)],
  ]) {
    it(`U11: prints what is known of a finding, and its page: ${wanted.slice(0, 30)}`, async () => {
      const { code, out, error } = await explain(REPORT, wanted);
      assert.deepEqual([code, error], [0, ""]);
      for (const part of ["app1 has a problem", "Why: Why guest-memory.", "Fix: Fix guest-memory."]) {
        assert.ok(out.includes(part), part);
      }
      assert.match(out, /^https:\/\/\S+\/docs\/rules\/guest-memory\.md$/m);
      assert.ok(!out.includes("app2"));
    });
  }

  it("prints all findings of a rule or a resource, exempted ones too", async () => {
    const exempted = { rule: "guest-tpm", resource: "app1", reason: "Old.", expires: "2030-01-01" };
    const more = { ...findingAt("app1", "guest-tpm", 6), exempted };
    const report = findingsJson({ findings: [...FINDINGS, more] });
    const ofResource = await explain(report, "app1");
    assert.match(ofResource.out, /guest-memory/);
    assert.match(ofResource.out, /Exempted until 2030-01-01: Old\./);
    const ofRule = await explain(report, "guest-tpm");
    assert.match(ofRule.out, /app1[^]*app2|app2[^]*app1/);
  });

  it("offers the finding that was meant", async () => {
    assert.deepEqual(await explain(REPORT, "ap1"), {
      code: 2,
      out: "",
      error: 'hyperv-guard: report.json has no finding of "ap1": did you mean app1, app2 or guest-tpm?',
    });
    assert.equal(
      (await explain(findingsJson({ findings: [] }), "x")).error,
      'hyperv-guard: report.json has no finding of "x"',
    );
  });

  const wrong: readonly (readonly [what: string, report: string, problem: RegExp])[] = [
    [
      "empty",
      "",
      /^hyperv-guard: report\.json is empty, not a report as `hyperv-guard check --format json` writes it$/,
    ],
    ["no JSON", "{", /^hyperv-guard: report\.json is not JSON, or cut short/],
    ["another JSON", '{ "runs": [] }', /^hyperv-guard: report\.json is not a report .*: it has no findings$/],
    ["not of findings", '{ "findings": [{ "rule": "x" }] }', /: findings\[0\] is not a finding$/],
    ["of a rule that no pack has", REPORT.replaceAll("guest-memory", "a b"), /: findings\[0\] is not a finding$/],
    ["of a later form", REPORT.replaceAll('"version": 1', '"version": 2'), /: findings\[0\] is not a finding$/],
    ["a million brackets", `{"findings":${"[".repeat(1e6)}${"]".repeat(1e6)}}`, /: findings\[0\] is not a finding$/],
  ];
  for (const [what, report, problem] of wrong) {
    it(`refuses in a line what is no report: ${what}`, async () => {
      const { code, out, error } = await explain(report, "app1");
      assert.deepEqual([code, out], [3, ""]);
      assert.match(error, problem);
    });
  }

  it("shows names without what a terminal obeys", async () => {
    const report = findingsJson({ findings: [findingAt("\u001b[31m\n::error::x", "guest-tpm", 3)] });
    const { code, out } = await explain(report, "src/Pulumi.yaml:3");
    assert.equal(code, 0);
    assert.ok(!out.includes("\u001b"));
    assert.doesNotMatch(out, /^::/m);
  });
});
