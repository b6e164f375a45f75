import assert from "node:assert/strict";
import { Settings } from "../../../lib/rules/settings";

describe("Settings", () => {
  it("are empty, and of today, until something is learned", () => {
    const settings = new Settings("2026-11-22");
    assert.deepEqual(settings.of("a"), { asOf: "2026-11-22", parameters: {} });
    assert.equal(settings.knows("a"), false);
    assert.match(new Settings().of("a").asOf, /^\d{4}-\d{2}-\d{2}$/);
  });

  it("give each policy its own parameters, and all the day of the policy estate", () => {
    const settings = new Settings("2026-11-22");
    settings.learn("a", { limit: 3 });
    settings.learn("estate", { asOf: "2012-06-30" });
    assert.deepEqual(settings.of("a"), { asOf: "2012-06-30", parameters: { limit: 3 } });
    assert.deepEqual(settings.of("b"), { asOf: "2012-06-30", parameters: {} });
    assert.deepEqual(
      ["a", "b", "estate"].map((policy) => settings.knows(policy)),
      [true, false, true],
    );
  });

  it("keep what they learned last, and nothing of the object that they learned it from", () => {
    const settings = new Settings("2026-11-22");
    const configuration: Record<string, unknown> = { limit: 3 };
    settings.learn("a", configuration);
    configuration["limit"] = 4;
    assert.deepEqual(settings.of("a").parameters, { limit: 3 });
    settings.learn("a", {});
    assert.deepEqual(settings.of("a").parameters, {});
    assert.equal(settings.knows("a"), true);
  });

  it("take today for a day that is none", () => {
    const settings = new Settings("2026-11-22");
    settings.learn("estate", { asOf: 2012 });
    assert.equal(settings.of("a").asOf, "2026-11-22");
  });
});
