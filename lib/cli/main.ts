#!/usr/bin/env node

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
  // Only now: an older Node.js fails at what the commands load.
  const { runCommand } = await import("./run-command.js");
  const { processOutput } = await import("./process-output.js");
  process.exitCode = await runCommand(process.argv.slice(2), processOutput());
}

void main();
