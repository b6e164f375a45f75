import assert from "node:assert/strict";
import type { Policies } from "@pulumi/policy";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { ConfigureAnalyzerRequest, EnforcementLevel, PolicyConfig } from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { DeclaredResource } from "../lib/estate/declared";
import { hypervGuard } from "../policy-pack";
import { host, mailbox, resource, UNKNOWN, vm } from "./kit";
import { Analyzer } from "./lib/pack/analyzer";

type Properties = Record<string, JavaScriptValue>;

const LEVELS = {
  advisory: EnforcementLevel.ADVISORY,
  mandatory: EnforcementLevel.MANDATORY,
  disabled: EnforcementLevel.DISABLED,
};
type Level = keyof typeof LEVELS;

const OLD = { asOf: "2012-06-30" };
const HOST = host("hv0");
const THREE = vm("vm1", { host: "hv0", processorCount: 3 });
const DYNAMIC = mailbox("ex1", { host: "hv0", dynamicMemory: { minimumMB: 2048, maximumMB: 8192 } });
const OTHER = resource("aws:ec2/instance:Instance", "web", {});
const RULES_OF = { "guest-processor-count": THREE, "exchange-dynamic-memory": DYNAMIC };

/** The request by which the engine configures a pack: the level of each policy, and what a file says. */
function request(
  policies: Policies,
  file: Readonly<Record<string, Properties>>,
  levels: Readonly<Record<string, Level>>,
) {
  const made = new ConfigureAnalyzerRequest();
  for (const name of new Set([
    ...policies.map((policy) => policy.name),
    ...Object.keys(file),
    ...Object.keys(levels),
  ])) {
    const own = policies.find((policy) => policy.name === name)?.enforcementLevel;
    const config = new PolicyConfig();
    config.setEnforcementlevel(LEVELS[levels[name] ?? (own === "advisory" ? "advisory" : "mandatory")]);
    config.setProperties(Struct.fromJavaScript(file[name] ?? {}));
    made.getPolicyconfigMap().set(name, config);
  }
  return made.serializeBinary();
}

/** Previews resources with a pack that was configured as the engine does it. */
async function preview(
  resources: readonly DeclaredResource[],
  file: Readonly<Record<string, Properties>> = {},
  levels: Readonly<Record<string, Level>> = {},
  options: Parameters<typeof hypervGuard>[0] = {},
): Promise<readonly string[]> {
  const { policies } = hypervGuard(options);
  AnalyzerService.configure.requestDeserialize(Buffer.from(request(policies, file, levels)));
  return found(policies, resources);
}

/** The same where the configuration cannot be heard: each policy is told its own when it is called. */
async function previewUnheard(
  resources: readonly DeclaredResource[],
  file: Readonly<Record<string, Properties>>,
): Promise<readonly string[]> {
  const { configure }: { configure: { requestDeserialize?: unknown } } = AnalyzerService;
  const read = configure.requestDeserialize;
  delete configure.requestDeserialize;
  try {
    const { policies } = hypervGuard();
    return await found(
      policies.map((policy) => toldBy(policy, file[policy.name] ?? {})),
      resources,
    );
  } finally {
    configure.requestDeserialize = read;
  }
}

/** A policy with what the server would tell it; the server asks for properties of its functions before. */
function toldBy<T extends Policies[number]>(policy: T, configuration: Properties): T {
  const functions = Object.entries(policy).filter(([, value]) => typeof value === "function");
  const told = functions.map(([key, call]): [string, unknown] => [
    key,
    new Proxy(call as (args: object, report: unknown) => unknown, {
      apply: (target, _, [args, report]: [object, unknown]) =>
        target({ ...args, getConfig: () => configuration }, report),
    }),
  ]);
  return { ...policy, ...Object.fromEntries<unknown>(told) };
}

async function found(policies: Policies, resources: readonly DeclaredResource[]): Promise<readonly string[]> {
  const { each, stack } = await new Analyzer(policies).preview(resources);
  return [...each, stack].flatMap(({ diagnostics }) =>
    diagnostics
      .filter(({ policy }) => policy === "estate" || policy in RULES_OF)
      .map(
        ({ policy, level, resource: name, message }) =>
          `${level} ${policy} ${name}: ${name === "stack" ? message : (message.split(" Fix: ")[0] ?? "")}`,
      ),
  );
}

function exemption(rule: string, name: string, more: Properties = {}): Properties {
  return { rule, resource: name, reason: "Until the move", expires: "2012-12-31", ...more };
}

describe("hypervGuard", () => {
  let findings: readonly string[];

  before(async () => {
    findings = await preview([HOST, THREE, DYNAMIC], { estate: OLD });
  });

  /** What is found without exemptions, by rule. */
  const problem = (rule: string): string =>
    findings
      .find((one) => one.includes(` ${rule} `))
      ?.split(": ")
      .slice(1)
      .join(": ") ?? "";

  it("finds what the pack finds", () => {
    assert.deepEqual(
      findings.map((one) => one.split(":")[0]),
      ["mandatory exchange-dynamic-memory ex1", "mandatory guest-processor-count vm1"],
    );
  });

  it("throws one error that lists all that is wrong with its options", () => {
    // @ts-expect-error -- that is what is tested
    assert.throws(() => hypervGuard({ "guest-memori": "advisory", estate: { asOf: "2026-02-31", detail: true } }), {
      name: "Error",
      message:
        /^The options of hypervGuard are not valid:\n- guest-memori is not [^\n]*\n- estate\.detail is [^\n]*\n- estate\.asOf is [^\n]*$/,
    });
  });

  it("lists what is exempted in one line, once, with the resource as with the stack", async () => {
    for (const [rule, declared] of Object.entries(RULES_OF)) {
      const estate = { ...OLD, exemptions: [exemption(rule, declared.name, { approvedBy: "Ann" })] };
      const said = await preview([HOST, THREE, DYNAMIC], { estate });
      const line = `Exempted until 2012-12-31 (Until the move; approved by Ann): ${problem(rule).split(" Fix: ")[0] ?? ""}`;
      assert.deepEqual(
        said
          .filter((one) => one.includes(` ${rule} `))
          .map((one) => [one.split(" ")[0], one.slice(one.indexOf(": ") + 2)]),
        [["advisory", line]],
      );
      assert.equal(said.length, 2);
    }
  });

  it("counts it again when the exemption has expired, and says so", async () => {
    for (const [asOf, level] of [
      ["2012-12-31", "advisory"],
      ["2013-01-01", "mandatory"],
    ] as const) {
      const estate = { asOf, exemptions: [exemption("guest-processor-count", "vm1")] };
      const said = await preview([HOST, THREE], { estate });
      assert.deepEqual(
        said.map((one) => one.split(" ")[0]),
        [level],
      );
      assert.equal(said.join().includes(" Its exemption expired on 2012-12-31."), level === "mandatory");
    }
  });

  it("tells exemptions that nothing was found for, and keeps silent of those that may still be needed", async () => {
    const unused = (name: string) =>
      `advisory estate stack: The exemption of guest-processor-count for "${name}" matches no finding. Fix: Remove it.`;
    const of = (resources: readonly DeclaredResource[], ...exemptions: Properties[]) =>
      preview(resources, { estate: { ...OLD, exemptions } });
    const other = exemption("guest-processor-count", "vm2");
    assert.deepEqual(await of([HOST, vm("vm2", { host: "hv0" })], other), [unused("vm2")]);
    assert.deepEqual(await of([HOST, vm("vm2", { host: "hv0" })], { ...other, stacks: ["prod"] }), []);
    assert.deepEqual(await of([HOST, vm("vm2", { host: "hv0" })], { ...other, stacks: ["test"] }), [unused("vm2")]);
    assert.deepEqual(await of([HOST, vm("vm2", { host: "hv0", processorCount: UNKNOWN })], other), []);
    assert.deepEqual(await of([HOST, { ...vm("vm2"), properties: {} }], other), []);
    assert.deepEqual(await of([OTHER], other), []);
    assert.deepEqual(await of([HOST, vm("vm2", { host: "hv0" })], { ...other, expires: "2012-01-31" }), [
      'advisory estate stack: The exemption of guest-processor-count for "vm2", which expired on 2012-01-31, matches no finding. Fix: Remove it.',
    ]);
  });

  it("keeps silent of exemptions from disabled rules", async () => {
    const estate = { ...OLD, exemptions: [exemption("guest-processor-count", "vm2")] };
    assert.deepEqual(await preview([HOST], { estate }, { "guest-processor-count": "disabled" }), []);
  });

  it("follows exemptions, profiles and days as well where the configuration cannot be heard, and says what is wrong", async () => {
    const resources = [HOST, THREE, DYNAMIC];
    for (const estate of [
      { ...OLD, exemptions: [exemption("guest-processor-count", "vm1"), exemption("exchange-dynamic-memory", "vm9")] },
      { asOf: "2013-01-01", exemptions: [exemption("guest-processor-count", "vm1")] },
      { profile: "2008r2", exemptions: [exemption("estate", "*")] },
      { ...OLD, detail: true },
    ]) {
      assert.deepEqual(await previewUnheard(resources, { estate }), await preview(resources, { estate }));
    }
  });

  it("exempts a host of the settings by its name, in the stacks that are said", async () => {
    const hosts = [{ name: "hv9", operatingSystem: "Windows Server 2008 R2 SP1", memoryMB: 1024 }];
    const crowded = vm("vm1", { host: "hv9" });
    const of = async (stacks: string[]) => {
      const { policies } = hypervGuard();
      const estate = { ...OLD, hosts, exemptions: [exemption("host-memory-capacity", "hv9", { stacks })] };
      AnalyzerService.configure.requestDeserialize(Buffer.from(request(policies, { estate }, {})));
      const { stack } = await new Analyzer(policies).preview([crowded]);
      return stack.diagnostics.filter(({ policy }) => policy === "host-memory-capacity").map(({ level }) => level);
    };
    assert.deepEqual(await of(["kit/test"]), ["advisory"]);
    assert.deepEqual(await of(["prod"]), ["mandatory"]);
  });

  it("names places in the settings as they were written, whatever was taken out before them", async () => {
    const estate = {
      ...OLD,
      classify: [{ match: {} }, { match: { name: "vm1" }, storage: "s" }, { match: { name: "none" }, host: "hv0" }],
      hosts: [{}, { name: "hv9", operatingSystem: "none" }],
    };
    const said = await preview([HOST, vm("vm1", { host: "hv0" })], { estate });
    const places = [...new Set(said.map((one) => /(classify|hosts)\[\d\]/.exec(one)?.[0]))].sort();
    assert.deepEqual(places, ["classify[0]", "classify[1]", "classify[2]", "hosts[0]", "hosts[1]"]);
  });

  it("lets nobody exempt what cannot be read", async () => {
    const estate = { ...OLD, exemptions: [exemption("estate", "*")] };
    assert.deepEqual(await preview([vm("vm1", { host: "nowhere" })], { estate }), [
      'mandatory estate stack: Configuration: estate.exemptions exempts estate for "*", but findings of estate cannot be exempted. ' +
        "Fix: Remove the exemption, and fix what the rule finds.",
      'mandatory estate vm1: vm1: host is "nowhere", but no Host of that name is declared.',
    ]);
  });

  it("masks secrets in what is exempted", async () => {
    const estate = { ...OLD, exemptions: [exemption("guest-processor-count", "vm1")] };
    const [said = ""] = await preview(
      [HOST, { ...THREE, properties: { ...THREE.properties, secretInputs: ["processorCount"] } }],
      { estate },
    );
    assert.match(said, /\): vm1 has \[secret\] virtual processors/);
  });

  it("reports a broken configuration once, with the stack, whatever is declared and whatever the levels are", async () => {
    const file = { "guest-memori": {}, estate: OLD };
    const expected = [
      'mandatory estate stack: Configuration: guest-memori is not a policy of this pack. Fix: Use one of: "guest-memory", "host-memory", "guest-tpm".',
    ];
    for (const resources of [[], [OTHER], [HOST]]) {
      assert.deepEqual(await preview(resources, file), expected);
      assert.deepEqual(await preview(resources, file, { all: "advisory", estate: "advisory" }), expected);
    }
  });

  it("judges by no rule that the profile has not", async () => {
    const both = [HOST, THREE, vm("vm9", { host: "hv0", networkAdapters: [{ name: "a", switch: "nowhere" }] })];
    assert.deepEqual(await preview(both, { estate: { profile: "2008r2" } }), await preview(both, { estate: OLD }));
  });

  it("follows options, and what is configured over them", async () => {
    const options = { all: "advisory", estate: OLD, "guest-processor-count": "mandatory" } as const;
    const levels = (policies: Policies) =>
      Object.fromEntries(policies.map(({ name, enforcementLevel }) => [name, enforcementLevel]));
    const made = levels(hypervGuard(options).policies);
    assert.deepEqual(
      [made["guest-processor-count"], made["exchange-dynamic-memory"], made["estate"]],
      ["mandatory", "advisory", "advisory"],
    );
    const exemptions = [exemption("guest-processor-count", "vm1")];
    const said = await preview([HOST, THREE], { estate: { exemptions } }, {}, options);
    assert.deepEqual(
      said.map((one) => one.split(" (")[0]),
      ["advisory guest-processor-count vm1: Exempted until 2012-12-31"],
    );
  });
});
