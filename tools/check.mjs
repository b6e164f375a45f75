import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { say } from "./log.mjs";
import { root } from "./paths.mjs";
import { run } from "./process.mjs";

const steps = [
  {
    title: "formatting",
    script: binary("prettier", "bin/prettier.cjs"),
    args: ["--check", "--log-level", "warn", "."],
  },
  { title: "lint", script: binary("eslint", "bin/eslint.js"), args: ["--max-warnings", "0", "."] },
  ...["tsconfig.json", "lib/reports/html/page/tsconfig.json", "test/tsconfig.json", "tools/tsconfig.json"].map(
    (project) => ({
      title: `types of ${project}`,
      script: binary("typescript", "bin/tsc"),
      args: ["--project", project],
    }),
  ),
  { title: "the generated sources", script: join(root, "tools", "build.mjs"), args: ["--check"] },
  { title: "the generated documents", script: join(root, "tools", "run.mjs"), args: ["docs", "--check"] },
];

/**
 * `npm run check`: all that can be checked without running the pack.
 * @returns {Promise<number>} the exit code
 */
export async function check() {
  const failed = [];
  for (const { title, script, args } of steps) {
    say(`checking ${title} …`);
    const { code } = await run(process.execPath, [script, ...args], { cwd: root });
    if (code !== 0) failed.push(title);
  }
  say(failed.length === 0 ? "all checks passed" : `failed: ${failed.join(", ")}`);
  return failed.length === 0 ? 0 : 1;
}

/**
 * A tool's entry file, to start it without the batch files that npm makes on Windows.
 * @param {string} name
 * @param {string} file
 */
function binary(name, file) {
  return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file);
}
