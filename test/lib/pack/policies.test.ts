import assert from "node:assert/strict";
import type { Policies } from "@pulumi/policy";
import fc from "fast-check";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { listenToEngine } from "../../../lib/pack/engine-requests";
import { toPolicies } from "../../../lib/pack/policies";
import { defineRule, type Rule } from "../../../lib/rules/rule";
import { violation } from "../../../lib/rules/verdict";
import { EffectiveSettings } from "../../../lib/settings/effective-settings";
import { RULES, undecided } from "../../../policies";
import { estate } from "../../../policies/estate/estate";
import { exchangeDagAntiAffinity } from "../../../policies/exchange/exchange-dag-anti-affinity";
import { exchangeDynamicMemory } from "../../../policies/exchange/exchange-dynamic-memory";
import { exchangeFixedDisks } from "../../../policies/exchange/exchange-fixed-disks";
import { exchangeMemoryOversubscription } from "../../../policies/exchange/exchange-memory-oversubscription";
import { guestProcessorCount } from "../../../policies/guests/guest-processor-count";
import { hostVirtualProcessors } from "../../../policies/hosts/host-virtual-processors";
import { virtualProcessorRatio } from "../../../policies/hosts/virtual-processor-ratio";
import { cluster, host, mailbox, UNKNOWN, vm } from "../../kit";
import { Analyzer, secret, type Answer, type Diagnostic } from "./analyzer";

/** More than the number of resources up to which passes are shown. */
const MANY = 210;

/** Rules of both kinds: what is tested here holds for any rules, and must not change when the catalogue grows. */
const SOME: readonly Rule[] = [
  estate,
  guestProcessorCount,
  virtualProcessorRatio,
  hostVirtualProcessors,
  exchangeDynamicMemory,
  exchangeMemoryOversubscription,
  exchangeFixedDisks,
  exchangeDagAntiAffinity,
];

/** The policies as the engine has them after its first request, which tells the configuration. */
function policiesOf(rules: readonly Rule[]): Policies {
  const settings = new EffectiveSettings({ policies: [...rules, undecided] });
  settings.configure(new Map());
  return toPolicies(rules, undecided, settings, listenToEngine());
}

/** A fresh pack, as the engine starts one for each operation. */
function pack(rules: readonly Rule[] = SOME): Analyzer {
  return new Analyzer(policiesOf(rules));
}

/** The pack with policies that the user has disabled, which the server skips before it looks at them. */
function packWithout(...disabled: readonly string[]): Analyzer {
  return new Analyzer(policiesOf(SOME).filter(({ name }) => !disabled.includes(name)));
}

/** A pack in a policy server that hides the requests of the engine, and that hands out settings with each call. */
function blindPack(rules: readonly Rule[] = SOME): Analyzer {
  return new Analyzer(toPolicies(rules, undecided));
}

/** Hosts with nothing to object to, and enough of them. */
function soundHosts(count: number): readonly DeclaredResource[] {
  return Array.from({ length: count }, (_, index) => host(`hv${String(index)}`));
}

function other(name: string): DeclaredResource {
  const type = "aws:ec2/instance:Instance";
  return { urn: `urn:pulumi:test::kit::${type}::${name}`, type, name, properties: { host: "nowhere", cpu: UNKNOWN } };
}

/** A resource as those outside a `--target` arrive. */
function leftOut(resource: DeclaredResource): DeclaredResource {
  return { ...resource, properties: {} };
}

/** `policy level resource`, in the order of the answer. */
function brief({ diagnostics }: Answer): readonly string[] {
  return diagnostics.map(({ policy, level, resource }) => `${policy} ${level} ${resource}`);
}

function all({ each, stack }: { each: readonly Answer[]; stack: Answer }): readonly Diagnostic[] {
  return [...each, stack].flatMap(({ diagnostics }) => diagnostics);
}

const NAMES = [...SOME.map(({ name }) => name), undecided.name];

const TOO_MANY_PROCESSORS = vm("vm1", { host: "hv0", processorCount: 3 });
const DYNAMIC_MEMORY = mailbox("ex1", { host: "hv0", dynamicMemory: { minimumMB: 2048, maximumMB: 8192 } });
const DISKS = ["operatingSystem", "databases", "transactionLogs", "contentIndex"].map((purpose) => {
  return { name: purpose, purpose, type: "fixed", sizeGB: 100, storage: purpose };
});
const DAG = [1, 2].map((index) =>
  mailbox(
    `dag${String(index)}`,
    { host: "hv1", disks: DISKS, automaticStopAction: "shutDown" },
    { databaseAvailabilityGroup: "dag" },
  ),
);
const RATIO = vm("big", { host: "hv2", guestOs: "Windows Server 2008", processorCount: 129 });

describe("toPolicies", () => {
  describe("costs about what one policy costs", () => {
    it("one decode a resource for the whole pack, when a big stack has nothing to object to", async () => {
      const resources = [...soundHosts(MANY), vm("vm1", { host: "hv0" }), ...DAG.slice(0, 1)];
      const timeless = RULES.filter(({ name }) => !name.endsWith("-lifecycle")); // whatever today is
      const { each, stack } = await pack(timeless).preview(resources);
      assert.deepEqual(all({ each, stack }), []);
      assert.equal(stack.decodes, resources.length);
      // Beyond the limit no policy is called for a resource: the one decode is the pack's own.
      assert.deepEqual(new Set(each.slice(200).map(({ decodes }) => decodes)), new Set([1]));
    });

    it("one more for each rule that has something to report with the stack", async () => {
      const resources = [...soundHosts(MANY), TOO_MANY_PROCESSORS, ...DAG];
      const { stack } = await pack().preview(resources);
      assert.deepEqual(brief(stack), [
        "guest-processor-count mandatory vm1",
        "exchange-dag-anti-affinity mandatory dag2",
      ]);
      assert.equal(stack.decodes, (1 + 2) * resources.length);
    });

    it("none more for a rule that reported with the resource", async () => {
      const resources = [...soundHosts(MANY), DYNAMIC_MEMORY];
      const { each, stack } = await pack().preview(resources);
      assert.deepEqual(each.flatMap(brief), ["exchange-dynamic-memory mandatory ex1"]);
      assert.deepEqual(stack.diagnostics, []);
      assert.equal(stack.decodes, resources.length);
      assert.equal(each.at(-1)?.decodes, 2);
    });

    it("one more for what could not be decided", async () => {
      const resources = [...soundHosts(MANY), vm("vm1", { host: "hv0", processorCount: UNKNOWN })];
      const { stack } = await pack().preview(resources);
      assert.deepEqual(brief(stack), ["undecided advisory vm1"]);
      assert.equal(stack.decodes, 2 * resources.length);
    });

    it("none for a stack without Hyper-V, and nothing to read in its output", async () => {
      const resources = Array.from({ length: 20 }, (_, index) => other(String(index)));
      const { each, stack } = await pack(RULES).preview(resources);
      assert.deepEqual(all({ each, stack }), []);
      assert.deepEqual(new Set(each.map(({ decodes }) => decodes)), new Set([0]));
      assert.equal(stack.decodes, 0);
      assert.deepEqual(stack.notApplicable, [...RULES.map(({ name }) => name), "undecided"]);
    });

    it("also when the policies that see each resource are disabled", async () => {
      const resourcePolicies = SOME.filter(({ reach }) => reach === "resource").map(({ name }) => name);
      const resources = [...soundHosts(MANY), vm("vm1", { host: "hv0" })];
      const { each, stack } = await packWithout(...resourcePolicies).preview(resources);
      assert.deepEqual(all({ each, stack }), []);
      assert.equal(stack.decodes, resources.length);
    });
  });

  describe("where the requests of the engine cannot be seen", () => {
    it("finds the same", async () => {
      const unknown = vm("vm2", { host: "hv0", processorCount: UNKNOWN });
      const resources = [...soundHosts(3), TOO_MANY_PROCESSORS, DYNAMIC_MEMORY, ...DAG, RATIO, unknown, other("a")];
      const seen = all(await pack().preview(resources));
      assert.ok(seen.length > 4);
      assert.deepEqual(all(await blindPack().preview(resources)), seen);
    });

    it("costs one decode a resource for the whole pack, since the first policy reads what it is given", async () => {
      const { each, stack } = await blindPack().preview([...soundHosts(MANY), vm("vm1", { host: "hv0" })]);
      assert.deepEqual(all({ each, stack }), []);
      assert.equal(stack.decodes, MANY + 1);
      assert.deepEqual(new Set(each.slice(200).map(({ decodes }) => decodes)), new Set([1]));
    });

    it("costs one decode a resource without Hyper-V, and one more for each rule with parameters, to learn them", async () => {
      const { each, stack } = await blindPack(RULES).preview([other("a"), other("b")]);
      const withParameters = RULES.slice(1).filter(({ parameters }) => parameters !== undefined);
      assert.deepEqual(
        each.map(({ decodes }) => decodes),
        [1 + withParameters.length, 1],
      );
      assert.equal(stack.decodes, 0);
    });
  });

  describe("shows what passes in a small stack", () => {
    it("rules that apply are not among those that do not", async () => {
      const resources = [host("hv0"), vm("vm1", { host: "hv0" })];
      const { each, stack } = await pack().preview(resources);
      assert.deepEqual(all({ each, stack }), []);
      assert.deepEqual(stack.notApplicable, [
        "exchange-dynamic-memory",
        "exchange-memory-oversubscription",
        "exchange-fixed-disks",
        "exchange-dag-anti-affinity",
        "undecided",
      ]);
      assert.deepEqual(
        each.map(({ notApplicable }) => notApplicable),
        [
          [
            "virtual-processor-ratio",
            "exchange-dynamic-memory",
            "exchange-memory-oversubscription",
            "exchange-fixed-disks",
          ],
          [
            "virtual-processor-ratio",
            "exchange-dynamic-memory",
            "exchange-memory-oversubscription",
            "exchange-fixed-disks",
          ],
        ],
      );
    });

    it("Exchange rules apply as soon as an Exchange server is declared", async () => {
      const { each, stack } = await pack().preview([host("hv0"), mailbox("ex1", { host: "hv0" })]);
      assert.deepEqual(all({ each, stack }), []);
      assert.deepEqual(stack.notApplicable, ["undecided"]);
      assert.deepEqual(
        each.map(({ notApplicable }) => notApplicable),
        [
          [
            "virtual-processor-ratio",
            "exchange-dynamic-memory",
            "exchange-memory-oversubscription",
            "exchange-fixed-disks",
          ],
          ["virtual-processor-ratio", "exchange-memory-oversubscription"],
        ],
      );
    });

    it("up to 200 resources", async () => {
      const passes = async (count: number) => (await pack().preview(soundHosts(count))).stack.notApplicable;
      assert.ok(!(await passes(200)).includes("virtual-processor-ratio"));
      assert.ok((await passes(201)).includes("virtual-processor-ratio"));
    });
  });

  describe("reports every finding once", () => {
    it("with the resource when that is enough, and not again with the stack", async () => {
      const answers = await pack().preview([host("hv0"), DYNAMIC_MEMORY]);
      assert.deepEqual(answers.each.map(brief), [[], ["exchange-dynamic-memory mandatory ex1"]]);
      assert.deepEqual(answers.stack.diagnostics, []);
    });

    it("with the stack when only that can tell, next to those that are reported already", async () => {
      const broken = vm("broken", { host: "nowhere", memoryMB: -1 });
      const { each, stack } = await pack().preview([host("hv0"), broken]);
      assert.deepEqual(each.flatMap(brief), ["estate mandatory broken"]);
      assert.match(each[1]?.diagnostics[0]?.message ?? "", /^broken: memoryMB is -1\./);
      assert.deepEqual(brief(stack), ["estate mandatory broken"]);
      assert.match(stack.diagnostics[0]?.message ?? "", /^broken: host is "nowhere",/);
    });

    it("and nothing by the name of a resource whose own name is malformed", async () => {
      const { each, stack } = await pack().preview([host("hv0", { name: {} }), host("a", { name: "hv0" })]);
      assert.deepEqual(each.flatMap(brief), ["estate mandatory hv0"]);
      const machine = vm("vm1", { host: "hv0" });
      const answers = await pack().preview([host("hv0", { name: {} }), host("a", { name: "hv0" }), machine]);
      assert.deepEqual([stack.diagnostics, answers.stack.diagnostics], [[], []]);
    });

    it("with the stack when the policies never saw the resource", async () => {
      assert.deepEqual(brief(await pack().analyzeStack([host("hv0"), DYNAMIC_MEMORY, TOO_MANY_PROCESSORS])), [
        "guest-processor-count mandatory vm1",
        "exchange-dynamic-memory mandatory ex1",
      ]);
    });
  });

  describe("does without the policies that are disabled", () => {
    const resources = [
      host("hv0"),
      host("hv1"),
      TOO_MANY_PROCESSORS,
      DYNAMIC_MEMORY,
      ...DAG,
      vm("x", { host: "hv0", memoryMB: -1 }),
    ];
    const expected = [
      "estate x",
      "exchange-dynamic-memory ex1",
      "guest-processor-count vm1",
      "exchange-dag-anti-affinity dag2",
    ];

    async function found(analyzer: Analyzer): Promise<readonly string[]> {
      const { each, stack } = await analyzer.preview(resources);
      const early = each.flatMap(({ diagnostics }, index) =>
        diagnostics.map(({ policy }) => `${policy} ${resources[index]?.name ?? ""}`),
      );
      const late = stack.diagnostics.map(({ policy, resource }) => `${policy} ${resource}`);
      return [...early, ...late].sort();
    }

    it("none", async () => {
      assert.deepEqual(await found(pack()), [...expected].sort());
    });

    for (const name of NAMES) {
      it(name, async () => {
        const rest = expected.filter((finding) => !finding.startsWith(`${name} `)).sort();
        assert.deepEqual(await found(packWithout(name)), rest);
      });
    }

    it("all but the last", async () => {
      const analyzer = packWithout(...RULES.map(({ name }) => name));
      assert.deepEqual(await found(analyzer), []);
      const { stack } = await analyzer.preview([host("hv0"), leftOut(host("hv1"))]);
      assert.deepEqual(brief(stack), ["undecided advisory stack"]);
    });

    it("and names only enabled rules as undecided", async () => {
      const unknown = [host("hv0"), vm("vm1", { host: "hv0", processorCount: UNKNOWN })];
      const { stack } = await packWithout("guest-processor-count", "host-virtual-processors").preview(unknown);
      assert.deepEqual(
        stack.diagnostics.map(({ message }) => message),
        [
          "processorCount is not known until deployment: not checked by virtual-processor-ratio. Fix: Declare it, or look again after the deployment.",
        ],
      );
    });
  });

  describe("starts anew with every request", () => {
    it("for each resource", async () => {
      const analyzer = pack();
      const broken = vm("vm1", { memoryMB: -1 });
      assert.deepEqual(brief(await analyzer.analyze(broken)), ["estate mandatory vm1"]);
      assert.deepEqual(brief(await analyzer.analyze(vm("vm2"))), []);
      assert.deepEqual(brief(await analyzer.analyze(other("a"))), []);
      assert.deepEqual(brief(await analyzer.analyze(vm("vm3", { memoryMB: -1 }))), ["estate mandatory vm3"]);
    });

    it("for each stack, with or without resources before it", async () => {
      const analyzer = pack();
      assert.deepEqual(brief(await analyzer.analyzeStack([host("hv0"), TOO_MANY_PROCESSORS])), [
        "guest-processor-count mandatory vm1",
      ]);
      assert.deepEqual(brief(await analyzer.analyzeStack([host("hv0"), vm("vm1", { host: "hv0" })])), []);
      assert.deepEqual(brief(await analyzer.analyzeStack([host("hv0"), vm("vm2", { host: "nowhere" })])), [
        "estate mandatory vm2",
      ]);
      assert.deepEqual(brief(await analyzer.analyzeStack([])), []);
    });

    it("also after a request that failed in the middle", async () => {
      const analyzer = pack();
      const asset: Plain = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17" };
      await assert.rejects(analyzer.analyze(vm("vm1", { host: asset })), /Invalid asset/);
      await assert.rejects(analyzer.analyzeStack([vm("vm1", { host: asset })]), /Invalid asset/);
      const answers = await analyzer.preview([host("hv0"), TOO_MANY_PROCESSORS, DYNAMIC_MEMORY]);
      assert.deepEqual(
        all(answers).map(({ policy }) => policy),
        ["exchange-dynamic-memory", "guest-processor-count"],
      );
    });
  });

  describe("survives a rule that throws", () => {
    const throwing = (reach: Rule["reach"], name: string, error: unknown) =>
      defineRule({
        ...guestProcessorCount,
        name,
        title: "A broken rule",
        reach,
        applies: ({ hosts }) => hosts,
        check: () => {
          throw error;
        },
      });

    it("and reports it under its own name, once, while the others go on", async () => {
      for (const reach of ["resource", "estate"] as const) {
        const rules = [throwing(reach, "broken-rule", new TypeError("x is undefined")), ...SOME];
        const answers = await pack(rules).preview([host("hv0"), host("hv1"), TOO_MANY_PROCESSORS]);
        assert.deepEqual(all(answers), [
          {
            policy: "broken-rule",
            level: "mandatory",
            resource: "stack",
            message:
              "The rule broken-rule failed and judged nothing (TypeError: x is undefined). " +
              "This is a defect of hyperv-guard: please report it.",
          },
          ...all(await pack().preview([host("hv0"), host("hv1"), TOO_MANY_PROCESSORS])),
        ]);
      }
    });

    it("whatever it throws", async () => {
      const answers = await pack([estate, throwing("estate", "broken-rule", "a text")]).preview([host("hv0")]);
      assert.deepEqual(
        all(answers).map(({ message }) => message),
        [
          "The rule broken-rule failed and judged nothing (an unknown error). " +
            "This is a defect of hyperv-guard: please report it.",
        ],
      );
    });

    it("without telling a secret", async () => {
      const rules = [throwing("estate", "broken-rule", new Error("cannot read hush of undefined"))];
      const answers = await pack(rules).preview([host("hv0", { secretInputs: ["cluster"], cluster: "hush" })]);
      assert.doesNotMatch(
        all(answers)
          .map(({ message }) => message)
          .join(),
        /hush/,
      );
    });
  });

  it("only advises on what no document was found for, although the policy blocks", async () => {
    const rule = defineRule({
      ...guestProcessorCount,
      name: "sure-and-unsure",
      title: "Sure and unsure",
      reach: "resource",
      applies: ({ hosts }) => hosts,
      check: (one) => {
        const unsure = { evidence: { source: "no-document", confidence: "unverified" } } as const;
        return [violation(one, "", `${one.name} is here.`, one.name === "hv1" ? unsure : {})];
      },
    });
    const hosts = [host("hv0"), host("hv1")];
    assert.deepEqual((await pack([rule]).preview(hosts)).each.map(brief), [
      ["sure-and-unsure mandatory hv0"],
      ["sure-and-unsure advisory hv1"],
    ]);
    const { diagnostics } = await pack([rule]).analyzeStack(hosts);
    assert.deepEqual(
      diagnostics.map(({ policy, level, resource, message }) => [policy, level, resource, message.split(" Fix: ")[0]]),
      [
        ["sure-and-unsure", "mandatory", "hv0", "hv0 is here."],
        ["sure-and-unsure", "advisory", "hv1", "hv1 is here."],
      ],
    );
    assert.match(
      diagnostics[1]?.message ?? "",
      / Note: no document was found for this figure, so this finding only advises\.$/,
    );
  });

  it("reports in the same order, whatever the order of the resources", async () => {
    const resources = [
      ...soundHosts(3),
      cluster("c1", { nodes: ["hv0", "nobody"], oops: 1 }),
      TOO_MANY_PROCESSORS,
      DYNAMIC_MEMORY,
      RATIO,
      ...DAG,
      mailbox(
        "ex2",
        { host: "hv2", memoryMB: 131072, processorCount: UNKNOWN },
        { databaseAvailabilityGroup: UNKNOWN },
      ),
      leftOut(host("hv9")),
    ];
    const expected = await pack().analyzeStack(resources);
    assert.deepEqual(brief(expected), [
      "estate mandatory c1",
      "guest-processor-count mandatory big",
      "guest-processor-count mandatory vm1",
      "virtual-processor-ratio mandatory hv2",
      "exchange-dynamic-memory mandatory ex1",
      "exchange-memory-oversubscription mandatory hv2",
      "undecided advisory stack",
      "undecided advisory ex2",
    ]);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(resources, { minLength: resources.length }), async (order) => {
        assert.deepEqual(await pack().analyzeStack(order), expected);
      }),
      { numRuns: 20 },
    );
  });

  describe("never prints a secret", () => {
    async function messages(resources: readonly DeclaredResource[]): Promise<string> {
      const answers = all(await pack().preview(resources));
      assert.ok(answers.length > 0, "there must be a message to look at");
      return answers.map(({ message }) => message).join("\n\n");
    }

    it("that is a text, a number, in a list or in an object", async () => {
      const said = await messages([
        host("hv0"),
        mailbox("ex1", {
          host: "hv0",
          secretInputs: ["processorCount", "dynamicMemory", "disks", "exchange", "checkpoints"],
          processorCount: secret(57),
          dynamicMemory: secret({ minimumMB: 1234, maximumMB: 5678 }),
          disks: secret([{ name: "hush-disk", purpose: "data", type: "differencing" }, "hush-text"]),
          checkpoints: secret("hush-checkpoint"),
          exchange: { version: "Exchange 2010 SP1", roles: [secret("hush-role")] },
        }),
      ]);
      assert.match(said, /ex1 has \[secret\] virtual processors/);
      assert.match(said, /from \[secret\] to \[secret\] MB/);
      assert.match(said, /"\[secret\]"/);
      assert.match(said, /checkpoints is a secret that is not shown here/);
      assert.doesNotMatch(said, /57|1234|5678|hush/);
    });

    it("through the message of another resource", async () => {
      const said = await messages([
        host("hv0", { name: secret("hush-host"), secretInputs: ["name"] }),
        ...["a", "b"].map((name) => mailbox(name, { host: "hush-host" }, { databaseAvailabilityGroup: "dag" })),
        vm("c", { host: "hv7" }),
      ]);
      assert.match(said, /is on the same host \[secret\] as a/);
      assert.match(said, /Move b from \[secret\] to a host that no other member runs on/);
      assert.match(said, /Use one of: \[secret\]; or declare the Host\./);
      assert.doesNotMatch(said, /hush/);
    });

    it("in any letters", async () => {
      const said = await messages([
        host("hv0", { name: "HUSH-host", secretInputs: ["name"] }),
        vm("c", { host: "Hush-Hosts" }),
        vm("d", { cluster: "hush-HOST" }),
      ]);
      assert.doesNotMatch(said, /hush-host\b/i);
    });

    it("through what a table makes of it", async () => {
      const said = await messages([
        host("hv0"),
        vm("a", { host: "hv0", secretInputs: ["guestOs"], guestOs: secret("2003R2 x64 sp2"), processorCount: 3 }),
        vm("b", { host: "hv0", secretInputs: ["guestOs"], guestOs: secret("2003R2 x64 sp7") }),
      ]);
      assert.doesNotMatch(said, /Windows Server 2003 R2/);
    });

    it("and still prints the rest", async () => {
      const said = await messages([
        host("hv0", { secretInputs: ["roles"], roles: ["", " ", "4"] }),
        TOO_MANY_PROCESSORS,
      ]);
      assert.match(said, /^vm1 has 3 virtual processors, but the guest /m);
      assert.match(said, / Source: http:\/\/technet\.microsoft\.com\/en-us\/library\/cc794868\(WS\.10\)\.aspx$/m);
    });
  });

  describe("says what it could not decide", () => {
    const later = "not known until deployment: not checked by";
    const fixOne = "Fix: Declare it, or look again after the deployment.";
    const fixMany = "Fix: Declare them, or look again after the deployment.";

    async function said(...resources: readonly DeclaredResource[]): Promise<readonly string[]> {
      const { each, stack } = await pack().preview(resources);
      assert.deepEqual(each.flatMap(brief), []);
      return stack.diagnostics.map(({ policy, level, resource, message }) => {
        assert.doesNotMatch(message, /\n/);
        return `${policy} ${level} ${resource}: ${message}`;
      });
    }

    it("in one advisory line a resource, with the properties and the rules", async () => {
      assert.deepEqual(
        await said(
          host("hv0", { operatingSystem: UNKNOWN }),
          host("hv1", { processors: { sockets: UNKNOWN, coresPerSocket: 1, threadsPerCore: 1 } }),
          vm("vm1", { host: UNKNOWN, processorCount: UNKNOWN }),
          mailbox("ex1", {
            host: "hv1",
            disks: [{ name: "d", purpose: "data", type: UNKNOWN, sizeGB: 100 }],
            dynamicMemory: UNKNOWN,
          }),
        ),
        [
          `undecided advisory hv0: operatingSystem is ${later} host-virtual-processors and virtual-processor-ratio. ${fixOne}`,
          `undecided advisory hv1: processors.sockets is ${later} virtual-processor-ratio. ${fixOne}`,
          `undecided advisory ex1: type of the disk "d" and dynamicMemory are ${later} exchange-dynamic-memory, ` +
            `exchange-fixed-disks and exchange-memory-oversubscription. ${fixMany}`,
          `undecided advisory vm1: host and processorCount are ${later} exchange-memory-oversubscription, ` +
            `guest-processor-count and host-virtual-processors. ${fixMany}`,
        ],
      );
    });

    it("with every property that is missing, also where a rule computes from several", async () => {
      const processors: PlainObject = { sockets: 1, coresPerSocket: UNKNOWN, threadsPerCore: UNKNOWN };
      assert.deepEqual(await said(host("hv0", { processors })), [
        `undecided advisory hv0: processors.coresPerSocket and processors.threadsPerCore are ${later} ` +
          `virtual-processor-ratio. ${fixMany}`,
      ]);
    });

    it("under the rules that count the machines of a host, while the host of a machine is not known", async () => {
      assert.deepEqual(await said(host("hv0"), vm("vm1", { host: UNKNOWN })), [
        `undecided advisory vm1: host is ${later} host-virtual-processors and virtual-processor-ratio. ${fixOne}`,
      ]);
    });

    it("never with an exception, whichever property is unknown", async () => {
      const everything = [
        host("hv0", { cluster: "c1", networkAdapters: [{ name: "n", purpose: "public" }], roles: ["r"] }),
        cluster("c1", { nodes: ["hv0"], networks: [{ name: "n", purpose: "public", role: 3 }] }),
        mailbox(
          "ex1",
          {
            host: "hv0",
            cluster: "c1",
            dynamicMemory: { minimumMB: 2048, maximumMB: 8192 },
            disks: [{ name: "d", purpose: "data", type: "dynamic" }],
            antiAffinityClassNames: ["a"],
          },
          { databaseAvailabilityGroup: "dag" },
        ),
        mailbox("ex2", { cluster: "c1" }, { databaseAvailabilityGroup: "dag" }),
      ];
      for (const [index, resource] of everything.entries()) {
        for (const name of Object.keys(resource.properties)) {
          const properties: PlainObject = { ...resource.properties, [name]: UNKNOWN };
          const changed = { ...resource, properties };
          const answers = all(await pack(RULES).preview(everything.with(index, changed)));
          assert.deepEqual(
            answers.filter(({ message }) => /defect|can't run/.test(message)),
            [],
            `${resource.name}.${name}`,
          );
        }
      }
    });
  });

  describe("leaves out resources without properties, as those outside a --target arrive", () => {
    it("and says so once, under the stack", async () => {
      const { each, stack } = await pack().preview([
        leftOut(host("hv0")),
        leftOut(mailbox("ex1")),
        leftOut(cluster("c1")),
        vm("vm1", { host: "hv0", processorCount: 3 }),
        leftOut(other("bucket")),
      ]);
      assert.deepEqual(each.flatMap(brief), []);
      assert.deepEqual(
        stack.diagnostics.map(({ policy, level, resource, message }) => [policy, level, resource, message]),
        [
          [
            "undecided",
            "advisory",
            "stack",
            "3 resources outside the target of this operation came without properties and were not judged: " +
              "c1, hv0 and ex1. Rules that need the whole estate have not judged it either. Fix: Preview the stack without a target.",
          ],
          [
            "undecided",
            "advisory",
            "vm1",
            "host is not known until deployment: not checked by guest-processor-count. Fix: Declare it, or look again after the deployment.",
          ],
        ],
      );
    });

    it("or under one of them", async () => {
      const { stack } = await pack().preview([host("hv0"), leftOut(vm("vm1"))]);
      assert.deepEqual(
        stack.diagnostics.map(({ message }) => message),
        [
          "1 resource outside the target of this operation came without properties and was not judged: vm1. Rules that need the whole estate have not judged it either. Fix: Preview the stack without a target.",
        ],
      );
    });
  });

  describe("hands over what joins need", () => {
    /** A rule that repeats all that is told of a resource. */
    const seen: DeclaredResource[] = [];
    const witness = defineRule({
      name: "witness",
      title: "Sees",
      subject: "estate",
      level: "recommended",
      severity: "low",
      reach: "resource",
      why: "To see.",
      fix: "Look.",
      sources: [],
      tags: [],
      applies: ({ declared }) => declared,
      check: (resource: DeclaredResource) => {
        seen.push(resource);
        return [];
      },
    });
    const urn = "urn:pulumi:test::kit::pulumi:providers:hyperv::hv01";
    const provider = { urn, type: "pulumi:providers:hyperv", name: "hv01", host: "hv01.contoso.com" };
    const parent = host("hv0");
    const providerProperties: PlainObject = { password: "hunter2", user: UNKNOWN };
    const child = {
      ...vm("vm1"),
      provider,
      parent: parent.urn,
      dependencies: [parent.urn],
      propertyDependencies: { host: [parent.urn], cluster: [] },
    };

    beforeEach(() => seen.splice(0));

    it("with the stack: provider, parent and dependencies, and nothing else of the provider", async () => {
      await pack([witness]).analyzeStack([parent, { ...child, providerProperties }]);
      assert.deepEqual(seen, [{ ...parent, dependencies: [], propertyDependencies: {} }, child]);
    });

    it("with a resource: provider and parent", async () => {
      await pack([witness]).analyze({ ...child, providerProperties });
      assert.deepEqual(seen, [{ ...vm("vm1"), provider, parent: parent.urn }]);
    });

    it("and a host that only the deployment will tell", async () => {
      await pack([witness]).analyze({ ...child, provider: { ...provider, host: UNKNOWN } });
      assert.deepEqual(
        seen.map((resource) => resource.provider?.host),
        [UNKNOWN],
      );
    });
  });

  it("gives every policy the data that the engine shows", () => {
    const [policy] = toPolicies([guestProcessorCount], undecided);
    assert(policy);
    const shown = Object.fromEntries(Object.entries(policy).filter(([, value]) => typeof value !== "function"));
    assert.deepEqual(shown, {
      name: "guest-processor-count",
      displayName: "Virtual processors that the guest supports",
      description: "Virtual processors that the guest supports",
      enforcementLevel: "mandatory",
      severity: "high",
      remediationSteps: "Give the virtual machine one of the listed numbers of virtual processors.",
      tags: ["guests", "unsupported", "processor"],
      url: "http://technet.microsoft.com/en-us/library/cc794868(WS.10).aspx",
    });
  });

  it("calls a rule that needs the estate for a resource only to learn its parameters, and every rule for the stack", () => {
    assert.deepEqual(
      toPolicies(RULES, undecided).map((policy) => [
        policy.name,
        "validateResource" in policy,
        "validateStack" in policy,
      ]),
      [
        ...RULES.map(({ name, reach, parameters }) => [name, reach === "resource" || parameters !== undefined, true]),
        ["undecided", false, true],
      ],
    );
  });

  it("blocks what is unsupported or required, and advises the rest, unless the rule says otherwise", async () => {
    const rule = (name: string, level: Rule["level"], enforcement?: "mandatory" | "advisory") =>
      defineRule({
        ...guestProcessorCount,
        name,
        level,
        ...(enforcement === undefined ? {} : { enforcement }),
        applies: ({ hosts }) => hosts,
        check: (one) => [violation(one, "", `${one.name} is here.`)],
      });
    const rules = [
      rule("a", "unsupported"),
      rule("b", "required"),
      rule("c", "recommended"),
      rule("d", "recommended", "mandatory"),
      rule("e", "unsupported", "advisory"),
    ];
    assert.deepEqual(brief(await pack(rules).analyzeStack([host("hv0")])), [
      "a mandatory hv0",
      "b mandatory hv0",
      "c advisory hv0",
      "d mandatory hv0",
      "e advisory hv0",
    ]);
  });
});
