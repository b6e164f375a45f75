import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineEnvironment } from "./environment.mjs";
import { oneLine, UserError } from "../log.mjs";
import { engineFolder } from "../paths.mjs";
import { run } from "../process.mjs";

/**
 * @typedef {object} Stack
 * @property {string} name
 * @property {string} folder of this run alone; also a place for the run's other files
 * @property {string} configFile
 * @property {() => Promise<void>} close removes it
 */

/**
 * An empty stack of its own for one run, in a temporary folder: runs do not meet, and nothing is written next to the program
 * (`pulumi stack init` would leave a Pulumi.<stack>.yaml there).
 * @param {string} engine
 * @param {import("./program.mjs").Program} program
 * @param {string} name
 * @param {string} [configFile] the configuration to start from; the program's own for this stack when there is one
 * @returns {Promise<Stack>}
 */
export async function openStack(engine, program, name, configFile) {
  const source = configFile ?? join(program.directory, `Pulumi.${name}.yaml`);
  const config = existsSync(source) ? await readFile(source, "utf8") : "";
  const template = await stackTemplate(engine, program.name, name, config);
  const folder = await mkdtemp(join(tmpdir(), "hyperv-guard-"));
  await cp(template, folder, { recursive: true });
  return {
    name,
    folder,
    configFile: join(folder, `Pulumi.${name}.yaml`),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * Making a stack takes most of a second, so it is made once and then copied.
 * @param {string} engine
 * @param {string} project
 * @param {string} name
 * @param {string} config
 */
async function stackTemplate(engine, project, name, config) {
  const passphrase = process.env["PULUMI_CONFIG_PASSPHRASE"] ?? "";
  const key = createHash("sha256")
    .update(JSON.stringify([project, name, config, passphrase]))
    .digest("hex")
    .slice(0, 16);
  const template = join(engineFolder, "stacks", key);
  if (existsSync(template)) return template;

  const unfinished = `${template}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await writeFile(join(unfinished, "Pulumi.yaml"), JSON.stringify({ name: project, runtime: "yaml" }));
    await writeFile(join(unfinished, `Pulumi.${name}.yaml`), config);
    const { code, stderr } = await run(
      engine,
      ["stack", "init", name, "--no-select", "--non-interactive", "--cwd", unfinished],
      {
        env: engineEnvironment(engine, unfinished),
        output: "capture",
      },
    );
    if (code !== 0) throw new UserError(`the stack "${name}" could not be made: ${oneLine(stderr)}`);
    if (!existsSync(template)) await rename(unfinished, template);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return template;
}
