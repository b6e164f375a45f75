import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../../root";

const PROGRAM = `
require("ts-node/register/transpile-only");
const { processOutput } = require(${JSON.stringify(join(ROOT, "lib", "cli", "process-output.ts"))});
process.stdout.write(String(processOutput().terminal.isColoured));
`;

/** Whether the command colours what it writes into a pipe. */
function isColoured(variables: Readonly<Record<string, string>>): string {
  const { stdout } = spawnSync(process.execPath, ["-e", PROGRAM], {
    cwd: join(ROOT, "test"),
    env: {
      ...process.env,
      NO_COLOR: "",
      FORCE_COLOR: "",
      TS_NODE_PROJECT: join(ROOT, "test", "tsconfig.json"),
      ...variables,
    },
    encoding: "utf8",
  });
  return stdout;
}

describe("the colours of the command", () => {
  const cases: readonly (readonly [variables: Readonly<Record<string, string>>, expected: string])[] = [
    [{}, "false"],
    [{ FORCE_COLOR: "1" }, "true"],
    [{ FORCE_COLOR: "0" }, "false"],
    [{ FORCE_COLOR: "false" }, "false"],
    [{ FORCE_COLOR: "" }, "false"],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, "false"],
  ];
  for (const [variables, expected] of cases) {
    it(`U6: follow the variables of the system: ${JSON.stringify(variables)}`, () => {
      assert.equal(isColoured(variables), expected);
    }).timeout(20_000);
  }
});

describe("the progress of the command", () => {
  it("U6: is shown at once on a terminal, on standard error, and is gone afterwards", () => {
    const program = `
      require("ts-node/register/transpile-only");
      process.stderr.isTTY = true;
      const { processOutput } = require(${JSON.stringify(join(ROOT, "lib", "cli", "process-output.ts"))});
      const shown = [];
      process.stderr.write = (text) => shown.push(text);
      const atOnce = [];
      processOutput().during("previewing", async () => { atOnce.push(...shown); return 3; }).then((result) => {
        process.stdout.write(JSON.stringify({ atOnce, shown, result }));
      });`;
    const { stdout } = spawnSync(process.execPath, ["-e", program], {
      cwd: join(ROOT, "test"),
      env: { ...process.env, TS_NODE_PROJECT: join(ROOT, "test", "tsconfig.json") },
      encoding: "utf8",
    });
    const line = "\r\u001b[2Khyperv-guard: previewing …";
    assert.deepEqual(JSON.parse(stdout), { atOnce: [line], shown: [line, "\r\u001b[2K"], result: 3 });
  }).timeout(20_000);
});
