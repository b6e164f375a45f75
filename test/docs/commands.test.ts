import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readCommandLine } from "../../lib/cli/options";
import { runCommand } from "../../lib/cli/run-command";
import { outputTo } from "../output";
import { ROOT } from "../root";

/** A command line of the documents: where the command is installed, and in a clone. */
const SHOWN = /^(?:\$ )?(?:[^`|\n]*\| )?(?:npx --no -- hyperv-guard|node bin\/lib\/cli\/main\.js)((?: [^`|>\n]+)?)/gm;

interface Shown {
  readonly page: string;
  readonly words: readonly string[];
}

/** Every command line of the documents that people write. */
function shown(): readonly Shown[] {
  const pages = ["README.md", ...readdirSync(join(ROOT, "docs")).map((name) => join("docs", name))];
  return pages
    .filter((page) => page.endsWith(".md"))
    .flatMap((page) => {
      const text = readFileSync(join(ROOT, page), "utf8").replace(/\\\n\s*/g, "");
      return [...text.matchAll(SHOWN)].map(([, line = ""]) => ({ page, words: wordsOf(line) }));
    });
}

/** The words of a line, as a shell takes them. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

describe("the command lines in the documents", () => {
  const all = shown();

  it("are found", () => {
    assert.ok(all.length >= 20, String(all.length));
  });

  for (const { page, words } of all.filter(({ words }) => words.length > 0)) {
    it(`can be followed: ${words.join(" ")} (${page})`, () => {
      assert.equal(readCommandLine(words).command, words[0]);
    });
  }

  for (const { page, words } of all.filter(({ words }) => words.some((word) => word.startsWith("examples/")))) {
    it(`judge the examples: ${words.join(" ")} (${page})`, async () => {
      const error: string[] = [];
      const here = words.map((word) => (word.startsWith("examples/") ? join(ROOT, word) : word));
      const code = await runCommand(here, outputTo([], error));
      assert.ok(code === 0 || code === 1, error.join("\n"));
      assert.match(error.join("\n"), /^hyperv-guard judged /m);
    });
  }
});
