/* eslint-disable @typescript-eslint/no-require-imports -- what reads a file is loaded when it is called, with all that it needs */
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { RULES, undecided } from "../../policies";
import type * as DriftFindings from "../drift/drift-findings";
import type { DeclaredResource } from "../estate/declared";
import type * as Arm from "../inputs/arm";
import { decoded, InputError, refuseTooLarge, type Input } from "../inputs/input";
import type * as Inventory from "../inputs/inventory";
import type * as PulumiPreview from "../inputs/pulumi-preview";
import type * as PulumiState from "../inputs/pulumi-state";
import type * as Rvtools from "../inputs/rvtools";
import type * as Terraform from "../inputs/terraform";
import type { FindingRecord } from "../judging/finding-record";
import { Judge } from "../judging/judge";
import { EffectiveSettings } from "../settings/effective-settings";
import { fileConfiguration } from "../settings/file-configuration";
import { readConfigJson } from "./config-file";
import { reasonOf } from "./files";
import { INPUT_OPTIONS, isInputOption, type InputFile, type InputOption } from "./input-options";
import type { CommandJudgement } from "./judgement";
import { NotJudgedError, UserError } from "./user-error";

/** Takes what a file holds, what to call it, and what its parameters file holds. */
type ReadInput = (bytes: Buffer, file: string, parameters?: Buffer) => Input | Promise<Input>;

/** What reads a file, by the option that names it: loaded when it is needed. */
const READERS: Readonly<Record<InputOption, () => ReadInput>> = {
  state: () => fromText((require("../inputs/pulumi-state") as typeof PulumiState).readPulumiState),
  preview: () => fromText((require("../inputs/pulumi-preview") as typeof PulumiPreview).readPulumiPreview),
  inventory: () => fromText((require("../inputs/inventory") as typeof Inventory).readInventory),
  "terraform-plan": () => fromText((require("../inputs/terraform") as typeof Terraform).readTerraform),
  arm: () => readArm,
  rvtools: () => (require("../inputs/rvtools") as typeof Rvtools).readRvtools,
};

function fromText(read: (text: string, file: string) => Input): ReadInput {
  return (bytes, file) => read(decoded(bytes), file);
}

function readArm(bytes: Buffer, file: string, parameters?: Buffer): Input {
  const { readArmTemplate } = require("../inputs/arm") as typeof Arm;
  return readArmTemplate(decoded(bytes), file, parameters === undefined ? undefined : decoded(parameters));
}

const POLICIES = [...RULES, undecided];

/**
 * Judges what files declare, all of them together as one estate, without an engine.
 * @param config the configuration of the pack, if any
 * @param withView whether who runs where is wanted too
 * @param against a file of any kind with what is declared, which the inventories are compared with
 * @throws NotJudgedError for a file that cannot be read
 * @throws UserError for files or a configuration that cannot be meant
 */
export async function checkFiles(
  files: readonly InputFile[],
  config: string | undefined,
  withView = false,
  against?: string,
): Promise<CommandJudgement> {
  refuseStandardInputTwice(files, against);
  const inputs: Input[] = [];
  for (const file of files) inputs.push(await readInput(file));
  const running = inputs.filter((_, index) => files[index]?.option === "inventory");
  const declared = against === undefined ? undefined : await readDeclared(against);
  const drift = declared === undefined ? [] : driftBetween(declared, running);
  const settings = new EffectiveSettings({ policies: POLICIES });
  if (config !== undefined) settings.configure(fileConfiguration(await readConfigJson(config), POLICIES, settings));
  const judge = new Judge(RULES, undecided, settings);
  const resources = onceEach(inputs.flatMap((input) => input.resources));
  const partial = inputs.flatMap((input) => input.partial ?? []);
  const judgement = judge.judgeAll(resources, partial.length === 0, withView);
  return {
    ...judgement,
    findings: [...judgement.findings, ...drift],
    resources: resources.length,
    notes: [
      ...partial.map((reason) => `Not everything is judged: ${reason}`),
      ...inputs.flatMap((input) => input.notes ?? []),
      ...(declared?.partial === undefined ? [] : [`Not everything is compared: ${declared.partial}`]),
      ...(declared?.notes ?? []),
    ],
  };
}

/** @throws UserError where a second reader would find standard input empty */
function refuseStandardInputTwice(files: readonly InputFile[], against: string | undefined): void {
  const named = [...files.flatMap(({ file, parameters }) => [file, parameters]), against];
  if (named.filter((file) => file === "-").length > 1) {
    throw new UserError("standard input can be read only once: give - to one option");
  }
}

async function readInput({ option, file, parameters }: InputFile): Promise<Input> {
  const name = file === "-" ? "standard input" : file;
  try {
    const given = parameters === undefined ? undefined : await bytesOf(parameters);
    return await READERS[option]()(await bytesOf(file), file, given);
  } catch (error) {
    if (error instanceof InputError) throw new NotJudgedError(`${name} ${error.message}`);
    throw new NotJudgedError(`${name} cannot be read: ${reasonOf(error)}`);
  }
}

/** What is declared in a file of any kind: its content says which. */
async function readDeclared(file: string): Promise<Input> {
  const name = file === "-" ? "standard input" : file;
  const bytes = await bytesOf(file).catch((error: unknown) => {
    throw new NotJudgedError(
      `${name} ${error instanceof InputError ? error.message : `cannot be read: ${reasonOf(error)}`}`,
    );
  });
  const options = Object.keys(INPUT_OPTIONS).filter(isInputOption);
  for (const option of options) {
    try {
      return await READERS[option]()(bytes, file);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
  }
  const kinds = options.map((option) => `--${option}`).join(", ");
  throw new NotJudgedError(`${name} is no file that check reads (${kinds}), or not whole`);
}

function driftBetween(declared: Input, running: readonly Input[]): readonly FindingRecord[] {
  const { driftFindings } = require("../drift/drift-findings") as typeof DriftFindings;
  return driftFindings(
    { resources: declared.resources, isWhole: declared.partial === undefined },
    {
      resources: onceEach(running.flatMap(({ resources }) => resources)),
      isWhole: running.every(({ partial }) => partial === undefined),
    },
  );
}

/** What a file holds; `-` is standard input. */
export async function bytesOf(file: string): Promise<Buffer> {
  if (file !== "-") {
    refuseTooLarge((await stat(resolve(file))).size);
    return readFile(resolve(file));
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    refuseTooLarge(size);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** Files of one stack may overlap: of each resource the last one counts. */
function onceEach(resources: readonly DeclaredResource[]): readonly DeclaredResource[] {
  return [...new Map(resources.map((resource) => [resource.urn, resource])).values()];
}
