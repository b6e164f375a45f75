// The real Pulumi engine for tests. Its helpers are ES modules, which these CommonJS tests load when they need them.
import { strict as assert } from "node:assert";
import type { PreviewOptions } from "../tools/engine/preview-program.mjs" with { "resolution-mode": "import" };

type Options = Omit<PreviewOptions, "engine">;

/** The `pulumi` executable that `npm test` found. */
export function engine(): string {
  const found = process.env["HYPERV_GUARD_ENGINE"];
  assert(found, "run the tests with `npm test`: it finds the Pulumi engine");
  return found;
}

/** Previews the program in a directory, with our pack in its default form unless `pack` says otherwise. */
export async function preview(directory: string, options: Options = {}) {
  const { defaultPack, previewProgram } = await import("../tools/engine/preview-program.mjs");
  const { readProgram } = await import("../tools/engine/program.mjs");
  return previewProgram(readProgram(directory), { pack: defaultPack, output: "capture", ...options, engine: engine() });
}

/**
 * Runs any other command of the engine, in an environment that touches nothing of the user's.
 * @param backend the folder that takes the stacks' state
 */
export async function pulumi(args: readonly string[], backend: string) {
  const { engineEnvironment } = await import("../tools/engine/environment.mjs");
  const { run } = await import("../tools/process.mjs");
  return run(engine(), args, { env: engineEnvironment(engine(), backend), output: "capture" });
}
