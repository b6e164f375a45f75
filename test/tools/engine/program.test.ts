import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

describe("the project file of a program", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hyperv-guard-program-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** What is read of a project file; a failure as its message, without the folder. */
  async function read(text: string, file = "Pulumi.yaml") {
    const { readProgram } = await import("../../../tools/engine/program.mjs");
    writeFileSync(join(folder, file), text);
    try {
      const { name, runtime } = readProgram(folder);
      return { name, runtime };
    } catch (error) {
      assert(error instanceof Error);
      return error.message.replaceAll(`${folder}/`, "").replaceAll(`${folder}\\`, "");
    }
  }

  const READ: readonly (readonly [form: string, text: string, runtime: string, file?: string])[] = [
    ["plain values", "name: estate\nruntime: yaml\n", "yaml"],
    ["a comment behind a value", "name: estate # ours\nruntime: yaml # of course\n", "yaml"],
    ["quoted values and keys", '"name": \'estate\'\nruntime: "nodejs"\n', "nodejs"],
    [
      "a runtime that is an object",
      "name: estate\nruntime:\n  name: nodejs\n  options:\n    nodeargs: --x\n",
      "nodejs",
    ],
    ["options before the name", "runtime:\n  options: { nodeargs: --x }\n  name: nodejs\nname: estate\n", "nodejs"],
    ["B14: flow style", "{ name: estate, runtime: { name: nodejs } }", "nodejs"],
    ["B14: one line of flow style without blanks", '{"name":"estate","runtime":"yaml"}', "yaml"],
    ["a name within another setting", "config:\n  name: other\nname: estate\nruntime: yaml\n", "yaml"],
    ["Windows line ends and a byte order mark", "\ufeffname: estate\r\nruntime: yaml\r\n", "yaml"],
    ["B14: compact JSON", '{"runtime":{"options":{},"name":"nodejs"},"name":"estate"}', "nodejs", "Pulumi.json"],
    ["B14: JSON with tabs", '{\n\t"name": "estate",\n\t"runtime": "yaml"\n}\n', "yaml", "Pulumi.json"],
    ["the other suffix of YAML", "name: estate\nruntime: yaml\n", "yaml", "Pulumi.yml"],
  ];

  for (const [form, text, runtime, file] of READ) {
    it(`${form} is read`, async () => {
      assert.deepEqual(await read(text, file), { name: "estate", runtime });
    });
  }

  const REFUSED: readonly (readonly [problem: string, text: string, message: string])[] = [
    ["B14: no runtime", "name: estate\n", "Pulumi.yaml has no runtime"],
    ["no name", "runtime: yaml\n", "Pulumi.yaml has no name"],
    ["a name without a value", "name:\nruntime: yaml\n", "Pulumi.yaml has no name"],
    ["a runtime without a name", "name: estate\nruntime: { options: {} }\n", "Pulumi.yaml has no runtime"],
    ["a name that is a number", "name: 1\nruntime: yaml\n", "Pulumi.yaml: name must be a string"],
    ["a runtime that is a list", "name: estate\nruntime: [yaml]\n", "Pulumi.yaml: runtime must be a string"],
    ["nothing in it", "", "Pulumi.yaml is not a project file: it must be an object with name and runtime"],
    [
      "broken YAML",
      "name: estate\nruntime: yaml: nodejs\n",
      "Pulumi.yaml cannot be read: Nested mappings are not allowed in compact mappings at line 2, column 10",
    ],
    [
      "a key that is there twice",
      "name: estate\nname: other\nruntime: yaml\n",
      "Pulumi.yaml cannot be read: Map keys must be unique at line 2, column 1",
    ],
  ];

  for (const [problem, text, message] of REFUSED) {
    it(`${problem} is refused`, async () => {
      assert.equal(await read(text), message);
    });
  }
});
