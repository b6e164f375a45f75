import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../../lib/cli/run-command";
import { host, vm } from "../../kit";
import { outputTo } from "../../output";
import { exported } from "../../outputs";
import { temporaryFolder } from "../../previews/program";

async function doctor(folder: string, ...words: readonly string[]) {
  const out: string[] = [];
  const error: string[] = [];
  const code = await runCommand(["doctor", "-C", folder, ...words], outputTo(out, error));
  return { code, lines: out.join("\n") };
}

/** A folder with a program, and an exported stack of it. */
function programFolder(configuration?: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "Pulumi.yaml"), "name: p\nruntime:\n  name: nodejs\n");
  writeFileSync(
    join(folder, "state.json"),
    JSON.stringify(exported([host("hv1"), vm("vm1", { host: "hv1" }), vm("vm2")])),
  );
  if (configuration !== undefined) writeFileSync(join(folder, "policy-config.json"), configuration);
  return folder;
}

describe("hyperv-guard doctor", () => {
  it("says what is there, what is read and what could not be checked", async () => {
    const folder = programFolder('{ "estate": { "profile": "2026.1" } }');
    const { code, lines } = await doctor(folder, "--state", join(folder, "state.json"));
    assert.match(lines, /^ok {7}Node\.js \d+\./m);
    assert.match(lines, /^ok {7}\S*Pulumi\.yaml: a program in nodejs$/m);
    assert.match(lines, /^ok {7}\S*policy-config\.json is right$/m);
    assert.match(lines, /^ok {7}hyperv-guard judged 1 host and 2 virtual machines by \d+ rules \(3 resources\)\.$/m);
    assert.equal(code, lines.includes("is not whole") ? 3 : 0);
  });

  it("says what is wrong in the configuration, in the words of check-config", async () => {
    const folder = programFolder('{ "estate": { "profile": "2031" } }');
    const { lines } = await doctor(folder, "--state", join(folder, "state.json"));
    assert.match(lines, /^warning {2}\S*policy-config\.json: .*2031/m);
  });

  it("fails for a configuration that no engine would take, and says all else too", async () => {
    for (const [configuration, problem] of [
      ['{ "all": "off" }', /^fails {4}\S*policy-config\.json: all\.enforcementLevel is "off", /m],
      ["{", /^fails {4}\S*policy-config\.json: line 1, column 2: expected a key/m],
    ] as const) {
      const folder = programFolder(configuration);
      const { code, lines } = await doctor(folder, "--state", join(folder, "state.json"));
      assert.equal(code, 3);
      assert.match(lines, problem);
      assert.match(lines, /^ok {7}Node\.js /m);
    }
    const { code, lines } = await doctor(programFolder(), "--config", "none.json");
    assert.equal(code, 3);
    assert.match(lines, /^fails {4}\S*none\.json cannot be read: there is no such file or folder$/m);
  });

  it("fails where there is no program and no file to judge", async () => {
    const { code, lines } = await doctor(temporaryFolder());
    assert.equal(code, 3);
    assert.match(
      lines,
      /^fails {4}.* has no Pulumi\.yaml: go to the folder of your program, or name it with --cwd\.$/m,
    );
  });
});
