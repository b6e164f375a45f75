import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RULES, undecided } from "../../policies";
import { engine, preview } from "../engine";
import { ROOT } from "../root";
import { EXCHANGE_2010_VIOLATIONS } from "./expected";
import { extract, npm } from "./npm";
import { findings, temporaryFolder } from "./program";
import { PulumiCloudStub } from "./pulumi-cloud-stub";

const EXAMPLE = join(ROOT, "examples", "exchange-2010-violations");

describe("publishing, against a stub of Pulumi Cloud's API on the loopback interface", () => {
  const cloud = new PulumiCloudStub();
  const { version } = JSON.parse(npm(["pkg", "get", "version", "name"], ROOT)) as { version: string };
  let home: string;
  let pack: string;

  /** Runs the engine as a user who is logged in to the stub. */
  async function pulumi(...args: readonly string[]) {
    const { engineEnvironment } = await import("../../tools/engine/environment.mjs");
    const { run } = await import("../../tools/process.mjs");
    const env = { ...engineEnvironment(engine()), PULUMI_HOME: home, PULUMI_BACKEND_URL: cloud.url };
    return run(engine(), args, { env: { ...env, PULUMI_ACCESS_TOKEN: "of-the-stub" }, cwd: pack, output: "capture" });
  }

  function config(content: object): string {
    const file = join(temporaryFolder(), "config.json");
    writeFileSync(file, JSON.stringify(content));
    return file;
  }

  before(async function () {
    this.timeout(120_000);
    await cloud.start();
    home = temporaryFolder();
    pack = installed(packed());
    const { code, stdout, stderr } = await pulumi("policy", "publish", "acme");
    assert.equal(code, 0, stdout + stderr);
  });

  after(() => cloud.stop());

  it("tells the service every policy, with its level and the schema of its parameters, uploads the pack and says so", () => {
    assert.deepEqual(cloud.requests.slice(0, 3), [
      "POST /api/orgs/acme/policypacks",
      "PUT /upload",
      `POST /api/orgs/acme/policypacks/hyperv-guard/versions/${version}/complete`,
    ]);
    assert.ok(cloud.complete && cloud.pack);
    const { policies, ...rest } = cloud.pack;
    assert.equal(rest.name, "hyperv-guard");
    assert.equal(rest.versionTag, version);
    assert.equal(rest.runtime, "nodejs");
    const described = [...RULES, undecided].map(({ name, title, parameters }) => [
      name,
      title,
      // The engine adds the level to all of them.
      ["enforcementLevel", ...Object.keys(parameters ?? {})].sort(),
    ]);
    const published = policies.map(({ name, description, configSchema }) => [
      name,
      description,
      Object.keys(configSchema?.properties ?? {}).sort(),
    ]);
    assert.deepEqual(published.sort(), described.sort());
    assert.ok(policies.every(({ enforcementLevel }) => ["mandatory", "advisory"].includes(enforcementLevel)));
  });

  it("uploads a pack that finds what this one finds", async () => {
    assert.ok(cloud.tarball);
    const file = join(temporaryFolder(), "published.tgz");
    writeFileSync(file, cloud.tarball);
    const { code, events } = await preview(EXAMPLE, { pack: installed(file) });
    assert.notEqual(code, 0);
    assert.deepEqual(findings(events), EXCHANGE_2010_VIOLATIONS);
  }).timeout(120_000);

  it("lets a configuration be validated that is right", async () => {
    const file = config({
      all: "advisory",
      estate: { asOf: "2026-11-22" },
      "exchange-survives-host-loss": { enforcementLevel: "mandatory", hostsLost: 2 },
    });
    const { code, stdout, stderr } = await pulumi(
      "policy",
      "validate-config",
      "acme/hyperv-guard",
      version,
      "--config",
      file,
    );
    assert.deepEqual([code, stdout, withoutLogin(stderr)], [0, "Policy Pack configuration is valid.\n", ""]);
  });

  it("lets a configuration be refused that has a value of another type", async () => {
    const file = config({ estate: { asOf: 2026 } });
    const { code, stderr } = await pulumi("policy", "validate-config", "acme/hyperv-guard", version, "--config", file);
    assert.notEqual(code, 0);
    assert.match(
      stderr,
      /error: policy pack configuration is invalid: Invalid type\. Expected: string, given: integer/,
    );
  });

  it("lets an organisation require it, with a configuration", async () => {
    const estate = { asOf: "2026-11-22" };
    const { code, stderr } = await pulumi(
      "policy",
      "enable",
      "acme/hyperv-guard",
      version,
      "--config",
      config({ estate }),
    );
    assert.equal(code, 0, stderr);
    assert.deepEqual(cloud.group, { addPolicyPack: { name: "hyperv-guard", versionTag: version, config: { estate } } });
  });
});

/** The tarball of this package, as npm would publish it. */
function packed(): string {
  const folder = temporaryFolder();
  const [{ filename }] = JSON.parse(npm(["pack", "--json", "--pack-destination", folder], ROOT)) as [
    { filename: string },
  ];
  return join(folder, filename);
}

/** Unpacks a tarball of this package and gives it the packages that it needs, as `npm install` would. */
function installed(tarball: string): string {
  const folder = join(temporaryFolder(), "pack");
  mkdirSync(folder);
  extract(tarball, folder);
  symlinkSync(join(ROOT, "node_modules"), join(folder, "package", "node_modules"), "junction");
  return join(folder, "package");
}

function withoutLogin(text: string): string {
  return text.replace(/^Logging in using access token.*\n/m, "");
}
