import { harmlessLine } from "../../text/harmless";
import { problemsOfFile, warningAbout } from "../config-file";
import type { ValuesOf } from "../options";
import type { CommandOutput } from "../output";

/** Lists what is wrong in a configuration, and what is hardly meant. */
export async function checkConfig({ file }: ValuesOf<"check-config">, { out }: CommandOutput): Promise<number> {
  const problems = await problemsOfFile(file);
  const warning = await warningAbout(file);
  for (const line of [...problems, ...(warning === undefined ? [] : [warning])]) out(harmlessLine(`${file}: ${line}`));
  return problems.length === 0 ? 0 : 1;
}
