import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../../lib/cli/run-command";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { host, vm } from "../../kit";
import { outputTo } from "../../output";

const RIGHT = [host("hv1", { operatingSystem: "Windows Server 2022", memoryMB: 262144 })];
const WRONG = [...RIGHT, vm("a", { host: "hv1", guestOs: "Windows Server 2022", generation: 2, processorCount: 5000 })];

describe("reports that cannot be written", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hyperv-guard-test-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Checks a stack of some resources. */
  async function check(resources: readonly DeclaredResource[], ...words: readonly string[]) {
    const states = resources.map(({ urn, type, properties: inputs }) => ({ urn, type, inputs }));
    const state = join(folder, "state.json");
    writeFileSync(state, JSON.stringify({ version: 3, deployment: { resources: states } }));
    const [out, error]: [string[], string[]] = [[], []];
    const code = await runCommand(["check", "--state", state, ...words], outputTo(out, error));
    return { code, out: out.join("\n"), error: error.at(-1) ?? "" };
  }

  const missing = (name: string): string => join(folder, "no-such-folder", name);
  const ways: Readonly<Record<string, () => readonly string[]>> = {
    "--output in a folder that is not there": () => ["--output", missing("findings.json")],
    "--summary in a folder that is not there": () => ["--summary", missing("findings.md")],
    "--output that is a folder": () => ["--format", "sarif", "--output", folder],
    "--output below a file": () => ["--output", join(folder, "state.json", "findings.sarif")],
  };
  for (const [what, words] of Object.entries(ways)) {
    it(`F6: are a mistake of the user, and take no finding away: ${what}`, async () => {
      const { code, out, error } = await check(WRONG, ...words());
      assert.equal(code, 2);
      assert.match(out, /5000 virtual processors/);
      assert.match(error, /cannot be written/);
      assert.equal((await check(RIGHT, ...words())).code, 2);
      assert.deepEqual(readdirSync(folder), ["state.json"]);
    });
  }

  it("F6: do not keep the others from being written", async () => {
    const file = join(folder, "findings.json");
    const { code } = await check(WRONG, "--summary", missing("findings.md"), "--output", file);
    assert.equal(code, 2);
    assert.match(readFileSync(file, "utf8"), /5000 virtual processors/);
  });

  it("F5: have no room: that is no mistake of the user", async function () {
    if (process.platform !== "linux") this.skip();
    for (const option of ["--output", "--summary"]) {
      const file = join(folder, "report.sarif");
      symlinkSync("/dev/full", file);
      const { code, out, error } = await check(WRONG, option, file);
      assert.equal(code, 3);
      assert.match(out, /5000 virtual processors/);
      assert.match(error, /cannot be written: ENOSPC/);
      rmSync(file);
    }
  });
});
