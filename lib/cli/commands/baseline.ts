import { resolve } from "node:path";
import { makeBaseline } from "../baseline-file";
import { ownConfig, previewStack } from "../engine";
import type { ValuesOf } from "../options";
import type { CommandOutput } from "../output";

/** Adds what a preview finds to the configuration, as exemptions. */
export function baseline(values: ValuesOf<"baseline">, output: CommandOutput): Promise<number> {
  const { config, flags } = values;
  const file = resolve(config ?? ownConfig(flags));
  return makeBaseline(file, values, (used) => previewStack({ config: used, flags }), output);
}
