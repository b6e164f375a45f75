import assert from "node:assert/strict";
import type { DeclaredResource } from "../../lib/estate/declared";
import { readEstate } from "../../lib/dialects/read-estate";
import { Judge } from "../../lib/judging/judge";
import type { Configuration } from "../../lib/settings/configuration";
import { EffectiveSettings } from "../../lib/settings/effective-settings";
import { Exemptions } from "../../lib/settings/exemptions";
import { guestProcessorCount } from "../../policies/guests/guest-processor-count";
import { undecided } from "../../policies";
import { host, problemsOf, resource, vm } from "../kit";
import { processorTime } from "./processor-time";

/** Four times as much of both may take that many times as long: a product of both would take sixteen times. */
const ALLOWED = 8;

function names(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `vm${String(index)}`);
}

function exemptionsOf(all: readonly string[], property?: string) {
  return all.map((name) => ({
    rule: "guest-processor-count",
    resource: `urn:pulumi:test::kit::hyperv-guard:index:VirtualMachine::${name}`,
    ...(property === undefined ? {} : { property }),
    reason: "Old.",
    expires: "2030-01-01",
    stacks: ["kit/test"],
  }));
}

function isLinear(work: (count: number) => void, count: number): void {
  // The first run also loads and compiles.
  work(count);
  const small = processorTime(() => {
    work(count);
  });
  const large = processorTime(() => {
    work(4 * count);
  });
  assert.ok(large <= ALLOWED * small, `four times as many take ${(large / small).toFixed(1)} times as long`);
}

describe("the time for many settings", () => {
  it("H7: grows with exemptions and findings, and not with their product", () => {
    isLinear((count) => {
      const resources = [host("hv1"), ...names(count).map((name) => vm(name, { host: "hv1", processorCount: 5 }))];
      const options: Configuration = { estate: { exemptions: exemptionsOf(names(count), "processorCount") } };
      const policies = [guestProcessorCount, undecided];
      const settings = new EffectiveSettings({ policies, options, today: "2026-01-01" });
      const { findings } = new Judge([guestProcessorCount], undecided, settings).judgeAll(resources);
      assert.equal(findings.filter(({ exempted }) => exempted !== undefined).length, count);
    }, 500);
  }).timeout(120_000);

  it("grows with the exemptions that match nothing and the resources that are undecided, and not with their product", () => {
    isLinear((count) => {
      const exemptions = new Exemptions(exemptionsOf(names(count)), "2026-01-01");
      const open = names(2 * count).slice(count / 2);
      const spared = open.map((name) => ({
        urn: `urn:pulumi:test::kit::hyperv-guard:index:VirtualMachine::${name}`,
        name,
      }));
      const stack = "urn:pulumi:test::kit::a:b:C::d";
      assert.equal(exemptions.unmatched("guest-processor-count", stack, spared).length, count / 2);
    }, 2000);
  });

  for (const [what, match] of [
    ["names", (name: string) => ({ name })],
    ["tags", (name: string) => ({ tags: { role: name } })],
  ] as const) {
    it(`H9: grows with the entries of classify by ${what} and the resources, and not with their product`, () => {
      isLinear((count) => {
        const type = "hyperv:index/machineInstance:MachineInstance";
        const resources: readonly DeclaredResource[] = names(count).map((name) =>
          resource(type, name, { name, processorCount: 4, tags: { role: name } }),
        );
        const classify = names(count + count / 2).map((name) => ({ match: match(name), cluster: "c1" }));
        const estate = readEstate(resources, true, { classify });
        assert.equal(problemsOf(estate).filter((problem) => problem.includes("matches no")).length, count / 2);
      }, 500);
    }).timeout(120_000);
  }
});
