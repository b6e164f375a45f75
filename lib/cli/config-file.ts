import { existsSync } from "node:fs";
import { relative } from "node:path";
import { RULES, undecided } from "../../policies";
import { settingsProblems } from "../dialects/read-estate";
import { effectOf } from "../settings/effect";
import { EffectiveSettings } from "../settings/effective-settings";
import type { PackSettings } from "../settings/pack-settings";
import { PACK_SETTINGS } from "../settings/schema";
import { isRecord } from "../text/collections";
import { harmless } from "../text/harmless";
import type { ConfigFile } from "./baseline";
import { readText } from "./files";
import { jsonProblem } from "./json";
import type { CommandOutput } from "./output";
import { UserError } from "./user-error";

/** All that is wrong in a configuration file, each in a line: also in the facts of the estate that it declares. */
export async function problemsOfFile(file: string): Promise<readonly string[]> {
  const { problems, pack } = await effectOfFile(file);
  const ofEstate = settingsProblems(pack).map(
    ({ path, problem, fix }) => `${PACK_SETTINGS}.${path} ${problem}. ${fix}`,
  );
  return [...problems, ...ofEstate];
}

/** What of a configuration file cannot be followed, each in a line, and the settings of the whole pack in it. */
async function effectOfFile(
  file: string,
): Promise<{ readonly problems: readonly string[]; readonly pack: PackSettings }> {
  const text = await readText(file);
  const json = jsonProblem(text);
  if (json !== undefined) {
    return { problems: [`line ${String(json.line)}, column ${String(json.column)}: ${json.problem}`], pack: {} };
  }
  const { problems, pack } = effectOf(JSON.parse(text), { policies: [...RULES, undecided] });
  return { problems: problems.map(({ problem, fix }) => `${problem} ${fix}`), pack };
}

/**
 * A configuration file as it is, whatever is wrong in it beside its form: that is reported as in a preview.
 * @throws UserError where no engine would take it: it is not JSON, or has a level that does not exist
 */
export async function readConfigJson(file: string): Promise<unknown> {
  const text = await readText(file);
  const json = jsonProblem(text);
  if (json !== undefined) {
    throw new UserError(`${file}: line ${String(json.line)}, column ${String(json.column)}: ${json.problem}`);
  }
  const given: unknown = JSON.parse(text);
  const places = refusedPlaces(given);
  const refused = effectOf(given, { policies: [...RULES, undecided] }).problems.filter(({ path }) => places.has(path));
  if (refused.length > 0) {
    throw new UserError(refused.map(({ problem, fix }) => `${file}: ${problem} ${fix}`).join("\n"));
  }
  return given;
}

/** A level that the engine has and this pack has not. */
const REMEDIATE = "remediate";

/** Where a configuration has what the engine refuses before it starts the pack. */
function refusedPlaces(given: unknown): ReadonlySet<string> {
  if (!isRecord(given)) return new Set([""]);
  return new Set(
    Object.entries(given).flatMap(([policy, entry]) => {
      if (typeof entry !== "string" && !isRecord(entry)) return [policy];
      const level = isRecord(entry) ? entry["enforcementLevel"] : entry;
      return level === REMEDIATE ? [] : [`${policy}.enforcementLevel`];
    }),
  );
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
  const { problems } = await effectOfFile(file);
  if (problems.length > 0) throw new UserError(problems.map((problem) => `${file}: ${problem}`).join("\n"));
  return JSON.parse(await readText(file)) as ConfigFile;
}

/** Says what is hardly meant in a configuration. */
export async function warnAbout(file: string | undefined, { error }: Pick<CommandOutput, "error">): Promise<void> {
  const warning = file === undefined ? undefined : await warningAbout(file);
  if (file !== undefined && warning !== undefined) error(harmless(`${relative(process.cwd(), file)}: ${warning}`));
}
