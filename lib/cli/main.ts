#!/usr/bin/env node
/* eslint-disable @typescript-eslint/no-require-imports -- `import()` of a large file takes a tenth of a second more than `require` */

import nodeModule from "node:module";
import { setFlagsFromString } from "node:v8";
import { NOT_JUDGED } from "./exit-codes";
import type * as QuickAnswer from "./quick-answer";
import type * as RunCommand from "./run-command";

const OLDEST = 20;

/** What cannot be printed is no reason to end early, or with another exit code, unless nobody would know of it. */
function watchStandardOutput(): void {
  let isLost = false;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // Whoever reads only the first lines, as `head` does, closes the pipe: there is nobody left to tell.
    if (error.code === "EPIPE" || isLost) return;
    isLost = true;
    process.stderr.write(`hyperv-guard: standard output cannot be written: ${error.message}\n`);
    process.once("exit", () => {
      process.exitCode = NOT_JUDGED;
    });
  });
  process.stderr.on("error", () => undefined);
}

/**
 * A command is over within seconds: what V8 spends on optimizing every function that is called some thousand times, a third
 * of all processor time, does not pay. So it waits longer before it optimizes, and compiles without optimizing at once.
 */
function tuneForOneRun(): void {
  setFlagsFromString("--interrupt-budget=500000");
  setFlagsFromString("--always-sparkplug");
}

/** What `hyperv-guard` starts. */
async function main(): Promise<void> {
  if (Number.parseInt(process.versions.node) < OLDEST) {
    process.stderr.write(`hyperv-guard needs Node.js ${String(OLDEST)} or later; this is ${process.version}\n`);
    process.exitCode = 2;
    return;
  }
  watchStandardOutput();
  tuneForOneRun();
  keepCompiled();
  const words = process.argv.slice(2);
  // Only now: an older Node.js fails at what the commands load, and most of it is for commands that judge.
  const { quickAnswer } = require("./quick-answer") as typeof QuickAnswer;
  const answer = quickAnswer(words);
  if (answer !== undefined) {
    process.stdout.write(`${answer}\n`);
    return;
  }
  const { processOutput, runCommand } = require("./run-command") as typeof RunCommand;
  process.exitCode = await runCommand(words, processOutput());
}

/** Keeps what is compiled for the next start, where Node.js can do that: since 22.8. */
function keepCompiled(): void {
  const enable: unknown = Reflect.get(nodeModule, "enableCompileCache");
  if (typeof enable === "function") Reflect.apply(enable, nodeModule, []);
}

void main();
