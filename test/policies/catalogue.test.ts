import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import { defaultEnforcement, type PolicyData, type Level, type Severity, type Subject } from "../../lib/rules/rule";
import { sourceOf } from "../../lib/tables/sources";
import { RULES, undecided } from "../../policies";
import { ROOT } from "../root";

const DIRECTORY = join(ROOT, "policies");
const load = createRequire(__filename);
const ALL: readonly PolicyData[] = [...RULES, undecided];

const SUBJECTS: readonly Subject[] = ["guests", "hosts", "exchange", "networks", "vmm", "replica", "backup", "estate"];
const LEVELS: readonly Level[] = ["unsupported", "required", "recommended"];
const SEVERITIES: readonly Severity[] = ["low", "medium", "high", "critical"];

/** Names are permanent, because users' configurations and exemptions name them: add to this list, and take nothing out. */
const NAMES = [
  "anti-affinity-enforced",
  "azure-local-infrastructure-pool",
  "azure-local-intents",
  "azure-local-node-addresses",
  "azure-local-qos",
  "azure-local-rack-aware",
  "azure-local-rdma",
  "azure-local-reserved-ranges",
  "azure-local-size",
  "azure-local-storage-subnets",
  "azure-local-storage-vlans",
  "azure-local-witness",
  "backup-agent-placement",
  "backup-coverage",
  "checkpoints-server-workload",
  "cluster-capacity",
  "cluster-network-metrics",
  "cluster-network-use",
  "cluster-nodes-alike",
  "cluster-quorum-witness",
  "cluster-size",
  "cluster-survives-host-loss",
  "clustered-disk-location",
  "converged-network-caps",
  "csv-network-protocols",
  "domain-controllers",
  "dynamic-memory-supported",
  "estate",
  "exchange-checkpoints",
  "exchange-client-access-spread",
  "exchange-dag-anti-affinity",
  "exchange-dynamic-memory",
  "exchange-fixed-disks",
  "exchange-host-dedicated",
  "exchange-hub-transport-spread",
  "exchange-lifecycle",
  "exchange-memory-oversubscription",
  "exchange-os-disk-size",
  "exchange-processor-ratio",
  "exchange-role-balance",
  "exchange-role-spread",
  "exchange-role-storage",
  "exchange-separate-storage",
  "exchange-size",
  "exchange-supported-scenario",
  "exchange-survives-host-loss",
  "gpu-partition",
  "group-spread",
  "guest-adapter-count",
  "guest-disk-count",
  "guest-disk-size",
  "guest-memory",
  "guest-os-lifecycle",
  "guest-os-supported",
  "guest-processor-count",
  "guest-secure-boot",
  "guest-tpm",
  "host-domain",
  "host-logical-processors",
  "host-memory",
  "host-memory-capacity",
  "host-network-roles",
  "host-os-lifecycle",
  "host-roles",
  "host-virtual-machines",
  "host-virtual-processors",
  "integration-services-offered",
  "iscsi-multipath",
  "legacy-network-adapter",
  "linux-integration-services",
  "live-migration-authentication",
  "live-migration-network",
  "live-migration-order",
  "logical-network-pools",
  "mac-addresses",
  "mixed-cluster-window",
  "names-unique",
  "nested-virtualization",
  "network-purpose-supported",
  "nic-partitioning",
  "port-mirroring",
  "processor-compatibility",
  "replica-certificate",
  "replica-compression",
  "replica-disk-format",
  "replica-exchange",
  "replica-page-file",
  "replica-site",
  "replica-supported",
  "replica-trust-groups",
  "shared-disk",
  "smart-paging-disk",
  "sr-iov-consistent",
  "static-addresses",
  "storage-spaces-direct",
  "switch-on-every-node",
  "trusted-launch-complete",
  "undecided",
  "virtual-disk-format",
  "virtual-processor-ratio",
  "virtual-switch-reserved",
  "vlan-consistent",
  "vm-network-redundancy",
  "vm-version-supported",
  "vmm-bits-port",
  "vmm-lifecycle",
  "vmm-ports",
  "vmm-ports-exposed",
  "volume-spread",
  "vtpm-mobility",
  "windows-licences",
  "workgroup-cluster",
];

/** What the product promises to stop by default, though the documents only recommend it. */
const PROMISED = [
  "exchange-client-access-spread",
  "exchange-dag-anti-affinity",
  "exchange-dynamic-memory",
  "exchange-fixed-disks",
  "exchange-hub-transport-spread",
  "guest-processor-count",
  "host-virtual-processors",
  "virtual-processor-ratio",
];

/** What the pack asks for itself, or what rests on the documents of the versions alone. */
const UNWRITTEN = [
  "vlan-consistent",
  "cluster-survives-host-loss",
  "group-spread",
  "cluster-capacity",
  "estate",
  "exchange-survives-host-loss",
  "host-memory-capacity",
  "names-unique",
  "replica-exchange",
  "undecided",
];

/** Out of support, and yet only advised against: the system may have bought extended updates. */
const ADVISED = ["exchange-lifecycle", "guest-os-lifecycle", "host-os-lifecycle", "vmm-lifecycle"];

/** Everything in a file of the catalogue that is a rule, or the data of the policy without one. */
function policiesIn(file: string): readonly string[] {
  const module: unknown = load(join(DIRECTORY, file));
  assert(typeof module === "object" && module !== null);
  const values: readonly unknown[] = Object.values(module);
  return values.flatMap((value) => {
    if (typeof value !== "object" || value === null) return [];
    const name: unknown = Reflect.get(value, "name");
    return typeof name === "string" && "severity" in value ? [name] : [];
  });
}

function files(): readonly string[] {
  return readdirSync(DIRECTORY, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(DIRECTORY, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((file) => file !== "index.ts")
    .sort();
}

describe("the catalogue", () => {
  it("has the names that users rely on, each once", () => {
    assert.deepEqual(ALL.map(({ name }) => name).sort(), [...NAMES].sort());
    for (const { name } of ALL) assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it("begins with estate, which tells the settings of the pack, and ends with what could not be decided", () => {
    assert.deepEqual([ALL[0]?.name, ALL.at(-1)?.name], ["estate", "undecided"]);
  });

  it("has a file for each rule, named like it, in the folder of its subject, and no rule in none", () => {
    const found = files().flatMap((file) => policiesIn(file).map((name) => `${name} in ${file}`));
    const expected = ALL.map(({ name, subject }) => `${name} in ${subject}/${name}.ts`);
    assert.deepEqual(found.sort(), expected.sort());
  });

  it("has a test of each rule as a table, from which its page has examples", () => {
    const missing = RULES.filter(({ subject, name }) => {
      const file = join(ROOT, "test", "policies", subject, `${name}.test.ts`);
      return !existsSync(file) || !readFileSync(file, "utf8").includes("ruleTest(");
    });
    assert.deepEqual(
      missing.map(({ name }) => name),
      [],
    );
  });

  for (const policy of ALL) {
    it(`${policy.name} has all its data`, () => {
      const { title, subject, level, severity, why, fix, sources, tags } = policy;
      assert.ok(SUBJECTS.includes(subject) && LEVELS.includes(level) && SEVERITIES.includes(severity));
      assert.ok(
        title.length <= 45,
        `${String(title.length)} characters: the engine prints the title with each finding`,
      );
      assert.match(title, /^[A-Z].*[^.]$/);
      for (const text of [why, fix]) assert.match(text, /^[A-Z].*\.$/);
      assert.ok(tags.length > 0 && new Set(tags).size === tags.length);
      for (const tag of tags) assert.match(tag, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.ok(!tags.includes(subject) && !tags.includes(level), "the subject and the level are tags anyway");
      assert.equal(sources.length === 0, UNWRITTEN.includes(policy.name));
      assert.equal(new Set(sources).size, sources.length);
      for (const id of sources) assert.equal(sourceOf(id).id, id);
      assert.ok(!sources.includes("no-document"));
    });
  }

  it("has parameters with a description, and a default that fits", () => {
    for (const { name, parameters = {} } of ALL) {
      for (const [parameter, schema] of Object.entries(parameters)) {
        assert.match(parameter, /^[a-z][A-Za-z0-9]*$/, name);
        assert.match(schema.description, /^[A-Z].*\.$/, `${name}.${parameter}`);
        const type = schema.type === "integer" ? "number" : schema.type;
        assert.ok(schema.default === undefined || typeof schema.default === type, `${name}.${parameter}`);
      }
    }
  });

  it("sets no enforcement that the level has by default", () => {
    for (const { enforcement, ...policy } of ALL) {
      assert.notEqual(enforcement, defaultEnforcement(policy), policy.name);
    }
  });

  it("blocks what is unsupported, required or promised, and advises the rest", () => {
    for (const policy of ALL) {
      const { name, level } = policy;
      const blocks = (level !== "recommended" && !ADVISED.includes(name)) || PROMISED.includes(name);
      assert.equal(defaultEnforcement(policy), blocks ? "mandatory" : "advisory", name);
    }
    for (const name of [...PROMISED, ...ADVISED]) assert.ok(ALL.some((policy) => policy.name === name));
  });
});
