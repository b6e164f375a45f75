import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "./paths.mjs";

const require = createRequire(import.meta.url);

/**
 * Loads a TypeScript module of this repository, without a build.
 * @param {string} file its path in the repository
 * @returns {unknown} what it exports
 */
export function loadTypeScript(file) {
  registerOnce();
  return require(join(root, file));
}

let isRegistered = false;

/** Each registration would compile what the one before has compiled. */
function registerOnce() {
  if (isRegistered) return;
  const { register } = /** @type {typeof import("ts-node")} */ (require("ts-node"));
  register({ transpileOnly: true, project: join(root, "tsconfig.json") });
  isRegistered = true;
}
