import type { Ajv, Options } from "ajv";

/**
 * A validator for schemas of our own, which tests check. Ajv is large, and a run without a configuration needs none: it is
 * loaded where the first schema is compiled.
 */
export function makeAjv(options: Options): Ajv {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it at every start
  const ajv = require("ajv") as typeof import("ajv");
  return new ajv.Ajv({ ...options, meta: false, validateSchema: false });
}
