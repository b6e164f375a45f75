import { Language, Parser, type Node } from "web-tree-sitter";

/** A command as both parsers tell it: its name, its parameters and its literals, in order, each in one text. */
export interface Read {
  readonly commands: readonly string[];
  /** Every text and number in the script, sorted. */
  readonly literals: readonly string[];
  readonly hasErrors: boolean;
}

/** Nodes whose contents are no arguments of the command around them. */
const INNER = new Set(
  "parenthesized_expression script_block_expression sub_expression array_expression hash_literal_expression".split(" "),
);
const NUMBERS = new Set(["decimal_integer_literal", "hexadecimal_integer_literal", "real_literal"]);
const QUOTES = /^@?["'\u2018-\u201f]+(?:\r?\n)?|(?:\r?\n)?["'\u2018-\u201f]+@?$/g;

/** The grammar of tree-sitter, which nobody of this repository wrote. */
export async function grammar(): Promise<(script: string) => Read> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(require.resolve("tree-sitter-powershell/tree-sitter-powershell.wasm")));
  return (script) => {
    const root = parser.parse(asTheGrammarTakesIt(script))?.rootNode;
    if (root === undefined) throw new Error("the grammar reads nothing");
    return {
      commands: root
        .descendantsOfType("command")
        .flatMap((node) => (node.text.startsWith("& {") ? [] : commandOf(node))),
      literals: literalsOf(root)
        .map((literal) => literal.toLowerCase())
        .sort(),
      hasErrors: root.hasError,
    };
  };
}

/**
 * The same script without what the grammar refuses, and PowerShell takes: sizes in capital letters in calculations, bare
 * words in lists with blanks, and ranges that start with a number.
 */
function asTheGrammarTakesIt(script: string): string {
  return script
    .replace(/(\d)([KMGTP]B)\b/g, (_, digit: string, unit: string) => digit + unit.toLowerCase())
    .replace(/(?<=-\w+ )(\w+), (\w+)/g, "'$1', '$2'")
    .replace(/\b(\d+)\.\.(?=\d)/g, "(,$1)..");
}

function commandOf(node: Node): string {
  const name = node.childForFieldName("command_name");
  const elements = node.childForFieldName("command_elements");
  const words: string[] = [];
  const visit = (one: Node): void => {
    if (one.type === "command_parameter") words.push(`-${one.text.replace(/^[-\u2013]|:$/g, "")}`);
    else {
      const literal = literalOf(one);
      if (literal !== undefined) words.push(literal);
      else if (!INNER.has(one.type)) for (const child of one.children) visit(child);
    }
  };
  if (elements !== null) visit(elements);
  return [name?.text.replace(QUOTES, "") ?? "", ...words].join(" ").toLowerCase();
}

function literalsOf(root: Node): string[] {
  const literals: string[] = [];
  const visit = (one: Node): void => {
    const literal = literalOf(one);
    if (literal !== undefined) literals.push(literal);
    else if (one.type !== "attribute") for (const child of one.children) visit(child);
  };
  visit(root);
  return literals;
}

/** What a text or number says; undefined for what is none, or holds a value that only the run can tell. */
function literalOf(node: Node): string | undefined {
  if (NUMBERS.has(node.type) || node.type === "integer_literal") return node.text;
  if (node.type === "generic_token") return node.text.includes("$") ? undefined : node.text.replace(QUOTES, "");
  if (node.type !== "string_literal") return undefined;
  const isExpandable = node.descendantsOfType(["variable", "sub_expression"]).length > 0;
  return isExpandable ? undefined : node.text.replace(QUOTES, "");
}
