import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkFiles } from "../../../lib/cli/check";
import { NotJudgedError } from "../../../lib/cli/user-error";
import { ROOT } from "../../root";

describe("the files of a check", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "hyperv-guard-test-"));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const option of ["state", "preview", "terraform-plan"] as const) {
    it(`are refused before they are read where one is too large (${option})`, async () => {
      const file = join(folder, `${option}.json`);
      writeFileSync(file, "{");
      // Only its size is large: nothing of it may be read.
      truncateSync(file, 40 * 2 ** 30);
      await assert.rejects(
        checkFiles([{ option, file }], undefined),
        (error) =>
          error instanceof NotJudgedError && /^\S+ is larger than \d+ MB, the most that fits in/.test(error.message),
      );
    });
  }
});

describe("a plan of Terraform in a check", () => {
  const PLAN = join(ROOT, "examples", "terraform", "hyperv", "plan.json");
  const CONFIG = join(ROOT, "examples", "terraform", "hyperv", "policy-config.json");

  it("is judged with the settings", async () => {
    const { findings, resources, notes } = await checkFiles([{ option: "terraform-plan", file: PLAN }], CONFIG);
    assert.equal(findings.filter(({ enforcement }) => enforcement === "mandatory").length, 6);
    assert.deepEqual([resources, notes], [12, []]);
  });

  it("has resources of its own beside those of another", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hyperv-guard-test-"));
    try {
      const other = join(folder, "plan.json");
      copyFileSync(PLAN, other);
      const files = [PLAN, other, PLAN].map((file) => ({ option: "terraform-plan" as const, file }));
      assert.equal((await checkFiles(files, CONFIG)).resources, 24);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("what an inventory is compared with", () => {
  const EXAMPLES = join(ROOT, "examples");
  const INVENTORY = {
    option: "inventory",
    file: join(EXAMPLES, "exchange-2010-violations", "inventory.json"),
  } as const;

  it("is named as not whole where it may declare more", async () => {
    const against = join(EXAMPLES, "arm", "azuredeploy.json");
    const { notes, findings } = await checkFiles([INVENTORY], undefined, false, against);
    assert.deepEqual(notes, [
      "Not everything is compared: in the template, the number of copies of a resource is not known without the deployment.",
    ]);
    assert.ok(findings.every(({ rule }) => rule !== "drift"));
  });

  it("has nothing to be noted where it is whole", async () => {
    const against = join(EXAMPLES, "exchange-2010-compliant", "inventory.json");
    const { notes, findings } = await checkFiles([INVENTORY], undefined, false, against);
    assert.deepEqual(notes, []);
    assert.ok(findings.some(({ rule }) => rule === "drift"));
  });
});
