import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import schema from "../../../lib/components/schema.json";
import { ROOT } from "../../root";
import * as samples from "./samples";

interface Property {
  description?: string;
  $ref?: string;
  items?: Property;
}

interface Described {
  description?: string;
  inputProperties?: Record<string, Property>;
  properties?: Record<string, Property>;
}

const resources = describedIn(schema.resources);
const types = describedIn(schema.types);

describe("the schema of the component package", () => {
  it("is what the sources give", async function () {
    this.timeout(60_000);
    await promisify(execFile)(process.execPath, [join(ROOT, "tools", "build.mjs"), "--check"]);
  });

  it("has the name and the version of the package", async () => {
    const manifest: unknown = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
    const { name, version } = schema;
    assert.deepEqual({ name, version }, pick(manifest, ["name", "version"]));
  });

  for (const [type, sample] of Object.entries({
    Host: samples.host,
    Cluster: samples.cluster,
    VirtualMachine: samples.virtualMachine,
    VmmServer: samples.vmmServer,
    Firewall: samples.firewall,
    ReplicaRelationship: samples.replicaRelationship,
    BackupJob: samples.backupJob,
  })) {
    it(`has every input of ${type}, and no other`, () => {
      assert.deepEqual(shape(resources[`hyperv-guard:index:${type}`]?.inputProperties), shapeOf(sample));
    });

    it(`has every input of ${type} as an output, with secretInputs`, () => {
      const { inputProperties, properties } = resources[`hyperv-guard:index:${type}`] ?? {};
      const expected = [...Object.keys(inputProperties ?? {}), "secretInputs"];
      assert.deepEqual(Object.keys(properties ?? {}).sort(), expected.sort());
    });
  }

  it("requires what cannot do without", () => {
    const required = Object.entries(schema.resources).map(([type, { requiredInputs }]) => [type, requiredInputs]);
    assert.deepEqual(Object.fromEntries(required), {
      "hyperv-guard:index:Host": ["memoryMB", "operatingSystem", "processors"],
      "hyperv-guard:index:Cluster": [],
      "hyperv-guard:index:VirtualMachine": ["guestOs", "memoryMB", "processorCount"],
      "hyperv-guard:index:VmmServer": ["version"],
      "hyperv-guard:index:Firewall": ["from", "to"],
      "hyperv-guard:index:ReplicaRelationship": ["authentication", "primary", "replica", "virtualMachine"],
      "hyperv-guard:index:BackupJob": ["product", "protects"],
    });
  });

  it("describes everything", () => {
    for (const [type, described] of Object.entries({ ...resources, ...types })) {
      assert.ok(described.description, type);
      for (const properties of [described.inputProperties, described.properties]) {
        for (const [name, property] of Object.entries(properties ?? {})) {
          assert.ok(property.description, `${type} ${name}`);
        }
      }
    }
  });
});

/** The literal types that TypeScript infers from the file differ in every property: this is what they have in common. */
function describedIn(part: object): Record<string, Described> {
  return Object.fromEntries(Object.entries<Described>({ ...part }));
}

/** The names of all properties, nested as the types are. */
interface Shape {
  [name: string]: Shape;
}

function shape(properties: Record<string, Property> = {}): Shape {
  const nested = Object.entries(properties).map(([name, { $ref, items }]) => {
    const type = ($ref ?? items?.$ref)?.replace("#/types/", "");
    return [name, type === undefined ? {} : shape(types[type]?.properties)] as const;
  });
  return Object.fromEntries(nested);
}

function shapeOf(sample: unknown): Shape {
  if (Array.isArray(sample)) return shapeOf(sample[0]);
  if (typeof sample !== "object" || sample === null) return {};
  return Object.fromEntries(Object.entries(sample).map(([name, value]) => [name, shapeOf(value)]));
}

function pick(source: unknown, names: string[]): Record<string, unknown> {
  assert.ok(typeof source === "object" && source !== null);
  return Object.fromEntries(Object.entries(source).filter(([name]) => names.includes(name)));
}
