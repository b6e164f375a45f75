import assert from "node:assert/strict";

describe("npm test", () => {
  const EVERYTHING = ["test/**/*.test.ts"];

  it("U10: runs the files and folders that are named, and everything otherwise", async () => {
    const { specOf } = await import("../../tools/test.mjs");
    for (const named of [
      ["test/lib/cli/json.test.ts"],
      ["test/policies/guests"],
      ["test/no-such.test.ts"],
      ["test/lib/cli/json.test.ts", "-g", "says"],
      ["--reporter", "dot", "test/lib"],
    ]) {
      assert.deepEqual(specOf(named), [], named.join(" "));
    }
    for (const unnamed of [[], ["-g", "ratio"], ["--reporter", "dot"]]) {
      assert.deepEqual(specOf(unnamed), EVERYTHING, unnamed.join(" "));
    }
  });
});
