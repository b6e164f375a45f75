import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { CommandName } from "../../lib/cli/options";
import { SECRET, SIGNATURE } from "../../lib/inputs/pulumi-values";
import type { FindingRecord } from "../../lib/judging/finding-record";
import { isRecord } from "../../lib/text/collections";
import { engine } from "../engine";
import { temporaryFolder, type Resources } from "./program";
import { AS_OF, COMMAND, Workplace } from "./workplace";

/*
 * Whatever goes wrong around it, each command ends with the right exit code and in a line or two, shows no secret and
 * nothing that a terminal or a pipeline obeys, loses nothing that was in a file, and leaves neither processes nor folders.
 */

const HOST = {
  type: "hyperv-guard:index:Host",
  properties: {
    operatingSystem: "Windows Server 2022",
    processors: { sockets: 4, coresPerSocket: 64, threadsPerCore: 2 },
    memoryMB: 262144,
  },
};

function machine(properties: object) {
  const sound = { host: "hv1", guestOs: "Windows Server 2019", generation: 2, processorCount: 4, memoryMB: 4096 };
  return { type: "hyperv-guard:index:VirtualMachine", properties: { ...sound, ...properties } };
}

const CANARY = "quokka-77031";
const HOSTILE = "\u001b[31mvm\u0007\n::error::stop\n##vso[task.complete]##[error]<{%fg 1%}>\u202e\r|<b>";

/** Something that blocks, a name that a terminal and pipelines would obey, and a secret that is wrong. */
const RESOURCES: Resources = {
  hv1: HOST,
  app1: machine({ processorCount: 241 }),
  hostile: machine({ name: HOSTILE, processorCount: 242 }),
  secretive: machine({ host: { "fn::secret": CANARY } }),
};

const BLOCKED = /app1 has 241 virtual processors/;

interface StartOptions {
  /** Where standard output goes. */
  readonly out?: "pipe" | number;
  readonly variables?: NodeJS.ProcessEnv;
}

/** The files of a working day. */
class Day {
  readonly place = new Workplace();
  readonly temporary = temporaryFolder();
  private readonly marker = basename(this.temporary);

  async open(): Promise<this> {
    await this.place.open(RESOURCES);
    const states = Object.entries(RESOURCES).map(([name, { type, properties }]) => ({
      urn: this.urn(name),
      type,
      inputs: inClear({ name, ...properties }),
    }));
    writeFileSync(this.file("state.json"), JSON.stringify({ version: 3, deployment: { resources: states } }));
    const steps = states.map((newState) => ({ op: "create", newState }));
    writeFileSync(this.file("preview.json"), JSON.stringify({ steps, changeSummary: { create: steps.length } }));
    return this;
  }

  file(name: string): string {
    return join(this.place.folder, name);
  }

  urn(name: string): string {
    return `urn:pulumi:dev::estate::${RESOURCES[name]?.type ?? ""}::${name}`;
  }

  /** Starts the command in the program's folder. */
  async start(way: Way, more: readonly string[] = [], { out = "pipe", variables = {} }: StartOptions = {}) {
    const { engineEnvironment } = await import("../../tools/engine/environment.mjs");
    const env = { ...engineEnvironment(engine(), this.place.backend), TMPDIR: this.temporary, [MARKER]: this.marker };
    const child = spawn(process.execPath, [COMMAND, ...way.words(this), ...more], {
      cwd: this.place.folder,
      env: { ...env, ...variables },
      stdio: ["pipe", out, "pipe"],
    });
    const texts = { out: "", error: "" };
    child.stdout?.on("data", (data: Buffer) => (texts.out += data.toString()));
    child.stderr?.on("data", (data: Buffer) => (texts.error += data.toString()));
    child.stdin?.on("error", () => undefined);
    const ended = once(child, "close").then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as string | null,
      ...texts,
    }));
    return { child, ended };
  }

  /** Runs the command to its end. */
  async run(way: Way, ...args: readonly [more?: readonly string[], options?: StartOptions]) {
    const { child, ended } = await this.start(way, ...args);
    child.stdin?.end(way.input === undefined ? "" : readFileSync(this.file(way.input)));
    return ended;
  }

  /** Processes that the command has started, or its engine. */
  processes(): readonly string[] {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .filter((id) => contentOf(`/proc/${id}/environ`).includes(`${MARKER}=${this.marker}`))
      .map((id) => contentOf(`/proc/${id}/cmdline`).replaceAll("\0", " "));
  }

  /** Fails where something is left of a command that has ended. */
  async assertNothingLeft(): Promise<void> {
    assert.deepEqual(readdirSync(this.temporary), []);
    assert.deepEqual(
      readdirSync(this.place.folder).filter((name) => name.endsWith(".tmp")),
      [],
    );
    for (let turn = 0; turn < 100 && this.processes().length > 0; turn++) await wait(100);
    assert.deepEqual(this.processes(), []);
  }
}

const MARKER = "HYPERV_GUARD_TEST_DAY";

function contentOf(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return ""; // of a process that is gone, or of somebody else
  }
}

/** Inputs with secrets as a stack holds them in the clear. */
function inClear(value: unknown): unknown {
  if (!isRecord(value)) return value;
  if ("fn::secret" in value) return { [SIGNATURE]: SECRET, plaintext: JSON.stringify(value["fn::secret"]) };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inClear(item)]));
}

/** One way to use a command. */
interface Way {
  readonly words: (day: Pick<Day, "file">) => readonly string[];
  /** The exit code where nothing goes wrong but what the program declares. */
  readonly code: number;
  /** The file that it reads, if any, and whether that comes through standard input. */
  readonly reads?: string;
  readonly input?: string;
  /** Whether it starts the engine. */
  readonly previews?: true;
  /** Whether all that it says goes to standard error. */
  readonly printsNothing?: true;
  /** Whether it prints findings. */
  readonly reports?: true;
}

/** How every command is used: a new one is not complete without an entry here. */
const WAYS: Readonly<Record<CommandName, readonly Way[]>> = {
  preview: [
    { words: (day) => ["preview", "--summary", day.file("summary.md")], code: 1, previews: true, reports: true },
  ],
  check: [
    { words: (day) => ["check", "--state", day.file("state.json")], code: 1, reads: "state.json", reports: true },
    { words: (day) => ["check", "--preview", day.file("preview.json")], code: 1, reads: "preview.json", reports: true },
    { words: () => ["check", "--state", "-", "--format", "json"], code: 1, input: "state.json", reports: true },
    { words: () => ["check"], code: 1, previews: true, reports: true },
  ],
  baseline: [{ words: () => ["baseline"], code: 0, previews: true }],
  fix: [
    { words: (day) => ["fix", "--state", day.file("state.json")], code: 1, reads: "state.json" },
    { words: () => ["fix"], code: 1, previews: true },
  ],
  "check-config": [
    { words: (day) => ["check-config", day.file("policy-config.json")], code: 0, reads: "policy-config.json" },
  ],
  doctor: [{ words: (day) => ["doctor", "--state", day.file("state.json")], code: 0, reads: "state.json" }],
  init: [{ words: () => ["init"], code: 0, printsNothing: true }],
  comment: [{ words: (day) => ["comment", day.file("state.json")], code: 0, printsNothing: true }],
  completion: [{ words: () => ["completion", "bash"], code: 0 }],
  explain: [{ words: () => ["explain", "guest-processor-count"], code: 0 }],
  rules: [{ words: () => ["rules", "--json"], code: 0 }],
  tables: [{ words: () => ["tables", "Windows Server 2022"], code: 0 }],
  "inventory-script": [{ words: () => ["inventory-script"], code: 0 }],
};

/** What a terminal, GitHub's runner or Azure Pipelines would obey. */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|^\s*::|##vso\[|##\[/m;

function assertClean(text: string, what: string): void {
  assert.doesNotMatch(text, OBEYED, what);
  assert.ok(!text.toLowerCase().includes("quokka"), `${what} shows a secret`);
  assert.doesNotMatch(text, /\n\s+at .*:\d+:\d+/, `${what} shows where the program failed`);
}

/** One line about what went wrong. */
function assertOneLine(error: string, says: RegExp): void {
  assert.match(error, says);
  assert.ok(error.trimEnd().split("\n").length <= 2, error);
  assertClean(error, "standard error");
}

describe("a day of faults", function () {
  this.timeout(300_000);

  before(function () {
    if (process.platform !== "linux") this.skip(); // its processes and its full device are looked for
  });

  it("is had by every command", () => {
    const { stdout } = spawnSync(process.execPath, [COMMAND, "--help"], { encoding: "utf8" });
    const commands = [...stdout.matchAll(/^ {2}([a-z][a-z-]*)(?= |$)/gm)].map(([, name]) => name);
    assert.deepEqual([...new Set(commands)].filter((name) => name !== "help").sort(), Object.keys(WAYS).sort());
  });

  for (const [name, ways] of Object.entries(WAYS)) {
    for (const way of ways) {
      const title = way.words({ file: (file) => file }).join(" ");
      describe(`hyperv-guard ${title}`, () => {
        let day: Day;

        beforeEach(async () => {
          day = await new Day().open();
        });

        afterEach(async () => {
          await day.assertNothingLeft();
        });

        hostileDay(name, way, () => day);
        if (way.printsNothing !== true) fullDay(way, () => day);
        if (way.previews === true || fileOf(way) !== undefined) killedDay(way, () => day);
        if (way.previews === true) targetedDay(name, way, () => day);
        if (fileOf(way) !== undefined) cutDay(way, () => day);
      });
    }
  }
});

function hostileDay(name: string, way: Way, today: () => Day): void {
  it("F1, F7, H13: shows no secret, and nothing that a terminal or a pipeline obeys", async () => {
    const day = today();
    const { code, out, error } = await day.run(way);
    assert.equal(code, way.code, error);
    for (const [what, text] of Object.entries({ out, error })) assertClean(text, what);
    for (const file of ["summary.md", "policy-config.json"]) assertClean(contentOf(day.file(file)), file);
    if (way.reports === true) {
      assert.match(out, BLOCKED);
      assert.match(out, /242 virtual processors/);
      assert.match(out, /\[secret\]/);
    }
    if (name === "baseline") assert.match(readFileSync(day.place.config, "utf8"), /guest-processor-count/);
  });
}

function killedDay(way: Way, today: () => Day): void {
  it("F4: ends when it is asked to, and leaves files as they were", async () => {
    const day = today();
    const before = readFileSync(day.place.config, "utf8");
    const reads = way.reads === undefined ? undefined : asPipe(day.file(way.reads));
    const { child, ended } = await day.start(way);
    if (way.previews === true) await packOf(day, child);
    if (reads !== undefined) await reads();
    if (way.input !== undefined) child.stdin?.write(readFileSync(day.file(way.input)).subarray(0, 200));
    child.kill("SIGTERM");
    const { code, signal, out, error } = await ended;
    if (way.previews === true) {
      assert.equal(code, 3, error);
      assertOneLine(error, /stopped by SIGTERM/);
    } else {
      assert.equal(signal, "SIGTERM");
      assert.equal(out, "");
    }
    if (way.reads !== "policy-config.json") assert.equal(readFileSync(day.place.config, "utf8"), before);
  });
}

/** Waits until the engine has started the pack. */
async function packOf(day: Day, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && !day.processes().some((line) => line.includes("standalone"))) await wait(50);
}

/** Puts a pipe in the place of a file. The answer waits until somebody reads it, and gives half of a text. */
function asPipe(file: string): () => Promise<void> {
  spawnSync("rm", [file]);
  assert.equal(spawnSync("mkfifo", [file]).status, 0);
  return async () => {
    for (;;) {
      try {
        const pipe = openSync(file, constants.O_WRONLY | constants.O_NONBLOCK);
        writeFileSync(pipe, '{"version":3,');
        after(() => {
          closeSync(pipe);
        });
        return;
      } catch {
        await wait(20); // nobody reads it yet
      }
    }
  };
}

function fullDay(way: Way, today: () => Day): void {
  it("F5, F6: says that what it prints has no room, and fails", async () => {
    const day = today();
    if (way.reads === "policy-config.json") day.place.configure({ nonsense: 1 });
    const full = openSync("/dev/full", "w");
    const { code, error } = await day.run(way, [], { out: full });
    closeSync(full);
    assert.equal(code, 3, error);
    assert.match(error, /^hyperv-guard: standard output cannot be written: ENOSPC/m);
    assertClean(error, "standard error");
  });

  if (way.previews !== true) return;
  it("F8: says that there is no room for temporary files, and fails", async () => {
    const { code, out, error } = await today().run(way, [], { variables: { TMPDIR: "/no/such/folder" } });
    assert.equal(code, 3);
    assert.equal(out, "");
    assertOneLine(error, /\/no\/such\/folder cannot hold a temporary folder/);
  });
}

function targetedDay(name: string, way: Way, today: () => Day): void {
  it("F2, F5: finds nothing through a target that the whole does not have, and loses nothing of other stacks", async () => {
    const day = today();
    const kept = {
      rule: "guest-memory",
      resource: "app1",
      reason: "baseline of 2026-11-22",
      expires: "2027-01-31",
      stacks: ["estate/prod"],
    };
    day.place.configure({ estate: { asOf: AS_OF, exemptions: [kept] } });
    const before = readFileSync(day.place.config, "utf8");
    const blocking = async (...more: readonly string[]): Promise<readonly string[]> => {
      writeFileSync(day.place.config, before);
      const { out, error } = await day.run(way, more);
      for (const [what, text] of Object.entries({ out, error })) assertClean(text, what);
      return way.reports === true ? blockingIn(out) : [];
    };
    const options = name === "baseline" ? ["--replace"] : ["--format", "json"];
    const whole = await blocking(...options);
    const ofPart = await blocking(...options, "--", "--target", day.urn("hv1"));
    assert.deepEqual(
      ofPart.filter((line) => !whole.includes(line)),
      [],
    );
    assert.deepEqual(day.place.configuration().estate.exemptions[0], kept);
  });
}

function blockingIn(report: string): readonly string[] {
  const { findings } = JSON.parse(report) as { readonly findings: readonly FindingRecord[] };
  return findings
    .filter(({ enforcement, exempted }) => enforcement === "mandatory" && exempted === undefined)
    .map(({ rule, problem }) => `${rule}: ${problem}`);
}

function fileOf({ reads, input }: Way): string | undefined {
  return reads ?? input;
}

function cutDay(way: Way, today: () => Day): void {
  const file = fileOf(way) ?? "";

  it("says that a file is cut short, and nothing of what is in it", async () => {
    const day = today();
    const whole = readFileSync(day.file(file), "utf8");
    for (const at of [0, 1, Math.floor(whole.length / 2), whole.indexOf("quokka") + 3, whole.length - 1]) {
      writeFileSync(day.file(file), whole.slice(0, at));
      const { code, out, error } = await day.run(way);
      assert.ok(code === 3 || (file === "policy-config.json" && code === 1), `${String(code)}: ${out}${error}`);
      assertOneLine(out + error, file === "policy-config.json" ? /line 1, column \d+/ : /is (?:empty|not JSON)/);
    }
  });
}
