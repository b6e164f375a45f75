import assert from "node:assert/strict";
import { configOf, failureOf, programFolder, type Preview } from "../../../lib/cli/engine";
import { readEvents } from "../../../lib/cli/engine-events";
import { COMMAND_NAMES, readCommandLine } from "../../../lib/cli/options";
import { runCommand } from "../../../lib/cli/run-command";
import { outputTo } from "../../output";
import { findingRecord } from "../../record";

async function run(...words: readonly string[]) {
  const out: string[] = [];
  const error: string[] = [];
  const code = await runCommand(words, outputTo(out, error));
  return { code, out: out.join("\n"), error: error.join("\n") };
}

/** What the values of a command line are. */
function valuesOf(...words: readonly string[]) {
  return readCommandLine(words).values;
}

const REPORTS = { details: false, exempted: false };

describe("the command line", () => {
  it("is options, and behind -- flags of the engine, whatever they look like", () => {
    assert.deepEqual(
      readCommandLine(["preview", "--details", "--summary", "a.md", "--", "--details", "--", "-s", "dev"]),
      {
        command: "preview",
        values: {
          outputs: [{ format: "markdown", file: "a.md" }, { format: "text" }],
          details: true,
          exempted: false,
          resources: false,
          flags: ["--details", "--", "-s", "dev"],
        },
      },
    );
  });

  it("gives each template the parameters file that follows it", () => {
    const words = ["--arm", "a", "--arm-parameters", "p", "--state", "s", "--arm", "b"];
    assert.deepEqual((valuesOf("check", ...words) as { files: unknown }).files, [
      { option: "arm", file: "a", parameters: "p" },
      { option: "state", file: "s" },
      { option: "arm", file: "b" },
    ]);
    for (const wrong of [
      ["--arm-parameters", "p"],
      ["--state", "s", "--arm-parameters", "p"],
      ["--arm", "a", "--arm-parameters", "p", "--arm-parameters", "q"],
    ]) {
      assert.throws(() => readCommandLine(["check", ...wrong]), /Give it once, directly after its --arm\.$/);
    }
  });

  it("U5: knows the flags of the engine that everybody uses", () => {
    for (const words of [
      ["--stack", "dev", "--cwd", "a"],
      ["-s", "dev", "-C", "a"],
      ["--stack=dev", "--cwd=a"],
    ]) {
      assert.deepEqual(valuesOf("check", ...words), {
        ...REPORTS,
        outputs: [{ format: "text" }],
        files: [],
        flags: ["--stack", "dev", "--cwd", "a"],
      });
    }
  });

  it("names any number of reports, each in a file or one on standard output", () => {
    const outputs = (...words: readonly string[]) =>
      (readCommandLine(["preview", ...words]).values as { outputs: object }).outputs;
    const text = { format: "text" };
    assert.deepEqual(outputs(), [text]);
    assert.deepEqual(outputs("--json"), [{ format: "json" }]);
    assert.deepEqual(outputs("-f", "sarif", "-o", "a", "-f", "junit", "-o", "b"), [
      { format: "sarif", file: "a" },
      { format: "junit", file: "b" },
      text,
    ]);
    assert.deepEqual(
      outputs("-o", "a.sarif", "--output", "b.XML", "--output=c.md", "-o", "d.html", "--format", "github"),
      [
        { format: "sarif", file: "a.sarif" },
        { format: "junit", file: "b.XML" },
        { format: "markdown", file: "c.md" },
        { format: "html", file: "d.html" },
        { format: "github" },
      ],
    );
  });

  it("is refused, with a word on why, where it cannot be followed", async () => {
    const cases: readonly (readonly [words: readonly string[], error: RegExp])[] = [
      [["previw"], /^hyperv-guard: unknown command 'previw' \(Did you mean preview\?\)$/],
      [["preview", "--stak", "dev"], /^hyperv-guard: unknown option '--stak' \(Did you mean --stack\?\)$/],
      [["preview", "dev"], /^hyperv-guard: too many arguments for 'preview'\. Expected 0 arguments but got 1/],
      [["preview", "--summary"], /^hyperv-guard: option '--summary <file>' argument missing$/],
      [
        ["preview", "--format", "xml"],
        /^hyperv-guard: option '-f, --format <name>' argument 'xml' is invalid\. It can be text, json/,
      ],
      [
        ["preview", "-o", "a"],
        /^hyperv-guard: option '-o, --output <file>' argument 'a' is invalid\. Name its format before it/,
      ],
      [["preview", "--json", "-f", "github"], /^hyperv-guard: json and github would both go to standard output: /],
      [
        ["baseline", "--days", "0"],
        /^hyperv-guard: option '--days <number>' argument '0' is invalid\. Give a number from 1 to 9999\.$/,
      ],
      [["baseline", "--days", "1.5"], /^hyperv-guard: option '--days <number>' argument '1\.5' is invalid/],
      [["check-config"], /^hyperv-guard: missing required argument 'file'$/],
      [["check-config", "a", "b"], /^hyperv-guard: too many arguments for 'check-config'/],
      [["check-config", "nowhere.json"], /^hyperv-guard: nowhere\.json cannot be read: there is no such file/],
      [
        ["check", "--state", "a", "--", "-s", "dev"],
        /^hyperv-guard: check: --stack, --cwd and what stands behind -- are for a preview: leave them out, or the files$/,
      ],
    ];
    for (const [words, error] of cases) {
      const result = await run(...words);
      assert.deepEqual([result.code, result.out], [2, ""], words.join(" "));
      assert.match(result.error, error);
    }
  });

  it("is explained, with every command that there is", async () => {
    for (const words of [[], ["--help"], ["-h"], ["help"]]) {
      const { code, out, error } = await run(...words);
      assert.deepEqual([code, error], [0, ""], words.join(" "));
      for (const name of COMMAND_NAMES) assert.match(out, new RegExp(`^  ${name} `, "m"));
    }
    for (const name of COMMAND_NAMES) {
      for (const words of [
        [name, "--help"],
        [name, "-h"],
        ["help", name],
      ]) {
        const { code, out, error } = await run(...words);
        assert.deepEqual([code, error], [0, ""], words.join(" "));
        assert.match(out, new RegExp(`^Usage: hyperv-guard ${name} `));
      }
    }
  });

  it("tells the version", async () => {
    for (const word of ["--version", "-V"]) assert.match((await run(word)).out, /^\d+\.\d+\.\d+$/);
  });

  it("gives a baseline ninety days, and nobody who approves it", () => {
    assert.deepEqual(valuesOf("baseline"), { days: 90, replace: false, flags: [] });
    assert.deepEqual(valuesOf("baseline", "--days", "7", "--replace", "--approved-by", "Jane", "--config", "a"), {
      config: "a",
      days: 7,
      replace: true,
      approvedBy: "Jane",
      flags: [],
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

  it("U4: is also what the program has printed as errors, without colours", () => {
    const { errors, printedErrors } = readEvents([
      { diagnosticEvent: { severity: "info#err", message: "\u001b[31mError\u001b[0m: x is not assignable\n\n" } },
      { diagnosticEvent: { severity: "info#err", message: "\n" } },
      { diagnosticEvent: { severity: "info#err", message: "  memoryMB: wrong\n\n" } },
      { diagnosticEvent: { severity: "info", message: "a line" } },
    ]);
    assert.deepEqual(
      { errors, printedErrors },
      { errors: [], printedErrors: ["Error: x is not assignable", "  memoryMB: wrong"] },
    );
  });

  it("is a failure where nothing of this pack blocks, or not that alone", () => {
    const base: Preview = {
      code: 1,
      findings: [],
      errors: [],
      printedErrors: [],
      output: "all of it\n",
      stack: "a/b",
      resources: 2,
      notes: [],
    };
    const blocking = findingRecord();
    assert.equal(failureOf({ ...base, code: 0 }), undefined);
    assert.equal(failureOf(base), "all of it");
    assert.equal(failureOf({ ...base, printedErrors: ["Error: x", "  y"] }), "Error: x\n  y");
    assert.equal(failureOf({ ...base, errors: ["one"], printedErrors: ["two"] }), "one");
    assert.equal(failureOf({ ...base, findings: [blocking], printedErrors: ["a warning of Node.js"] }), undefined);
    assert.equal(failureOf({ ...base, findings: [blocking] }), undefined);
    assert.equal(failureOf({ ...base, findings: [{ ...blocking, enforcement: "advisory" }] }), "all of it");
    assert.equal(failureOf({ ...base, findings: [blocking], errors: ["one", "two"] }), "one\ntwo");
  });
});
