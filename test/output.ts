import type { CommandOutput } from "../lib/cli/output";

/** An output that keeps the lines that a command prints. */
export function outputTo(out: string[], error: string[] = out): CommandOutput {
  return {
    out: (line) => out.push(line),
    error: (line) => error.push(line),
    during: (_, work) => work(),
    terminal: { isColoured: false },
  };
}
