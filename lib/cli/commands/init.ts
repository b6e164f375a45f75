import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { PROFILE_NAMES } from "../../settings/profiles";
import { alternatives } from "../../text/words";
import { ownConfig, programFolder, withoutProgram } from "../engine";
import { makeFolder, readText, writeText } from "../files";
import { fromRoot, projectFileIn, repositoryOf } from "../locations";
import { PIPELINES, type Pipeline, type ValuesOf } from "../options";
import type { CommandOutput } from "../output";
import { packageFolder } from "../package";
import { UserError } from "../user-error";

/** The file of each pipeline: in the package, and from the root of a repository. */
const FILES: Readonly<Record<Pipeline, readonly [template: string, target: string]>> = {
  github: ["github-actions.yml", ".github/workflows/hyperv-guard.yml"],
  "azure-devops": ["azure-pipelines.yml", "hyperv-guard.yml"],
  gitlab: ["gitlab-ci.yml", "hyperv-guard.yml"],
};

/**
 * Writes a configuration and a pipeline.
 * @throws UserError where there is no program, or for a profile that does not exist
 */
export async function init(values: ValuesOf<"init">, output: CommandOutput): Promise<number> {
  const folder = programFolder(values.flags);
  if (projectFileIn(folder) === undefined) {
    throw new UserError(withoutProgram(folder));
  }
  const profile = values.profile ?? (await asked("Which profile?", PROFILE_NAMES, output));
  if (profile !== undefined && !PROFILE_NAMES.includes(profile)) {
    throw new UserError(`--profile: "${profile}" is not a profile: use ${alternatives(PROFILE_NAMES)}`);
  }
  const ci = values.ci ?? (await askedPipeline(output));
  const settings = { estate: profile === undefined ? {} : { profile } };
  await write(ownConfig(values.flags), `${JSON.stringify(settings, undefined, 2)}\n`, values.force, output);
  if (ci !== undefined) await writePipeline(ci, folder, values.force, output);
  output.error(
    "Next: hyperv-guard preview shows what is found today, and hyperv-guard baseline accepts it for a while.",
  );
  return 0;
}

async function writePipeline(ci: Pipeline, folder: string, force: boolean, output: CommandOutput): Promise<void> {
  const [template, target] = FILES[ci];
  const text = await readText(join(packageFolder(), "docs", "ci", template));
  const file = join(repositoryOf(folder) ?? folder, target);
  await makeFolder(dirname(file));
  await write(file, text, force, output);
  output.error(`${fromRoot(file)} says at its top what to set in it.`);
}

async function write(file: string, text: string, force: boolean, { error }: CommandOutput): Promise<void> {
  if (existsSync(file) && !force) {
    error(`${fromRoot(file)} is there already: --force replaces it.`);
    return;
  }
  await writeText(file, text);
  error(`${fromRoot(file)} written.`);
}

async function askedPipeline(output: CommandOutput): Promise<Pipeline | undefined> {
  const answer = await asked("Which pipeline?", PIPELINES, output);
  return PIPELINES.find((name) => name === answer);
}

/** The answer of the user; undefined for none, and where nobody is there to answer. */
async function asked(question: string, words: readonly string[], { ask }: CommandOutput): Promise<string | undefined> {
  const answer = (await ask?.(`${question} ${words.join(", ")}, or nothing:`))?.trim() ?? "";
  if (answer === "") return undefined;
  if (!words.includes(answer)) throw new UserError(`"${answer}" is not one of ${words.join(", ")}`);
  return answer;
}
