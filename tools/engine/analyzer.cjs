#!/usr/bin/env node
// Starts a directory pack for an engine without a Node.js language host. The engine calls this in the pack's folder with its
// own address and ".", and then waits, without limit, for a port number: so a missing dependency must be an error.

/** @type {string} */
let runner;
try {
  runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack", { paths: [process.cwd()] });
} catch {
  console.error(
    `hyperv-guard: the policy pack's dependencies are not installed: run "npm install" in ${process.cwd()}`,
  );
  process.exit(1);
}
require(runner);
