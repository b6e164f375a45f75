import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "./paths.mjs";

const require = createRequire(import.meta.url);

/**
 * Loads a module of bin/, which every command builds first.
 * @param {string} file its path in bin/
 * @returns {unknown} what it exports
 */
export function loadBuilt(file) {
  return require(join(root, "bin", file));
}
