"use strict";

// What the standalone pack starts with. PolicyPack reads its version from a package.json in the working directory,
// which one file alone does not have beside it: it gets one in a folder of its own, for as long as it takes.

const { mkdtempSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const path = require("node:path");
const { version } = require("../../package.json");

const program = process.cwd();
const folder = mkdtempSync(path.join(tmpdir(), "hyperv-guard-"));
try {
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ version }));
  process.chdir(folder);
  require("../..");
} finally {
  process.chdir(program);
  rmSync(folder, { recursive: true, force: true });
}
