import assert from "node:assert/strict";
import type { DeclaredResource } from "../../lib/estate/declared";
import { exchangeSurvivesHostLoss } from "../../policies/exchange/exchange-survives-host-loss";
import { cluster, host, judge, vm } from "../kit";
import { processorTime } from "./processor-time";

const NODES = Array.from({ length: 64 }, (_, index) => `hv${String(index + 1).padStart(2, "0")}`);

/** 64 hosts in one cluster and 1,000 virtual machines on it, of which a third float and 104 run Exchange. */
function estate(memoryMB: number): readonly DeclaredResource[] {
  const machines = Array.from({ length: 1000 }, (_, index) => {
    const name = `vm${String(index).padStart(4, "0")}`;
    const place = { cluster: "c1", ...(index % 3 === 0 ? {} : { host: NODES[index % 64] ?? "" }) };
    const sizes = { processorCount: 1 + (index % 4), memoryMB: 1024 * (1 + (index % 7)) };
    if (index >= 104) return vm(name, { ...place, ...sizes });
    const group = `dag${String(index % 8)}`;
    return vm(name, {
      ...place,
      ...sizes,
      antiAffinityClassNames: [group],
      exchange: {
        version: "Exchange 2010 SP1",
        roles: ["Mailbox", "Client Access", "Hub Transport"],
        databaseAvailabilityGroup: group,
        databases: [`${group}-1`, `${group}-2`],
      },
    });
  });
  const hosts = NODES.map((name) => host(name, { memoryMB, cluster: "c1" }));
  return [cluster("c1"), ...hosts, ...machines];
}

/** What is found, and the milliseconds of processor time that it takes. */
function measured(memoryMB: number, hostsLost: number): { readonly found: number; readonly time: number } {
  const resources = estate(memoryMB);
  let found = 0;
  const time = processorTime(() => {
    found = judge(exchangeSurvivesHostLoss, resources, { reserveMB: 0, hostsLost }).findings.length;
  });
  return { found, time };
}

describe("the loss of 64 hosts with 1,000 virtual machines", () => {
  // Where all find room; and where so little is left that many pairs do not fit, which must be proved.
  for (const [hostsLost, memoryMB, findings, allowed] of [
    [1, 131_072, 0, 1000],
    [1, 65_000, 0, 1000],
    [2, 131_072, 0, 1000],
    [2, 65_000, 49, 3000],
  ] as const) {
    const what = hostsLost === 1 ? "each in turn" : "each and each pair";
    it(`${what}, takes at most ${String(allowed)} ms with ${String(memoryMB)} MB in each`, () => {
      const { found, time } = measured(memoryMB, hostsLost);
      assert.equal(found, findings);
      assert.ok(time <= allowed, `it takes ${time.toFixed()} ms`);
    }).timeout(60_000);
  }
});
