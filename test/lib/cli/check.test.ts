import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkFiles } from "../../../lib/cli/check";
import { NotJudgedError } from "../../../lib/cli/user-error";

describe("the files of a check", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "hyperv-guard-test-"));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const option of ["state", "preview"] as const) {
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
