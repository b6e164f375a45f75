// What the npm scripts start. Only Node.js built-ins may be imported here: on a fresh clone nothing is installed yet.
import { ensureDependencies } from "./dependencies.mjs";
import { say, UserError } from "./log.mjs";

/** @type {Record<string, (args: string[]) => Promise<number> | number>} */
const commands = {
  preview: async (args) => (await import("./preview.mjs")).preview(args),
  baseline: async (args) => (await import("./baseline.mjs")).baseline(args),
  test: async (args) => (await import("./test.mjs")).test(args),
  check: async () => (await import("./check.mjs")).check(),
  bench: async (args) => (await import("./bench.mjs")).bench(args),
  build: () => 0, // as every command does first
  package: async (args) => (await import("./package.mjs")).packagePack(args),
  docs: async (args) => (await import("./docs.mjs")).docs(args),
  properties: async () => (await import("./properties.mjs")).properties(),
  tables: async (args) => (await import("./tables.mjs")).tables(args),
};

const [name = "", ...args] = process.argv.slice(2);
try {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new UserError(`usage: node tools/run.mjs ${Object.keys(commands).join("|")}`);
  if (Number.parseInt(process.versions.node) < 20) {
    throw new UserError(`Node.js 20 or later is needed; this is ${process.version}`);
  }
  await ensureDependencies();
  await build();
  process.exitCode = await command(args);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  say(error.message);
  process.exitCode = 1;
}

/** Builds bin/, unless it is up to date. */
async function build() {
  const pack = await import("./build.mjs");
  try {
    await pack.build({ log: say });
  } catch (error) {
    throw new UserError(error instanceof Error ? error.message : String(error));
  }
}
