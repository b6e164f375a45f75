import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { oneLine, step, UserError } from "../log.mjs";
import { engineFolder } from "../paths.mjs";
import { engineVersion } from "./version.mjs";

const installed = join(engineFolder, `downloaded-v${engineVersion}`);
const executable = join(installed, "bin", process.platform === "win32" ? "pulumi.exe" : "pulumi");
const minutes = 5;

/** @returns {string | undefined} */
export function downloadedEngine() {
  return existsSync(executable) ? executable : undefined;
}

/**
 * The official release, by the installer of Pulumi's Automation API.
 * @returns {Promise<string>}
 */
export async function downloadEngine() {
  // Renamed when complete, so that an interrupted download is not taken for an engine.
  const unfinished = `${installed}.${process.pid}`;
  try {
    await fetch("https://get.pulumi.com", { method: "HEAD", signal: AbortSignal.timeout(10_000) });
    await step(`downloading the Pulumi CLI v${engineVersion}`, () => Promise.race([install(unfinished), timeout()]));
    await rename(unfinished, installed);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw new UserError(`the download of the Pulumi CLI failed: ${oneLine(error)}`);
  }
  return executable;
}

/** @param {string} folder */
async function install(folder) {
  const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  // The installer insists on a SemVer object of the SDK's own copy of that package.
  const sdk = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));
  const { SemVer } = /** @type {typeof import("semver")} */ (sdk("semver"));
  await mkdir(folder, { recursive: true });
  await PulumiCommand.install({ version: new SemVer(engineVersion), root: folder });
}

async function timeout() {
  await setTimeout(minutes * 60_000, undefined, { ref: false });
  throw new Error(`it took more than ${minutes} minutes`);
}
