import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { endWithEngine } from "../../../lib/pack/engine-watch";
import { ROOT } from "../../root";

const WATCH = join(ROOT, "lib", "pack", "engine-watch.ts");

/** Something in the place of the engine that starts a pack, which holds a pipe open for as long as it lives. */
function startEngine(): ChildProcess {
  const pack = `require("ts-node/register/transpile-only"); require(${JSON.stringify(WATCH)}).endWithEngine();
    process.stdout.write("ready"); setInterval(() => {}, 1000);`;
  const engine = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(pack)}],
    { stdio: ["ignore", "inherit", "inherit"] }); setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ["-e", engine], { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
}

describe("a pack whose engine is gone", () => {
  it("F4: ends, and leaves nothing behind", async () => {
    const engine = startEngine();
    assert(engine.stdout !== null);
    await once(engine.stdout, "data");
    const closed = once(engine.stdout.resume(), "close");
    engine.kill("SIGKILL");
    // The pipe closes when the last process that holds it has ended.
    await closed;
  });

  it("goes on while the engine is there", () => {
    const ended: string[] = [];
    const watch = endWithEngine(
      () => ended.push("ended"),
      () => true,
    );
    assert.equal(watch.hasRef(), false);
    clearInterval(watch);
    assert.deepEqual(ended, []);
  });
});
