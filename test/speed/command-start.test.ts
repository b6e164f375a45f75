import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../root";

const MAIN = join(ROOT, "bin", "lib", "cli", "main.js");

/** The files of this package that a command has loaded when it ends, as paths in bin/. */
function loadedBy(...args: readonly string[]): readonly string[] {
  const program = `
    process.argv.splice(1, 0, ${JSON.stringify(MAIN)});
    process.on("exit", () => process.stderr.write(JSON.stringify(Object.keys(require.cache))));
    require(${JSON.stringify(MAIN)});`;
  const { stderr } = spawnSync(process.execPath, ["-e", program, "--", ...args], { encoding: "utf8" });
  const files: unknown = JSON.parse(stderr);
  assert.ok(Array.isArray(files));
  const bin = join(ROOT, "bin");
  return files
    .map(String)
    .map((file) => (file.startsWith(bin) ? file.slice(bin.length + 1).replaceAll("\\", "/") : file));
}

describe("the start of a command", () => {
  it("loads neither commands nor rules for the version", () => {
    assert.ok(!loadedBy("--version").includes("lib/cli/run-command.js"));
  }).timeout(60_000);

  it("loads one file more for everything else", () => {
    const more = loadedBy("--help").filter((file) => !loadedBy("--version").includes(file));
    assert.deepEqual(more, ["lib/cli/run-command.js"]);
  }).timeout(60_000);

  it("answers with the version of the package", () => {
    const { stdout, status } = spawnSync(process.execPath, [MAIN, "--version"], { encoding: "utf8" });
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
    assert.deepEqual([stdout.trim(), status], [version, 0]);
  });
});
