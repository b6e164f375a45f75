import { existsSync } from "node:fs";
import { relative } from "node:path";
import { RULES } from "../../policies";
import { grouped } from "../reports/finding-groups";
import { groupText } from "../reports/text";
import { harmless } from "../text/harmless";
import { count } from "../text/words";
import { asOfIn, configText, notExemptibleIn, withBaseline, type Baseline, type BaselineRequest } from "./baseline";
import { readConfigFile } from "./config-file";
import { failureOf, type Preview } from "./engine";
import { writeText } from "./files";
import { NOT_JUDGED } from "./exit-codes";
import type { CommandOutput } from "./output";

/**
 * Previews a stack and writes what is found into its configuration, as exemptions.
 * @param file the configuration, which need not be there yet
 * @param preview previews with that configuration, or without any
 * @returns the exit code
 */
export async function makeBaseline(
  file: string,
  request: BaselineRequest,
  preview: (config: string | undefined) => Promise<Preview>,
  { out, error }: Pick<CommandOutput, "out" | "error">,
): Promise<number> {
  const present = existsSync(file);
  const former = present ? await readConfigFile(file) : {};
  const result = await preview(present ? file : undefined);
  const failure = failureOf(result);
  if (failure !== undefined || result.stack === undefined) {
    error(harmless(failure ?? result.output));
    return NOT_JUDGED;
  }
  const baseline = withBaseline(former, result.findings, {
    ...request,
    stack: result.stack,
    today: asOfIn(former) ?? new Date().toISOString().slice(0, 10),
    notShown: new Set(result.summary?.judged.notShown),
    notExemptible: new Set([...NEVER_EXEMPTIBLE, ...notExemptibleIn(former)]),
  });
  if (baseline.config !== former) await writeText(file, configText(baseline.config));
  for (const group of grouped(baseline.left)) out(`not baselined: ${groupText(group)}`);
  out(`${relative(process.cwd(), file)}: ${outcome(baseline)}.`);
  return 0;
}

const NEVER_EXEMPTIBLE = RULES.filter(({ exemptible }) => exemptible === false).map(({ name }) => name);

function outcome({ added: [first, ...others], removed }: Baseline): string {
  const replaced = removed === 0 ? "" : `, in place of ${String(removed)}`;
  if (first === undefined) return `nothing to exempt${replaced}`;
  return `${count(others.length + 1, "exemption")} until ${first.expires}${replaced}`;
}
