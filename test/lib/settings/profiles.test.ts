import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { defaultEnforcement } from "../../../lib/rules/rule";
import { isDay } from "../../../lib/text/days";
import { PROFILE_NAMES, profileOf } from "../../../lib/settings/profiles";
import { RULES, undecided } from "../../../policies";

const POLICIES = [...RULES, undecided];

/**
 * What users rely on never changes: a line for each profile, written when it was made. 2008r2 was completed once, by rules
 * that only advise.
 */
const FROZEN: Readonly<Record<string, string>> = {
  "2008r2": "691137847f0e0ace",
  "2026.1": "2e2a6fd5090999fb",
  "2026.2": "6b3c39ab1aa49197",
};

/** The rules of the document on Exchange 2010 and Hyper-V in Windows Server 2008 R2. */
const OF_2008_R2 = [
  "backup-agent-placement",
  "cluster-capacity",
  "cluster-network-metrics",
  "cluster-network-use",
  "converged-network-caps",
  "csv-network-protocols",
  "estate",
  "exchange-client-access-spread",
  "exchange-dag-anti-affinity",
  "exchange-dynamic-memory",
  "exchange-fixed-disks",
  "exchange-hub-transport-spread",
  "exchange-memory-oversubscription",
  "exchange-os-disk-size",
  "exchange-role-balance",
  "exchange-role-spread",
  "exchange-role-storage",
  "exchange-separate-storage",
  "exchange-supported-scenario",
  "guest-os-lifecycle",
  "guest-os-supported",
  "guest-processor-count",
  "host-network-roles",
  "host-virtual-processors",
  "iscsi-multipath",
  "linux-integration-services",
  "live-migration-network",
  "live-migration-order",
  "network-purpose-supported",
  "nic-partitioning",
  "replica-site",
  "replica-supported",
  "undecided",
  "virtual-processor-ratio",
  "vm-network-redundancy",
  "vmm-bits-port",
  "vmm-ports",
];

function profile(name: string) {
  const found = profileOf(name);
  assert(found);
  return found;
}

describe("a profile", () => {
  it("is one of those that there are", () => {
    assert.deepEqual(PROFILE_NAMES, Object.keys(FROZEN));
    assert.equal(profileOf("2008"), undefined);
    assert.equal(profileOf("constructor"), undefined);
  });

  for (const name of PROFILE_NAMES) {
    it(`${name} is as it was made`, () => {
      const { date, asOf, rules } = profile(name);
      const sorted = Object.entries(rules).sort(([one], [other]) => (one < other ? -1 : 1));
      const hash = createHash("sha256")
        .update(JSON.stringify([date, asOf, sorted]))
        .digest("hex");
      assert.equal(hash.slice(0, 16), FROZEN[name]);
    });

    it(`${name} has a day, and rules of the catalogue`, () => {
      const { name: own, date, asOf = date, rules } = profile(name);
      assert.equal(own, name);
      assert.ok(isDay(date) && isDay(asOf));
      const names = POLICIES.map((policy) => policy.name);
      assert.deepEqual(
        Object.keys(rules).filter((rule) => !names.includes(rule)),
        [],
      );
      assert.ok("estate" in rules && "undecided" in rules);
    });
  }

  it("P4: 2008r2 has the rules that were forgotten in it, and they change nothing that blocks", () => {
    const { rules } = profile("2008r2");
    for (const name of ["exchange-role-spread", "cluster-capacity", "replica-site", "network-purpose-supported"]) {
      assert.equal(rules[name], "advisory", name);
    }
    for (const other of PROFILE_NAMES.map(profile)) {
      for (const name of ["exchange-role-spread", "cluster-capacity", "replica-site"])
        assert.ok(name in other.rules, name);
    }
  });

  it("2008r2 has the rules of the document, of its day", () => {
    const { asOf, rules } = profile("2008r2");
    assert.equal(asOf, "2012-06-30");
    assert.deepEqual(Object.keys(rules).sort(), OF_2008_R2);
  });

  it("that is the latest has every rule at its level: add new ones to it until it is published, then to the next", () => {
    const latest = profile(PROFILE_NAMES.at(-1) ?? "");
    const all = POLICIES.map((policy) => [policy.name, defaultEnforcement(policy)]);
    assert.deepEqual(latest.rules, Object.fromEntries(all));
  });
});
