import assert from "node:assert/strict";
import fc from "fast-check";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { Judge } from "../../../lib/judging/judge";
import { EffectiveSettings } from "../../../lib/settings/effective-settings";
import { RULES, undecided } from "../../../policies";
import { backupJob, cluster, firewall, host, mailbox, relationship, resource, vm, vmmServer } from "../../kit";

const HOSTS = ["hv1", "hv2", "hv3"];

const text = (...values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...values);

/** Some of these properties. */
function some(properties: Record<string, fc.Arbitrary<PlainObject[string]>>): fc.Arbitrary<PlainObject> {
  return fc.record(properties, { requiredKeys: [] });
}

const ADAPTERS = fc.array(
  fc.record({
    name: text("NIC 1", "NIC 2", "NIC 3"),
    purpose: text("management", "virtualMachines", "iscsi", "liveMigration", "clusterSharedVolumes"),
    multipath: fc.boolean(),
  }),
  { minLength: 1, maxLength: 3 },
);

const NETWORKS = fc.array(
  fc.record({
    name: text("A", "B", "C"),
    purpose: text("clusterSharedVolumes", "liveMigration", "iscsi", "management"),
    role: text("cluster", "clusterAndClient", "none"),
    metric: fc.constantFrom(500, 900, 1000, 1200),
  }),
  { minLength: 1, maxLength: 3 },
);

function resources(): fc.Arbitrary<readonly DeclaredResource[]> {
  const hosts = HOSTS.map((name) =>
    some({ cluster: text("c1"), memoryMB: fc.constantFrom(8192, 65536), networkAdapters: ADAPTERS }).map((more) =>
      host(name, more),
    ),
  );
  const place = { host: text(...HOSTS), cluster: text("c1") };
  const machines = ["vm1", "vm2", "vm3"].map((name) =>
    some({ ...place, processorCount: fc.constantFrom(1, 3, 4), memoryMB: fc.constantFrom(1024, 40960) }).map((more) =>
      vm(name, more),
    ),
  );
  const servers = ["ex1", "ex2", "ex3"].map((name) =>
    fc
      .tuple(
        some(place),
        text("Mailbox", "Client Access", "Hub Transport"),
        some({ databaseAvailabilityGroup: text("dag") }),
      )
      .map(([more, role, group]) => mailbox(name, more, { roles: [role], ...group })),
  );
  const others = [
    some({ networks: NETWORKS, nodes: fc.subarray(HOSTS) }).map((more) => cluster("c1", more)),
    some({ protects: fc.subarray(["vm1", "vm2", "ex1"], { minLength: 1 }) }).map((more) => backupJob("job", more)),
    some({ virtualMachine: text("vm1"), primaryServer: text("hv1"), replicaServer: text("hv2", "hv9") }).map((more) =>
      relationship("replica", more),
    ),
    fc.constant(vmmServer("vmm1", { hosts: [{ name: "hv1" }, { name: "hv2" }] })),
    fc.constant(firewall("fw1", "vmm1", "hv1", { allow: [{ protocol: "tcp", ports: ["80"] }] })),
    fc.constant(
      resource("command:remote:Command", "script", {
        connection: { host: "hv4" },
        create: "New-VM -Name s1 -MemoryStartupBytes 1GB -NoVHD",
      }),
    ),
  ];
  return fc.tuple(...hosts, ...machines, ...servers, ...others);
}

/** Rule, resource and property of what blocks. */
function blocking(estate: readonly DeclaredResource[], complete = true): ReadonlySet<string> {
  const settings = new EffectiveSettings({ policies: [...RULES, undecided], today: "2012-06-30" });
  const { findings } = new Judge(RULES, undecided, settings).judgeAll(estate, complete);
  return new Set(
    findings
      .filter(({ rule }) => rule !== undecided.name)
      .map(({ rule, urn = "", property = "" }) => [rule, urn.split("::").at(-1), property].join(" ")),
  );
}

function hide(resources: readonly DeclaredResource[], hidden: readonly boolean[]): readonly DeclaredResource[] {
  return resources.map((one, index) => (hidden[index] === true ? { ...one, properties: {} } : one));
}

const HIDDEN = fc.array(fc.boolean(), { minLength: 15, maxLength: 15 });

describe("an operation that shows only a part of the stack", () => {
  it("F2: finds nothing that the whole does not have", () => {
    fc.assert(
      fc.property(resources(), HIDDEN, (whole, hidden) => {
        const found = blocking(whole);
        const ofPart = [...blocking(hide(whole, hidden))].filter((one) => !found.has(one));
        assert.deepEqual(ofPart, []);
      }),
      { numRuns: 300 },
    );
  });

  it("F2: finds nothing that the whole does not have, where the rest is not even named", () => {
    fc.assert(
      fc.property(resources(), HIDDEN, (whole, hidden) => {
        const found = blocking(whole);
        const part = whole.filter((_, index) => hidden[index] !== true);
        assert.deepEqual(
          [...blocking(part, part.length === whole.length)].filter((one) => !found.has(one)),
          [],
        );
      }),
      { numRuns: 300 },
    );
  });

  it("F3: is the whole where only a resource without inputs is added", () => {
    fc.assert(
      fc.property(resources(), (whole) => {
        const noop = resource("command:local:Command", "noop", {});
        assert.deepEqual([...blocking([...whole, noop])], [...blocking(whole)]);
        assert.ok(readEstate([...whole, noop], true, {}).isWhole);
      }),
      { numRuns: 100 },
    );
  });
});
