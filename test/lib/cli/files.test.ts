import assert from "node:assert/strict";
import { join } from "node:path";
import { readText, writeText } from "../../../lib/cli/files";
import { UserError } from "../../../lib/cli/user-error";

describe("files that the user names", () => {
  const missing = join(__dirname, "no-such-folder", "file.json");

  it("are reported as missing, without a stack trace", async () => {
    const because = "there is no such file or folder";
    await assert.rejects(readText(missing), new UserError(`${missing} cannot be read: ${because}`));
    await assert.rejects(writeText(missing, "{}"), new UserError(`${missing} cannot be written: ${because}`));
  });

  it("are reported as folders", async () => {
    await assert.rejects(readText(__dirname), /cannot be read: EISDIR/);
  });
});
