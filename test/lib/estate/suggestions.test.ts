import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import { Suggestions } from "../../../lib/estate/suggestions";
import { host, problemsOf, vm } from "../../kit";

describe("what to do about a name that nothing has", () => {
  it("is to use one that looks like it", () => {
    assert.equal(
      new Suggestions().suggest("hv01", ["hv1", "sql1"], "declare the Host"),
      "Use one of: hv1, sql1; or declare the Host.",
    );
  });

  it("is to declare it, where no names are there", () => {
    assert.equal(new Suggestions().suggest("hv1", [], "declare the Host"), "Declare the Host.");
  });

  it("offers no names any more after half a million comparisons", () => {
    const suggestions = new Suggestions();
    const names = Array.from({ length: 250_000 }, (_, index) => `hv${String(index)}`);
    const suggest = (): string => suggestions.suggest("hv7", names, "declare the Host");
    assert.match(suggest(), /^Use one of: hv7, /);
    assert.match(suggest(), /^Use one of: hv7, /);
    assert.equal(suggest(), "Declare the Host.");
  }).timeout(10_000);

  it("is not compared with every name by each of thousands of references", () => {
    const range = Array.from({ length: 1000 }, (_, index) => String(index));
    const machines = range.map((index) => vm(`vm${index}`, { host: `other${index}` }));
    const estate = readEstate([...range.map((index) => host(`hv${index}`)), ...machines], true);
    const fixes = problemsOf(estate).map((problem) => problem.split(" → ")[1] ?? "");
    assert.equal(fixes.filter((fix) => fix.startsWith("Use one of: ")).length, 500);
    assert.equal(fixes.filter((fix) => fix === "Declare the Host.").length, 500);
  }).timeout(10_000);
});
