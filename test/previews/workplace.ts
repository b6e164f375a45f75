import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { engine, pulumi } from "../engine";
import { ROOT } from "../root";
import { temporaryFolder, type Resources } from "./program";

/** The command, as it is installed. */
export const COMMAND = join(ROOT, "bin", "lib", "cli", "main.js");

/** The day by which the configuration of a workplace judges. */
export const AS_OF = "2026-11-22";

/** A program with a stack, in which a user works from the command line. */
export class Workplace {
  readonly folder = temporaryFolder();
  readonly backend = temporaryFolder();

  async open(resources: Resources): Promise<this> {
    this.declare(resources);
    this.configure({ estate: { asOf: AS_OF } });
    const { code, stderr } = await pulumi(["stack", "init", "dev", "--cwd", this.folder], this.backend);
    assert.equal(code, 0, stderr);
    return this;
  }

  declare(resources: Resources): void {
    this.write(JSON.stringify({ name: "estate", runtime: "yaml", resources }, undefined, 2));
  }

  write(program: string): void {
    writeFileSync(join(this.folder, "Pulumi.yaml"), program);
  }

  get config(): string {
    return join(this.folder, "policy-config.json");
  }

  configure(configuration: object): void {
    writeFileSync(this.config, JSON.stringify(configuration));
  }

  configuration(): { estate: { exemptions: Record<string, unknown>[] } } {
    return JSON.parse(readFileSync(this.config, "utf8")) as ReturnType<Workplace["configuration"]>;
  }

  /** Runs `hyperv-guard` in the program's folder. */
  async run(...words: readonly string[]) {
    return this.runWith({}, ...words);
  }

  /** The same with further environment variables. */
  async runWith(variables: NodeJS.ProcessEnv, ...words: readonly string[]) {
    const { engineEnvironment } = await import("../../tools/engine/environment.mjs");
    const { run } = await import("../../tools/process.mjs");
    const env = { ...engineEnvironment(engine(), this.backend), ...variables };
    const result = await run(process.execPath, [COMMAND, ...words], { cwd: this.folder, env, output: "capture" });
    return { code: result.code, out: result.stdout.split("\n").slice(0, -1), error: result.stderr };
  }

  /** Runs `pulumi preview` with the pack in the program's folder, as a user without the command does. */
  async pulumi(variables: NodeJS.ProcessEnv) {
    const { defaultPack } = await import("../../tools/engine/preview-program.mjs");
    const { engineEnvironment } = await import("../../tools/engine/environment.mjs");
    const { run } = await import("../../tools/process.mjs");
    const env = { ...engineEnvironment(engine(), this.backend), ...variables };
    const args = ["preview", "--stack", "dev", "--cwd", this.folder, "--policy-pack", defaultPack];
    return run(engine(), [...args, "--policy-pack-config", this.config], { env, output: "capture" });
  }
}
