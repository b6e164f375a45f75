import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { chmod, copyFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { oneLine, step, UserError } from "../log.mjs";
import { builtEngines, root } from "../paths.mjs";
import { findProgramIn, run, searchPath } from "../process.mjs";
import { engineVersion } from "./version.mjs";

const windows = process.platform === "win32";
const suffix = windows ? ".exe" : "";
const executable = `pulumi${suffix}`;
const analyzer = join(root, "tools", "engine", "analyzer.cjs");
const modules = {
  cli: { folder: join(root, "tools", "engine", "cli"), package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" },
  yaml: {
    folder: join(root, "tools", "engine", "yaml"),
    package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
  },
};

/** @returns {string | undefined} */
export function builtEngine() {
  const engine = join(finishedFolder(), executable);
  return existsSync(engine) ? engine : undefined;
}

/**
 * Builds the official CLI and its YAML language host from the Go modules that this repository pins.
 * @returns {Promise<string>}
 */
export async function buildEngine() {
  const go = findProgramIn("go", searchPath());
  if (go === undefined) throw new UserError("the build of the Pulumi CLI needs Go (https://go.dev): not found");

  // Renamed when complete, so that an interrupted build is not taken for an engine.
  const unfinished = `${finishedFolder()}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await step(
      `building the Pulumi CLI v${engineVersion} from Go modules`,
      () => build(go, modules.cli, join(unfinished, executable)),
      "about 8 minutes, once",
    );
    await step(
      "building its YAML language host",
      () => build(go, modules.yaml, join(unfinished, `pulumi-language-yaml${suffix}`)),
      "about 3 minutes, once",
    );
    await addAnalyzer(unfinished);
    if (builtEngine() === undefined) await rename(unfinished, finishedFolder());
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return join(finishedFolder(), executable);
}

/** A folder for this version and these dependencies: another pin is another build. */
function finishedFolder() {
  const pins = createHash("sha256");
  for (const { folder } of Object.values(modules)) pins.update(readFileSync(join(folder, "go.sum")));
  pins.update(readFileSync(analyzer));
  return join(builtEngines, `v${engineVersion}-${pins.digest("hex").slice(0, 8)}`);
}

/**
 * @param {string} go
 * @param {{ folder: string, package: string }} module
 * @param {string} target
 */
async function build(go, module, target) {
  const version = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${engineVersion}`;
  const { code, stderr } = await run(
    go,
    [
      "build",
      "-mod=readonly",
      "-trimpath",
      "-buildvcs=false",
      "-ldflags",
      `-s -w ${version}`,
      "-o",
      target,
      module.package,
    ],
    { cwd: module.folder, env: { ...process.env, GOWORK: "off" }, output: "capture" },
  );
  if (code === 0) return;
  const reason = stderr.split("\n").find((line) => !/^(#|go: downloading|\s*$)/.test(line));
  throw new UserError(`the build of the Pulumi CLI failed: ${oneLine(reason ?? `go ended with ${code}`)}`);
}

/**
 * Lets the engine run directory packs although no Node.js language host can be built.
 * @param {string} folder
 */
async function addAnalyzer(folder) {
  const name = "pulumi-analyzer-policy-nodejs";
  await copyFile(analyzer, join(folder, name));
  await chmod(join(folder, name), 0o755);
  if (windows) await writeFile(join(folder, `${name}.cmd`), `@node "%~dp0${name}" %*\r\n`);
}
