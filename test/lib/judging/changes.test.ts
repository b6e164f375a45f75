import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { isPlainArray, isPlainObject, toPlainObject, type Plain, type PlainObject } from "../../../lib/estate/plain";
import type { Change } from "../../../lib/rules/figures";
import { RULES } from "../../../policies";
import { judge, nameOf } from "../../kit";
import { ROOT } from "../../root";

const EXAMPLES = join(ROOT, "examples");
const COMPONENT = "hyperv-guard:index:";

/** A finding as it can be found again: where it is, and what it asks to change. */
interface FoundProblem {
  readonly rule: string;
  readonly urn: string;
  readonly path: string;
  readonly change: Change | undefined;
}

/** The examples of mistakes that are written in YAML. */
function examples(): readonly string[] {
  return readdirSync(EXAMPLES).filter((name) => name.endsWith("-violations") && programOf(name)["runtime"] === "yaml");
}

function programOf(example: string): PlainObject {
  return toPlainObject(parse(readFileSync(join(EXAMPLES, example, "Pulumi.yaml"), "utf8")));
}

/** The resources of a program, with the values that its variables and the names of resources stand for. */
function declaredIn(example: string): readonly DeclaredResource[] {
  const program = programOf(example);
  const variables = objectAt(program, "variables");
  const evaluate = (value: Plain): Plain => {
    if (isPlainArray(value)) return value.map(evaluate);
    if (isPlainObject(value)) return mapObject(value, evaluate);
    const [, name = ""] = typeof value === "string" ? (/^\$\{(\w+|[\w-]+\.name)\}$/.exec(value) ?? []) : [];
    if (name === "") return value;
    return name.endsWith(".name") ? name.slice(0, -".name".length) : (variables[name] ?? null);
  };
  return Object.entries(objectAt(program, "resources")).map(([name, declaration]) => {
    const { type, properties } = isPlainObject(declaration) ? declaration : {};
    assert(typeof type === "string" && isPlainObject(properties), name);
    const urn = `urn:pulumi:test::${example}::${type}::${name}`;
    return { urn, type, name, properties: { name, ...mapObject(properties, evaluate) } };
  });
}

function objectAt(program: PlainObject, name: string): PlainObject {
  const value = program[name];
  return isPlainObject(value) ? value : {};
}

function mapObject(object: PlainObject, change: (value: Plain) => Plain): PlainObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value ?? null)]));
}

/** What all rules find. */
function problemsIn(resources: readonly DeclaredResource[]): readonly FoundProblem[] {
  return RULES.flatMap((rule) =>
    judge(rule, resources).violations.map(({ on, path, change }) => ({ rule: rule.name, urn: on.urn, path, change })),
  );
}

/** The resources as they are after a change. */
function changed(resources: readonly DeclaredResource[], { urn, change }: FoundProblem): readonly DeclaredResource[] {
  if (change === undefined) return resources;
  const keys = change.path.split(/[.[\]]+/).filter((key) => key !== "");
  return resources.map((resource) =>
    resource.urn === urn
      ? { ...resource, properties: toPlainObject(withValue(resource.properties, keys, change.value)) }
      : resource,
  );
}

function withValue(value: Plain, [key, ...keys]: readonly string[], to: Plain): Plain {
  if (key === undefined) return to;
  if (isPlainArray(value)) {
    return value.map((item, index) => (String(index) === key ? withValue(item, keys, to) : item));
  }
  const object = isPlainObject(value) ? value : {};
  return { ...object, [key]: withValue(object[key] ?? null, keys, to) };
}

function placeOf({ rule, urn, path }: FoundProblem): string {
  return `${rule} ${nameOf(urn)} ${path}`;
}

function newIn(after: readonly FoundProblem[], before: readonly FoundProblem[]): readonly string[] {
  const known = new Set(before.map(placeOf));
  return after.map(placeOf).filter((place) => !known.has(place));
}

describe("the changes that findings offer", () => {
  for (const example of examples()) {
    describe(`for ${example}`, () => {
      const resources = declaredIn(example);
      const before = problemsIn(resources);
      const offered = before.filter(({ urn, change }) => change !== undefined && urn.includes(`::${COMPONENT}`));

      it("leave no finding where they are followed, and lead to no new one", () => {
        assert(before.length > 0);
        const after = problemsIn(offered.reduce(changed, resources));
        const paths = new Set(offered.map(({ urn, change }) => `${urn} ${change?.path ?? ""}`));
        assert.deepEqual(after.filter(({ urn, path }) => paths.has(`${urn} ${path}`)).map(placeOf), []);
        assert.deepEqual(newIn(after, before), []);
      });

      for (const problem of offered) {
        it(`lead to no new finding where only ${placeOf(problem)} is followed`, () => {
          const after = problemsIn(changed(resources, problem));
          assert.deepEqual(newIn(after, before), []);
          assert.equal(
            after.some((one) => placeOf(one) === placeOf(problem)),
            false,
            "the finding itself is gone",
          );
        });
      }
    });
  }
});
