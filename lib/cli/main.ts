#!/usr/bin/env node

import { setFlagsFromString } from "node:v8";

const OLDEST = 20;

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
  // Whoever reads only the first lines, as `head` does, closes the pipe: there is nobody left to tell.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    throw error;
  });
  tuneForOneRun();
  // Only now: an older Node.js fails at what the commands load.
  const { runCommand } = await import("./commands.js");
  process.exitCode = await runCommand(process.argv.slice(2), {
    out: (line) => process.stdout.write(`${line}\n`),
    error: (line) => process.stderr.write(`${line}\n`),
  });
}

void main();
