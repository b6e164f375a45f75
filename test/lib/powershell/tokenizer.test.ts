import assert from "node:assert/strict";
import fc from "fast-check";
import { tokenize } from "../../../lib/powershell/tokenizer";

/** Tokens in short: the kind and the text, with a ? where only the run can tell the text. */
function tokens(script: string): readonly string[] {
  return tokenize(script).map(({ kind, text, literal }) => `${kind} ${text}${literal ? "" : "?"}`);
}

describe("the tokenizer of PowerShell", () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ["a command", "New-VM -Name EX1", ["word New-VM", "parameter Name", "word EX1"]],
    ["numbers and paths", "a 4GB D:\\vhd\\a.vhdx -5", ["word a", "word 4GB", "word D:\\vhd\\a.vhdx", "word -5"]],
    ["a colon behind a parameter", "-Confirm:$false", ["parameter Confirm", "variable false?"]],
    ["lists", "a,b , c", ["word a", "comma ,", "word b", "comma ,", "word c"]],
    ["single quotes", "'it''s $x `n' '", ["string it's $x `n", "string "]],
    ["double quotes", '"say ""hi"" `"there`" `$5 a`tb"', ['string say "hi" "there" $5 a\tb']],
    [
      "values within a text",
      'a "EX$i" EX$i "${x}" "a$"',
      ["word a", 'string "EX$i"?', "word EX$i?", 'string "${x}"?', "string a$"],
    ],
    ["commands within a text", '"a $(b "c)" \'d"\') e" f', ['string "a $(b "c)" \'d"\') e"?', "word f"]],
    [
      "typographic quotes and dashes",
      "New-VM \u2013Name \u201cEX 1\u201d",
      ["word New-VM", "parameter Name", "string EX 1"],
    ],
    [
      "variables",
      "$x ${a b} $env:Y.Z $$",
      ["variable x?", "variable a b?", "variable env:Y?", "member Z", "variable $$"],
    ],
    ["a splat", "New-VM @settings", ["word New-VM", "splat settings?"]],
    [
      "brackets",
      "@(1) @{} $(2)",
      ["open @(", "number 1", "close )", "open @{", "close }", "open $(", "number 2", "close )"],
    ],
    [
      "calculations",
      "$x+1*2GB..$y -f 'a'",
      [
        "variable x?",
        "operator +",
        "number 1",
        "operator *",
        "number 2GB",
        "operator ..",
        "variable y?",
        "parameter f",
        "string a",
      ],
    ],
    ["types and elements", "[int]$x[0]", ["type int", "variable x?", "open [", "number 0", "close ]"]],
    ["commands that start with digits", "7z.exe a", ["word 7z.exe", "word a"]],
    [
      "members, and files that look like them",
      "a $x.Y D:\\$x.vhdx",
      ["word a", "variable x?", "member Y", "word D:\\$x.vhdx?"],
    ],
    ["a continued line", "a `\r\n b", ["word a", "word b"]],
    ["a continued line within a word's reach", "a`\n-B", ["word a", "parameter B"]],
    ["comments", "a # b\n<# c\n d #> e#f", ["word a", "end \n", "word e#f"]],
    ["statements", "a;b\r\nc\rd", ["word a", "end ;", "word b", "end \r\n", "word c", "end \r", "word d"]],
    [
      "pipes and chains",
      "a|b||c&&d&",
      ["word a", "pipe |", "word b", "then ||", "word c", "then &&", "word d", "call &"],
    ],
    [
      "assignments",
      "$x=1; a += 2",
      ["variable x?", "assign =", "number 1", "end ;", "word a", "assign +=", "number 2"],
    ],
    [
      "redirections",
      "a 2>&1 >>b *>c",
      ["word a", "redirection 2>&1", "redirection >>", "word b", "redirection *>", "word c"],
    ],
    ["a here-string", "@'\na\n'b\n'@ c", ["string a\n'b", "word c"]],
    ["a here-string with a value", '@" \r\na"b $x\r\n"@', ['string @" \r\na"b $x\r\n"@?']],
    ["an escape in a word", "a` b", ["word a b"]],
  ];
  for (const [what, script, expected] of cases) {
    it(`reads ${what}`, () => {
      assert.deepEqual(tokens(script), expected);
    });
  }

  it("counts lines, over those that a token spans", () => {
    const lines = tokenize("a\n'b\nc' d `\n e # f\ng").map(({ text, line }) => `${text.trim()} ${String(line)}`);
    assert.deepEqual(lines, ["a 1", " 1", "b\nc 2", "d 3", "e 4", " 4", "g 5"]);
  });

  it("marks what is joined", () => {
    assert.deepEqual(
      tokenize('a"b" (c).d').map(({ text, joined }) => `${text}${joined ? "+" : ""}`),
      ["a", "b+", "(", "c+", ")+", "d+"],
    );
  });

  it("reads to the end what is never closed", () => {
    assert.deepEqual(tokens("'a"), ["string a"]);
    assert.deepEqual(tokens('"a'), ["string a"]);
    assert.deepEqual(tokens("@'\na"), ["string a"]);
    assert.deepEqual(tokens("${a"), ["variable a?"]);
    assert.deepEqual(tokens("<# a"), []);
    assert.deepEqual(tokens("a`"), ["word a"]);
  });

  it("has tokens for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (script) => {
        assert.ok(Array.isArray(tokenize(script)));
      }),
    );
  });
});
