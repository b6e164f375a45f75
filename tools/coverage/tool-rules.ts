import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkedTable, once } from "../../lib/tables/load";
import reasonsData from "./reasons.json";
import reasonsSchema from "./reasons.schema.json";
import schema from "./tool-rules.schema.json";

/** A rule of a tool, and what becomes of it here: exactly one of the last four is there. */
export interface ToolRule {
  /** Its number or name in the tool. */
  readonly number?: string;
  /** In our words. */
  readonly title: string;
  /** Its page below those of the tool. */
  readonly page?: string;
  /** Names of rules of this pack. */
  readonly judgedBy?: readonly string[];
  /** What of it they judge. */
  readonly note?: string;
  /** Why no rule judges it, though the types that are read have a property for it. */
  readonly notJudged?: string;
  /** What would have to be declared, and no type that is read has a property for. */
  readonly noInput?: string;
  /** Only a running server shows it, by the id of a reason. */
  readonly onlyRunning?: string;
}

/** A tool of Microsoft that checks servers that run. */
export interface CheckingTool {
  readonly tool: string;
  /** Where its rules are described. */
  readonly document: string;
  readonly pages?: string;
  /** Which rules are listed, and where the list is from. */
  readonly scope: string;
  readonly rules: readonly ToolRule[];
}

export interface RunningReason {
  readonly id: string;
  readonly why: string;
}

const FOLDER = join(__dirname, "data");

/** Why only a running server shows what a rule asks for. */
export const runningReasons = once(
  () =>
    checkedTable<{ readonly reasons: readonly RunningReason[] }>(
      "tools/coverage/reasons.json",
      reasonsData,
      reasonsSchema,
    ).reasons,
);

/** The tools, in the order of the files. */
export const checkingTools = once((): readonly CheckingTool[] =>
  readdirSync(FOLDER)
    .sort()
    .map((name) => readTool(`tools/coverage/data/${name}`, JSON.parse(readFileSync(join(FOLDER, name), "utf8")))),
);

/** @throws TableError when the data does not fit the schema. */
export function readTool(file: string, data: unknown): CheckingTool {
  return checkedTable<CheckingTool>(file, data, schema);
}

/** The page that describes a rule. */
export function pageOf({ pages, document }: CheckingTool, { page }: ToolRule): string {
  return pages === undefined || page === undefined ? document : `${pages}${page}`;
}
