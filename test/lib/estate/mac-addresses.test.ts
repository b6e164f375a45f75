import assert from "node:assert/strict";
import fc from "fast-check";
import { declaredMacAddress, resolveMacAddress } from "../../../lib/estate/mac-addresses";
import { absent, known } from "../../../lib/estate/value";

const AT = { urn: "urn:a", path: "macAddress" };

const BYTE = fc.integer({ min: 0, max: 255 }).map((byte) => byte.toString(16).padStart(2, "0"));
const BYTES = fc.array(BYTE, { minLength: 6, maxLength: 6 });

describe("MAC addresses", () => {
  it("are one and the same however they are written", () => {
    fc.assert(
      fc.property(BYTES, fc.boolean(), (bytes, isUpper) => {
        const value = bytes.join("-").toUpperCase();
        const pairs = [0, 2, 4].map((at) => bytes.slice(at, at + 2).join(""));
        for (const written of [bytes.join(""), bytes.join("-"), bytes.join(":"), pairs.join(".")]) {
          const text = isUpper ? written.toUpperCase() : written;
          assert.deepEqual(resolveMacAddress(text), { resolved: true, value });
        }
      }),
    );
  });

  it("are nothing else", () => {
    for (const text of [
      "00-15-5D-01-02",
      "00-15-5D-01-02-03-04",
      "00-15:5D-01-02-03",
      "00155D01020G",
      "0015.5D01.02.03",
      "00-15-5D-01-02-03 ",
      "dynamic",
      "",
    ]) {
      const resolution = resolveMacAddress(text);
      assert.deepEqual(resolution, {
        resolved: false,
        problem: "it is not a MAC address",
        allowed: "a MAC address such as 00-15-5D-01-02-03",
      });
    }
  });

  it("are none where all is zero", () => {
    assert.deepEqual(declaredMacAddress(known("00-00-00-00-00-00", AT)), absent(AT));
    const own = known("00-00-00-00-00-01", AT);
    assert.deepEqual(declaredMacAddress(own), own);
  });
});
