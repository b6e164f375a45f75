import assert from "node:assert/strict";
import fc from "fast-check";
import { readNumber } from "../../../lib/powershell/numbers";
import { parse } from "../../../lib/powershell/parser";
import type { Expression, Parameter, Stage, Statement } from "../../../lib/powershell/syntax";

/** A script in short: commands as `name(arguments)`, `?` for what only the run can tell. */
function parsed(script: string): string {
  return statements(parse(script).statements);
}

function statements(all: readonly Statement[]): string {
  return all.map(statement).join("; ");
}

function statement(one: Statement): string {
  switch (one.kind) {
    case "pipeline":
      return one.stages.map(stage).join(" | ");
    case "assignment":
      return `${expression(one.target)} ${one.operator} ${statement(one.value)}`;
    case "parameters":
      return `param(${parameters(one.parameters)})`;
    case "function":
      return `function ${one.name}(${parameters(one.parameters)}) {${statements(one.statements)}}`;
    case "foreach":
      return `foreach $${one.variable} in (${statements(one.values)}) {${statements(one.statements)}}`;
  }
}

function parameters(all: readonly Parameter[]): string {
  return all
    .map(({ name, fallback, isSwitch }) =>
      [isSwitch === true ? `[switch]$${name}` : `$${name}`, fallback === undefined ? "" : expression(fallback)]
        .filter((text) => text !== "")
        .join(" = "),
    )
    .join(", ");
}

function stage(one: Stage): string {
  if (one.kind === "value") return expression(one.value);
  const list = one.arguments.map(({ parameter, value }) =>
    [parameter === undefined ? "" : `-${parameter}`, value === undefined ? "" : expression(value)]
      .filter((text) => text !== "")
      .join(":"),
  );
  return `${expression(one.name)}(${list.join(" ")})`;
}

function expression(one: Expression): string {
  switch (one.kind) {
    case "text":
    case "number":
      return `'${one.text}'`;
    case "expandable":
      return `"${one.pieces.map(expression).join("")}"`;
    case "index":
      return `${expression(one.of)}[${expression(one.index)}]`;
    case "invocation":
      return `${expression(one.method)}(${one.arguments.map(expression).join(",")})`;
    case "cast":
      return `[${one.type}]${expression(one.value)}`;
    case "type":
      return `[${one.name}]`;
    case "operation":
      return `<${one.operator} ${one.operands.map(expression).join(" ")}>`;
    case "constant":
      return String(one.value);
    case "list":
      return `[${one.items.map(expression).join(",")}]`;
    case "group":
      return `(${statements(one.statements)})`;
    case "block":
      return `{${statements(one.statements)}}`;
    case "table":
      return `@{${statements(one.entries)}}`;
    case "member":
      return `${expression(one.of)}.${one.name}`;
    case "variable":
      return `$${one.name}`;
    case "splat":
      return `@${one.name}`;
    case "unevaluated":
      return `?${one.parts.map(expression).join("")}`;
  }
}

describe("the parser of PowerShell", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["a command", "New-VM -Name 'EX 1' -Generation 2", "'New-VM'(-Name 'EX 1' -Generation '2')"],
    ["a value behind a colon", "a -Confirm:$false -B: -C", "'a'(-Confirm:false -B -C)"],
    ["lists over lines", "a -N b,\n c", "'a'(-N ['b','c'])"],
    ["pipelines over lines", "a |\n b | c", "'a'() | 'b'() | 'c'()"],
    ["statements", "a; b\nc && d", "'a'(); 'b'(); 'c'(); 'd'()"],
    ["what runs only when another fails", "a || b", "'a'(); {'b'()}"],
    ["an assignment to a member", "(Get-X 'A').Metric = 800", "('Get-X'('A')).Metric = '800'"],
    ["the same without blanks", "(Get-X A).Metric=800", "('Get-X'('A')).Metric = '800'"],
    ["an assignment that adds", "$x += 1", "$x += '1'"],
    ["a list of texts", "$x = 'a','b'", "$x = ['a','b']"],
    ["a table", "$x = @{ A = 1\n B='b' }", "$x = @{'A' = '1'; 'B' = 'b'}"],
    ["a splat", "a @x -B", "'a'(@x -B)"],
    ["values in brackets", "a -M (4GB) -N (2 * 1GB)", "'a'(-M ('4GB') -N (<* '2' '1GB'>))"],
    ["a calculation", "$x * 1GB", "<* $x '1GB'>"],
    ["texts that are put together", 'a "b"c d"e"$f', "'a'(?'b''c' \"'d''e'$f\")"],
    ["members of variables", "a -N $vm.Name $x.a.b", "'a'(-N $vm.Name $x.a.b)"],
    ["calls by an operator", "& 'C:\\a b.exe' c; & { d }; . { e }", "'C:\\a b.exe'('c'); {'d'()}(); {'e'()}()"],
    ["redirections, which are no arguments", "a 2>&1 > b c 2> $null", "'a'('c')"],
    ["blocks", "if ($x) { a } else { b }", "'if'(($x) {'a'()} 'else' {'b'()})"],
    ["blocks on a line of their own", "try\n{ a }\ncatch\n{ b }\n(c)", "'try'({'a'()}); 'catch'({'b'()}); ('c'())"],
    ["blocks without blanks", "try{a}catch{b}", "'try'({'a'()} 'catch' {'b'()})"],
    ["a type before a variable", "[int]$x = 5", "[int]$x = '5'"],
    ["types", "[guid]::NewGuid(); [int]", "[guid].NewGuid(()); [int]"],
    ["operators by how they bind", "$a + 2 * 3, 4 -f $b..5", "<+ $a <* '2' <f ['3','4'] <.. $b '5'>>>>"],
    ["operators without blanks", "$a+$b-1*2", "<- <+ $a $b> <* '1' '2'>>"],
    ["operators before a value", "!$a -and -not $b", "<and <! $a> <not $b>>"],
    ["counting", "$i++; --$i", "<++ $i>; <-- $i>"],
    ["texts with values", 'a "x$a.b$($c.d)${e}"', "'a'(\"'x'$a'.b'($c.d)$e\")"],
    ["words with values", "a D:\\$b.vhdx ${c}\\d", "'a'(\"'D:\\'$b'.vhdx'\" ?$c'\\d')"],
    ["elements and methods", "$a[0].b; $a.Add('c', $d)", "$a['0'].b; $a.Add(['c',$d])"],
    ["lists of one", "$a = ,'b'; @('c')", "$a = ['b']; ('c')"],
    [
      "parameters, and what follows on their line",
      "param($a, [int]$b = 1, [switch]$c) d $a",
      "param($a, $b = '1', [switch]$c); 'd'($a)",
    ],
    ["attributes of parameters", "param(\n[Parameter(Mandatory)]\n[string] $a\n)\nb", "param($a); 'b'()"],
    [
      "attributes before parameters, and calculations behind them",
      "[CmdletBinding()] param($a) $a + 1",
      "param($a); <+ $a '1'>",
    ],
    ["functions", "function f($a) { b }\nfunction g\n{\nc }", "function f($a) {'b'()}; function g() {'c'()}"],
    ["loops over values", "foreach ($a in 'b', 'c') { d } e", "foreach $a in (['b','c']) {'d'()}; 'e'()"],
    [
      "a command behind a block",
      "if ($a) { b } c; try { d } catch { e } f",
      "'if'(($a) {'b'()}); 'c'(); 'try'({'d'()} 'catch' {'e'()}); 'f'()",
    ],
    ["values that are returned", "return $a + 1", "'return'((<+ $a '1'>))"],
    ["brackets that close nothing", "a ) b } c", "'a'(); 'b'(); 'c'()"],
    ["brackets that are never closed", "a (b {c", "'a'(('b'({'c'()})))"],
  ];
  for (const [what, script, expected] of cases) {
    it(`reads ${what}`, () => {
      assert.equal(parsed(script), expected);
    });
  }

  it("says at which line a command stands", () => {
    const lines = parse("a\n\nb `\n -C 1\nd").statements.flatMap((one) =>
      one.kind === "pipeline" ? one.stages.map((each) => (each.kind === "command" ? each.line : 0)) : [],
    );
    assert.deepEqual(lines, [1, 3, 5]);
  });

  it("leaves out what is nested too deeply, and goes on behind it", () => {
    const { statements: read, complete } = parse(`${"(".repeat(100)}a${")".repeat(100)}; b`);
    assert.equal(complete, false);
    assert.ok(statements(read).endsWith("; 'b'()"));
    assert.equal(parse(`${"(".repeat(60)}a${")".repeat(60)}`).complete, true);
  });

  it("ends a condition at a semicolon, whatever follows it", () => {
    assert.equal(statements(parse("if;{a}; b").statements).endsWith("; 'b'()"), true);
    parse("if;{||a|");
    parse("else;{.Metric#>}");
  });

  it("never throws", () => {
    const pieces = fc.constantFrom(
      ..."(){}@$|&;,=`'\"#\n\r .-<>:[]!+*".split(""),
      ..."@( @{ $( @' '@ @\" \"@ <# #> || && 2>&1 New-VM -Name EX1 4GB $x @x if else .Metric".split(" "),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), fc.string({ maxLength: 40 }), (list, text) => {
        parse(list.join(""));
        parse(text);
      }),
      { numRuns: 2000 },
    );
  });

  // A slow machine needs some microseconds a character; time that grows with the square of 200000 is past any bound.
  const hostile = [
    "((",
    "a=",
    '@"',
    '"$(',
    'a"b"',
    "$a.b",
    "if\n",
    "@'\n\u201d@",
    "<#",
    "`",
    "{",
    "}",
    ",",
    "|",
    "||a",
  ];
  const calculations = [
    "[a]\n",
    "[",
    "$a[",
    "$a.b(",
    "[a]",
    "!",
    "1+",
    '"$(a',
    '$a."',
    "param(",
    "foreach ($a in ",
    "return ",
  ];
  for (const piece of [...hostile, ...calculations, "'", "#", "$", "&", "@'\n", '"`', "-a:", "@{a="]) {
    it(`takes linear time for ${JSON.stringify(piece)} over and over`, () => {
      const script = piece.repeat(Math.ceil(200_000 / piece.length));
      const start = process.cpuUsage();
      parse(script);
      const { user, system } = process.cpuUsage(start);
      assert.ok((user + system) / 1e6 < 5, `it took ${String((user + system) / 1e6)} s`);
    });
  }
});

describe("numbers of PowerShell", () => {
  const cases: readonly (readonly [string, number | undefined])[] = [
    ["4", 4],
    ["-5", -5],
    ["2.5", 2.5],
    [".5", 0.5],
    ["1e3", 1000],
    ["0x10", 16],
    ["1KB", 1024],
    ["512MB", 536_870_912],
    ["4gb", 4_294_967_296],
    ["1TB", 1_099_511_627_776],
    ["1pb", 1_125_899_906_842_624],
    ["0.5GB", 536_870_912],
    ["4L", 4],
    ["4lGB", 4_294_967_296],
    ["4 GB", undefined],
    ["GB", undefined],
    ["four", undefined],
    ["", undefined],
    ["1..3", undefined],
    ["4GBx", undefined],
  ];
  for (const [text, expected] of cases) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.equal(readNumber(text), expected);
    });
  }
});
