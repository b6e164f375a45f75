import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { FORMAT_NAMES } from "../../lib/cli/report-options";
import { runCommand } from "../../lib/cli/run-command";
import { outputTo } from "../output";
import { temporaryFolder } from "../previews/program";

/** What texts are made of: each may be what a pattern looks for, without an end. */
const PIECES = [
  ...[
    "x",
    "1",
    " ",
    "\t",
    "\n",
    ".",
    "-",
    "_",
    ":",
    ",",
    ";",
    "/",
    "\\",
    "|",
    "&",
    "$",
    "#",
    "=",
    "@",
    "*",
    "'",
    '"',
    "`",
  ],
  ...["(", ")", "[", "]", "{", "}", "<", ">", "a[0]", " a", "a.", ", ", "<!--", "::", "\u200e", "\u0000", "\ud800"],
];

function resource(type: string, name: string, inputs: object) {
  return { urn: `urn:pulumi:test::estate::${type}::${name}`, type, inputs };
}

/** A stack that has a text wherever it can stand: as a name, a key, a value and in a list. */
function stackWith(text: string): string {
  const all = { name: text, [text]: text };
  const adapters = [{ ...all, switch: text, macAddress: text, ipAddresses: [text] }];
  const machine = { host: text, guestOs: text, processorCount: text, memoryMB: text, group: text, checkpoints: text };
  const exchange = { version: text, roles: [text], databaseAvailabilityGroup: text };
  const resources = [
    resource("hyperv-guard:index:Host", "h", { ...all, operatingSystem: text, processors: all, switches: [text] }),
    resource("hyperv-guard:index:VirtualMachine", text.replace(/:/g, "x"), {
      ...all,
      ...machine,
      exchange,
      disks: [{ ...all, type: text, path: text }],
      networkAdapters: adapters,
      antiAffinityClassNames: [text],
    }),
    resource("hyperv-guard:index:Cluster", "c", { ...all, nodes: [text], networks: [{ ...all, subnet: text }] }),
    resource("hyperv-guard:index:Firewall", "f", { rules: [{ ...all, ports: text, protocol: text, source: text }] }),
    resource("command:local:Command", `c${text}`.replace(/:/g, "x"), {
      create: `New-VM -Name ${text}; Set-VM ${text}`,
    }),
    resource("command:local:Command", "c", { create: text, interpreter: ["powershell", "-Command"] }),
    resource("azure-native:azurestackhci:VirtualMachineInstance", "a", {
      resourceUri: text,
      hardwareProfile: { processors: text, memoryMB: text },
      tags: { "hyperv-guard:host": text, [`hyperv-guard:${text}`]: text },
    }),
  ];
  return JSON.stringify({ version: 3, deployment: { resources } });
}

/** All but the page for browsers, which only the built command has. */
const REPORTS = FORMAT_NAMES.filter((format) => format !== "text" && format !== "html");

describe("the time for long texts", () => {
  /** Judges such a stack, and writes every report. */
  async function judge(text: string): Promise<void> {
    const folder = temporaryFolder();
    const state = join(folder, "state.json");
    writeFileSync(state, stackWith(text));
    const reports = REPORTS.flatMap((format) => ["--format", format, "--output", join(folder, format)]);
    const error: string[] = [];
    assert.equal(await runCommand(["check", "--state", state, ...reports], outputTo([], error)), 1, error.join("\n"));
  }

  // The first run also loads and compiles.
  before(() => judge("x")).timeout(120_000);

  for (const piece of PIECES) {
    it(`grows with their length, and not with its square: ${JSON.stringify(piece)}`, async () => {
      // A square takes tens of seconds, the length a tenth of one.
      const started = process.cpuUsage();
      await judge(`${piece.repeat(100_000 / piece.length)}x`);
      const { user } = process.cpuUsage(started);
      assert.ok(user < 6e6, `${(user / 1e6).toFixed(1)} s`);
    }).timeout(120_000);
  }
});
