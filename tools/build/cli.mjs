import { join } from "node:path";
import { bundle } from "./bundle.mjs";

/**
 * The commands as one file, in place of the compiled one: to find and load hundreds of files takes longer than to judge a
 * hundred resources.
 *
 * @param {string} folder where the other files of the command line are
 */
export async function makeCommands(folder) {
  return bundle({ entry: "lib/cli/commands.ts", output: join(folder, "commands.js"), executable: false });
}
