import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { JOURNAL_VARIABLE } from "../../../lib/reports/journal";
import { importsOf } from "../../../tools/docs/imports";
import { temporaryFolder } from "../../previews/program";
import { ROOT } from "../../root";

/** What SECURITY.md promises of the pack, seen from the operating system. */
describe("the system calls of the pack", function () {
  this.timeout(120_000);

  const folder = temporaryFolder();
  const journal = join(folder, "findings.jsonl");
  const executable = join(ROOT, "bin", "standalone", "hyperv-guard");
  let calls: readonly string[];

  before(async function () {
    if (spawnSync("strace", ["-V"]).status !== 0) {
      console.warn("      strace is not installed: the system calls of the pack are not looked at");
      this.skip();
    }
    writeFileSync(join(folder, "Pulumi.yaml"), "name: not-for-the-pack\nruntime: yaml\n");
    calls = await traced(executable, folder, journal);
  });

  it("listen to the engine on the loopback interface, and reach nobody", () => {
    const network = calls.filter((call) => call.includes("sa_family=AF_INET"));
    assert.ok(network.some((call) => call.includes("bind(")));
    for (const call of network) assert.match(call, /inet_addr\("127\.0\.0\.1"\)/);
    assert.deepEqual(
      network.filter((call) => /\b(connect|sendto|sendmsg|sendmmsg)\(/.test(call)),
      [],
    );
  });

  it("write no file but the one that is asked for", () => {
    const writing =
      /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|\b(mkdir|mkdirat|rename\w*|unlink\w*|rmdir|symlink\w*|link\w*|chmod|truncate)\(/;
    const written = new Set(calls.filter((call) => writing.test(call)).map(pathIn));
    assert.deepEqual(
      [...written].filter((path) => !path.startsWith("/dev/")),
      [journal],
    );
    assert.ok(readFileSync(journal, "utf8").includes("guest-os-lifecycle"));
  });

  it("read no file but the pack's own and those of the system", () => {
    const read = calls.filter((call) => call.includes("openat(")).map(pathIn);
    assert.ok(read.includes(executable));
    const home = process.env["HOME"] ?? "/nowhere";
    const node = join(process.execPath, "..", "..");
    const allowed = [executable, join(ROOT, "bin"), join(ROOT, "package.json"), journal, node];
    const system = ["/proc/", "/sys/", "/dev/", "/etc/", "/lib", "/usr/lib", "/usr/share", "/usr/local/lib"];
    const others = read.filter((path) => ![...allowed, ...system].some((one) => path.startsWith(one)));
    assert.deepEqual(others, []);
    assert.ok(!read.some((path) => path.startsWith(join(home, ".pulumi"))));
  });

  it("start no process", () => {
    const started = calls.filter((call) => /\bexecve\(.* = 0$/.test(call)).map(pathIn);
    assert.equal(started[0], executable);
    // What its first line names: env, and node.
    for (const path of started.slice(1)) assert.match(path, /\/(env|node)$/);
  });
});

describe("the sources of the pack", () => {
  it("use of Node.js only what computes, and what writes the file that is asked for", () => {
    const modules = reachedFrom("index.ts").flatMap((file) => {
      const text = readFileSync(join(ROOT, file), "utf8");
      return [...text.matchAll(/(?:from|import\(|require\() ?"(?:node:)?([\w/]+)"/g)]
        .map(([, name = ""]) => name)
        .filter((name) => builtinModules.includes(name))
        .map((name) => `${name} in ${file}`);
    });
    assert.deepEqual(modules.sort(), [
      "fs in lib/reports/journal.ts",
      "net in lib/estate/addresses.ts",
      "net in lib/estate/ipv4.ts",
    ]);
    assert.match(
      readFileSync(join(ROOT, "lib/estate/addresses.ts"), "utf8"),
      /import \{ BlockList, isIP \} from "node:net";/,
    );
  });
});

/** The files that a file imports, directly or not. */
function reachedFrom(file: string): readonly string[] {
  const reached = new Set([file]);
  const imports = importsOf(ROOT);
  for (const from of reached) {
    for (const one of imports) if (one.from === from) reached.add(one.to);
  }
  return [...reached];
}

/** Runs the pack as the engine does, and gives the calls of all its threads and processes. */
async function traced(executable: string, folder: string, journal: string): Promise<readonly string[]> {
  const { start } = await import("../../../tools/bench/analyzer.mjs");
  const { analyzeRequest, analyzeStackRequest, estate } = await import("../../../tools/bench/resources.mjs");
  const [log, wrapper] = [join(folder, "calls.txt"), join(folder, "traced")];
  const strace = `exec strace -f -I 2 -s 300 -o '${log}' -e trace=%network,%file,execve --`;
  writeFileSync(wrapper, `#!/bin/sh\nexport ${JOURNAL_VARIABLE}='${journal}'\n${strace} '${executable}' "$@"\n`);
  chmodSync(wrapper, 0o755);
  const running = await start({ file: wrapper, args: [], folder });
  try {
    await running.configure("estate", { asOf: "2090-01-01" });
    const resources = estate(20);
    for (const one of resources) await running.analyze(analyzeRequest(one));
    await running.analyzeStack(analyzeStackRequest(resources));
  } finally {
    await running.stop();
  }
  return readFileSync(log, "utf8").split("\n");
}

function pathIn(call: string): string {
  const [, path = call] = /"([^"]*)"/.exec(call) ?? [];
  return path;
}
