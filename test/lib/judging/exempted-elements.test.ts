import assert from "node:assert/strict";
import { withBaseline } from "../../../lib/cli/baseline";
import type { PlainObject } from "../../../lib/estate/plain";
import { Judge } from "../../../lib/judging/judge";
import { EffectiveSettings } from "../../../lib/settings/effective-settings";
import type { Configuration } from "../../../lib/settings/configuration";
import { RULES, undecided } from "../../../policies";
import { host, vm } from "../../kit";

const POLICIES = [...RULES, undecided];

function disk(name: string, type: string) {
  return { name, purpose: "databases", type, sizeGB: 100, storage: name };
}

/** What is found of an Exchange server with these disks. */
function judged(disks: readonly PlainObject[], options: Configuration = {}) {
  const exchange = { version: "Exchange 2019", roles: ["mailbox"] };
  const server = vm("ex1", { host: "hv1", guestOs: "Windows Server 2019", exchange, disks });
  const settings = new EffectiveSettings({ policies: POLICIES, options, today: "2026-01-01" });
  const { findings } = new Judge(RULES, undecided, settings).judgeAll([host("hv1"), server]);
  return findings.filter(({ rule }) => rule === "exchange-fixed-disks");
}

describe("a finding at an element of a list", () => {
  const [first, logs] = [disk("first", "fixed"), disk("logs", "differencing")] as const;

  it("U8: stays exempted by a baseline when elements before it come or go", () => {
    const found = judged([first, logs]);
    assert.deepEqual(
      found.map(({ property, propertyByNames }) => [property, propertyByNames]),
      [["disks[1].type", 'disks["logs"].type']],
    );
    const { added: exemptions } = withBaseline({}, found, {
      stack: "kit/test",
      today: "2026-01-01",
      days: 90,
      replace: false,
      notShown: new Set(),
      notExemptible: new Set(),
    });
    const options = { estate: { exemptions } };
    const isExempted = (disks: readonly PlainObject[]) =>
      judged(disks, options)
        .map(({ property, exempted }) => [property, exempted !== undefined])
        .sort();
    assert.deepEqual(isExempted([first, logs]), [["disks[1].type", true]]);
    assert.deepEqual(isExempted([logs]), [["disks[0].type", true]]);
    assert.deepEqual(isExempted([first, first, disk("third", "fixed"), logs].slice(1)), [["disks[2].type", true]]);
    // Another one in its place is a new mistake.
    assert.deepEqual(isExempted([first, disk("more", "differencing"), logs]), [
      ["disks[1].type", false],
      ["disks[2].type", true],
    ]);
  });

  it("U8: has no name where two have it, and then an exemption goes by position", () => {
    const [one] = judged([disk("same", "fixed"), disk("same", "differencing")]);
    assert.equal(one?.property, "disks[1].type");
    assert.equal(one.propertyByNames, undefined);
  });
});
