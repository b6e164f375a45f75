import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import schema from "../../../lib/components/schema.json";
import { CollectedFacts } from "../../../lib/dialects/collected-facts";
import { hypervGuard } from "../../../lib/dialects/hyperv-guard";
import { resource } from "../../kit";
import { ROOT } from "../../root";
import { COMPONENTS } from "./component-list";

interface Property {
  description?: string;
  $ref?: string;
  items?: Property;
}

interface Described {
  description?: string;
  inputProperties?: Record<string, Property>;
  requiredInputs?: string[];
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

  for (const { name, type, sample } of COMPONENTS) {
    it(`has every input of ${name}, and no other`, () => {
      assert.deepEqual(shape(resources[type]?.inputProperties), shapeOf(sample));
    });

    it(`has every input of ${name} as an output, with secretInputs`, () => {
      const { inputProperties, properties } = resources[type] ?? {};
      const expected = [...Object.keys(inputProperties ?? {}), "secretInputs"];
      assert.deepEqual(Object.keys(properties ?? {}).sort(), expected.sort());
    });
  }

  for (const { name, type } of COMPONENTS) {
    it(`requires of ${name} what its reader misses, and no more`, () => {
      const facts = new CollectedFacts();
      facts.read([resource(type, "r", { name: "r" })], (one) => hypervGuard.readerOf(one));
      const missing = facts.problems.map(({ path, problem }) => (problem === "is missing" ? path : problem));
      assert.deepEqual(resources[type]?.requiredInputs ?? [], missing.sort());
    });
  }

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
