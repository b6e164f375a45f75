import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "../../../lib/powershell/parser";
import type { Argument, CommandCall, Expression, Statement } from "../../../lib/powershell/syntax";
import { grammar, type Read } from "./grammar";

/** Words of the language, which this parser reads as commands and the grammar as statements. */
const KEYWORDS = new Set(
  "if elseif else try catch finally for while do until switch return throw exit break continue default".split(" "),
);

/** What this parser reads of a script, in the terms of the grammar. */
function ours(script: string): Read {
  const commands: string[] = [];
  const literals: string[] = [];
  const statements = (all: readonly Statement[]): void => {
    all.forEach(statement);
  };
  const statement = (one: Statement): void => {
    if (one.kind === "assignment") {
      if (one.target.kind !== "text") expression(one.target);
      statement(one.value);
    } else if (one.kind === "function") {
      for (const { fallback } of one.parameters) if (fallback !== undefined) expression(fallback);
      statements(one.statements);
    } else if (one.kind === "parameters") {
      for (const { fallback } of one.parameters) if (fallback !== undefined) expression(fallback);
    } else if (one.kind === "foreach") {
      statements(one.values);
      statements(one.statements);
    } else
      for (const each of one.stages)
        if (each.kind === "value") expression(each.value);
        else command(each);
  };
  const command = ({ name, arguments: list }: CommandCall): void => {
    const word = name.kind === "text" ? name.text : "";
    const isKeyword = KEYWORDS.has(word.toLowerCase());
    if (!isKeyword && name.kind !== "block") commands.push([word, ...list.flatMap(wordsOf)].join(" ").toLowerCase());
    // A command in quotes is a text too.
    if (/\s/.test(word)) literals.push(word);
    if (name.kind !== "text") expression(name);
    for (const { value } of list) {
      if (value !== undefined && !(isKeyword && value.kind === "text" && KEYWORDS.has(value.text))) expression(value);
    }
  };
  const expression = (one: Expression): void => {
    if (one.kind === "text" || one.kind === "number") literals.push(one.text);
    for (const inner of innerOf(one)) expression(inner);
    if (one.kind === "group" || one.kind === "block") statements(one.statements);
    if (one.kind === "table") statements(one.entries);
  };
  const { statements: all, complete } = parse(script);
  statements(all);
  return { commands, literals: literals.map((literal) => literal.toLowerCase()).sort(), hasErrors: !complete };
}

function wordsOf({ parameter, value }: Argument): readonly string[] {
  const items = value?.kind === "list" ? value.items : value === undefined ? [] : [value];
  const texts = items.flatMap((item) => (item.kind === "text" ? [item.text] : []));
  return [...(parameter === undefined ? [] : [`-${parameter}`]), ...texts];
}

function innerOf(one: Expression): readonly Expression[] {
  switch (one.kind) {
    case "list":
      return one.items;
    case "member":
      return [one.of];
    case "index":
      return [one.of, one.index];
    case "invocation":
      return [one.method, ...one.arguments];
    case "cast":
      return [one.value];
    case "operation":
      return one.operands;
    case "unevaluated":
      return one.parts;
    case "expandable":
      return one.pieces.filter(({ kind }) => kind !== "text");
    default:
      return [];
  }
}

describe("the parser of PowerShell, beside the grammar of tree-sitter", () => {
  const folder = join(__dirname, "corpus");
  const files = readdirSync(folder).sort();
  let read: (script: string) => Read;
  before(async () => {
    read = await grammar();
  });

  it("has a corpus", () => {
    assert.ok(files.length >= 40);
  });

  for (const file of files) {
    it(`reads the same commands, parameters and literals in ${file}`, () => {
      const script = readFileSync(join(folder, file), "utf8");
      assert.deepEqual(ours(script), read(script));
    });
  }
});
