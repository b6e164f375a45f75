import assert from "node:assert/strict";
import fc from "fast-check";
import { resolveConfigurationVersion } from "../../../lib/estate/configuration-versions";

const PART = fc.integer({ min: 0, max: 99 });

describe("configuration versions", () => {
  it("have two numbers, of which the second may go without saying when it is 0", () => {
    fc.assert(
      fc.property(PART, PART, (major, minor) => {
        const value = `${String(major)}.${String(minor)}`;
        assert.deepEqual(resolveConfigurationVersion(value), { resolved: true, value });
        const short = resolveConfigurationVersion(String(major));
        assert.deepEqual(short, { resolved: true, value: `${String(major)}.0` });
      }),
    );
    assert.deepEqual(resolveConfigurationVersion("254.0"), { resolved: true, value: "254.0" });
    assert.deepEqual(resolveConfigurationVersion("09.00"), { resolved: true, value: "9.0" });
  });

  it("are nothing else", () => {
    for (const text of ["", "9.", ".0", "9.0.1", "v9", "9,0", "-9.0", "1000.0", "latest"]) {
      const allowed = "a version such as 9.0";
      assert.deepEqual(resolveConfigurationVersion(text), {
        resolved: false,
        problem: "it is not a configuration version",
        allowed,
      });
    }
  });
});
