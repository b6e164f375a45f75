import assert from "node:assert/strict";
import { runCommand } from "../../../lib/cli/commands";
import { configOf, failureOf, programFolder, type Preview } from "../../../lib/cli/engine";
import { readEvents } from "../../../lib/cli/engine-events";
import { COMMANDS, readBaselineOptions, readCommandLine, USAGE } from "../../../lib/cli/options";
import { findingRecord } from "../../record";

async function run(...words: readonly string[]) {
  const out: string[] = [];
  const error: string[] = [];
  const code = await runCommand(words, { out: (line) => out.push(line), error: (line) => error.push(line) });
  return { code, out: out.join("\n"), error: error.join("\n") };
}

describe("the command line", () => {
  it("are options, and behind -- flags of the engine, whatever they look like", () => {
    assert.deepEqual(
      readCommandLine("preview", ["--details", "--summary", "a.md", "--", "--details", "--", "-s", "dev"]),
      {
        command: "preview",
        values: { __proto__: null, details: true, summary: "a.md" },
        operands: [],
        flags: ["--details", "--", "-s", "dev"],
      },
    );
  });

  it("are refused, with a word on why, where they are not", async () => {
    const cases: readonly (readonly [words: readonly string[], error: RegExp])[] = [
      [["previw"], /^hyperv-guard: "previw" is not a command\nusage: /],
      [["preview", "--stack", "dev"], /^hyperv-guard: preview: Unknown option '--stack'/],
      [["preview", "dev"], /^hyperv-guard: preview: unexpected argument "dev"\. Flags of pulumi preview go after --$/],
      [["preview", "--summary"], /^hyperv-guard: preview: Option '--summary <value>' argument missing/],
      [["baseline", "--days", "0"], /^hyperv-guard: baseline: --days is "0": give a number from 1 to 9999$/],
      [["baseline", "--days", "1.5"], /^hyperv-guard: baseline: --days is "1.5"/],
      [["check-config"], /^hyperv-guard: check-config: name one file$/],
      [["check-config", "a", "b"], /^hyperv-guard: check-config: name one file$/],
      [["check-config", "nowhere.json"], /^hyperv-guard: nowhere\.json cannot be read: there is no such file/],
    ];
    for (const [words, error] of cases) {
      const result = await run(...words);
      assert.deepEqual([result.code, result.out], [2, ""], words.join(" "));
      assert.match(result.error, error);
    }
  });

  it("are explained, with every option that there is", async () => {
    for (const words of [[], ["--help"], ["preview", "--help"]]) {
      assert.deepEqual(await run(...words), { code: 0, out: USAGE.trimEnd(), error: "" });
    }
    for (const [name, { options }] of Object.entries(COMMANDS)) {
      assert.match(USAGE, new RegExp(`^  ${name} `, "m"));
      for (const option of Object.keys(options)) assert.match(USAGE, new RegExp(`--${option}\\b`), option);
    }
  });

  it("tell the version", async () => {
    assert.match((await run("--version")).out, /^\d+\.\d+\.\d+$/);
  });

  it("give a baseline ninety days, and nobody who approves it", () => {
    assert.deepEqual(readBaselineOptions({}), { days: 90, replace: false });
    assert.deepEqual(readBaselineOptions({ days: "7", replace: true, "approved-by": "Jane" }), {
      days: 7,
      replace: true,
      approvedBy: "Jane",
    });
  });
});

describe("the folder of the program", () => {
  it("is where the engine looks", () => {
    assert.equal(programFolder([]), process.cwd());
    for (const flags of [["--cwd", "/a"], ["--cwd=/a"], ["-C", "/a"], ["-C=/a"], ["--cwd", "/b", "-C", "/a"]]) {
      assert.equal(programFolder(flags), programFolder(["--cwd", "/a"]), flags.join(" "));
    }
  });

  it("gives no configuration where the flags name one, or where there is none", () => {
    assert.equal(configOf(undefined, ["--policy-pack-config", "a.json"]), undefined);
    assert.equal(configOf(undefined, ["--cwd", __dirname]), undefined);
    assert.equal(configOf(__filename, []), __filename);
  });
});

describe("what the engine tells beside findings", () => {
  const urn = "urn:pulumi:dev::estate::pulumi:pulumi:Stack::estate-dev";

  it("is errors, and what other packs block", () => {
    const policy = { policyPackName: "other", policyName: "tags", enforcementLevel: "mandatory", message: "No tags." };
    const { errors, stack } = readEvents([
      { resourcePreEvent: { metadata: { urn } } },
      { diagnosticEvent: { severity: "error", message: "<{%fg 1%}>vm1 cannot be read<{%reset%}>\n" } },
      { diagnosticEvent: { severity: "error", message: "preview failed" } },
      { diagnosticEvent: { severity: "warning", message: "old" } },
      { policyEvent: { ...policy, resourceUrn: `${urn}::vm1` } },
      { policyEvent: { ...policy, enforcementLevel: "advisory" } },
      { policyEvent: { ...policy, policyPackName: "hyperv-guard" } },
    ]);
    assert.deepEqual(errors, ["vm1 cannot be read", "[mandatory] tags of the pack other: vm1: No tags."]);
    assert.equal(stack, "estate/dev");
    assert.equal(readEvents([]).stack, undefined);
  });

  it("is a failure where nothing of this pack blocks, or not that alone", () => {
    const base: Preview = {
      code: 1,
      findings: [],
      errors: [],
      output: "all of it\n",
      stack: "a/b",
      resources: 2,
      notes: [],
    };
    const blocking = findingRecord();
    assert.equal(failureOf({ ...base, code: 0 }), undefined);
    assert.equal(failureOf(base), "all of it");
    assert.equal(failureOf({ ...base, findings: [blocking] }), undefined);
    assert.equal(failureOf({ ...base, findings: [{ ...blocking, enforcement: "advisory" }] }), "all of it");
    assert.equal(failureOf({ ...base, findings: [blocking], errors: ["one", "two"] }), "one\ntwo");
  });
});
