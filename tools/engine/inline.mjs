// Previews a TypeScript or JavaScript program for an engine without a Node.js language host: the program runs in this process,
// as an "inline program" of Pulumi's Automation API.
//
//   node inline.mjs <pulumi> <program directory> <events file> --stack <name> [flags of pulumi preview…]
import { spawn } from "node:child_process";
import { appendFileSync, existsSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [engine = "", directory = "", eventsFile = "", , stackName = "", ...flags] = process.argv.slice(2);
const fromProgram = createRequire(join(directory, "index.js"));

async function preview() {
  const automation = /** @type {typeof import("@pulumi/pulumi/automation/index.js")} */ (
    fromProgram("@pulumi/pulumi/automation")
  );
  const { LocalWorkspace, PulumiCommand, Stack } = automation;

  // The API knows only some of the engine's flags and keeps its output to itself; this passes on all of both.
  let exitCode = 1;
  const pulumiCommand = await PulumiCommand.get();
  const command = /** @type {RunsCommands} */ (/** @type {unknown} */ (pulumiCommand));
  const runCommand = command.run.bind(command);
  command.run = async (args, cwd, env, ...rest) => {
    if (args[0] !== "preview") return runCommand(args, cwd, env, ...rest);
    exitCode = await run([...args, ...flags], cwd, env);
    if (exitCode !== 0) throw new PreviewFailed();
    return { stdout: "", stderr: "", code: exitCode };
  };

  try {
    const workspace = await LocalWorkspace.create({
      workDir: directory,
      pulumiCommand,
      program: () => runProgram(main),
    });
    const { main } = await workspace.projectSettings();
    const stack = await Stack.select(stackName, workspace);
    await stack.preview({
      onEvent: (event) => {
        appendFileSync(eventsFile, `${JSON.stringify(event)}\n`);
      },
    });
  } catch (error) {
    if (!(error instanceof PreviewFailed)) throw error;
  }
  return exitCode;
}

class PreviewFailed extends Error {}

/**
 * What the SDK does with a `PulumiCommand`; not in its public types.
 * @typedef {object} RunsCommands
 * @property {(args: string[], cwd: string, env: Record<string, string>, ...rest: unknown[]) => Promise<{ stdout: string, stderr: string, code: number }>} run
 */

/**
 * @param {string[]} args
 * @param {string} cwd
 * @param {Record<string, string>} env
 * @returns {Promise<number>}
 */
function run(args, cwd, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(engine, args, { cwd, env: { ...process.env, ...env }, stdio: "inherit" });
    child.on("error", reject);
    child.on("close", (code) => {
      resolve(code ?? 1);
    });
  });
}

/** @typedef {Record<string, unknown> | undefined} Outputs */

/**
 * Loads the program as Pulumi's own host does: what it exports are the stack's outputs, and an exported function is called.
 * @param {string | undefined} main the entry file or folder in Pulumi.yaml
 * @returns {Promise<Outputs>}
 */
async function runProgram(main) {
  registerTypeScript();
  process.chdir(directory);
  const exported = /** @type {Outputs | (() => Promise<Outputs> | Outputs)} */ (
    fromProgram(resolve(directory, main ?? "."))
  );
  return typeof exported === "function" ? exported() : exported;
}

/** Types are removed, not checked: that is the editor's and the compiler's work. */
function registerTypeScript() {
  const project = join(directory, "tsconfig.json");
  const { register } = /** @type {typeof import("ts-node")} */ (createRequire(import.meta.url)("ts-node"));
  register({
    cwd: directory,
    transpileOnly: true,
    ...(existsSync(project) ? { project } : { skipProject: true }),
    compilerOptions: {
      target: "es2022",
      module: "node16",
      moduleResolution: "node16",
      esModuleInterop: true,
      allowJs: false,
      checkJs: false,
    },
  });
}

/** Program, components and Automation API must see one copy of the SDK: the program's own, else this package's. */
function shareOneSdk() {
  const modules = /** @type {{ _resolveFilename: (request: string, ...rest: unknown[]) => string }} */ (
    /** @type {unknown} */ (Module)
  );
  const resolveFilename = modules._resolveFilename.bind(Module);
  modules._resolveFilename = (request, ...rest) =>
    /^@pulumi\/pulumi(\/|$)/.test(request)
      ? resolveFilename(request, undefined, false, { paths: [directory] })
      : resolveFilename(request, ...rest);
}

shareOneSdk();
// Standard output belongs to the engine, whose output is not taken through here.
process.stdout.write = process.stderr.write.bind(process.stderr);
process.exit(await preview());
