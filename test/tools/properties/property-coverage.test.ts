import assert from "node:assert/strict";
import { DIALECTS } from "../../../lib/dialects/read-estate";
import { comparedTypes } from "../../../tools/properties/compared-types";
import { coverageFaults } from "../../../tools/properties/coverage-faults";
import { installedVersion } from "../../../tools/properties/listed-properties";
import { classifiedFiles, reasons } from "../../../tools/properties/property-classes";

const REASONS = reasons().map(({ id }) => id);

describe("the properties of the resource types", () => {
  it("are classified for every type that a dialect reads, and for no other", () => {
    const classified = classifiedFiles().flatMap(({ types }) => types.map(({ type }) => type));
    assert.deepEqual([...new Set(classified)].sort(), DIALECTS.flatMap(({ types }) => types).sort());
  });

  it("are irrelevant for a reason of the list, and every reason is used", () => {
    const used = classifiedFiles().flatMap(({ types }) => types.flatMap(({ properties }) => Object.values(properties)));
    assert.deepEqual(
      REASONS.filter((id) => !used.includes(id)),
      [],
    );
  });

  for (const file of classifiedFiles()) {
    it(`are those of the version that is installed: ${file.file}`, () => {
      assert.equal(file.version, installedVersion(file) ?? file.version);
    });

    for (const type of file.types) {
      it(`are read as they are classified: ${type.type} of ${file.provider}`, () => {
        const faults = comparedTypes({ ...file, types: [type] }).flatMap(coverageFaults);
        const lines = [`${file.file}, ${type.type}:`, ...faults, 'Correct the data, or run "npm run properties".'];
        assert(faults.length === 0, lines.join("\n  "));
      });
    }
  }
});
