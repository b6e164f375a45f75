import assert from "node:assert/strict";
import { CollectedFacts } from "../../../lib/dialects/collected-facts";
import { DIALECTS } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { isPlainArray, isPlainObject, type Plain, type PlainObject } from "../../../lib/estate/plain";
import { SAMPLES } from "../../../tools/docs/dialect-samples";
import * as components from "../components/samples";

/** A resource of every type that is read, with every property of it that is read. */
const EVERY_TYPE: readonly (readonly [type: string, properties: PlainObject])[] = [
  ...SAMPLES.map(({ type, properties }) => [type, properties] as const),
  ...Object.entries(components).map(([name, inputs]) => [componentType(name), plain(inputs)] as const),
];

describe("an empty text", () => {
  for (const [type, properties] of EVERY_TYPE) {
    it(`B1: is the same as nothing in every property of ${type}`, () => {
      const paths = propertiesIn(properties, []);
      assert(paths.length > 0, "the sample has properties");
      for (const path of paths) {
        const absent = modelOf(type, withProperty(properties, path, undefined));
        for (const empty of ["", "  "]) {
          assert.deepEqual(modelOf(type, withProperty(properties, path, empty)), absent, path.join("."));
        }
      }
    });
  }

  it("B1: is the same as nothing in a list", () => {
    const nodes = (names: readonly string[]): unknown =>
      modelOf("hyperv-guard:index:Cluster", { name: "c1", nodes: names });
    assert.deepEqual(nodes(["", "hv1", " "]), nodes(["hv1"]));
  });
});

function componentType(name: string): string {
  return `hyperv-guard:index:${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

function plain(inputs: object): PlainObject {
  return JSON.parse(JSON.stringify(inputs)) as PlainObject;
}

type Steps = readonly (string | number)[];

/** The place of every property, at any depth. */
function propertiesIn(value: Plain | undefined, at: Steps): readonly Steps[] {
  if (isPlainArray(value)) return value.flatMap((item, index) => propertiesIn(item, [...at, index]));
  if (!isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => [[...at, name], ...propertiesIn(inner, [...at, name])]);
}

function withProperty(value: PlainObject, path: Steps, property: Plain | undefined): PlainObject {
  return changed(value, path, property) as PlainObject;
}

function changed(value: Plain | undefined, [step, ...more]: Steps, property: Plain | undefined): Plain | undefined {
  if (step === undefined) return property;
  if (isPlainArray(value))
    return value.map((item, index) => (index === step ? changed(item, more, property) : item) ?? null);
  assert(isPlainObject(value));
  const inner = changed(value[step], more, property);
  return { ...value, ...Object.fromEntries<Plain | undefined>([[step, inner]]) };
}

/** All that is read of a resource, without the places where it stands. */
function modelOf(type: string, properties: PlainObject): unknown {
  const provider = { urn: "urn:p", type: "pulumi:providers:hyperv", name: "provider", host: "hv1" };
  const resource: DeclaredResource = { urn: "urn:sample", type, name: "sample", properties, provider };
  const facts = new CollectedFacts();
  facts.read([resource], (one) => DIALECTS.flatMap((dialect) => dialect.readerOf(one) ?? [])[0]);
  return JSON.parse(
    JSON.stringify(
      Object.entries(facts).filter(([name]) => name !== "declared"),
      (key, value: unknown) => (key === "origin" || key === "fact" ? undefined : value),
    ),
  );
}
