import assert from "node:assert/strict";
import { Exemptions, exemptedMessage, expiredMessage, unmatchedMessage } from "../../../lib/settings/exemptions";
import type { Exemption } from "../../../lib/settings/pack-settings";

const URN = "urn:pulumi:prod::mail::hyperv-guard:index:VirtualMachine::vm1";
const EXEMPTION: Exemption = { rule: "a-rule", resource: "vm1", reason: "Old.", expires: "2027-01-31" };
const RESOURCE = { urn: URN, name: "MAIL01" };
const PLACE = { rule: "a-rule", resource: RESOURCE, path: "memoryMB", stack: URN };

function exempted(change: Partial<Exemption>, day = "2027-01-31") {
  return new Exemptions([{ ...EXEMPTION, ...change }], day).match(PLACE);
}

describe("an exemption", () => {
  for (const [name, change] of [
    ["by the name of the resource", {}],
    ["by what messages call it", { resource: "mail01" }],
    ["by the URN", { resource: URN }],
    ["by a pattern of the URN", { resource: "*:VirtualMachine::*" }],
    ["of one property", { property: "memoryMB" }],
    ["in its stack", { stacks: ["prod"] }],
    ["in its stack of a project", { stacks: ["dev", "mail/*"] }],
    ["of all but another resource", { resource: "!vm2" }],
    ["in all stacks but another", { stacks: ["!dev"] }],
    ["in all stacks of its project but others", { stacks: ["mail/*", "!dev", "!test"] }],
    ["in all stacks of a project but another", { stacks: ["!mail/dev"] }],
  ] as const) {
    it(`${name} holds`, () => {
      assert.deepEqual(exempted(change), { by: { ...EXEMPTION, ...change } });
    });
  }

  for (const [name, change] of [
    ["of another rule", { rule: "b-rule" }],
    ["of another resource", { resource: "vm" }],
    ["of another property", { property: "memory" }],
    ["in another stack", { stacks: ["dev", "prod/mail"] }],
    ["of the resource as a whole", { property: "" }],
    ["of all but this resource", { resource: "!vm1" }],
    ["of all but what messages call so", { resource: "!(mail*)" }],
    ["of all resources but those of its type", { resource: "!*:VirtualMachine::*" }],
    ["in all stacks but this", { stacks: ["!prod"] }],
    ["in all stacks but this and another", { stacks: ["!prod", "!dev"] }],
    ["in all stacks of its project but this", { stacks: ["mail/*", "!prod"] }],
    ["in no stack", { stacks: [] }],
    ["in all stacks but those of its project", { stacks: ["!mail/*"] }],
  ] as const) {
    it(`${name} does not`, () => {
      assert.deepEqual(exempted(change), {});
    });
  }

  it("of the resource as a whole holds for nothing else of it", () => {
    const whole = new Exemptions([{ ...EXEMPTION, property: "" }], "2026-01-01");
    assert.deepEqual(whole.match(PLACE), {});
    assert.notDeepEqual(whole.match({ ...PLACE, path: "" }), {});
  });

  it("is for a resource by whatever else declares it", () => {
    const component = "urn:pulumi:prod::mail::my:index:Mail$hyperv-guard:index:VirtualMachine::mail";
    for (const resource of ["mail", component, "*::mail"]) {
      const held = { ...EXEMPTION, resource };
      const of = (alsoDeclaredBy: readonly string[]) =>
        new Exemptions([held], "2026-01-01").match({ ...PLACE, resource: { ...RESOURCE, alsoDeclaredBy } });
      assert.deepEqual(of([component]), { by: held });
      assert.deepEqual(of([]), {});
    }
  });

  it("of a host of the settings goes by its name, and by the stack that is previewed", () => {
    const place = { ...PLACE, resource: { urn: "settings:hosts[0]", name: "hv1" } };
    const of = (change: Partial<Exemption>, stack: string | undefined = URN) =>
      new Exemptions([{ ...EXEMPTION, ...change }], "2026-01-01").match({ ...place, stack }).by !== undefined;
    assert.equal(of({ resource: "hv1", stacks: ["mail/prod"] }), true);
    assert.equal(of({ resource: "hv1", stacks: ["dev"] }), false);
    assert.equal(of({ resource: "!hv2" }), true);
    assert.equal(of({ resource: "!hv1" }), false);
    const nowhere = new Exemptions([{ ...EXEMPTION, resource: "hv1", stacks: ["*"] }], "2026-01-01");
    assert.deepEqual(nowhere.match({ ...place, stack: undefined }), {});
  });

  it("holds through its last day, and is not confused with none after it", () => {
    assert.deepEqual(exempted({}, "2027-01-31"), { by: EXEMPTION });
    assert.deepEqual(exempted({}, "2027-02-01"), { expired: EXEMPTION });
  });

  it("that lasts longest counts, where several match", () => {
    const [longer, shorter] = [EXEMPTION, { ...EXEMPTION, resource: "*", expires: "2026-12-31" }];
    assert.deepEqual(new Exemptions([shorter, longer], "2027-01-01").match(PLACE), { by: longer });
    assert.deepEqual(new Exemptions([shorter, longer], "2027-02-01").match(PLACE), { expired: longer });
  });

  it("is known to have matched, be it expired or not the longest", () => {
    const all = [EXEMPTION, { ...EXEMPTION, resource: "*" }, { ...EXEMPTION, resource: "vm2" }];
    const exemptions = new Exemptions(all, "2028-01-01");
    assert.deepEqual(exemptions.unmatched("a-rule", URN, []), all);
    exemptions.match(PLACE);
    assert.deepEqual(exemptions.unmatched("a-rule", URN, []), all.slice(2));
    assert.deepEqual(exemptions.unmatched("b-rule", URN, []), []);
  });

  it("is not reported where it is for another stack, or for a resource of which too little is known", () => {
    const elsewhere = new Exemptions([{ ...EXEMPTION, stacks: ["dev"] }], "2026-01-01");
    assert.deepEqual(elsewhere.unmatched("a-rule", URN, []), []);
    const here = new Exemptions([EXEMPTION], "2026-01-01");
    assert.deepEqual(here.unmatched("a-rule", URN, [{ urn: URN, name: "MAIL01" }]), []);
    assert.equal(here.unmatched("a-rule", URN, [{ urn: `${URN}2`, name: "MAIL02" }]).length, 1);
  });

  it("concerns its rule", () => {
    const exemptions = new Exemptions([EXEMPTION], "2026-01-01");
    assert.deepEqual([exemptions.concern("a-rule"), exemptions.concern("b-rule")], [true, false]);
  });

  it("is shown in one line", () => {
    assert.equal(exemptedMessage("vm1 is wrong.", EXEMPTION), "Exempted until 2027-01-31 (Old.): vm1 is wrong.");
    assert.equal(
      exemptedMessage("vm1 is wrong.", { ...EXEMPTION, reason: " Old. ", approvedBy: "Ann" }),
      "Exempted until 2027-01-31 (Old.; approved by Ann): vm1 is wrong.",
    );
    assert.equal(expiredMessage("vm1 is wrong.", undefined), "vm1 is wrong.");
    assert.equal(expiredMessage("vm1 is wrong.", EXEMPTION), "vm1 is wrong. Its exemption expired on 2027-01-31.");
    assert.equal(
      unmatchedMessage(EXEMPTION, false),
      'The exemption of a-rule for "vm1" matches no finding. Fix: Remove it.',
    );
    assert.equal(
      unmatchedMessage({ ...EXEMPTION, property: "memoryMB" }, true),
      'The exemption of a-rule for "vm1" at memoryMB, which expired on 2027-01-31, matches no finding. Fix: Remove it.',
    );
    assert.equal(
      unmatchedMessage({ ...EXEMPTION, property: "" }, false),
      'The exemption of a-rule for "vm1" as a whole matches no finding. Fix: Remove it.',
    );
  });
});

describe("an exemption of an element of a list", () => {
  const place = { ...PLACE, path: "disks[2].type", pathByNames: 'disks["logs"].type' };
  const by = (property: string, found = place) =>
    new Exemptions([{ ...EXEMPTION, property }], "2026-01-01").match(found).by !== undefined;

  it("U8: holds by the name of the element, wherever it stands, and by its position", () => {
    assert.ok(by('disks["logs"].type'));
    assert.ok(by('disks["logs"].type', { ...place, path: "disks[5].type" }));
    assert.ok(by("disks[2].type"));
    assert.ok(!by("disks[5].type"));
    assert.ok(!by('disks["system"].type'));
    assert.ok(!by('disks["logs"].format'));
  });
});
