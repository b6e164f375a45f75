import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { isPlainArray, isPlainObject, type Plain, type PlainObject } from "../../../lib/estate/plain";
import { listenToEngine, type EngineRequests } from "../../../lib/pack/engine-requests";
import { toPolicies } from "../../../lib/pack/policies";
import { JOURNAL_VARIABLE } from "../../../lib/reports/journal";
import { EffectiveSettings } from "../../../lib/settings/effective-settings";
import { RULES, undecided } from "../../../policies";
import { SAMPLES } from "../../../tools/docs/dialect-samples";
import { host, mailbox, resource, vm } from "../../kit";
import { Analyzer, secret, type SentResource } from "./analyzer";

const COMMAND = "command:local:Command";

let folder: string;

/** Everything that leaves the pack: the engine's lines, with details and without, and the journal. */
async function shown(resources: readonly DeclaredResource[], listen = listenToEngine): Promise<string> {
  const journal = join(folder, "findings.jsonl");
  rmSync(journal, { force: true });
  const lines: string[] = [];
  for (const details of [false, true]) {
    const settings = new EffectiveSettings({
      policies: [...RULES, undecided],
      options: { estate: { details } },
      today: "2026-11-23",
    });
    const { each, stack } = await new Analyzer(toPolicies(RULES, undecided, settings, listen())).preview(resources);
    lines.push(...[...each, stack].flatMap(({ diagnostics }) => diagnostics.map(({ message }) => message)));
  }
  return [...lines, readIfThere(journal)].join("\n");
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

interface Leaf {
  readonly path: string;
  readonly value: string | number;
}

/** The texts and numbers among properties, each with its path. */
function leavesOf(plain: Plain | undefined, path: string): readonly Leaf[] {
  if (typeof plain === "string" || typeof plain === "number") return [{ path, value: plain }];
  if (isPlainArray(plain)) return plain.flatMap((item, index) => leavesOf(item, `${path}[${String(index)}]`));
  if (!isPlainObject(plain)) return [];
  return Object.entries(plain).flatMap(([key, value]) => leavesOf(value, path === "" ? key : `${path}.${key}`));
}

/** The properties with another value at one path. */
function withValue(plain: Plain | undefined, path: string, wanted: string, value: Plain): Plain {
  if (path === wanted) return value;
  if (isPlainArray(plain)) return plain.map((item, i) => withValue(item, `${path}[${String(i)}]`, wanted, value));
  if (!isPlainObject(plain)) return plain ?? null;
  const entries = Object.entries(plain).map(([key, item]): [string, Plain] => [
    key,
    withValue(item, path === "" ? key : `${path}.${key}`, wanted, value),
  ]);
  return Object.fromEntries(entries);
}

/** Values that nothing else contains: as a text of the same form, and as a number. */
function canaries({ value }: Leaf): readonly { readonly plain: string | number; readonly traces: readonly string[] }[] {
  const text = { plain: "Quokka-77031", traces: ["quokka", "77031"] };
  return typeof value === "string" ? [text] : [{ plain: 77_031, traces: ["77031", "77,031"] }, text];
}

function assertHidden(text: string, traces: readonly string[], what: string): void {
  const lower = text.toLowerCase();
  for (const trace of traces) assert.ok(!lower.includes(trace), `${what}: ${trace} in ${around(lower, trace)}`);
}

function around(text: string, trace: string): string {
  const index = text.indexOf(trace);
  return text.slice(Math.max(0, index - 120), index + 80);
}

describe("secrets that the engine marks", () => {
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "hyperv-guard-test-"));
    process.env[JOURNAL_VARIABLE] = join(folder, "findings.jsonl");
  });

  after(() => {
    Reflect.deleteProperty(process.env, JOURNAL_VARIABLE);
    rmSync(folder, { recursive: true, force: true });
  });

  const known = SAMPLES.filter(({ properties }) => Object.keys(properties).length > 0);

  for (const { type, properties } of known) {
    it(`are hidden in every property of ${type}`, async () => {
      const secrets = listenToEngine();
      const same = (): EngineRequests => secrets;
      for (const leaf of leavesOf(properties, "")) {
        for (const { plain, traces } of canaries(leaf)) {
          const changed = withValue(properties, "", leaf.path, secret(plain)) as PlainObject;
          assertHidden(await shown([resource(type, "one", changed)], same), traces, leaf.path);
        }
      }
    }).timeout(120_000);
  }

  it("are hidden with everything that is read from them: scripts, lists in a text, sizes, names of versions", async () => {
    const create =
      "$pw='Quokka-77031'; New-VM -Name kookaburra -Generation 1 -MemoryStartupBytes 3TB -NoVHD; " +
      "Set-VMProcessor -VMName kookaburra -Count 77";
    const script = resource(COMMAND, "script", { create: secret(create) });
    const said = await shown([script]);
    assert.notEqual(said.trim(), "");
    assertHidden(said, ["quokka", "kookaburra", "3 tb", "3,145,728", "3145728", " 77 "], "create");

    const roles = mailbox("ex1", { host: "hv1", processorCount: 1 }, { roles: secret("Mailbox/HubTransport") });
    assertHidden(await shown([host("hv1"), roles]), ["hub transport", "hubtransport", "mailbox"], "roles");

    const old = vm("vm1", { host: "hv1", guestOs: secret("Windows Server 2003 R2 x64 SP2"), processorCount: 3 });
    assertHidden(await shown([host("hv1"), old]), ["2003"], "guestOs");
  });

  it("are judged all the same", async () => {
    const said = await shown([host("hv1"), vm("vm1", { host: "hv1", processorCount: secret(57) })]);
    assert.match(said, /vm1 has \[secret\] virtual processors/);
    assertHidden(said, ["57"], "processorCount");
  });

  it("are hidden where the value of a provider or of the configuration is named elsewhere", async () => {
    const provider = { urn: "urn:pulumi:test::kit::pulumi:providers:hyperv::p", type: "hyperv", name: "p", host: null };
    const machine = { ...vm("vm1", { host: "quokka-host" }), provider };
    const ofProvider: SentResource = { ...machine, providerProperties: { password: secret("quokka-host") } };
    const settings = (): EffectiveSettings => new EffectiveSettings({ policies: [...RULES, undecided] });
    const pack = (secrets: EngineRequests) => new Analyzer(toPolicies(RULES, undecided, settings(), secrets));
    const { stack } = await pack(listenToEngine()).preview([ofProvider]);
    assertHidden(JSON.stringify(stack.diagnostics), ["quokka"], "provider");

    const request = new AnalyzerStackConfigureRequest();
    request.getConfigMap().set("lab:host", "quokka-host");
    request.setConfigSecretKeysList(["lab:host"]);
    const configured = (): EngineRequests => {
      const secrets = listenToEngine();
      AnalyzerService.configureStack.requestDeserialize(Buffer.from(request.serializeBinary()));
      return secrets;
    };
    assertHidden(await shown([vm("vm1", { host: "quokka-host" })], configured), ["quokka"], "configuration");
  });

  it("hide everything where the requests cannot be looked at", async () => {
    const requestDeserialize = AnalyzerService.analyze.requestDeserialize;
    Reflect.deleteProperty(AnalyzerService.analyze, "requestDeserialize");
    const blind = listenToEngine();
    AnalyzerService.analyze.requestDeserialize = requestDeserialize;
    assert.equal(blind.showSecrets, false);
    const said = await shown([host("hv1"), vm("quokka", { host: "hv1", processorCount: 77 })], () => blind);
    assert.match(said, /"problem":"\[secret\]"/);
    assert.doesNotMatch(said, /quokka has|\b77\b/);
  });
});
