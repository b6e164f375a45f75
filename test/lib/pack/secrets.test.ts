import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { Judge } from "../../../lib/judging/judge";
import { listenToEngine, type EngineRequests } from "../../../lib/pack/engine-requests";
import { toPolicies } from "../../../lib/pack/policies";
import { JOURNAL_VARIABLE, readJournal } from "../../../lib/reports/journal";
import { EffectiveSettings } from "../../../lib/settings/effective-settings";
import { RULES, undecided } from "../../../policies";
import { SAMPLES } from "../../../tools/docs/dialect-samples";
import { assertHidden, canariesFor, leavesOf, withValue } from "../../canaries";
import { host, mailbox, resource, vm } from "../../kit";
import { everyReport, outputOfCheck } from "../../outputs";
import { Analyzer, secret, type SentResource } from "./analyzer";

const COMMAND = "command:local:Command";

let folder: string;

/** Everything that leaves the pack: the engine's lines with all details, the journal, and the reports made of it. */
async function shown(resources: readonly DeclaredResource[], listen = listenToEngine): Promise<string> {
  const journal = join(folder, "findings.jsonl");
  rmSync(journal, { force: true });
  const settings = new EffectiveSettings({
    policies: [...RULES, undecided],
    options: { estate: { details: true } },
    today: "2026-11-23",
  });
  const { each, stack } = await new Analyzer(toPolicies(RULES, undecided, settings, listen())).preview(resources);
  const lines = [...each, stack].flatMap(({ diagnostics }) => diagnostics.map(({ message }) => message));
  return [...lines, readIfThere(journal), ...everyReport(readJournal(journal).findings)].join("\n");
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
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
    it(`F1: are hidden in every property of ${type}, in every output of the pack and of check`, async () => {
      const secrets = listenToEngine();
      const same = (): EngineRequests => secrets;
      for (const leaf of leavesOf(properties)) {
        for (const { plain, traces } of canariesFor(leaf)) {
          const changed = [resource(type, "one", withValue(properties, leaf.path, secret(plain)))];
          assertHidden(await shown(changed, same), traces, leaf.path);
          assertHidden(await outputOfCheck(changed), traces, `check ${leaf.path}`);
        }
      }
    }).timeout(120_000);
  }

  it("F1: are hidden in every property of every type, where all of them are one estate", () => {
    const samples = known.map(({ type, properties }, index) => resource(type, `sample${String(index)}`, properties));
    for (const [index, sample] of samples.entries()) {
      for (const leaf of leavesOf(sample.properties)) {
        const [canary] = canariesFor(leaf).slice(typeof leaf.value === "string" ? -1 : 0);
        assert(canary !== undefined);
        const { plain, traces } = canary;
        const changed = {
          ...sample,
          properties: withValue(sample.properties, leaf.path, plain),
          secrets: [{ path: leaf.path, value: plain }],
        };
        const settings = new EffectiveSettings({ policies: [...RULES, undecided], today: "2026-11-23" });
        const { findings } = new Judge(RULES, undecided, settings).judgeAll(samples.with(index, changed));
        assertHidden(everyReport(findings).join("\n"), traces, `${sample.type} ${leaf.path}`);
      }
    }
  }).timeout(300_000);

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

  it("F1: are hidden where a resource of another kind has them, and one of Hyper-V names the same in the clear", async () => {
    const password = resource("random:index/randomPassword:RandomPassword", "pw", { result: secret("quokka-host") });
    const estate = [password, vm("vm1", { host: "quokka-host" })];
    assertHidden(await shown(estate), ["quokka"], "pack");
    assertHidden(await outputOfCheck(estate), ["quokka"], "check");
  });

  it("F1: are hidden in what stays undecided, in exemptions and in what is wrong with the configuration", () => {
    const settings = new EffectiveSettings({
      policies: [...RULES, undecided],
      options: {
        estate: {
          asOf: "2026-11-23",
          hosts: [{ name: "hv1", operatingSystem: "quokka-host" }],
          exemptions: [
            {
              rule: "guest-processor-count",
              resource: "quokka-host",
              reason: "quokka-host, for now",
              expires: "2027-01-31",
            },
            { rule: "guest-memory", resource: "quokka-host", reason: "quokka-host", expires: "2027-01-31" },
          ],
          nonsense: "quokka-host",
        },
      },
    });
    const secrets = [{ path: "result", value: "quokka-host" }];
    const password = { ...resource("random:index/randomPassword:RandomPassword", "pw", {}), secrets };
    const named = vm("quokka-host", { host: "hv1", processorCount: 300 });
    const { findings } = new Judge(RULES, undecided, settings).judgeAll([
      password,
      { ...named, urn: "urn:pulumi:test::kit::a::vm1" },
    ]);
    assert.ok(findings.length > 0);
    assertHidden(everyReport(findings).join("\n"), ["quokka"], "reports");
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
