import assert from "node:assert/strict";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inTemporaryFolder, readText, writeText } from "../../../lib/cli/files";
import { NotJudgedError, UserError } from "../../../lib/cli/user-error";

const IS_WINDOWS = process.platform === "win32";

describe("files that the user names", () => {
  const missing = join(__dirname, "no-such-folder", "file.json");
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hyperv-guard-test-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("are reported as missing, without a stack trace", async () => {
    const because = "there is no such file or folder";
    await assert.rejects(readText(missing), new UserError(`${missing} cannot be read: ${because}`));
    await assert.rejects(writeText(missing, "{}"), new UserError(`${missing} cannot be written: ${because}`));
  });

  it("are reported as folders", async () => {
    await assert.rejects(readText(__dirname), /cannot be read: it is a folder$/);
    await assert.rejects(writeText(folder, "{}"), /cannot be written: it is a folder$/);
  });

  it("are written whole, and nothing else is left beside them", async () => {
    const file = join(folder, "policy-config.json");
    await writeText(file, "first");
    await writeText(file, "second");
    assert.deepEqual([readFileSync(file, "utf8"), readdirSync(folder)], ["second", ["policy-config.json"]]);
  });

  it("F5: stay as they were where they cannot be written whole", async function () {
    // A full disk, as Linux has one for tests: every write to it fails.
    if (process.platform !== "linux") this.skip();
    const file = join(folder, "policy-config.json");
    writeFileSync(file, "former");
    symlinkSync("/dev/full", `${file}.${String(process.pid)}.tmp`);
    await assert.rejects(writeText(file, "new"), /cannot be written: ENOSPC/);
    assert.deepEqual([readFileSync(file, "utf8"), readdirSync(folder)], ["former", ["policy-config.json"]]);
  });

  it("keep their mode, and a link stays a link", async function () {
    if (IS_WINDOWS) this.skip();
    const [file, link] = [join(folder, "config.json"), join(folder, "link.json")];
    writeFileSync(file, "former");
    chmodSync(file, 0o640);
    symlinkSync(file, link);
    await writeText(link, "new");
    assert.equal(readFileSync(file, "utf8"), "new");
    assert.equal(statSync(file).mode & 0o777, 0o640);
    assert.ok(readdirSync(folder, { withFileTypes: true }).some((entry) => entry.isSymbolicLink()));
  });

  it("may be what has no whole, such as a terminal", async function () {
    if (IS_WINDOWS) this.skip();
    await writeText("/dev/null", "new");
    assert.ok(statSync("/dev/null").isCharacterDevice());
  });
});

describe("a temporary folder", () => {
  it("is gone afterwards, also where the work fails", async () => {
    const seen: string[] = [];
    const fail = (folder: string): Promise<never> => {
      seen.push(folder);
      assert.ok(statSync(folder).isDirectory());
      return Promise.reject(new Error("no"));
    };
    await assert.rejects(inTemporaryFolder(fail), /^Error: no$/);
    assert.equal(statSync(seen[0] ?? "", { throwIfNoEntry: false }), undefined);
  });

  it("that cannot be made is one line, and says what to do", async () => {
    const former = process.env["TMPDIR"];
    process.env["TMPDIR"] = "/no/such/folder";
    try {
      if (IS_WINDOWS) return;
      await assert.rejects(
        inTemporaryFolder(() => Promise.resolve()),
        (error) =>
          error instanceof NotJudgedError &&
          error.message ===
            "/no/such/folder cannot hold a temporary folder: there is no such file or folder. Set TMPDIR to one that can.",
      );
    } finally {
      if (former === undefined) Reflect.deleteProperty(process.env, "TMPDIR");
      else process.env["TMPDIR"] = former;
    }
  });
});
