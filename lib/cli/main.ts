#!/usr/bin/env node
import { runCommand } from "./commands";

/** What `hyperv-guard` starts. */
async function main(): Promise<void> {
  process.exitCode = await runCommand(process.argv.slice(2), {
    out: (line) => process.stdout.write(`${line}\n`),
    error: (line) => process.stderr.write(`${line}\n`),
  });
}

void main();
