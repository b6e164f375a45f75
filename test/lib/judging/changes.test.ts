import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { isPlainArray, isPlainObject, toPlainObject, type Plain, type PlainObject } from "../../../lib/estate/plain";
import { changed, isOffered, newIn, placeOf, problemsIn } from "../../offered-changes";
import { ROOT } from "../../root";

const EXAMPLES = join(ROOT, "examples");

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

describe("the changes that findings offer", () => {
  for (const example of examples()) {
    describe(`for ${example}`, () => {
      const resources = declaredIn(example);
      const before = problemsIn(resources);
      const offered = before.filter(isOffered);

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

describe("the example of PowerShell commands", () => {
  it("P8: has its one mistake, and none with its virtual switch", () => {
    const found = problemsIn(declaredIn("powershell"), { asOf: "2026-12-01" });
    assert.deepEqual(
      found.map(({ rule, urn }) => `${rule} ${urn.split("::").at(-1) ?? ""}`),
      ["host-memory-capacity hv2"],
    );
  });

  it("P8: would have another one on Windows Server 2012 R2", () => {
    const older = declaredIn("powershell").map((resource) =>
      "operatingSystem" in resource.properties
        ? { ...resource, properties: { ...resource.properties, operatingSystem: "Windows Server 2012 R2" } }
        : resource,
    );
    const rules = problemsIn(older, { asOf: "2013-12-01" }).map(({ rule }) => rule);
    assert.deepEqual(rules, ["host-memory-capacity", "vm-network-redundancy"]);
  });
});
