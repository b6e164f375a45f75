import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DOMParser } from "@xmldom/xmldom";
import Ajv from "ajv-draft-04";
import fc from "fast-check";
import type { Log } from "sarif";
import type { FindingRecord } from "../../../lib/judging/finding-record";
import { azureDevOpsIssues } from "../../../lib/reports/azure-devops";
import { fingerprints } from "../../../lib/reports/fingerprints";
import { githubAnnotations } from "../../../lib/reports/github";
import { gitlabCodeQuality } from "../../../lib/reports/gitlab";
import { junitXml } from "../../../lib/reports/junit";
import type { Report } from "../../../lib/reports/report";
import { limitNotes, sarif } from "../../../lib/reports/sarif";
import { WRITERS } from "../../outputs";
import { findingRecord } from "../../record";
import { ROOT } from "../../root";

const EXEMPTED = { rule: "some-rule", resource: "*", reason: "Until the move", expires: "2027-01-31" };

function urnOf(name: string, stack = "dev"): string {
  return `urn:pulumi:${stack}::p::hyperv-guard:index:VirtualMachine::${name}`;
}

function entry(name: string, problem: string, more: Partial<FindingRecord> = {}): FindingRecord {
  return findingRecord({
    urn: urnOf(name),
    entity: { name },
    property: "processorCount",
    problem,
    why: "It matters.",
    fix: "Set it to 4.",
    source: { title: "The document", url: "https://example.com/a_(b)" },
    location: { file: "infra/Pulumi.yaml", line: 12, column: 23, endLine: 12, endColumn: 24 },
    ...more,
  });
}

function report(...findings: readonly FindingRecord[]): Report {
  return { findings, notes: [], version: "1.2.3", file: "infra/Pulumi.yaml" };
}

/** A report with all three kinds of findings. */
const WHOLE = report(
  entry("a", "a has 3 virtual processors.", {
    found: { value: 3, unit: "virtual processors" },
    limit: { value: [1, 2, 4], unit: "virtual processors", bound: "oneOf" },
    change: { path: "processorCount", value: 4 },
  }),
  entry("b", "b is odd.", { enforcement: "advisory", severity: "low" }),
  entry("c", "c is known.", { exempted: EXEMPTED }),
  findingRecord({ problem: "The stack is wrong." }),
);

/** What something would obey, somewhere. */
const HOSTILE = [
  "::error::x",
  "\n::error file=a::x",
  "##vso[task.setvariable variable=a]b",
  "</script><script>alert(1)</script>",
  "]]><failure/>",
  "=cmd()",
  "\u001b[31mred",
  "\u202eright to left",
  "a;b]c%0Ad,e:f",
  "\ud800",
  "\uffff\u0000",
  "<{%fg 1%}>",
] as const;

const hostileText = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary" }));

const hostileFinding = fc
  .record({ name: hostileText, problem: hostileText, fix: hostileText, property: hostileText, reason: hostileText })
  .map(({ name, problem, fix, property, reason }) =>
    entry(name, problem, { fix, property, urn: urnOf(name), exempted: { ...EXEMPTED, reason } }),
  );

/** A finding that counts, made of hostile texts. */
const hostileOpen = hostileFinding.map(({ exempted, ...others }) => {
  assert.ok(exempted);
  return others;
});

const validateSarif = new Ajv({ strict: false, validateFormats: false }).compile(
  JSON.parse(readFileSync(join(ROOT, "test", "lib", "reports", "sarif-schema-2.1.0.json"), "utf8")) as object,
);

function readSarif(text: string): Log {
  const log: unknown = JSON.parse(text);
  assert.ok(validateSarif(log), JSON.stringify(validateSarif.errors));
  return log as Log;
}

function resultsOf(text: string): NonNullable<Log["runs"][number]["results"]> {
  return readSarif(text).runs[0]?.results ?? [];
}

/** The cases of a JUnit report, each with what became of it. */
function casesOf(xml: string): readonly (readonly [name: string, outcome: string, text: string])[] {
  const document = new DOMParser({
    // It warns of the character that stands for those that XML cannot hold.
    onError: (level, message) => {
      if (level !== "warning") assert.fail(message);
    },
  }).parseFromString(xml, "text/xml");
  return [...document.getElementsByTagName("testcase")].map((one) => {
    const outcome = [...one.childNodes].find(({ nodeType }) => nodeType === 1);
    return [one.getAttribute("name") ?? "", outcome?.nodeName ?? "passed", outcome?.textContent ?? ""];
  });
}

describe("SARIF", () => {
  it("is valid by the official schema, with and without findings", () => {
    assert.equal(resultsOf(sarif(WHOLE)).length, 4);
    assert.deepEqual(resultsOf(sarif(report())), []);
    const failed = readSarif(sarif({ ...report(), failure: "no stack", notes: ["Not everything is judged."] }));
    assert.deepEqual(failed.runs[0]?.invocations, [
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          { level: "error", message: { text: "no stack" } },
          { level: "note", message: { text: "Not everything is judged." } },
        ],
      },
    ]);
  });

  it("has the level, the place and the text of each finding", () => {
    const [stack, blocks, advises, exempted] = resultsOf(sarif(WHOLE));
    assert.equal(blocks?.level, "error");
    assert.equal(advises?.level, "note");
    assert.equal(stack?.level, "error");
    assert.equal(blocks.message.text, "a has 3 virtual processors. Fix: Set it to 4.");
    assert.deepEqual(blocks.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: "infra/Pulumi.yaml", uriBaseId: "SRCROOT" },
          region: { startLine: 12, startColumn: 23, endLine: 12, endColumn: 24 },
        },
        logicalLocations: [{ name: "a", fullyQualifiedName: `${urnOf("a")}#processorCount`, kind: "resource" }],
      },
    ]);
    assert.equal(stack.locations?.[0]?.physicalLocation?.region?.startLine, 1);
    assert.deepEqual(exempted?.suppressions, [
      { kind: "external", status: "accepted", justification: "until 2027-01-31: Until the move" },
    ]);
    assert.equal(blocks.suppressions, undefined);
  });

  it("has the value that fixes a finding as a replacement where the program has the value", () => {
    const [fix] = resultsOf(sarif(WHOLE))[1]?.fixes ?? [];
    assert.deepEqual(fix?.artifactChanges[0]?.replacements, [
      {
        deletedRegion: { startLine: 12, startColumn: 23, endLine: 12, endColumn: 24 },
        insertedContent: { text: "4" },
      },
    ]);
    const change = { path: "processorCount", value: 4 };
    const elsewhere = entry("a", "x", { change, location: { file: "index.ts", line: 3 } });
    assert.equal(resultsOf(sarif(report(elsewhere)))[0]?.fixes, undefined);
    const other = entry("a", "x", { change: { path: "memoryMB", value: 4 } });
    assert.equal(resultsOf(sarif(report(other)))[0]?.fixes, undefined);
  });

  it("describes each rule once, with its page, and refers to it", () => {
    const run = readSarif(sarif(WHOLE)).runs[0];
    const rules = run?.tool.driver.rules ?? [];
    assert.deepEqual(
      rules.map(({ id, helpUri }) => [id, helpUri]),
      [["some-rule", "https://github.com/hyperv-guard/hyperv-guard/blob/main/docs/rules/some-rule.md"]],
    );
    assert.ok(run?.results?.every(({ ruleId, ruleIndex = -1 }) => rules[ruleIndex]?.id === ruleId));
  });

  it("has what blocks first, cuts what code scanning refuses, and says both", () => {
    assert.deepEqual(limitNotes(5000), []);
    assert.deepEqual(limitNotes(5001), ["Code scanning shows 5000 of 5001 findings, by their severity."]);
    const many = Array.from({ length: 25_001 }, (_, index) =>
      entry(`vm${String(index)}`, "It is odd.", { enforcement: "advisory" }),
    );
    const run = (JSON.parse(sarif(report(...many, entry("z", "z is wrong.")))) as Log).runs[0];
    assert.equal(run?.results?.length, 25_000);
    assert.equal(run.results[0]?.level, "error");
    assert.match(
      run.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text ?? "",
      /^SARIF has the first 25000 of 25002 findings/,
    );
  });

  it("is valid whatever the texts are", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(hostileFinding, hostileOpen), { maxLength: 3 }), (findings) => {
        assert.equal(resultsOf(sarif(report(...findings))).length, findings.length);
      }),
    );
  });
});

describe("fingerprints", () => {
  it("stay when a list is ordered anew, a stack is renamed, or another finding comes", () => {
    const disk = (index: number, more: Partial<FindingRecord> = {}): FindingRecord =>
      entry("a", `Disk ${String(index)} is dynamic.`, { property: `disks[${String(index)}].type`, ...more });
    const before = fingerprints([disk(0), disk(2)]);
    assert.deepEqual(fingerprints([disk(1), disk(3)]), before);
    assert.deepEqual(fingerprints([disk(0, { urn: urnOf("a", "prod") }), disk(2)]), before);
    assert.deepEqual(
      fingerprints([entry("b", "x"), disk(0), entry("a", "y"), disk(2)]).filter((one) => before.includes(one)),
      before,
    );
  });

  it("differ for every rule, resource, property and number", () => {
    const all = fingerprints([
      entry("a", "x"),
      entry("a", "y"),
      entry("b", "x"),
      entry("a", "x", { property: "memoryMB" }),
      entry("a", "x", { rule: "other-rule" }),
      findingRecord(),
    ]);
    assert.equal(new Set(all).size, 6);
    assert.ok(all.every((one) => /^[0-9a-f]{64}$/.test(one)));
  });
});

describe("JUnit", () => {
  it("has a case for each finding, failed where it blocks", () => {
    const cases = casesOf(junitXml(WHOLE));
    assert.deepEqual(
      cases.map(([name, outcome]) => [name, outcome]),
      [
        ["Some rule", "failure"],
        ["a processorCount", "failure"],
        ["b processorCount", "skipped"],
        ["c processorCount", "skipped"],
      ],
    );
    assert.match(junitXml(WHOLE), /<testsuites name="hyperv-guard" tests="4" failures="2" errors="0" skipped="2">/);
  });

  it("has why, how to fix it, where it is written and where it stands in the text of a case", () => {
    const [, , text] = casesOf(junitXml(report(entry("a", "a is wrong.")))).at(0) ?? [];
    assert.equal(
      text,
      [
        "a is wrong.",
        "Why: It matters.",
        "Fix: Set it to 4.",
        "Source: The document, https://example.com/a_(b)",
        "At: infra/Pulumi.yaml:12",
        `Resource: ${urnOf("a")}`,
        "More: https://github.com/hyperv-guard/hyperv-guard/blob/main/docs/rules/some-rule.md",
      ].join("\n"),
    );
  });

  it("has a case that passes where nothing is found, and an error where the preview failed", () => {
    assert.deepEqual(casesOf(junitXml(report())), [
      ["hyperv-guard found nothing of Hyper-V, so it judged nothing.", "passed", ""],
    ]);
    assert.deepEqual(casesOf(junitXml({ ...report(), failure: "no stack" })), [
      ["The preview failed.", "error", "no stack"],
    ]);
  });

  it("can be read whatever the texts are", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(hostileFinding, hostileOpen), { minLength: 1, maxLength: 3 }), (findings) => {
        assert.equal(casesOf(junitXml(report(...findings))).length, findings.length);
      }),
    );
  });
});

describe("annotations of GitHub", () => {
  it("have a command for each finding, what blocks first", () => {
    assert.deepEqual(githubAnnotations(WHOLE).split("\n"), [
      "::error file=infra/Pulumi.yaml,title=hyperv-guard%3A some-rule::The stack is wrong.",
      "::error file=infra/Pulumi.yaml,line=12,endLine=12,col=23,endColumn=24,title=hyperv-guard%3A some-rule::a has 3 virtual processors. Fix: Set it to 4.",
      "::warning file=infra/Pulumi.yaml,line=12,endLine=12,col=23,endColumn=24,title=hyperv-guard%3A some-rule::b is odd. Fix: Set it to 4.",
      "::notice file=infra/Pulumi.yaml,line=12,endLine=12,col=23,endColumn=24,title=hyperv-guard%3A some-rule::c is known. Exempted until 2027-01-31: Until the move.",
      "",
    ]);
  });

  it("are one command for each finding whatever the texts are", () => {
    fc.assert(
      fc.property(hostileOpen, (finding) => {
        const lines = githubAnnotations(report(finding))
          .trimEnd()
          .split(/\r\n|[\n\r\u2028\u2029]/);
        assert.equal(lines.length, 1);
        // As the runner reads it: everything between the first blank and the next two colons are the properties.
        const [, properties = ""] = /^::error ([^:]*)::/.exec(lines[0] ?? "") ?? assert.fail(lines[0]);
        assert.deepEqual(
          properties.split(",").map((property) => property.split("=")[0]),
          ["file", "line", "endLine", "col", "endColumn", "title"],
        );
      }),
    );
  });
});

describe("issues of Azure Pipelines", () => {
  it("have a command for each finding that counts", () => {
    assert.deepEqual(azureDevOpsIssues(WHOLE).split("\n"), [
      "##vso[task.logissue type=error;sourcepath=infra/Pulumi.yaml;code=some-rule;]The stack is wrong.",
      "##vso[task.logissue type=error;sourcepath=infra/Pulumi.yaml;linenumber=12;columnnumber=23;code=some-rule;]a has 3 virtual processors. Fix: Set it to 4.",
      "##vso[task.logissue type=warning;sourcepath=infra/Pulumi.yaml;linenumber=12;columnnumber=23;code=some-rule;]b is odd. Fix: Set it to 4.",
      "",
    ]);
  });

  it("are one command for each finding whatever the texts are", () => {
    fc.assert(
      fc.property(hostileOpen, (finding) => {
        const text = azureDevOpsIssues(report(finding)).trimEnd();
        assert.equal(text.split(/\r\n|[\n\r\u2028\u2029]/).length, 1);
        assert.equal(text.match(/##vso\[/gi)?.length, 1);
      }),
    );
  });
});

describe("the Code Quality report of GitLab", () => {
  it("has an issue for each finding that counts", () => {
    const issues = JSON.parse(gitlabCodeQuality(WHOLE)) as readonly Record<string, unknown>[];
    assert.deepEqual(
      issues.map(({ description, check_name, severity, location }) => ({
        description,
        check_name,
        severity,
        location,
      })),
      [
        ["The stack is wrong.", "major", 1],
        ["a has 3 virtual processors. Fix: Set it to 4.", "major", 12],
        ["b is odd. Fix: Set it to 4.", "info", 12],
      ].map(([description, severity, begin]) => ({
        description,
        check_name: "some-rule",
        severity,
        location: { path: "infra/Pulumi.yaml", lines: { begin } },
      })),
    );
    assert.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, 3);
  });
});

describe("every format", () => {
  it("is the same whatever the order of the findings", () => {
    const turned = { ...WHOLE, findings: [...WHOLE.findings].reverse() };
    for (const write of Object.values(WRITERS)) assert.equal(write(turned), write(WHOLE));
  });

  it("has no control character and no mark of direction, whatever the texts are", () => {
    fc.assert(
      fc.property(hostileOpen, (finding) => {
        for (const [format, write] of Object.entries(WRITERS)) {
          // eslint-disable-next-line no-control-regex -- these are what is looked for
          assert.doesNotMatch(write(report(finding)), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/, format);
        }
      }),
    );
  });

  it("cuts a text of a million characters", () => {
    const long = entry("a", "x".repeat(1_000_000));
    for (const [format, write] of Object.entries(WRITERS)) {
      if (format === "json") continue;
      assert.ok(write(report(long)).length < 20_000, format);
    }
  });
});
