import assert from "node:assert/strict";
import { join } from "node:path";
import { preview } from "../engine";
import { EXCHANGE_2010_VIOLATIONS } from "./expected";
import { findings } from "./program";

const EXAMPLES = join(__dirname, "..", "..", "examples");

describe("the bundled examples, previewed by the real engine", () => {
  for (const name of ["exchange-2010-compliant", "exchange-2010-typescript", "replica-and-backup"]) {
    it(`${name} passes`, async () => {
      const { code, events } = await preview(join(EXAMPLES, name));
      assert.deepEqual({ code, findings: findings(events) }, { code: 0, findings: [] });
    });
  }

  it("exchange-2010-violations is blocked, with a finding for each mistake and no other", async () => {
    const { code, events } = await preview(join(EXAMPLES, "exchange-2010-violations"));
    assert.notEqual(code, 0);
    assert.deepEqual(findings(events), EXCHANGE_2010_VIOLATIONS);
  });
});
