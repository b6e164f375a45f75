import assert from "node:assert/strict";
import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { preview, pulumi } from "../engine";
import { ROOT } from "../root";
import { EXCHANGE_2010_VIOLATIONS } from "./expected";
import { npm } from "./npm";
import { findings, temporaryFolder, yamlProgram } from "./program";

const EXAMPLE = join(ROOT, "examples", "exchange-2010-violations");
const VM = { guestOs: "Windows Server 2008 R2 SP1", processorCount: 4, memoryMB: 4096 };

describe("the forms of the pack, started by the real engine", () => {
  it("the executable and the directory find the same", async () => {
    const [executable, directory] = [await preview(EXAMPLE), await preview(EXAMPLE, { pack: ROOT })];
    assert.deepEqual(findings(executable.events), EXCHANGE_2010_VIOLATIONS);
    assert.deepEqual(findings(directory.events), findings(executable.events));
    assert.notEqual(directory.code, 0);
  });

  it("the published package works as a pack with production dependencies only, and holds nothing but what runs", async () => {
    const folder = temporaryFolder();
    const [packed] = JSON.parse(npm(["pack", "--json", "--pack-destination", folder], ROOT)) as [
      { filename: string; size: number; files: { path: string }[] },
    ];
    assert.ok(packed.size < 2_000_000, `the tarball has ${String(packed.size)} bytes`);
    const strangers = packed.files
      .map(({ path }) => path)
      .filter(
        (path) =>
          !/^(bin\/.*|package\.json|PulumiPolicy\.yaml|docs\/ci\/[\w-]+\.yml|docs\/rules\/[\w-]+\.md|README\.md|SECURITY\.md|LICENSE)$/.test(
            path,
          ),
      );
    assert.deepEqual(strangers, []);
    assert.ok(packed.files.some(({ path }) => path === "bin/config.schema.json"));

    mkdirSync(join(folder, "user"));
    writeFileSync(join(folder, "user", "package.json"), '{ "private": true }');
    npm(
      ["install", "--omit=dev", "--no-audit", "--no-fund", "--prefer-offline", join(folder, packed.filename)],
      join(folder, "user"),
    );
    const installed = join(folder, "user", "node_modules", "hyperv-guard");
    const { code, events } = await preview(EXAMPLE, { pack: installed });
    assert.notEqual(code, 0);
    assert.deepEqual(findings(events), EXCHANGE_2010_VIOLATIONS);

    const extra = sizeOf(join(folder, "user", "node_modules")) - sdkSize(join(folder, "user", "node_modules"));
    assert.ok(extra < 10_000_000, `the package and its own dependencies have ${String(extra)} bytes`);
  }).timeout(240_000);

  it("a pack configuration changes the level of a policy", async () => {
    const folder = yamlProgram({
      vm1: { type: "VirtualMachine", properties: { ...VM, host: "hv9" } },
      vm2: {
        type: "VirtualMachine",
        properties: {
          ...VM,
          dynamicMemory: { minimumMB: 1024, maximumMB: 4096 },
          exchange: { version: "2010 SP1", roles: ["CAS"] },
        },
      },
    });
    const config = join(folder, "config.json");
    writeFileSync(
      config,
      JSON.stringify({
        estate: { enforcementLevel: "advisory", asOf: "2012-06-30" },
        "exchange-dynamic-memory": "disabled",
      }),
    );
    const { code, events } = await preview(folder, { flags: ["--policy-pack-config", config] });
    assert.equal(code, 0);
    assert.deepEqual(findings(events), [
      'advisory estate vm1: vm1: host is "hv9", but no Host of that name is declared.',
      "advisory undecided vm2: host is not declared: not checked by dynamic-memory-supported.",
    ]);
  });

  it("stops a resource before it is created where the stack's policies would come too late", async () => {
    const folder = yamlProgram({
      vm1: {
        type: "VirtualMachine",
        properties: {
          ...VM,
          dynamicMemory: { minimumMB: 1024, maximumMB: 4096 },
          exchange: { version: "2010 SP1", roles: ["CAS"] },
        },
      },
    });
    const pack = join(ROOT, "bin", "standalone", "hyperv-guard");
    const backend = temporaryFolder();
    const inStack = (...args: string[]) => pulumi([...args, "--stack", "up", "--cwd", folder], backend);
    await inStack("stack", "init");
    const { code, stdout } = await inStack("up", "--skip-preview", "--yes", "--policy-pack", pack);
    assert.notEqual(code, 0);
    assert.match(stdout, /exchange-dynamic-memory {2}\(hyperv-guard:index:VirtualMachine: vm1\)/);
    assert.doesNotMatch((await inStack("stack", "export")).stdout, /VirtualMachine/);
  });
});

/** Bytes in a folder. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? sizeOf(path) : entry.isFile() ? statSync(path).size : 0);
  }, 0);
}

/** What @pulumi/policy and @pulumi/pulumi bring along: everything but our package and what only it asks for. */
function sdkSize(modules: string): number {
  const ours = [
    "hyperv-guard",
    "ajv",
    "fast-deep-equal",
    "fast-uri",
    "json-schema-traverse",
    "require-from-string",
    "fastest-levenshtein",
  ];
  return (
    sizeOf(modules) -
    ours
      .map((name) => join(modules, name))
      .map(sizeOf)
      .reduce((sum, size) => sum + size, 0)
  );
}
