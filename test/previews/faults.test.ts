import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { temporaryFolder } from "./program";
import { COMMAND, Workplace } from "./workplace";

const IS_WINDOWS = process.platform === "win32";

const HOST = {
  type: "hyperv-guard:index:Host",
  properties: {
    operatingSystem: "Windows Server 2022",
    processors: { sockets: 4, coresPerSocket: 64, threadsPerCore: 2 },
    memoryMB: 262144,
  },
};

const TOO_MANY = {
  type: "hyperv-guard:index:VirtualMachine",
  properties: { host: "hv1", guestOs: "Windows Server 2019", generation: 2, processorCount: 241, memoryMB: 4096 },
};

/** An engine that does what a script says in `preview`, for what the real one does not do on demand. */
class FakeEngine {
  readonly folder = temporaryFolder();
  /** Where the command makes its temporary folder. */
  readonly temporary = temporaryFolder();

  /** @param preview the body of a Node.js script that has the path of the event log in `events` and of the journal in `journal` */
  constructor(preview: string) {
    const script = `#!/usr/bin/env node
      const { appendFileSync, writeFileSync } = require("node:fs");
      if (process.argv[2] === "version") { console.log("v3.259.0"); process.exit(0); }
      const events = process.argv[process.argv.indexOf("--event-log") + 1];
      const journal = process.env.HYPERV_GUARD_FINDINGS;
      ${preview}`;
    writeFileSync(join(this.folder, "pulumi"), script);
    chmodSync(join(this.folder, "pulumi"), 0o755);
    writeFileSync(join(this.folder, "Pulumi.yaml"), "name: p\nruntime: yaml\n");
  }

  start(...words: readonly string[]) {
    const path = [this.folder, process.env["PATH"] ?? ""].join(delimiter);
    const env = { ...process.env, PATH: path, TMPDIR: this.temporary };
    const child = spawn(process.execPath, [COMMAND, ...words], {
      cwd: this.folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const texts = { out: "", error: "" };
    child.stdout.on("data", (data: Buffer) => (texts.out += data.toString()));
    child.stderr.on("data", (data: Buffer) => (texts.error += data.toString()));
    const ended = once(child, "close").then(([code]) => ({ code: code as number | null, ...texts }));
    return { child, ended };
  }

  /** What is left behind in temporary folders. */
  get left(): readonly string[] {
    return readdirSync(this.temporary);
  }
}

describe("the command, when something goes wrong around it", function () {
  before(function () {
    if (IS_WINDOWS) this.skip(); // a script without a suffix cannot be started there
  });

  for (const signal of ["SIGTERM", "SIGHUP", "SIGINT"] as const) {
    it(`F4: passes ${signal} on, waits for the engine, cleans up, and shows what was found until then`, async () => {
      const engine = new FakeEngine(`
        const record = { version: 1, rule: "guest-memory", title: "t", subject: "guests", level: "unsupported",
          severity: "high", enforcement: "mandatory", problem: "vm1 has too much." };
        appendFileSync(journal, JSON.stringify(record) + "\\n");
        process.on("SIGINT", () => { writeFileSync(${JSON.stringify("ended")}, "in order"); process.exit(1); });
        setInterval(() => {}, 1000);
        writeFileSync("ready", "");
        console.log("ready");`);
      const { child, ended } = engine.start("preview", "--resources");
      await once(child.stdout, "data");
      child.kill(signal);
      const { code, out, error } = await ended;
      assert.equal(readFileSync(join(engine.folder, "ended"), "utf8"), "in order");
      assert.equal(code, 3);
      assert.match(error, new RegExp(`^The preview was stopped by ${signal} before its end\\.$`, "m"));
      assert.match(out, /vm1 has too much\./);
      assert.deepEqual(engine.left, []);
    });
  }

  it("F6: reads an event log and a journal that were cut short as far as they go, and says so", async () => {
    const engine = new FakeEngine(`
      writeFileSync(journal, '{"version":1,"rule":"guest-mem');
      const event = { policyEvent: { policyPackName: "hyperv-guard", policyName: "guest-memory",
        enforcementLevel: "mandatory", message: "vm1 has too much." } };
      writeFileSync(events, JSON.stringify(event) + "\\n" + '{"diagnosticEv');
      process.exit(1);`);
    const { code, out, error } = await engine.start("preview").ended;
    assert.equal(code, 1);
    assert.match(out, /^ {2}blocks guest-memory \(medium\)\n {4}vm1 has too much\.$/m);
    assert.match(error, /^The findings could not be recorded whole, so they are shown as the engine printed them\.$/m);
    assert.doesNotMatch(error, /\n\s+at /);
  });

  it("F8: says in one line that the pack has died, and not what the engine prints of it", async () => {
    const engine = new FakeEngine(`
      for (let index = 0; index < 1000; index++) console.error("rpc error: the client connection is closing");
      process.exit(255);`);
    const { code, error } = await engine.start("preview").ended;
    assert.equal(code, 3);
    assert.equal(
      error,
      "The engine lost the policy pack hyperv-guard, or a provider, before the preview was over: not everything was judged.\n",
    );
  });

  it("F8: says in one line that there is no room for temporary files", async () => {
    const engine = new FakeEngine("process.exit(0);");
    const path = [engine.folder, process.env["PATH"] ?? ""].join(delimiter);
    const env = { ...process.env, PATH: path, TMPDIR: "/no/such/folder" };
    const child = spawn(process.execPath, [COMMAND, "preview"], {
      cwd: engine.folder,
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let error = "";
    child.stderr.on("data", (data: Buffer) => (error += data.toString()));
    const [code] = (await once(child, "close")) as [number];
    assert.equal(code, 3);
    assert.match(error, /^hyperv-guard: \/no\/such\/folder cannot hold a temporary folder: [^\n]*\n$/);
  });

  it("F7: shows what the engine says of a failure, harmless", async () => {
    const engine = new FakeEngine(`
      const event = { diagnosticEvent: { severity: "error", message: "::error::\\u001b[31mvm1 cannot be read" } };
      writeFileSync(events, JSON.stringify(event) + "\\n");
      process.exit(255);`);
    const { code, error } = await engine.start("preview").ended;
    assert.equal(code, 3);
    assert.equal(error, ": :error::\\u001b[31mvm1 cannot be read\n");
  });

  it("is quiet when nobody reads what it prints", async () => {
    const engine = new FakeEngine(`
      const record = { version: 1, rule: "guest-memory", title: "t", subject: "guests", level: "unsupported",
        severity: "high", enforcement: "mandatory" };
      for (let index = 0; index < 3000; index++) {
        appendFileSync(journal, JSON.stringify({ ...record, problem: "x".repeat(200) + index }) + "\\n");
      }
      process.exit(1);`);
    const { child, ended } = engine.start("preview");
    child.stdout.destroy();
    const { error } = await ended;
    assert.doesNotMatch(error, /EPIPE|\n\s+at /);
  });
});

describe("the pack, when something goes wrong around it, in the real engine", () => {
  it("F6: goes on where its journal cannot be written: the findings are shown all the same", async () => {
    const place = await new Workplace().open({ hv1: HOST, app1: TOO_MANY });
    const { code, stdout } = await place.pulumi({ HYPERV_GUARD_FINDINGS: "/no/such/folder/findings.jsonl" });
    assert.notEqual(code, 0);
    assert.match(stdout, /app1 has 241 virtual processors/);
  }).timeout(120_000);

  it("F8: that dies is one line, and the exit code for what could not be judged", async function () {
    if (IS_WINDOWS) this.skip();
    const place = await new Workplace().open({ hv1: HOST, app1: TOO_MANY });
    const killer = join(place.folder, "killer.cjs");
    // The pack dies when the engine asks it to judge: the session of HTTP/2 has a stream then.
    writeFileSync(
      killer,
      `const http2 = require("node:http2");
      const { createServer } = http2;
      http2.createServer = (...args) => {
        const server = createServer(...args);
        server.on("stream", (stream, headers) => {
          if (headers[":path"].endsWith("/AnalyzeStack")) process.kill(process.pid, "SIGKILL");
        });
        return server;
      };`,
    );
    const { code, error } = await place.runWith({ NODE_OPTIONS: `--require=${JSON.stringify(killer)}` }, "preview");
    assert.equal(code, 3);
    assert.ok(error.split("\n").length <= 3, error);
    assert.match(error, /hyperv-guard/);
  }).timeout(120_000);
});
