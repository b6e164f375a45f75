import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { readConfigJson } from "../../../lib/cli/config-file";
import { runCommand } from "../../../lib/cli/run-command";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { toPlainObject } from "../../../lib/estate/plain";
import { readRvtools } from "../../../lib/inputs/rvtools";
import { rvtoolsProgram } from "../../../lib/inputs/rvtools-program";
import { Judge } from "../../../lib/judging/judge";
import { EffectiveSettings } from "../../../lib/settings/effective-settings";
import { fileConfiguration } from "../../../lib/settings/file-configuration";
import { isRecord } from "../../../lib/text/collections";
import { RULES, undecided } from "../../../policies";
import { outputTo } from "../../output";
import { ROOT } from "../../root";
import { EXAMPLE, rvtoolsExport, type ExportedMachine } from "./rvtools-estate";

const FOLDER = join(ROOT, "examples", "rvtools");

function programOf(...machines: readonly ExportedMachine[]): string {
  return rvtoolsProgram([rvtoolsExport(machines)]);
}

/** The resources of a program, as an engine would hand them over. */
function resourcesOf(program: string): readonly DeclaredResource[] {
  const { resources } = parse(program) as { readonly resources: Readonly<Record<string, unknown>> | null };
  return Object.entries(resources ?? {}).map(([name, resource]) => {
    assert.ok(isRecord(resource));
    const type = String(resource["type"]);
    const urn = `urn:pulumi:dev::vmware-estate::${type}::${name}`;
    return { urn, type, name, properties: toPlainObject(withoutEscapes(resource["properties"])) };
  });
}

function withoutEscapes(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("$${", () => "${");
  if (Array.isArray(value)) return value.map(withoutEscapes);
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutEscapes(item)]))
    : value;
}

/** What is found, but what could not be decided: a program decides more. */
function foundIn(resources: readonly DeclaredResource[], configuration: unknown): readonly string[] {
  const policies = [...RULES, undecided];
  const settings = new EffectiveSettings({ policies });
  settings.configure(fileConfiguration(configuration, policies, settings));
  const { findings } = new Judge(RULES, undecided, settings).judgeAll(resources);
  return findings
    .filter(({ rule }) => rule !== "undecided")
    .map(({ rule, enforcement, entity, property = "", problem, fix = "" }) =>
      [rule, enforcement, entity?.name ?? "", property, problem, fix].join(" | "),
    )
    .sort();
}

describe("the program of an export of RVTools", () => {
  it("has the same findings", async () => {
    const configuration = await readConfigJson(join(FOLDER, "policy-config.json"));
    const known = EXAMPLE.filter(({ info }) => info["VM"] !== "app1");
    const found = foundIn(resourcesOf(programOf(...EXAMPLE)), configuration);
    assert.ok(found.some((line) => line.startsWith("guest-processor-count | mandatory | sql1")));
    assert.deepEqual(found, foundIn(readRvtools(rvtoolsExport(known)).resources, configuration));
  });

  it("has what is read, whatever machines are called", () => {
    const name = fc.oneof(
      fc.string({ minLength: 1, maxLength: 20 }),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 10 }),
      fc.constantFrom(
        "${a}",
        "$${a}",
        "a::b",
        "pulumi",
        "__proto__",
        "yes",
        "0x10",
        "1_000",
        "# x",
        "- x",
        "\u202e",
        "\u0085",
      ),
    );
    const names = fc.array(
      name.filter((text) => text.trim() !== ""),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(names, fc.boolean(), (list, hasGuest) => {
        const guest = { "OS according to the configuration file": `Microsoft Windows Server 2022 (64-bit)` };
        const machines = list.map((one) => ({
          info: { VM: one, CPUs: 2, Memory: 4096, ...(hasGuest ? guest : {}) },
          disks: [{ "Capacity MiB": 3, Disk: one }],
          adapters: [{ Network: one }],
        }));
        const resources = resourcesOf(programOf(...machines));
        const trimmed = list.map((one) => one.trim());
        const values = resources.map(({ properties }) => JSON.stringify(properties));
        const expected = trimmed.map((one) =>
          JSON.stringify({
            name: one,
            guestOs: "Windows Server 2022 (64-bit)",
            generation: 1,
            processorCount: 2,
            memoryMB: 4096,
            disks: [{ name: one, purpose: "operatingSystem", type: "dynamic", sizeGB: 3 / 1024 }],
            networkAdapters: [{ name: "Network adapter 1", switch: one }],
          }),
        );
        assert.deepEqual([...values].sort(), hasGuest ? [...expected].sort() : []);
        assert.ok(resources.every(({ name: logical }) => !logical.includes("::") && logical !== "pulumi"));
      }),
    );
  });

  it("has in comments what lacks something", () => {
    const info = {
      VM: "a",
      CPUs: 2,
      Memory: 4096,
      "OS according to the configuration file": "Debian GNU/Linux 12 (64-bit)",
    };
    const isCommented = (machine: ExportedMachine): boolean => resourcesOf(programOf(machine)).length === 0;
    assert.equal(isCommented({ info }), false);
    for (const lacking of [{ CPUs: null }, { Memory: null }, { Firmware: null }, { Disks: 2 }, { NICs: 2 }]) {
      assert.equal(isCommented({ info: { ...info, ...lacking } }), true, JSON.stringify(lacking));
    }
    assert.equal(isCommented({ info, disks: [{}] }), true);
    assert.equal(isCommented({ info, adapters: [{ Network: null }] }), true);
    const program = programOf({ info: { ...info, "OS according to the configuration file": "Other (64-bit)" } });
    assert.match(program, /^# {7}guestOs: # "Other \(64-bit\)"$/m);
    // It is a program again when the signs are removed and the value is there.
    const completed = program.replace(/^# {3}/gm, "  ").replace(/guestOs: .*/, "guestOs: Windows Server 2022");
    assert.equal(resourcesOf(completed).length, 1);
  });

  describe("is written by the command", () => {
    let folder: string;

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "hyperv-guard-test-"));
    });

    afterEach(() => {
      rmSync(folder, { recursive: true });
    });

    const check = async (...words: readonly string[]) => {
      const printed: string[] = [];
      const code = await runCommand(["check", ...words], outputTo(printed));
      return { code, printed: printed.join("\n") };
    };
    const source = join(FOLDER, "estate.xlsx");

    it("beside the report", async () => {
      const target = join(folder, "Pulumi.yaml");
      const { code } = await check("--rvtools", source, "--generate", target);
      assert.equal(code, 1);
      assert.equal(readFileSync(target, "utf8"), programOf(...EXAMPLE));
    });

    it("and never in the place of another", async () => {
      const target = join(folder, "Pulumi.yaml");
      writeFileSync(target, "name: mine\n");
      const { code, printed } = await check("--rvtools", source, "--generate", target);
      assert.equal(code, 2);
      assert.match(printed, /Pulumi\.yaml is there already: name another file/);
      assert.equal(readFileSync(target, "utf8"), "name: mine\n");
    });

    it("only of an export that is a file", async () => {
      const target = join(folder, "Pulumi.yaml");
      for (const words of [["--state", source], ["--rvtools", "-"], []]) {
        assert.equal((await check(...words, "--generate", target)).code, 2);
      }
      assert.equal(existsSync(target), false);
    });
  });
});
