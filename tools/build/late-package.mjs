import { root } from "../paths.mjs";

/**
 * Loads ajv, a fifth of our own modules, at its first use in a bundle: most starts check no configuration.
 *
 * @type {import("esbuild").Plugin}
 */
export const withLateAjv = {
  name: "with-late-ajv",
  setup(build) {
    build.onResolve({ filter: /^ajv$/ }, ({ kind }) =>
      kind === "import-statement" ? { path: "ajv", namespace: "late" } : undefined,
    );
    build.onLoad({ filter: /^ajv$/, namespace: "late" }, () => ({
      contents: `Object.defineProperty(exports, "__esModule", { value: true });
Object.defineProperty(exports, "default", { enumerable: true, get: () => require("ajv").default });`,
      loader: "js",
      resolveDir: root,
    }));
  },
};
