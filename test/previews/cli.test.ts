import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { locationsIn, withLocations } from "../../lib/cli/locations";
import { findingsText } from "../../lib/reports/text";
import { preview } from "../engine";
import { RULES } from "../../policies";
import { ROOT } from "../root";
import type { Resources } from "./program";
import { AS_OF, Workplace } from "./workplace";

const README = readFileSync(join(ROOT, "README.md"), "utf8");

function machine(processorCount: number) {
  return {
    type: "hyperv-guard:index:VirtualMachine",
    properties: { host: "hv1", guestOs: "Windows Server 2019", generation: 2, processorCount, memoryMB: 4096 },
  };
}

const HOST = {
  type: "hyperv-guard:index:Host",
  properties: {
    operatingSystem: "Windows Server 2022",
    processors: { sockets: 4, coresPerSocket: 64, threadsPerCore: 2 },
    memoryMB: 262144,
  },
};

const TOO_MANY: Resources = { hv1: HOST, app1: machine(241), app2: machine(241) };

/** The commands of a documented session, each with what it prints. */
function session(text: string, mark: string): readonly { words: readonly string[]; out: readonly string[] }[] {
  const [, block = ""] = new RegExp(`<!-- ${mark} -->\\s+\`\`\`console\\n([^]*?)\`\`\``).exec(text) ?? [];
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = "", ...out] = part.trimEnd().split("\n");
      const [npx, no, end, name, ...words] = (command.match(/"[^"]*"|\S+/g) ?? []).map((word) =>
        word.replaceAll('"', ""),
      );
      assert.deepEqual([npx, no, end, name], ["npx", "--no", "--", "hyperv-guard"]);
      return { words, out };
    });
}

/** The expiry depends on the day. */
function withoutDays(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.replace(/\d{4}-\d{2}-\d{2}/g, "DAY"));
}

function excess(name: string): string {
  return (
    `    ${name} has 241 virtual processors, but the guest Windows Server 2019 may have ` +
    "from 1 to 240 on Windows Server 2022."
  );
}

const JUDGED = /^hyperv-guard judged [^\n]* by \d+ rules \(\d+ resources\)\.\n$/;

describe("the command hyperv-guard, with the real engine", () => {
  it("does what the README says: findings, a baseline, and from then on only what is new", async () => {
    const place = await new Workplace().open(TOO_MANY);
    const steps = session(README, "adopt");
    assert.deepEqual(
      steps.map(({ words }) => words[0]),
      ["preview", "baseline", "check-config", "preview"],
    );
    const codes = [];
    for (const { words, out } of steps) {
      const result = await place.run(...words);
      assert.deepEqual(withoutDays(result.out), withoutDays(out), words.join(" "));
      assert.match(result.error, words[0] === "preview" ? JUDGED : /^$/);
      codes.push(result.code);
    }
    assert.deepEqual(codes, [1, 0, 0, 0]);

    // A new violation is exactly what blocks.
    place.declare({ ...TOO_MANY, app3: machine(241) });
    const added = await place.run("preview");
    assert.equal(added.code, 1);
    assert.deepEqual(added.out.slice(1, 3), ["  blocks guest-processor-count (high)", excess("app3")]);
    assert.equal(added.out.at(-2), "1 finding blocks, 2 are exempted (--exempted shows them).");

    // It is exempted by hand, for a while.
    const { estate } = place.configuration();
    const exemption = { rule: "guest-processor-count", resource: "app3", reason: "Known", expires: "2027-03-31" };
    place.configure({ estate: { ...estate, exemptions: [...estate.exemptions, exemption] } });
    const exempted = await place.run("preview");
    assert.deepEqual([exempted.code, exempted.out.at(-1)], [0, "3 findings are exempted (--exempted shows them)."]);

    // On the day after, it blocks again.
    place.configure({ estate: { asOf: "2027-04-01", exemptions: [exemption] } });
    const expired = await place.run("preview");
    assert.equal(expired.code, 1);
    assert.ok(expired.out.some((line) => line.startsWith(`${excess("app3")} Its exemption expired on 2027-03-31.`)));
    assert.equal(expired.out.at(-2), "3 findings block.");
  }).timeout(240_000);

  it("writes a baseline that names each place, keeps what is there, and replaces itself only when asked", async () => {
    const place = await new Workplace().open(TOO_MANY);
    assert.equal((await place.run("baseline", "--days", "30")).code, 0);
    const first = place.configuration();
    const urn = "urn:pulumi:dev::estate::hyperv-guard:index:VirtualMachine::";
    assert.deepEqual(
      first.estate.exemptions.map(({ rule, resource, property, stacks }) => ({ rule, resource, property, stacks })),
      ["app1", "app2"].map((name) => ({
        rule: "guest-processor-count",
        resource: urn + name,
        property: "processorCount",
        stacks: ["estate/dev"],
      })),
    );
    assert.equal(Reflect.get(first.estate, "asOf"), AS_OF);

    const again = await place.run("baseline");
    assert.deepEqual([again.code, again.out], [0, ["policy-config.json: nothing to exempt."]]);
    assert.deepEqual(place.configuration(), first);

    place.declare({ ...TOO_MANY, app2: machine(4) });
    const replaced = await place.run("baseline", "--replace", "--days", "30");
    assert.equal(replaced.code, 0);
    assert.match(replaced.out.join("\n"), /^policy-config\.json: 1 exemption until \S+, in place of 2\.$/);
    assert.deepEqual(place.configuration().estate.exemptions, first.estate.exemptions.slice(0, 1));
  }).timeout(120_000);

  it("does not baseline what cannot be exempted, and says so", async () => {
    const place = await new Workplace().open({ hv1: HOST, app1: machine(-1) });
    const { code, out } = await place.run("baseline");
    assert.equal(code, 0);
    assert.equal(out.length, 2);
    assert.ok(out[0]?.startsWith("not baselined: [mandatory] estate: app1: processorCount is -1."), out[0]);
    assert.equal(out[1], "policy-config.json: nothing to exempt.");
  }).timeout(60_000);

  it("says only what it has judged when all is well", async () => {
    const place = await new Workplace().open({ hv1: HOST, app1: machine(4) });
    const summary = join(place.folder, "summary.md");
    const error = `hyperv-guard judged 1 host and 1 virtual machine by ${String(RULES.length)} rules (4 resources).\n`;
    assert.deepEqual(await place.run("preview", "--summary", summary), { code: 0, out: [], error });
    assert.equal(readFileSync(summary, "utf8"), "## hyperv-guard: no findings\n\n");
  }).timeout(60_000);

  it("says that there was nothing to judge", async () => {
    const place = await new Workplace().open({});
    const error = "hyperv-guard found nothing of Hyper-V among 1 resource, so it judged nothing.\n";
    assert.deepEqual(await place.run("preview"), { code: 0, out: [], error });
  }).timeout(60_000);

  it("shows what the engine prints when the preview fails for another reason, and exits as it does", async () => {
    const place = await new Workplace().open(TOO_MANY);
    const unknown = await place.run("preview", "--", "--stack", "nowhere");
    assert.deepEqual(unknown.out, []);
    assert.match(unknown.error, /error: no stack named 'nowhere' found/);
    assert.notEqual(unknown.code, 0);

    place.declare({ hv1: HOST, odd: { type: "hyperv-guard:index:Nothing", properties: {} } });
    const failed = await place.run("baseline");
    assert.notEqual(failed.code, 0);
    assert.match(failed.error, /hyperv-guard:index:Nothing/);
    assert.deepEqual(place.configuration(), { estate: { asOf: AS_OF } });
  }).timeout(60_000);

  it("shows why and the document on request, and what the engine prints too", async () => {
    const place = await new Workplace().open(TOO_MANY);
    const { out } = await place.run("preview", "--details", "--resources");
    const text = out.join("\n");
    assert.match(text, /Previewing update \(dev\)/);
    assert.match(text, /\n {4}Why: Microsoft supports a guest operating system only with /);
    assert.equal(out.at(-2), "2 findings block.");
  }).timeout(60_000);

  it("tells each mistake in a configuration in a line, and does not start with one that cannot be read", async () => {
    const place = await new Workplace().open(TOO_MANY);
    place.configure({ "guest-procesor-count": "advisory", estate: { asOf: "2026-02-31" } });
    const { code, out } = await place.run("check-config", "policy-config.json");
    assert.equal(code, 1);
    assert.equal(out.length, 2);
    assert.match(out.join("\n"), /policy-config\.json: .*guest-processor-count/);
    assert.match(out.join("\n"), /policy-config\.json: estate\.asOf is "2026-02-31"/);

    writeFileSync(place.config, '{\n  "all": "advisory",\n}\n');
    const broken = await place.run("check-config", "policy-config.json");
    assert.deepEqual(broken, {
      code: 1,
      out: ['policy-config.json: line 3, column 1: expected a key in double quotes, but found "}"'],
      error: "",
    });
    const baseline = await place.run("baseline");
    assert.equal(baseline.code, 2);
    assert.match(baseline.error, /policy-config\.json: line 3, column 1: /);
  }).timeout(60_000);
});

describe("the whole program in the README", () => {
  const [, text = ""] = /```yaml\n(name: [^]*?)```/.exec(README) ?? [];
  // Here the engine knows the components, and the package lies nowhere.
  const program = text.replace(/^packages:\n.*\n/m, "");

  it("passes without a word, also with the name of its host in other letters, and is judged", async () => {
    const place = await new Workplace().open({});
    const previewed = async (written: string) => {
      place.write(written);
      const { code, out, error } = await place.run("preview");
      assert.match(error, JUDGED);
      return { code, said: out.slice(1, 3).map((line) => line.trim()) };
    };
    assert.notEqual(program, text);
    assert.deepEqual(await previewed(program), { code: 0, said: [] });
    assert.deepEqual(await previewed(program.replace("host: hv1", "host: HV1")), { code: 0, said: [] });
    assert.deepEqual(await previewed(program.replace("host: hv1", "host: hv2")), {
      code: 1,
      said: ["blocks estate (high)", 'app1: host is "hv2", but no Host of that name is declared.'],
    });
  }).timeout(60_000);
});

describe("the sample at the top of the README", () => {
  it("is what the example gives", async () => {
    const [, block = ""] = /```\n\$ npx --no -- hyperv-guard preview\n([^]*?)```/.exec(README) ?? [];
    const { findings } = await preview(join(ROOT, "examples", "exchange-2010-violations"));
    const locations = locationsIn(join(ROOT, "examples", "exchange-2010-violations"));
    const folder = "examples/exchange-2010-violations";
    const lines = findingsText(withLocations(findings, locations), { folder });
    const shown = block
      .trimEnd()
      .split("\n")
      .filter((line) => line !== "…");
    assert.ok(shown.length >= 3);
    for (const line of shown) assert.ok(lines.includes(line), line);
    assert.equal(shown.at(-1), lines.at(-2));
  }).timeout(60_000);
});
