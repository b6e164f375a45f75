import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { step, UserError } from "./log.mjs";
import { root } from "./paths.mjs";
import { runNpm } from "./process.mjs";

/** Installs exactly what package-lock.json names, when it is not there yet. */
export async function ensureDependencies() {
  const wanted = join(root, "package-lock.json");
  const installed = join(root, "node_modules", ".package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;

  const { code } = await step("installing the dependencies", () =>
    runNpm(["ci", "--include=dev", "--no-audit", "--no-fund"], { cwd: root, output: "stderr" }),
  );
  if (code !== 0) throw new UserError("the dependencies could not be installed: npm's message is above");
}
