/* eslint-disable @typescript-eslint/no-require-imports -- a command is loaded when it is called, with all that it needs */
import { debuglog } from "node:util";
import { HOMEPAGE } from "../rules/pages";
import { harmless, harmlessLine, shortened } from "../text/harmless";
import type * as Baseline from "./commands/baseline";
import type * as Check from "./commands/check";
import type * as CheckConfig from "./commands/check-config";
import type * as Comment from "./commands/comment";
import type * as Completion from "./commands/completion";
import type * as Doctor from "./commands/doctor";
import type * as Explain from "./commands/explain";
import type * as Fix from "./commands/fix";
import type * as Init from "./commands/init";
import type * as InventoryScript from "./commands/inventory-script";
import type * as Preview from "./commands/preview";
import type * as Rules from "./commands/rules";
import type * as Tables from "./commands/tables";
import { NOT_JUDGED } from "./exit-codes";
import { reasonOf } from "./files";
import { readCommandLine, TextRequest, type CommandLine } from "./options";
import type { CommandOutput } from "./output";
import { UserError } from "./user-error";

export { processOutput } from "./process-output";

/** The most characters of an error of Node.js, which may quote what it failed at. */
const LONGEST_FAULT = 200;

const debug = debuglog("hyperv-guard");

/**
 * Runs the command that the arguments name.
 * @returns the exit code
 */
export async function runCommand(words: readonly string[], output: CommandOutput): Promise<number> {
  try {
    return await run(readCommandLine(words), output);
  } catch (error) {
    if (error instanceof TextRequest) {
      output.out(error.message);
      return 0;
    }
    if (error instanceof UserError) {
      output.error(`hyperv-guard: ${harmless(shortened(error.message))}`);
      return error.exitCode;
    }
    // Node.js would end with exit code 1, which says that something blocks.
    debug("%s", error instanceof Error ? error.stack : error);
    output.error(
      `hyperv-guard: a fault of hyperv-guard: ${harmlessLine(shortened(reasonOf(error), LONGEST_FAULT)).replace(/\.$/, "")}. Nothing was judged. ` +
        `Report it at ${HOMEPAGE}/issues with what NODE_DEBUG=hyperv-guard prints.`,
    );
    return NOT_JUDGED;
  }
}

function run(line: CommandLine, output: CommandOutput): Promise<number> {
  switch (line.command) {
    case "preview":
      return (require("./commands/preview") as typeof Preview).preview(line.values, output);
    case "check":
      return (require("./commands/check") as typeof Check).check(line.values, output);
    case "fix":
      return (require("./commands/fix") as typeof Fix).fix(line.values, output);
    case "baseline":
      return (require("./commands/baseline") as typeof Baseline).baseline(line.values, output);
    case "check-config":
      return (require("./commands/check-config") as typeof CheckConfig).checkConfig(line.values, output);
    case "explain":
      return (require("./commands/explain") as typeof Explain).explain(line.values, output);
    case "rules":
      return (require("./commands/rules") as typeof Rules).rules(line.values, output);
    case "inventory-script":
      return (require("./commands/inventory-script") as typeof InventoryScript).printInventoryScript(output);
    case "tables":
      return (require("./commands/tables") as typeof Tables).tables(line.values, output);
    case "doctor":
      return (require("./commands/doctor") as typeof Doctor).doctor(line.values, output);
    case "init":
      return (require("./commands/init") as typeof Init).init(line.values, output);
    case "comment":
      return (require("./commands/comment") as typeof Comment).comment(line.values, output);
    case "completion":
      return (require("./commands/completion") as typeof Completion).completion(line.values, output);
  }
}
