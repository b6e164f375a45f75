import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../root";

const TEXT = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");

/** What CONTRIBUTING names as code. */
const NAMED = [...TEXT.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);

/** Folders whose own folders a newcomer has to find. */
const PARENTS = ["lib", "policies", "tools", "test"];

function foldersOf(parent: string): readonly string[] {
  return readdirSync(join(ROOT, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${parent}/${name}/`);
}

/** A path of this repository; of one with a placeholder or a pattern, the folder before it. */
function pathsIn(code: readonly string[]): readonly string[] {
  const top = readdirSync(ROOT);
  return code
    .filter((text) => top.includes(text.split("/")[0] ?? "") || (text.includes("/") && /\.\w+$/.test(text)))
    .filter((text) => !text.startsWith("@") && !text.includes(" "))
    .map((text) => (/[<*]/.test(text) ? text.slice(0, text.search(/[<*]/)) : text));
}

describe("CONTRIBUTING", () => {
  for (const folder of PARENTS.flatMap(foldersOf)) {
    it(`names ${folder}`, () => {
      assert(NAMED.includes(folder), `add ${folder} to the table of folders`);
    });
  }

  it("names only files and folders that exist", () => {
    const paths = pathsIn(NAMED);
    assert(paths.length > 0);
    // Only a build makes bin/.
    const missing = paths.filter((path) => !path.startsWith("bin/") && !existsSync(join(ROOT, path)));
    assert.deepEqual(missing, []);
  });

  it("links only to files that exist", () => {
    const links = [...TEXT.matchAll(/\]\(([^)#]+)/g)].map(([, link = ""]) => link);
    assert(links.length > 0);
    assert.deepEqual(
      links.filter((link) => !link.startsWith("http") && !existsSync(join(ROOT, link))),
      [],
    );
  });

  for (const recipe of [
    ...["rule", "fact", "kind of entity", "resource type", "host version", "guest", "setting"],
    ...["input format", "report format"],
  ]) {
    it(`has a recipe for a new ${recipe}`, () => {
      assert.match(TEXT, new RegExp(`^## A new ${recipe}$`, "m"));
    });
  }
});
