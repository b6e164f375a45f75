import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { listenToEngine } from "../../../lib/pack/engine-requests";
import { MESSAGE_LIMIT, MessageLimit } from "../../../lib/pack/message-limit";
import { toPolicies } from "../../../lib/pack/policies";
import { EffectiveSettings, type EngineConfiguration } from "../../../lib/settings/effective-settings";
import { RULES, undecided } from "../../../policies";
import { host, resource } from "../../kit";
import { Analyzer } from "./analyzer";

/** What is reported with each resource and at last with the stack, as `policy level: message`. */
async function reported(
  limit: number,
  resources: readonly DeclaredResource[],
  configuration: EngineConfiguration = new Map(),
): Promise<readonly (readonly string[])[]> {
  const settings = new EffectiveSettings({ policies: [...RULES, undecided], today: "2012-01-01" });
  settings.configure(configuration);
  const policies = toPolicies(RULES, undecided, settings, listenToEngine(new MessageLimit(limit)));
  const { each, stack } = await new Analyzer(policies).preview(resources);
  return [...each, stack].map(({ diagnostics }) =>
    diagnostics.map(({ policy, level, message }) => `${policy} ${level}: ${message}`),
  );
}

const MB = 1024 * 1024;
const large = (name: string): DeclaredResource => resource("a:b:C", name, { text: "x".repeat(MB) });
const NOTICE =
  "undecided advisory: The resources that are registered so far take 3 MB. The engine hands over all resources of a stack " +
  "in one message of at most 3 MB: beyond that the preview fails, and no rule judges the stack as a whole. Fix: Preview " +
  'without the policy pack and judge what it gives by "hyperv-guard check --preview", judge a deployed stack by ' +
  '"hyperv-guard check --state", or split the stack.';

describe("the engine's limit of a message", () => {
  it("is reported once, with the resource that comes near it", async () => {
    const resources = [large("1"), large("2"), large("3"), host("hv1"), large("4"), large("5")];
    assert.deepEqual(await reported(3 * MB, resources), [[], [], [NOTICE], [], [], [], []]);
  });

  it("is reported with a resource of Hyper-V, too", async () => {
    const resources = [large("1"), large("2"), host("hv1", { notes: "x".repeat(MB) }), large("3")];
    const [, , third = [], fourth] = await reported(3 * MB, resources);
    assert.deepEqual([third.filter((line) => line === NOTICE), fourth], [[NOTICE], []]);
  });

  it("is not reported as long as a tenth of it is left", async () => {
    assert.deepEqual(await reported(2.5 * MB, [large("1"), large("2")]), [[], [], []]);
    assert.deepEqual(await reported(MESSAGE_LIMIT, [large("1"), large("2"), large("3")]), [[], [], [], []]);
  });

  it("is advice whatever the level of the policy, and nothing where that is disabled", async () => {
    const level = (name: "mandatory" | "disabled"): EngineConfiguration =>
      new Map([["undecided", { level: name, properties: {} }]]);
    const resources = [large("1"), large("2"), large("3")];
    assert.deepEqual((await reported(3 * MB, resources, level("mandatory")))[2], [NOTICE]);
    assert.deepEqual(await reported(3 * MB, resources, level("disabled")), [[], [], [], []]);
  });

  it("is what the policy server takes", async () => {
    const { readFile } = await import("node:fs/promises");
    const server = await readFile(require.resolve("@pulumi/policy/server"), "utf8");
    assert.match(server, /maxRPCMessageSize = 1024 \* 1024 \* 400;/);
    assert.equal(MESSAGE_LIMIT, 1024 * 1024 * 400);
  });
});
