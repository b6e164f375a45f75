import assert from "node:assert/strict";
import fc from "fast-check";
import { isKnownType, readEstate } from "../../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../../lib/estate/declared";
import { isPlainArray, isPlainObject, UNKNOWN, type Plain, type PlainObject } from "../../../../lib/estate/plain";
import { SAMPLES } from "../../../../tools/docs/dialect-samples";
import { problemsOf } from "../../../kit";
import { findingsIn, resource } from "./declare";

/** Anything that JSON can hold, and what the engine does not know. */
const anything: fc.Arbitrary<Plain> = fc.letrec<{ plain: Plain }>((tie) => ({
  plain: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.constant(UNKNOWN),
    fc.boolean(),
    fc.double(),
    fc.string(),
    fc.array(tie("plain"), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie("plain"), { maxKeys: 4 }),
  ),
})).plain;

/** A sound declaration in which one value, wherever it stands, is replaced by anything. */
function damaged(plain: Plain): fc.Arbitrary<Plain> {
  const inner: fc.Arbitrary<Plain>[] = [];
  if (isPlainArray(plain)) {
    for (const [index, item] of plain.entries()) {
      inner.push(damaged(item).map((one): Plain => plain.with(index, one)));
    }
  } else if (isPlainObject(plain)) {
    for (const [name, item] of Object.entries(plain)) {
      inner.push(damaged(item ?? null).map((one): Plain => ({ ...plain, [name]: one })));
    }
  }
  return fc.oneof(anything, ...inner);
}

function asObject(plain: Plain): PlainObject {
  return isPlainObject(plain) ? plain : { tags: plain };
}

/** The same in the generic resource of azure-native. */
function generic(properties: PlainObject): DeclaredResource {
  return resource("azure-native:resources:Resource", "generic", {
    resourceProviderNamespace: "Microsoft.AzureStackHCI",
    parentResourcePath: "",
    resourceType: "virtualHardDisks",
    properties,
  });
}

describe("resources of Azure with anything in their properties", () => {
  for (const { type, properties } of SAMPLES) {
    it(`${type} never stops the rules`, () => {
      assert(isKnownType(type));
      fc.assert(
        fc.property(fc.oneof(anything, damaged(properties)), (plain) => {
          const one = resource(type, "hostile", asObject(plain));
          const estate = readEstate([one, generic(asObject(plain))], true);
          const defects = problemsOf(estate).filter((problem) => problem.includes("a defect of hyperv-guard"));
          assert.deepEqual(defects, []);
          const failed = findingsIn([one]).filter((finding) => finding.includes("a defect of hyperv-guard"));
          assert.deepEqual(failed, []);
        }),
        { numRuns: 60 },
      );
    });
  }

  it("take less than a millisecond each", () => {
    const declared = SAMPLES.flatMap(({ type, properties }) =>
      fc
        .sample(fc.oneof(anything, damaged(properties)), { numRuns: 50, seed: 1 })
        .map((plain, index) => resource(type, `hostile${String(index)}`, asObject(plain))),
    );
    readEstate(declared, true);
    const start = process.cpuUsage();
    readEstate(declared, true);
    const { user, system } = process.cpuUsage(start);
    assert((user + system) / 1000 / declared.length < 1, `${String(user + system)} µs for ${String(declared.length)}`);
  });

  it("reports nothing of a provider's own mistakes where it reads nothing", () => {
    const estate = readEstate([resource("azure-native:resources:Resource", "other", { parentResourcePath: 7 })], true);
    assert.deepEqual(problemsOf(estate), []);
  });
});
