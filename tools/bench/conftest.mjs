import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { step, UserError } from "../log.mjs";
import { engineFolder, root } from "../paths.mjs";
import { findProgramIn, run, searchPath } from "../process.mjs";

const version = "0.71.1";
const module = `github.com/open-policy-agent/conftest@v${version}`;
const file = process.platform === "win32" ? "conftest.exe" : "conftest";

/** The rules in Rego and in Python, and nothing else. */
export const peerRules = join(root, "tools", "bench", "peers");

/**
 * Conftest, built from its Go module once.
 * @returns {Promise<string>} the program
 */
export async function conftest() {
  const folder = join(engineFolder, `conftest-v${version}`);
  if (existsSync(join(folder, file))) return join(folder, file);
  const go = findProgramIn("go", searchPath());
  if (go === undefined) throw new UserError("the build of conftest needs Go (https://go.dev): not found");
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    const flags = ["-trimpath", "-buildvcs=false", "-ldflags", "-s -w"];
    const env = { ...process.env, GOBIN: unfinished, GOWORK: "off" };
    const { code, stderr } = await step(
      `building conftest v${version} from its Go module`,
      () => run(go, ["install", ...flags, module], { env, output: "capture" }),
      "about 3 minutes, once",
    );
    if (code !== 0) throw new UserError(`the build of conftest failed: ${stderr.trim().split("\n").at(-1) ?? ""}`);
    if (!existsSync(join(folder, file))) await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return join(folder, file);
}

/**
 * The checkov on the PATH, where there is one: it is not installed for a benchmark.
 * @returns {string | undefined} the program
 */
export function checkov() {
  return findProgramIn("checkov", searchPath());
}
