import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RULES } from "../../policies";
import { EXCHANGE_2010_VIOLATIONS } from "../previews/expected";
import { ROOT } from "../root";

const PAGE = readFileSync(join(ROOT, "docs", "exchange-2010.md"), "utf8");

/** `rule what is wrong` of each line of the page's tables. */
const ROWS = PAGE.split("\n").flatMap((line) => {
  const [, rule, page, finding] =
    /^\| .+ \| \[([a-z0-9-]+)\]\(rules\/([a-z0-9-]+)\.md\) +\| (.+?) +\|$/.exec(line) ?? [];
  return rule === undefined || page === undefined || finding === undefined ? [] : [{ rule, page, finding }];
});

describe("docs/exchange-2010.md", () => {
  it("names rules that exist, and links to their pages", () => {
    const names = RULES.map(({ name }) => name);
    const linked = [...PAGE.matchAll(/\[([a-z0-9-]+)\]\(rules\/([a-z0-9-]+)\.md\)/g)];
    assert.ok(linked.length >= ROWS.length);
    for (const [, rule, page] of linked) {
      assert.equal(page, rule);
      assert.ok(names.includes(rule ?? ""), rule);
    }
  });

  it("has every finding on Exchange of the example, once, and no other", () => {
    // The document says nothing of the end of support.
    const expected = EXCHANGE_2010_VIOLATIONS.filter((line) => !line.includes(" exchange-lifecycle ")).flatMap(
      (line) => {
        const [, rule = "", finding = ""] = /^\w+ (exchange-[a-z-]+) \S+: (.+)$/.exec(line) ?? [];
        return rule === "" ? [] : [`${rule} ${finding}`];
      },
    );
    assert.deepEqual(ROWS.map(({ rule, finding }) => `${rule} ${finding}`).sort(), [...expected].sort());
  });

  it("leaves no line of its tables out of this test", () => {
    const lines = PAGE.split("\n").filter((line) => line.startsWith("|"));
    const heads = lines.filter((line) => /^\| (requirement|-)/.test(line));
    assert.equal(ROWS.length, lines.length - heads.length);
  });
});
