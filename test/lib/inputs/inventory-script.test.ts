import assert from "node:assert/strict";
import { inventoryScript } from "../../../lib/inputs/inventory-script";
import documented from "./documented-properties.json";
import { inventoryScriptText, scriptReader, type ScriptReads } from "./script-reads";

/*
 * No PowerShell runs here: what the script does is read from its syntax tree, by a grammar that nobody of this repository
 * wrote.
 */

/** Cmdlets that change nothing beside those that get or test something. */
const PURE = new Set(["convertto-json", "where-object", "foreach-object"]);

/** Methods that change nothing but lists and tables in memory. */
const METHODS = new Set([
  ..."add remove containskey split trim tolowerinvariant toupperinvariant".split(" "),
  ..."[math]::floor [math]::round [math]::max [string]::isnullorempty".split(" "),
]);

const TYPES = new Set(
  "[string[]] [string] [bool] [int] [long] [math] [xml] [ordered] [system.collections.arraylist]".split(" "),
);

/** What every value has in PowerShell. */
const INTRINSIC = "count";

function isAllowed(command: string, { functions }: ScriptReads): boolean {
  return /^(?:get|test)-[a-z]+$/.test(command) || PURE.has(command) || functions.includes(command);
}

/** What in a script may change something, or is not known not to. */
function suspects(script: ScriptReads): readonly string[] {
  return [
    ...script.commands.filter((command) => !isAllowed(command, script)),
    ...script.methods.filter((method) => !METHODS.has(method)),
    ...script.types.filter((type) => !TYPES.has(type)),
    ...script.redirections,
    // Not drives, environment or global scope: variables, and properties and elements of the script's own.
    ...script.targets.filter((target) => !/^\$\w+(?:\.\w+|\[.*\])?$/.test(target)),
  ];
}

describe("the script of an inventory", () => {
  let read: (script: string) => ScriptReads;
  let script: ScriptReads;

  before(async () => {
    read = await scriptReader();
    script = read(inventoryScriptText());
  });

  it("is PowerShell", () => {
    assert.equal(script.hasErrors, false);
    assert.ok(script.commands.length > 50);
  });

  it("changes nothing", () => {
    assert.deepEqual(suspects(script), []);
  });

  for (const harmful of [
    "Set-VM -Name a -ProcessorCount 1",
    "Invoke-Expression $a",
    "'a' | Out-File b",
    "Get-VM > a.txt",
    "& $a",
    "& { Remove-VM a }",
    "[System.IO.File]::WriteAllText('a', 'b')",
    "(Get-ClusterGroup a).AntiAffinityClassNames = 'b'",
    "$group.Delete()",
    "$env:Path = 'a'",
    "New-ItemProperty HKLM:\\a",
    "iex $a",
    "function Get-Mine { Stop-VM a }",
  ]) {
    it(`would be known to change something: ${harmful}`, () => {
      assert.notDeepEqual(suspects(read(harmful)), []);
    });
  }

  it("writes nothing to what a cmdlet gave", () => {
    const own = new Set(script.targets.filter((target) => /^\$\w+$/.test(target)));
    assert.deepEqual(script.ambiguous, []);
    const changed = script.targets.flatMap((target) => /^(\$\w+)[.[]/.exec(target)?.[1] ?? []);
    for (const variable of changed) {
      assert.ok(!script.fromCmdlets.has(variable), variable);
      // A parameter is the caller's own table.
      assert.ok(own.has(variable) || variable === "$entry" || variable === "$hostentry", variable);
    }
  });

  it("reads of what a cmdlet gives only what Microsoft documents", () => {
    const table = new Map(
      Object.entries(documented).map(([source, { properties }]) => [
        source.toLowerCase(),
        properties.map((property) => property.toLowerCase()),
      ]),
    );
    for (const [source, properties] of script.properties) {
      for (const property of properties) {
        if (property !== INTRINSIC) assert.ok(table.get(source)?.includes(property) === true, `${source}: ${property}`);
      }
    }
    // What nobody reads has no place in the table.
    for (const [source, properties] of table) {
      for (const property of properties)
        assert.ok(script.properties.get(source)?.has(property), `${source}: ${property}`);
    }
    for (const { document } of Object.values(documented)) assert.match(document, /^https:\/\/learn\.microsoft\.com\//);
  });

  it("is what the command prints", async () => {
    assert.equal(await inventoryScript(), inventoryScriptText());
  });

  it("is of characters that Windows PowerShell reads in every code page", () => {
    assert.match(inventoryScriptText(), /^[\t\n\r -~]*$/);
  });
});
