import { COMMAND_NAMES, readCommandLine, TextRequest } from "../../lib/cli/options";

/** docs/command.md: the help of each command, as it is printed. */
export function commandDocument(): string {
  const parts = COMMAND_NAMES.map((name) => `## ${name}\n\n\`\`\`text\n${helpOf(name, "--help")}\n\`\`\`\n`);
  return `<!-- Made by npm run docs from the syntax of the commands. -->

# The command

${INTRODUCTION}

\`\`\`text
${helpOf("--help")}
\`\`\`

${parts.join("\n")}`;
}

const INTRODUCTION =
  "`hyperv-guard preview` and `hyperv-guard check` judge; the other commands help to set up, to understand and to fix. " +
  "Findings go to standard output, what was judged and all else to standard error.";

function helpOf(...words: readonly string[]): string {
  try {
    readCommandLine(words);
  } catch (error) {
    if (error instanceof TextRequest) return error.message;
    throw error;
  }
  throw new Error(`${words.join(" ")} prints no help`);
}
