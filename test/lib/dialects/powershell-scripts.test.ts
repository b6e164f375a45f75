import assert from "node:assert/strict";
import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { exchangeDagAntiAffinity } from "../../../policies/exchange/exchange-dag-anti-affinity";
import { cluster, host, judge, mailbox, problemsOf, vm } from "../../kit";
import { script, unwrapped } from "./read";

/** The machines of scripts, and what is not judged of them. */
function read(...resources: readonly DeclaredResource[]) {
  const estate = readEstate(resources, true);
  assert.deepEqual(problemsOf(estate), []);
  const machines = estate.virtualMachines.map((machine) => unwrapped(machine) as Readonly<Record<string, unknown>>);
  return { machines, notEvaluated: estate.notEvaluated.map(({ origin }) => origin.path), estate };
}

/** One fact of every machine, by its name. */
function facts(text: string, fact: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    read(script("s", text)).machines.map((machine) => [String(machine["name"]), machine[fact]]),
  );
}

describe("scripts of PowerShell", () => {
  const evaluated: readonly (readonly [string, string, string, Readonly<Record<string, unknown>>])[] = [
    // Variables keep their values across blocks that do not assign them (S4).
    ["an if", "$n = 'a'; New-VM $n; if ($v) { Write-Host x }; Set-VM $n -ProcessorCount 4", "processorCount", { a: 4 }],
    ["a catch", "$n = 'a'; New-VM $n; try { x } catch { y }; Set-VM $n -ProcessorCount 4", "processorCount", { a: 4 }],
    [
      "a foreach",
      "$n = 'a'; New-VM $n; foreach ($i in $l) { x }; Set-VM $n -ProcessorCount 4",
      "processorCount",
      { a: 4 },
    ],
    [
      "a function",
      "$n = 'a'; function f { $n = 'b' }; f; New-VM $n; Set-VM $n -ProcessorCount 4",
      "processorCount",
      { a: 4 },
    ],
    ["a filter", "$n = 'a'; $x | ? { $_ -gt 1 }; New-VM $n; Set-VM $n -ProcessorCount 4", "processorCount", { a: 4 }],
    [
      "an unknown name",
      "New-VM $n; $x = 1; if ($v) { $y = 1 }; Set-VM $n -ProcessorCount 4",
      "processorCount",
      { s: 4 },
    ],
    [
      "what an if assigns",
      "$c = 2; if ($v) { $c = 4 }; New-VM a; Set-VM a -ProcessorCount $c",
      "processorCount",
      { a: "unknown" },
    ],
    [
      "what a while assigns",
      "$c = 2; while ($v) { $c++ }; New-VM a; Set-VM a -ProcessorCount $c",
      "processorCount",
      { a: "unknown" },
    ],
    // What follows param(…) on its line (S5).
    ["param on one line", "Invoke-Command -ScriptBlock { param($x) New-VM a -Generation 2 }", "generation", { a: 2 }],
    ["param with defaults", "param([string]$n = 'a', [int]$g = 2)\nNew-VM $n -Generation $g", "generation", { a: 2 }],
    [
      "arguments of a block",
      "Invoke-Command { param($n, $g) New-VM $n -Generation $g } -ArgumentList 'a', 2",
      "generation",
      { a: 2 },
    ],
    ["a block in a variable", "$b = { param($n) New-VM $n }; & $b 'a'; & $b -n b", "generation", { a: 1, b: 1 }],
    [
      "functions",
      "function f($n, [int]$c = 2) { New-VM $n; Set-VM $n -ProcessorCount $c }\nf a\nf -c 4 -n b",
      "processorCount",
      { a: 2, b: 4 },
    ],
    [
      "blocks of functions",
      "function f { [CmdletBinding()] param([Parameter(Mandatory)][string] $n) begin { } process { New-VM $n } end { } }\nf -n a",
      "generation",
      { a: 1 },
    ],
    ["switches of functions", "function f($n, [switch]$s) { New-VM $n }\nf -s a", "generation", { a: 1 }],
    // Loops over what is written out (S6).
    ["a loop over literals", "foreach ($n in 'a', 'b') { New-VM $n }", "generation", { a: 1, b: 1 }],
    ["a pipeline over literals", "'a', 'b' | ForEach-Object { New-VM $_ -Generation 2 }", "generation", { a: 2, b: 2 }],
    ["a pipeline over a range", '1..2 | % { New-VM "a$_" }', "generation", { a1: 1, a2: 1 }],
    [
      "what a loop puts out",
      '$l = foreach ($i in 1..2) { "a$i" }; $l | % { New-VM $_ }',
      "generation",
      { a1: 1, a2: 1 },
    ],
    [
      "tables in a list",
      "$l = @(@{ N = 'a'; C = 2 }, @{ N = 'b'; C = 4 })\nforeach ($v in $l) { New-VM $v.N; Set-VM $v.N -ProcessorCount $v.C }",
      "processorCount",
      { a: 2, b: 4 },
    ],
    ["objects", "$v = [pscustomobject]@{ N = 'a' }; New-VM $v.N", "generation", { a: 1 }],
    ["elements", "$l = 'a', 'b'; New-VM $l[-1]; $t = @{ x = 'c' }; New-VM $t['x']", "generation", { b: 1, c: 1 }],
    ["splatting with changes", "$p = @{ Name = 'a' }; $p.Generation = 2; New-VM @p", "generation", { a: 2 }],
    ["tables that are added", "$p = @{ Name = 'a' } + @{ Generation = 2 }; New-VM @p", "generation", { a: 2 }],
    [
      "machines in a pipeline",
      "New-VM a; Get-VM a | % { Set-VM $_.Name -ProcessorCount 4 }",
      "processorCount",
      { a: 4 },
    ],
    // Texts that are put together (P7).
    ["values in texts", '$n = 1; New-VM "a$n-$($n + 1)${n}"', "generation", { "a1-21": 1 }],
    ["sums", "$n = 'a' + 1; New-VM ($n + 'b')", "generation", { a1b: 1 }],
    ["formats", "New-VM ('a{0:d2}{1}{{}}' -f 7, 'x')", "generation", { "a07x{}": 1 }],
    ["formats that are not known", "New-VM ('a{0:p}' -f 7)", "generation", { s: 1 }],
    ["joined lists", "New-VM ('a', 'b' -join '-')", "generation", { "a-b": 1 }],
    ["casts", "[string]$n = 7; New-VM $n; Set-VM $n -ProcessorCount ([int]'4')", "processorCount", { "7": 4 }],
    ["methods of texts", "$n = 'A'.ToLower(); New-VM $n", "generation", { a: 1 }],
    ["here-strings", '$n = @"\na\n"@\nNew-VM $n', "generation", { a: 1 }],
    ["calculations", "New-VM a -MemoryStartupBytes (2 * 1gb + 512MB)", "memoryMB", { a: 2560 }],
    ["negative results", "New-VM a -Generation (3 - 1)", "generation", { a: 2 }],
    ["sizes in any case", "New-VM a -MemoryStartupBytes 4gb", "memoryMB", { a: 4096 }],
    ["aliases of the script", "Set-Alias mk Hyper-V\\New-VM; mk a", "generation", { a: 1 }],
    ["scripts in texts", 'Invoke-Expression "New-VM a"', "generation", { a: 1 }],
    // Booleans (B2).
    ["0 for $false", "New-VM a; Set-VMMemory a -DynamicMemoryEnabled 0", "dynamicMemory", { a: undefined }],
    [
      "1 for $true",
      "$on = 1; New-VM a; Set-VMMemory a -DynamicMemoryEnabled $on",
      "dynamicMemory",
      { a: { minimumMB: 512, maximumMB: 1_048_576, bufferPercent: 20 } },
    ],
    // Anti-affinity (S6).
    [
      "class names in a pipeline",
      "New-VM a; 'a' | % { (Get-ClusterGroup $_).AntiAffinityClassNames = 'D' }",
      "antiAffinityClassNames",
      { a: ["D"] },
    ],
    [
      "class names in a collection",
      "New-VM a; $c = New-Object System.Collections.Specialized.StringCollection; $c.Add('D'); [void]$c.Add('E')\n" +
        "(Get-ClusterGroup a).AntiAffinityClassNames = $c",
      "antiAffinityClassNames",
      { a: ["D", "E"] },
    ],
    [
      "class names in an array",
      "New-VM a; [System.Collections.ArrayList]$c = @('D'); $c.AddRange(@('E', 'F')); (Get-ClusterGroup a).AntiAffinityClassNames = $c",
      "antiAffinityClassNames",
      { a: ["D", "E", "F"] },
    ],
    [
      "rules of affinity",
      "New-VM a; New-VM b; New-ClusterAffinityRule R DifferentNode; Add-ClusterGroupToAffinityRule -Groups a, b -Name R",
      "antiAffinityClassNames",
      { a: ["R"], b: ["R"] },
    ],
    [
      "rules of affinity that keep together",
      "New-VM a; New-ClusterAffinityRule R SameNode; Add-ClusterGroupToAffinityRule a R",
      "antiAffinityClassNames",
      { a: undefined },
    ],
  ];
  for (const [what, text, fact, expected] of evaluated) {
    it(`are followed through ${what}`, () => {
      assert.deepEqual(facts(text, fact), expected);
      assert.deepEqual(read(script("s", text)).notEvaluated, []);
    });
  }

  it("take 0 and 1 for the booleans of switches", () => {
    const text = "New-VMSwitch S -NetAdapterName N1, N2 -AllowManagementOS 0 -EnableEmbeddedTeaming 1 -EnableIov 1";
    const { estate } = read(host("hv1"), script("s", text, "hv1"));
    assert.deepEqual(unwrapped(estate.hosts[0]?.virtualSwitches), [
      {
        name: "S",
        type: "external",
        networkAdapters: ["N1", "N2"],
        allowManagementOs: false,
        embeddedTeaming: true,
        iov: true,
        bandwidthMode: "default",
      },
    ]);
  });

  for (const [what, text] of [
    [
      "that throws",
      "$n = 'app1'; if (Get-VM -Name $n -EA SilentlyContinue) { throw }; New-VM -Name $n -MemoryStartupBytes 4GB",
    ],
    ["that returns", "$n = 'app1'\nif (Get-VM $n -ErrorAction 0) { return }\nNew-VM -Name $n -MemoryStartupBytes 4GB"],
    ["around it", "$n = 'app1'; if (-not (Get-VM -Name $n -EA 0)) { New-VM -Name $n -MemoryStartupBytes 4GB }"],
    ["that fails", "try { Get-VM app1 -EA Stop } catch { New-VM -Name app1 -MemoryStartupBytes 4GB }"],
  ] as const) {
    it(`B9: name a machine that something else declares, behind a look ${what}`, () => {
      const { machines } = read(host("hv1"), vm("app1", { host: "hv1", processorCount: 1 }), script("s", text, "hv1"));
      assert.deepEqual(
        machines.map(({ name }) => name),
        ["app1"],
      );
    });
  }

  it("B9: name two machines where they are two", () => {
    const text = "$n = 'app2'; if (Get-VM -Name $n -EA 0) { throw }; New-VM -Name $n -MemoryStartupBytes 4GB";
    const { machines } = read(host("hv1"), vm("app1", { host: "hv1", processorCount: 1 }), script("s", text, "hv1"));
    assert.deepEqual(machines.map(({ name }) => name).sort(), ["app1", "app2"]);
  });

  /** What may run or not is said with its line, and makes unknown what it may change. */
  const perhaps: readonly (readonly [string, string, string, unknown])[] = [
    ["a condition", "if ($x) {\nSet-VM a -ProcessorCount 4 }", "line 3, Set-VM", "unknown"],
    ["a condition that changes nothing", "if ($x) {\nSet-VM a -ProcessorCount 1 }", "line 3, Set-VM", "unknown"],
    ["a loop", "foreach ($n in $l) {\nSet-VM $n -ProcessorCount 4 }", "line 3, Set-VM", "unknown"],
    ["a filter", "Get-VM | ? { $_.x } |\nSet-VM -ProcessorCount 4", "line 3, Set-VM", "unknown"],
    ["a catch", "try { x } catch {\nSet-VM a -ProcessorCount 4 }", "line 3, Set-VM", "unknown"],
    ["a job", "Start-Job {\nSet-VM a -ProcessorCount 4 }", "line 3, Set-VM", "unknown"],
    ["a switch", "switch ($x) { 1 {\nSet-VM a -ProcessorCount 4 } }", "line 3, Set-VM", "unknown"],
    ["a function that nobody calls", "function f {\nSet-VM a -ProcessorCount 4 }", "line 3, Set-VM", "unknown"],
    [
      "what continues",
      "foreach ($i in 1..2) { if ($x) { continue }\nSet-VM a -ProcessorCount 4 }",
      "line 3, Set-VM",
      "unknown",
    ],
    ["another machine", "if ($x) {\nSet-VM b -ProcessorCount 4 }", "line 3, Set-VM", 1],
    ["another fact", "if ($x) {\nSet-VM a -CheckpointType Disabled }", "line 3, Set-VM", 1],
  ];
  for (const [what, text, at, expected] of perhaps) {
    it(`say what is not followed, and make unknown what it may change: ${what}`, () => {
      const { machines, notEvaluated } = read(script("s", `New-VM a\n${text}`));
      assert.deepEqual(notEvaluated, [`create (${at})`]);
      assert.equal(machines[0]?.["processorCount"], expected);
    });
  }

  it("make unknown what other declarations do not say", () => {
    const machine = (text: string) => read(vm("a", { processorCount: 2 }), script("s", text)).machines[0];
    const changed = machine("Get-ClusterGroup | % { $_.AntiAffinityClassNames = 'D' }");
    assert.equal(changed?.["antiAffinityClassNames"], "unknown");
    assert.equal(machine("if ($x) { Add-ClusterGroupToAffinityRule a R }")?.["antiAffinityClassNames"], "unknown");
    assert.equal(machine("Add-ClusterGroupToAffinityRule a R")?.["antiAffinityClassNames"], "unknown");
    assert.equal(machine("Remove-ClusterAffinityRule R")?.["antiAffinityClassNames"], "unknown");
    assert.equal(machine("Get-VM | Set-VM -ProcessorCount 4 -CheckpointType Disabled")?.["processorCount"], 2);
    assert.equal(machine("Get-VM | Set-VM -ProcessorCount 4 -CheckpointType Disabled")?.["checkpoints"], "unknown");
  });

  it("never lead to a finding of what they may set (S6)", () => {
    const hosts = [cluster("c1", { nodes: ["hv1", "hv2"] }), host("hv1"), host("hv2")];
    const member = (name: string): DeclaredResource =>
      mailbox(name, { cluster: "c1" }, { databaseAvailabilityGroup: "dag1" });
    const findings = (text: string): number =>
      judge(exchangeDagAntiAffinity, [...hosts, member("a"), member("b"), script("s", text)]).findings.length;
    assert.ok(findings("Get-VM") > 0);
    const apart = [
      "'a', 'b' | ForEach-Object { (Get-ClusterGroup $_).AntiAffinityClassNames = 'DAG1' }",
      "New-ClusterAffinityRule DAG1 DifferentNode; Add-ClusterGroupToAffinityRule -Groups a, b -Name DAG1",
      "foreach ($n in $names) { (Get-ClusterGroup $n).AntiAffinityClassNames = 'DAG1' }",
      "Get-ClusterGroup | % { $_.AntiAffinityClassNames = 'DAG1' }",
      "Add-ClusterGroupToAffinityRule -Groups $names -Name DAG1",
      `${"Invoke-Command -ComputerName x, y { ".repeat(30)}(Get-ClusterGroup a).AntiAffinityClassNames = 'D'${" }".repeat(30)}`,
    ];
    for (const text of apart) assert.equal(findings(text), 0, text);
  });

  it("make the metrics of networks unknown", () => {
    const networks = (text: string): unknown => {
      const declared = cluster("C1", { networks: [{ name: "CSV", purpose: "clusterSharedVolumes", role: "cluster" }] });
      const [c1] = read(declared, script("s", text)).estate.clusters;
      return (unwrapped(c1?.networks) as readonly Readonly<Record<string, unknown>>[])[0]?.["metric"];
    };
    assert.equal(networks("Get-ClusterNetwork CSV | % { $_.Metric = 800 }"), 800);
    assert.equal(networks("Get-ClusterNetwork | % { $_.Metric = 800 }"), "unknown");
    assert.equal(networks("if ($x) { (Get-ClusterNetwork CSV).Metric = 800 }"), "unknown");
  });

  it("name commands that are not read", () => {
    const named = (text: string, ...others: readonly DeclaredResource[]) =>
      read(script("s", text), ...others).notEvaluated;
    const configuration = "configuration Lab {\n Node hv1 { xVMHyperV a { Name = 'a' } } }";
    assert.deepEqual(named(configuration, host("hv1")), ["create (line 1, configuration)"]);
    assert.deepEqual(named("configuration Web { Node w { File a { Path = 'a' } } }", host("hv1")), []);
    assert.deepEqual(named("New-NetFirewallRule -LocalPort 80", host("hv1")), ["create (New-NetFirewallRule)"]);
    assert.deepEqual(named("New-NetFirewallRule -LocalPort 80"), []);
    assert.deepEqual(named("Rename-VM a b"), ["create (Rename-VM)"]);
  });

  describe("take work that is linear in their length:", () => {
    const nested = (names: number, depth: number): string => {
      const list = Array.from({ length: names }, (_, index) => `h${String(index)}`).join(", ");
      return `${`Invoke-Command -ComputerName ${list} { `.repeat(depth)}New-VM a${" }".repeat(depth)}`;
    };
    const lines = (count: number, line: (index: string) => string): string =>
      Array.from({ length: count }, (_, index) => line(String(index))).join("\n");
    const hostile: Readonly<Record<string, string>> = {
      "hosts in hosts (H2)": nested(8, 7),
      "two hosts, many times": nested(2, 60),
      "loops in loops": "foreach ($a in 1..999) { foreach ($b in 1..999) { foreach ($c in 1..999) { New-VM $c } } }",
      "texts that double": `$x = 'a'\n${"$x = $x + $x\n".repeat(500)}`,
      "lists that double": `$x = 1..999\n${"$x += $x\n".repeat(500)}$x | % { New-VM $_ }`,
      "functions that call themselves": "function f { f; f }; f",
      "blocks that call themselves": "$f = { & $f; & $f }; & $f",
      "tables (H3)": lines(2000, (index) => `$p${index} = @{ Name = 'v${index}' }; New-VM @p${index}`),
      "machines and lost commands": lines(2000, (index) => `New-VM v${index}; Get-VM | Set-VM -ProcessorCount 4`),
      conditions: lines(2000, (index) => `if ($x) { $a${index} = 1; Set-VM b -ProcessorCount 4 }`),
    };
    for (const [what, text] of Object.entries(hostile)) {
      it(what, () => {
        const start = process.cpuUsage();
        readEstate([script("s", text)], true);
        const { user, system } = process.cpuUsage(start);
        assert.ok((user + system) / 1e6 < 3, `it took ${String((user + system) / 1e6)} s`);
      });
    }

    it("what is beyond is said, and leads to nothing", () => {
      const { machines, notEvaluated } = read(script("s", `New-VM b\n${nested(8, 7)}\nSet-VM b -ProcessorCount 4`));
      assert.deepEqual(notEvaluated, ["create (from line 2, too much to follow)"]);
      assert.equal(machines.find(({ name }) => name === "b")?.["processorCount"], "unknown");
    });

    it("as many machines as people make in one loop are read", () => {
      const { machines, notEvaluated } = read(
        script("s", '1..200 | % { New-VM "v$_"; Set-VM "v$_" -ProcessorCount 2 }'),
      );
      assert.deepEqual([machines.length, notEvaluated], [200, []]);
    });
  });

  describe("mean the same", () => {
    const folder = join(__dirname, "..", "powershell", "corpus");
    const scripts = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8").trimEnd());
    const model = (text: string): unknown => {
      const { machines, notEvaluated } = read(host("hv1"), script("s", `New-VM EX1 -Generation 2\n${text}`, "hv1"));
      return { machines, notEvaluated: notEvaluated.map((at) => at.replace(/line \d+/, "line")) };
    };
    /** The lines of a script behind which a statement has ended, outside of any bracket or text over lines. */
    const gaps = (text: string): readonly number[] => {
      const all = text.split("\n");
      return all.flatMap((_, index) =>
        isWhole(all.slice(0, index).join("\n")) && isWhole(all.slice(index).join("\n")) ? [index] : [],
      );
    };
    const isWhole = (text: string): boolean => {
      const count = (pattern: RegExp): number => (text.match(pattern) ?? []).length;
      const isClosed = count(/[({]/g) === count(/[)}]/g) && !/@["']\s*$/m.test(text) && !/^["']@/m.test(text);
      return isClosed && !text.endsWith("`") && !/^\s*(?:param|catch|finally|else)/.test(text);
    };
    const harmless = [
      "",
      "# New-VM no",
      "<# New-VM\n no #>",
      "if ($Verbose) { Write-Host x }",
      "if ($a) { } else { Get-Date }",
    ];
    it("with an if that assigns nothing, a comment or a blank line anywhere", () => {
      const places = scripts.flatMap((text) => gaps(text).map((at) => ({ text, at })));
      assert.ok(places.length > 50);
      fc.assert(
        fc.property(fc.constantFrom(...places), fc.constantFrom(...harmless), ({ text, at }, inserted) => {
          const all = text.split("\n");
          const changed = [...all.slice(0, at), inserted, ...all.slice(at)].join("\n");
          assert.deepEqual(model(changed), model(text), changed);
        }),
        { numRuns: 400 },
      );
    });

    it("in any case, and with blanks at the ends of lines", () => {
      for (const text of scripts) {
        const blanks = text.replace(/([^`@"'])\n/g, "$1 \t\n");
        assert.deepEqual(model(blanks), model(text), text);
      }
    });
  });
});
