import assert from "node:assert/strict";
import { fold, label } from "../../../lib/text/names";

describe("names that Windows gives", () => {
  it("are case-insensitive", () => {
    assert.equal(fold("HV01.Contoso.com"), "hv01.contoso.com");
  });

  for (const [name, own] of [
    ["HV01.contoso.com", "hv01"],
    ["hv01", "hv01"],
    ["10.0.0.4", "10.0.0.4"],
    ["FE80::1", "fe80::1"],
    ["", ""],
  ] as const) {
    it(`of the computer "${name}" begin with "${own}"`, () => {
      assert.equal(label(name), own);
    });
  }
});
