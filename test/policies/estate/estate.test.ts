import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import type { Figure } from "../../../lib/rules/figures";
import { estate } from "../../../policies/estate/estate";
import { cluster, host, judge, mailbox, resource, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds } from "../../rule-test";

function machine(properties: PlainObject): DeclaredResource {
  return vm("vm1", properties);
}

/** One thing wrong with a machine, the sentence after the name, how to fix it, and what was found. */
function wrong(properties: PlainObject, problem: string, fix: string, value: Figure["value"]): Finds {
  return [
    JSON.stringify(properties),
    [machine(properties)],
    `vm1: vm1: ${problem}`,
    { fix, found: { value }, advisory: false },
  ];
}

const PROCESSORS = "Use a whole number from 1 to 65536.";
const MEMORY = "Use a whole number from 1 to 4294967296 MB.";
const OBJECT = "Use an object (name: value).";
const SOUND = [cluster("c1", { nodes: ["hv1"] }), host("hv1"), mailbox("ex1", { host: "hv1" }), vm("a")];
const BUCKET = { urn: "urn:b", type: "aws:s3/bucket:Bucket", name: "b", properties: { host: 7 } };
const BARE = { ...vm("vm1"), properties: { proccessorCount: 4 } };
const FIRST = host("hv1");

/** A resource of which only the deployment will tell any property. */
function unknown(resource: DeclaredResource): DeclaredResource {
  const keys = Object.keys(resource.properties);
  return { ...resource, properties: Object.fromEntries(keys.map((key): [string, Plain] => [key, UNKNOWN])) };
}

const UNREADABLE = {
  memoryMB: 4096,
  get name(): never {
    throw new Error("nobody expects this");
  },
};

ruleTest(estate, {
  passes: [
    ["the least memory of a virtual machine", [machine({ memoryMB: 32, guestOs: "Talos" })]],
    ["little memory of a guest whose minimum guest-memory judges", [machine({ memoryMB: 16 })]],
    [
      "little memory of a host whose minimum host-memory judges",
      [host("hv1", { operatingSystem: "Azure Local", memoryMB: 64 })],
    ],
    ["a sound estate", SOUND],
    ["an empty one", []],
    ["one without Hyper-V", [BUCKET]],
    [
      "what only the deployment will tell",
      [unknown(host("hv1")), unknown(mailbox("ex1", { host: "hv1", disks: [] })), cluster("c1", { nodes: [UNKNOWN] })],
    ],
  ],
  finds: [
    ...[
      wrong(
        { memoryMB: 16, guestOs: "Talos" },
        "memoryMB is 16 MB, which is less than any virtual machine has.",
        "Did you mean 16 GB (16384)?",
        16,
      ),
      [
        "the speed of an adapter in Gbps",
        [host("hv1", { networkAdapters: [{ name: "LAN", purpose: "management", speedMbps: 10 }] })],
        'hv1: hv1: speedMbps of the network adapter "LAN" is 10 Mbps, which is less than any network of a host has.',
        { fix: "Did you mean 10 Gbps (10000)?", found: { value: 10 } },
      ] as const,
      [
        "the speed of a network in Kbps",
        [
          cluster("c1", {
            networks: [{ name: "CSV", purpose: "clusterSharedVolumes", role: "cluster", speedMbps: 10_000_000 }],
          }),
        ],
        'c1: c1: speedMbps of the network "CSV" is 10000000 Mbps, which is more than any network of a host has.',
        { fix: "Did you mean 10000000 Kbps (10000)?", found: { value: 10_000_000 } },
      ] as const,
      [
        "memory in GB where bytes are meant",
        [resource("hyperv:index/machineInstance:MachineInstance", "vm1", { name: "vm1", memoryStartupBytes: 16 })],
        "vm1: vm1: memoryStartupBytes is 16 bytes, which is less than any virtual machine has.",
        { fix: "Did you mean 16 GB (17179869184)?", found: { value: 16 } },
      ] as const,
    ].map(([name, estate, says, options]): Finds => [name, estate, says, { ...options, advisory: true }]),
    wrong({ processorCount: "many" }, 'processorCount is "many".', PROCESSORS, "many"),
    wrong({ processorCount: true }, "processorCount is true.", PROCESSORS, true),
    wrong({ memoryMB: {} }, "memoryMB is an object.", MEMORY, "memoryMB"),
    wrong({ host: [] }, "host is a list of 0.", "Use a string.", "host"),
    wrong({ host: { name: "hv1" } }, "host is an object.", "Use a string.", "host"),
    wrong({ disks: "C:" }, 'disks is "C:".', "Use a list.", "C:"),
    wrong({ disks: ["C:"] }, 'disks[0] is "C:".', OBJECT, "C:"),
    wrong({ exchange: "2010" }, 'exchange is "2010".', OBJECT, "2010"),
    wrong({ antiAffinityClassNames: "dag1" }, 'antiAffinityClassNames is "dag1".', "Use a list.", "dag1"),
    wrong({ dynamicMemory: true }, "dynamicMemory is true.", OBJECT, true),
    wrong(
      { networkAdapters: [{ name: "n", kind: "fast" }] },
      'kind of the network adapter "n" is "fast".',
      "Use one of: synthetic, legacy.",
      "fast",
    ),
    wrong(
      { networkAdapters: [{ name: "n", macAddress: "00155D" }] },
      'macAddress of the network adapter "n" is "00155D": it is not a MAC address.',
      "Use a MAC address such as 00-15-5D-01-02-03.",
      "00155D",
    ),
    wrong({ tpm: "on" }, 'tpm is "on".', "Use true or false.", "on"),
    wrong({ processorCount: -4 }, "processorCount is -4.", PROCESSORS, -4),
    wrong({ processorCount: 1e9 }, "processorCount is 1000000000.", PROCESSORS, 1e9),
    wrong({ processorCount: 2.5 }, "processorCount is 2.5.", PROCESSORS, 2.5),
    wrong({ memoryMB: 0 }, "memoryMB is 0.", MEMORY, 0),
    wrong({ memoryMB: 1e15 }, "memoryMB is 1000000000000000.", MEMORY, 1e15),
    wrong({ generation: 3 }, "generation is 3.", "Use a whole number from 1 to 2.", 3),
    wrong({ host: "hv3" }, 'host is "hv3", but no Host of that name is declared.', "Declare the Host.", "hv3"),
    wrong({ cluster: "c1" }, 'cluster is "c1", but no Cluster of that name is declared.', "Declare the Cluster.", "c1"),
    [
      "a host that does not exist, beside others",
      [host("hv1"), host("hv2"), machine({ host: "hv3" })],
      'vm1: vm1: host is "hv3", but no Host of that name is declared.',
      { fix: "Use one of: hv1, hv2; or declare the Host." },
    ],
    [
      "two hosts with one name",
      [FIRST, host("other", { name: "HV1" })],
      `other: other: name is "HV1", and the host ${FIRST.urn} has that name already.`,
      { fix: "Give each host a name of its own.", found: { value: "HV1" } },
    ],
    [
      "a host that is not in the cluster",
      [cluster("c1", { nodes: ["hv1"] }), host("hv1"), host("hv2"), machine({ host: "hv2", cluster: "c1" })],
      'vm1: vm1: host is "hv2", which is not a node of its cluster "c1".',
      { fix: "Use a node of the cluster, or remove one of the two properties." },
    ],
    [
      "what we fail to read, and other resources too",
      [{ ...vm("vm1"), properties: UNREADABLE }, vm("vm2", { processorCount: 0 })],
      ["vm1: vm1: it could not be read (nobody expects this).", "vm2: vm2: processorCount is 0."],
      { fix: "This is a defect of hyperv-guard: please report it.", found: { value: "vm1" } },
    ],
    [
      "a text that is too long to be found, by its path",
      [machine({ processorCount: "9".repeat(101) })],
      `vm1: vm1: processorCount is "${"9".repeat(56)}….`,
      { found: { value: "processorCount" } },
    ],
  ],
});

/** Every finding with the fix that goes with it. */
function withFixes(...resources: readonly DeclaredResource[]): readonly string[] {
  const { findings, undecided, violations, advisory } = judge(estate, resources);
  assert.deepEqual([undecided, advisory], [[], []]);
  return findings.map((finding, index) => `${finding} Fix: ${violations[index]?.fix ?? ""}`);
}

describe("estate", () => {
  it("applies to every resource of Hyper-V", () => {
    assert.equal(judge(estate, SOUND).applied, 4);
    assert.equal(judge(estate, []).applied, 0);
    assert.equal(judge(estate, [BUCKET]).applied, 0);
  });

  it("explains itself without a document", () => {
    assert.deepEqual(judge(estate, [machine({ processorCount: 0 })]).messages, [
      "vm1: processorCount is 0.\n" +
        "Why: No other rule can check a value that cannot be read, or that contradicts another one.\n" +
        "Fix: Use a whole number from 1 to 65536.",
    ]);
  });

  it("finds names that nobody knows, and offers the nearest", () => {
    assert.equal(withFixes(machine({ guestOs: "Windows Server 2008 R3" })).length, 1);
    assert.match(withFixes(machine({ guestOs: 7 })).join(), /^vm1: vm1: guestOs is /);
    assert.match(
      withFixes(machine({ guestOs: "Windows Servr 2008 R2" })).join(),
      /^vm1: vm1: guestOs is "Windows Servr 2008 R2": no operating system .* has this name\. Fix: Use a name such as "Windows Server 2008 R2"/,
    );
    assert.match(
      withFixes(host("hv1", { operatingSystem: "Windows Server 2012 R3" })).join(),
      /^hv1: hv1: operatingSystem is "Windows Server 2012 R3": .* Fix: Use a name such as .*"Windows Server 2012 R2"/,
    );
    assert.match(
      withFixes(mailbox("ex1", {}, { version: "Exchange 2011", roles: ["Mailbux"] })).join("\n"),
      /exchange\.roles\[0\] is "Mailbux": .* "Mailbox".*\n.*exchange\.version is "Exchange 2011": .* "Exchange 20/,
    );
  });

  it("finds what is missing, and properties that nothing has", () => {
    assert.deepEqual(
      withFixes(BARE).map((finding) => finding.split(" Fix: ")[0]?.split(" is ")[0]),
      ["vm1: vm1: guestOs", "vm1: vm1: memoryMB", "vm1: vm1: proccessorCount"],
    );
    assert.match(withFixes(BARE).join("\n"), /guestOs is missing\..*\n.*memoryMB is missing\./);
    assert.match(withFixes(BARE).join(), /Fix: Rename it to processorCount\./);
    assert.deepEqual(
      judge(estate, [BARE]).violations.map(({ found }) => found?.value),
      ["guestOs", "memoryMB", 4],
    );
    assert.match(
      withFixes(machine({ cpuCount: 1 })).join(),
      /^vm1: vm1: cpuCount is .*\. Fix: Use one of: checkpoints, cluster, gpus, group, host, agents, edition, exchange, guestOs, numa, role, tpm, disks, memoryMB, name, processorCount, secureBoot, architecture, checkpointPath, dvdDrives, replication, generation, securityType, storagePath, resourceControl, dynamicMemory, possibleOwners, networkAdapters, smartPagingPath, automaticCheckpoints, availabilitySets, secureBootTemplate, automaticStopAction, configurationVersion, integrationServices, liveMigrationNetworks, nestedVirtualization, processorCompatibility, antiAffinityClassNames; or remove it\.$/,
    );
  });

  it("offers no property that only the components themselves write", () => {
    assert.doesNotMatch(withFixes(machine({ oops: 1 })).join(), /secretInputs/);
  });

  it("finds an edition that the guest's name contradicts", () => {
    assert.match(
      withFixes(machine({ guestOs: "Windows Server 2008 R2 Standard", edition: "Enterprise" })).join(),
      /^vm1: vm1: edition is enterprise, but guestOs is Windows Server 2008 R2 Standard\. Fix: /,
    );
  });

  it("reports everything at once, in the order of the resources and properties", () => {
    const findings = withFixes(
      vm("b", { processorCount: 0, memoryMB: 0 }),
      vm("a", { memoryMB: -1, disks: [{ type: "fixd" }] }),
      host("c", { memoryMB: "lots" }),
    );
    assert.deepEqual(
      findings.map((finding) => finding.split(" is ")[0]),
      [
        "c: c: memoryMB",
        "a: a: disks[0].name",
        "a: a: disks[0].purpose",
        "a: a: disks[0].sizeGB",
        "a: a: disks[0].type",
        "a: a: memoryMB",
        "b: b: memoryMB",
        "b: b: processorCount",
      ],
    );
  });

  it("never shows a secret, neither in a sentence nor as data", () => {
    const secrets = { secretInputs: ["host", "processorCount", "disks", "guestOs"] };
    const secret = judge(estate, [
      machine({
        ...secrets,
        host: "hush-host",
        processorCount: 99999,
        disks: [{ type: "hush", sizeGB: 1 }],
        guestOs: "Windows hush 2008",
      }),
    ]);
    assert.equal(secret.findings.length, 6);
    assert.doesNotMatch(secret.messages.join(), /hush|99999/);
    assert.doesNotMatch(JSON.stringify(secret.violations.map(({ found }) => found)), /hush|99999/);
  });
});
