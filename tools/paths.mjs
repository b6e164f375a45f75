import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** Everything that the engine needs or leaves behind; git-ignored, safe to delete. */
export const engineFolder = join(root, ".engine");

/** Where the user called npm: npm itself always moves to the repository. */
export const calledFrom = process.env["INIT_CWD"] ?? process.cwd();

/** Where engines are kept that this repository built itself. */
export const builtEngines = join(engineFolder, "built");
