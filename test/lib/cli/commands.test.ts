import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../../lib/cli/run-command";
import { RULES, undecided } from "../../../policies";
import { outputTo } from "../../output";
import { ROOT } from "../../root";

async function run(...words: readonly string[]) {
  const out: string[] = [];
  const error: string[] = [];
  const code = await runCommand(words, outputTo(out, error));
  return { code, out: out.join("\n"), error: error.join("\n") };
}

describe("hyperv-guard explain", () => {
  it("has a page for every rule, with links that lead somewhere from everywhere", async () => {
    for (const { name, title } of [...RULES, undecided]) {
      const { code, out } = await run("explain", name);
      assert.equal(code, 0, name);
      assert.match(out, new RegExp(`^# ${name}\n\n`));
      assert.ok(out.includes(title), name);
      for (const [, link = ""] of out.matchAll(/\]\(([^)]+)\)/g)) assert.match(link, /^https?:/, name);
    }
  });

  it("offers the rule that was meant", async () => {
    assert.deepEqual(await run("explain", "guest-procesor-count"), {
      code: 2,
      out: "",
      error:
        'hyperv-guard: "guest-procesor-count" is not a rule: did you mean guest-processor-count, guest-adapter-count or ' +
        "guest-disk-count? hyperv-guard rules lists all of them",
    });
    assert.equal((await run("explain", "__proto__")).code, 2);
    assert.equal((await run("explain", "../../README")).code, 2);
  });
});

describe("hyperv-guard rules", () => {
  it("lists every rule with its subject, level and enforcement", async () => {
    const { code, out, error } = await run("rules");
    assert.equal(code, 0);
    const lines = out.split("\n");
    assert.equal(lines.length, RULES.length + 1);
    const line = lines.find((one) => one.startsWith("guest-processor-count ")) ?? "";
    assert.deepEqual(line.split(/ {2,}/), [
      "guest-processor-count",
      "guests",
      "unsupported",
      "mandatory",
      "Virtual processors that the guest supports",
    ]);
    assert.match(error, new RegExp(`^${String(RULES.length + 1)} rules\\.`));
  });

  it("lists those of a subject, a level and a profile", async () => {
    const subjects = (await run("rules", "--subject", "vmm")).out.split("\n").map((line) => line.split(/ {2,}/)[1]);
    assert.deepEqual([...new Set(subjects)], ["vmm"]);
    const levels = (await run("rules", "--level", "recommended")).out.split("\n").map((line) => line.split(/ {2,}/)[2]);
    assert.deepEqual([...new Set(levels)], ["recommended"]);
    const rules = JSON.parse((await run("rules", "--profile", "2008r2", "--json")).out) as {
      name: string;
      page: string;
    }[];
    assert.ok(rules.length > 10 && rules.length < RULES.length);
    const pages = readdirSync(join(ROOT, "docs", "rules"));
    for (const { name, page } of rules) assert.ok(page.endsWith(`/${name}.md`) && pages.includes(`${name}.md`));
  });

  it("says what there is where a filter names nothing", async () => {
    for (const [option, value] of [
      ["--subject", "quests"],
      ["--level", "mandatory"],
      ["--profile", "toString"],
    ] as const) {
      const { code, error } = await run("rules", option, value);
      assert.equal(code, 2);
      assert.match(error, new RegExp(`^hyperv-guard: ${option} is "${value}": it can be .+ or `));
    }
  });
});

describe("hyperv-guard tables", () => {
  it("lists the versions, and prints the tables of one", async () => {
    assert.match((await run("tables")).out, /\n {2}Windows Server 2022\n/);
    assert.match((await run("tables", "2022")).out, /Windows Server 2022/);
    assert.match((await run("tables", "Exchange 2019")).out, /Exchange 2019/);
    assert.match((await run("tables", "VMM 2012")).out, /443/);
    assert.match((await run("tables", "2022", "Ubuntu 22.04")).out, /Ubuntu 22\.04/);
  });

  it("says what there is where a name is none", async () => {
    const cases: readonly (readonly [words: readonly string[], error: RegExp])[] = [
      [["2091"], /^hyperv-guard: "2091" is not in the tables: did you mean .+ or .+\? hyperv-guard tables lists all$/],
      [["2010 SP1"], /did you mean Exchange 2010 SP1, Exchange 2010 SP2 or Exchange 2010 SP3\?/],
      [["2091", "Windows Server 2019"], /^hyperv-guard: "2091" is not in the tables/],
      [["Exchange 2010 SP9"], /^hyperv-guard: "Exchange 2010 SP9": .+ Use a name such as "Exchange 2010 SP1"/],
      [["VMM 2012", "Windows Server 2019"], /: a guest goes with a version of a host, and "VMM 2012" is none$/],
      [["Exchange 2010 SP1", "x"], /: a guest goes with a version of a host, and "Exchange 2010 SP1" is none$/],
    ];
    for (const [words, problem] of cases) {
      const { code, out, error } = await run("tables", ...words);
      assert.deepEqual([code, out], [2, ""], words.join(" "));
      assert.match(error, problem);
    }
  });
});
