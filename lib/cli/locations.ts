/* eslint-disable @typescript-eslint/no-require-imports -- the YAML parser is loaded where there is a finding in a program */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { nameInUrn } from "../estate/declared";
import type * as Places from "../inputs/program-locations";
import type { FindingRecord, SourceLocation } from "../judging/finding-record";
import { isRecord } from "../text/collections";

/** Where findings are shown. */
export interface Locations {
  /** The file that stands for the whole; from the root of the repository, with slashes. */
  readonly file?: string;
  /** Where a finding's property is declared, where something tells. */
  readonly find?: (finding: FindingRecord) => SourceLocation | undefined;
}

/** Findings with the places where they are declared, as far as something tells. */
export function withLocations(
  findings: readonly FindingRecord[],
  { find = () => undefined }: Locations,
): readonly FindingRecord[] {
  return findings.map((finding) => {
    const location = find(finding);
    return location === undefined ? finding : { ...finding, location };
  });
}

/** The project's file of a folder. */
export function projectFileIn(folder: string): string | undefined {
  return PROJECT_FILES.map((name) => join(folder, name)).find((file) => existsSync(file));
}

/** The runtime that a project's file names. */
export function runtimeIn(project: string): string | undefined {
  const { ProgramLocations } = require("../inputs/program-locations") as typeof Places;
  const { values } = new ProgramLocations(textOf(project));
  const runtime = isRecord(values) ? values["runtime"] : undefined;
  const name = isRecord(runtime) ? runtime["name"] : runtime;
  return typeof name === "string" ? name : undefined;
}

/** The file in which a program in YAML or JSON declares its resources; undefined for programs in other languages. */
export function programFileIn(folder: string): string | undefined {
  const project = projectFileIn(folder);
  const program = project === undefined ? undefined : readProgram(project);
  return program?.locations.hasResources === true ? program.file : undefined;
}

/** The places in the program of a folder. Only a program in YAML or JSON tells more than its project file. */
export function locationsIn(folder: string): Locations {
  const project = projectFileIn(folder);
  if (project === undefined) return {};
  const file = fromRoot(project);
  let program: ProgramFile | undefined;
  return {
    file,
    find: ({ urn, property = "" }) => {
      if (urn === undefined) return undefined;
      program ??= readProgram(project);
      const place = program.locations.find(nameInUrn(urn), property);
      return place === undefined ? undefined : { file: fromRoot(program.file), ...place };
    },
  };
}

/** The names of a project's file, in the engine's order. */
export const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"] as const;

/** The names of a program in YAML that has a file of its own. */
const MAIN_FILES = ["Main.yaml", "Main.yml", "Main.json"] as const;

interface ProgramFile {
  readonly file: string;
  readonly locations: InstanceType<typeof Places.ProgramLocations>;
}

/** A program in YAML stands in the project's file, or in the folder that this names. */
function readProgram(project: string): ProgramFile {
  const { ProgramLocations } = require("../inputs/program-locations") as typeof Places;
  const locations = new ProgramLocations(textOf(project));
  if (locations.hasResources) return { file: project, locations };
  const folder = join(dirname(project), locations.main ?? ".");
  const main = MAIN_FILES.map((name) => join(folder, name)).find((file) => existsSync(file));
  return main === undefined
    ? { file: project, locations }
    : { file: main, locations: new ProgramLocations(textOf(main)) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Only the places of findings are lost.
    return "";
  }
}

/** A path as code scanning takes it: from the root of the repository, else from the working folder; with slashes. */
export function fromRoot(file: string): string {
  return pathFrom(process.cwd(), file);
}

/** A path as git writes it for a file, whichever folder the command runs in. */
export function fromOwnRoot(file: string): string {
  return pathFrom(dirname(file), file);
}

function pathFrom(folder: string, file: string): string {
  return relative(repositoryOf(folder) ?? folder, file)
    .split(sep)
    .join("/");
}

/** The folder that holds the repository of a folder, if any. */
export function repositoryOf(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : repositoryOf(parent);
}
