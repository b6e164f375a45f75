import { createInterface } from "node:readline/promises";
import { isColorSupported } from "picocolors";
import type { CommandOutput } from "./output";

/** The streams of this process. */
export function processOutput(): CommandOutput {
  const { stdin, stdout, stderr } = process;
  return {
    out: (line) => stdout.write(`${line}\n`),
    error: (line) => stderr.write(`${line}\n`),
    ...(stdin.isTTY && stderr.isTTY ? { ask } : {}),
    during: stderr.isTTY ? shownDuring : (_, work) => work(),
    terminal: { isColoured: isColoured(), ...(stdout.isTTY ? { width: stdout.columns } : {}) },
  };
}

/** The library looks at the whole process, which may write colours where FORCE_COLOR says so. */
function isColoured(): boolean {
  const forced = process.env["FORCE_COLOR"] ?? "";
  // As for Node.js itself; the library takes any value for a yes.
  if (forced === "0" || forced === "false") return false;
  return isColorSupported && (process.stdout.isTTY || forced !== "");
}

/** The question goes to standard error, as all that is not the answer of the command. */
async function ask(question: string): Promise<string> {
  const questions = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await questions.question(`${question} `);
  } finally {
    questions.close();
  }
}

const SECOND = 1000;

/** Says what is being done and for how long, in a line that is gone afterwards. */
async function shownDuring<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now();
  const show = (): void => {
    const seconds = Math.round((Date.now() - start) / SECOND);
    process.stderr.write(`\r\u001b[2Khyperv-guard: ${what}${seconds === 0 ? "" : ` (${String(seconds)} s)`} …`);
  };
  show();
  const timer = setInterval(show, SECOND);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    process.stderr.write("\r\u001b[2K");
  }
}
