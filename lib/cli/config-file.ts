import { existsSync } from "node:fs";
import { relative } from "node:path";
import { RULES, undecided } from "../../policies";
import { effectOf } from "../settings/effect";
import { EffectiveSettings } from "../settings/effective-settings";
import { harmless } from "../text/harmless";
import type { ConfigFile } from "./baseline";
import { readText } from "./files";
import { jsonProblem } from "./json";
import type { CommandOutput } from "./output";
import { UserError } from "./user-error";

/** All that is wrong in a configuration file, each in a line. */
export async function problemsOfFile(file: string): Promise<readonly string[]> {
  const text = await readText(file);
  const json = jsonProblem(text);
  if (json !== undefined) return [`line ${String(json.line)}, column ${String(json.column)}: ${json.problem}`];
  const { problems } = effectOf(JSON.parse(text), { policies: [...RULES, undecided] });
  return problems.map(({ problem, fix }) => `${problem} ${fix}`);
}

/**
 * A configuration file as it is, whatever is wrong in it beside its form: that is reported as in a preview.
 * @throws UserError where it is not JSON
 */
export async function readConfigJson(file: string): Promise<unknown> {
  const text = await readText(file);
  const json = jsonProblem(text);
  if (json === undefined) return JSON.parse(text);
  throw new UserError(`${file}: line ${String(json.line)}, column ${String(json.column)}: ${json.problem}`);
}

/** What is not wrong in a configuration file, but hardly meant, in a line; undefined where there is nothing, or no file. */
export async function warningAbout(file: string): Promise<string | undefined> {
  if (!existsSync(file)) return undefined;
  const text = await readText(file);
  if (jsonProblem(text) !== undefined) return undefined;
  const policies = [...RULES, undecided];
  const { configuration } = effectOf(JSON.parse(text), { policies });
  const settings = new EffectiveSettings({ policies, options: configuration });
  const judging = RULES.some(({ name }) => settings.levelOf(name) !== "disabled");
  return judging ? undefined : "Every rule is disabled: nothing is judged.";
}

/** A configuration file that has nothing wrong in it. */
export async function readConfigFile(file: string): Promise<ConfigFile> {
  const problems = await problemsOfFile(file);
  if (problems.length > 0) throw new UserError(problems.map((problem) => `${file}: ${problem}`).join("\n"));
  return JSON.parse(await readText(file)) as ConfigFile;
}

/** Says what is hardly meant in a configuration. */
export async function warnAbout(file: string | undefined, { error }: Pick<CommandOutput, "error">): Promise<void> {
  const warning = file === undefined ? undefined : await warningAbout(file);
  if (file !== undefined && warning !== undefined) error(harmless(`${relative(process.cwd(), file)}: ${warning}`));
}
