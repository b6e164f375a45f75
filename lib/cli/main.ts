#!/usr/bin/env node

import nodeModule from "node:module";

const OLDEST = 20;

/** What `hyperv-guard` starts. */
async function main(): Promise<void> {
  if (Number.parseInt(process.versions.node) < OLDEST) {
    process.stderr.write(`hyperv-guard needs Node.js ${String(OLDEST)} or later; this is ${process.version}\n`);
    process.exitCode = 2;
    return;
  }
  // Whoever reads only the first lines, as `head` does, closes the pipe: there is nobody left to tell.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    throw error;
  });
  keepCompiled();
  const words = process.argv.slice(2);
  const out = (line: string): boolean => process.stdout.write(`${line}\n`);
  const error = (line: string): boolean => process.stderr.write(`${line}\n`);
  // Only now: an older Node.js fails at what the commands load, and most of it is for commands that judge.
  const { quickAnswer } = await import("./quick-answer.js");
  const answer = quickAnswer(words);
  if (answer !== undefined) {
    out(answer);
    return;
  }
  const { runCommand } = await import("./commands.js");
  process.exitCode = await runCommand(words, { out, error });
}

/** Keeps what is compiled for the next start, where Node.js can do that: since 22.8. */
function keepCompiled(): void {
  const enable: unknown = Reflect.get(nodeModule, "enableCompileCache");
  if (typeof enable === "function") Reflect.apply(enable, nodeModule, []);
}

void main();
