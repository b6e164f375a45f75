import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import {
  CHECKPOINT_TYPES,
  DISK_FORMATS,
  DISK_PURPOSES,
  DISK_TYPES,
  NETWORK_ROLES,
  PURPOSES,
  STOP_ACTIONS,
  SWITCH_TYPES,
} from "../../../lib/estate/model";
import { TRAFFIC_TYPES } from "../../../lib/estate/network-facts";
import { exchangeTable } from "../../../lib/tables/exchange";
import { ROOT } from "../../root";

const FILE = join(ROOT, "examples", "completed.ts");

function read(file: string): string | undefined {
  return ts.sys.readFile(file);
}

/** A program as a user writes it, in an editor. */
function editorOf(text: string): ts.LanguageService {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), read) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  return ts.createLanguageService({
    getScriptFileNames: () => [FILE],
    getScriptVersion: () => "1",
    getScriptSnapshot: (file) => {
      const content = file === FILE ? text : read(file);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => ROOT,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (file) => file === FILE || ts.sys.fileExists(file),
    readFile: read,
  });
}

/** An empty text for each property, in one program. */
const PLACES: readonly (readonly [property: string, program: string, values: readonly string[]])[] = [
  ["automaticStopAction", 'const a: VirtualMachineArgs["automaticStopAction"] = "";', STOP_ACTIONS],
  ["checkpoints", 'const b: VirtualMachineArgs["checkpoints"] = "";', CHECKPOINT_TYPES],
  ["the purpose of a disk", 'const c: VirtualDisk["purpose"] = "";', DISK_PURPOSES],
  ["what a disk also holds", 'const d: VirtualDisk["alsoHolds"] = [""];', DISK_PURPOSES],
  ["the type of a disk", 'const e: VirtualDisk["type"] = "";', DISK_TYPES],
  ["the format of a disk", 'const f: VirtualDisk["format"] = "";', DISK_FORMATS],
  ["the purpose of a host's adapter", 'const g: HostNetworkAdapter["purpose"] = "";', PURPOSES],
  ["the purpose of a cluster's network", 'const h: ClusterNetwork["purpose"] = "";', PURPOSES],
  ["the role of a cluster's network", 'const i: ClusterNetwork["role"] = "";', NETWORK_ROLES],
  ["the type of a switch", 'const j: VirtualSwitch["type"] = "";', SWITCH_TYPES],
  ["roles of Exchange", 'const k: ExchangeServer["roles"] = [""];', exchangeTable().roles.map(({ id }) => id)],
  ["traffic of an intent", 'const l: NetworkIntent["traffic"] = [""];', TRAFFIC_TYPES],
];

const IMPORTS = `
import * as pulumi from "@pulumi/pulumi";
import { Host, VirtualMachine } from "../lib/components/index";
import type { ClusterNetwork, ExchangeServer, HostNetworkAdapter, NetworkIntent, VirtualDisk, VirtualMachineArgs, VirtualSwitch } from "../lib/components/index";
`;

describe("closed values in TypeScript", () => {
  const text = IMPORTS + PLACES.map(([, program]) => program).join("\n");
  let editor: ts.LanguageService;

  before(function () {
    this.timeout(60_000);
    editor = editorOf(text);
    editor.getProgram();
  });

  for (const [property, program, values] of PLACES) {
    it(`U9: complete: ${property}`, () => {
      const position = text.indexOf(program) + program.indexOf('"";') + 1;
      const inList = text.indexOf(program) + program.indexOf('[""]') + 2;
      const at = program.includes('[""]') ? inList : position;
      const offered = editor.getCompletionsAtPosition(FILE, at, {})?.entries.map(({ name }) => name) ?? [];
      assert.deepEqual([...offered].sort(), [...values].sort());
    }).timeout(60_000);
  }

  it("U9: are those of every list by which a component is read", () => {
    const folder = join(ROOT, "lib", "dialects", "hyperv-guard");
    const sources = [...readdirSync(folder).map((name) => join(folder, name)), join(folder, "..", "disk-words.ts")];
    const lists = sources
      .flatMap((file) => [...readFileSync(file, "utf8").matchAll(/\.(?:oneOf|manyOf)\([^,]+,\s*([A-Z_]+)/g)])
      .flatMap(([, list]) => list ?? []);
    assert.ok(lists.length > 15);
    const named = readFileSync(join(ROOT, "tools", "build", "closed-values.mjs"), "utf8");
    for (const list of lists) assert.match(named, new RegExp(`\\.${list}\\b`), list);
  });

  it("U9: take other texts, variables and outputs too", () => {
    const program = editorOf(`${IMPORTS}
      declare const anyText: string;
      declare const later: pulumi.Output<string>;
      declare const promised: Promise<string>;
      new VirtualMachine("vm1", {
        guestOs: "Windows Server 2022", processorCount: 1, memoryMB: 1024,
        automaticStopAction: "ShutDown", checkpoints: anyText, architecture: later, securityType: promised,
        disks: [{ name: "d", purpose: anyText, type: later, sizeGB: 1, alsoHolds: ["data", anyText, later] }],
        exchange: { version: "Exchange 2010", roles: ["CAS", anyText, later] },
      });
      new Host("h", { operatingSystem: "x", processors: { sockets: 1, coresPerSocket: 1, threadsPerCore: 1, vendor: later }, memoryMB: 1 });
      const roles: string[] = ["CAS"];
      export const same: ExchangeServer["roles"] = roles;
    `);
    const problems = program
      .getSemanticDiagnostics(FILE)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    assert.deepEqual(problems, []);
    const wrong = editorOf(`${IMPORTS}\nconst a: VirtualMachineArgs["automaticStopAction"] = 3;\nexport { a };`);
    assert.equal(wrong.getSemanticDiagnostics(FILE).length, 1);
  }).timeout(60_000);
});
