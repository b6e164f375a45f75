import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { estate as rule } from "../../../policies/estate/estate";
import { cluster, host, judge, mailbox, UNKNOWN, vm } from "../../kit";

/** Every finding with the fix that goes with it. */
function said(...resources: readonly DeclaredResource[]): readonly string[] {
  const { findings, undecided, messages, advisory } = judge(rule, resources);
  assert.deepEqual([undecided, advisory], [[], []]);
  return findings.map((finding, index) => {
    const [, , fix] = messages[index]?.split("\n") ?? [];
    return `${finding} ${fix ?? ""}`;
  });
}

function machine(properties: PlainObject): DeclaredResource {
  return vm("vm1", properties);
}

describe("estate", () => {
  it("says nothing of a sound estate, an empty one, or one without Hyper-V", () => {
    const sound = [cluster("c1", { nodes: ["hv1"] }), host("hv1"), mailbox("ex1", { host: "hv1" }), vm("a")];
    assert.deepEqual(said(...sound), []);
    assert.equal(judge(rule, sound).applied, 4);
    assert.deepEqual(said(), []);
    assert.equal(judge(rule, []).applied, 0);
    const bucket = { urn: "urn:b", type: "aws:s3/bucket:Bucket", name: "b", properties: { host: 7 } };
    assert.deepEqual([said(bucket), judge(rule, [bucket]).applied], [[], 0]);
  });

  it("tells the whole story in its message, without a document", () => {
    assert.deepEqual(judge(rule, [machine({ processorCount: 0 })]).messages, [
      "vm1: processorCount is 0.\n" +
        "Why: What cannot be read cannot be judged: every other rule passes over it.\n" +
        "Fix: Use a whole number from 1 to 65536.",
    ]);
  });

  it("objects to wrong types", () => {
    const wrong: readonly (readonly [PlainObject, string])[] = [
      [{ processorCount: "many" }, 'processorCount is "many". Fix: Use a whole number from 1 to 65536.'],
      [{ processorCount: true }, "processorCount is true. Fix: Use a whole number from 1 to 65536."],
      [{ memoryMB: {} }, "memoryMB is an object. Fix: Use a whole number from 1 to 4294967296 MB."],
      [{ host: [] }, "host is a list of 0. Fix: Use a string."],
      [{ host: { name: "hv1" } }, "host is an object. Fix: Use a string."],
      [{ guestOs: 7 }, "guestOs is"],
      [{ disks: "C:" }, 'disks is "C:". Fix: Use a list.'],
      [{ disks: ["C:"] }, 'disks[0] is "C:". Fix: Use an object (name: value).'],
      [{ exchange: "2010" }, 'exchange is "2010". Fix: Use an object (name: value).'],
      [{ antiAffinityClassNames: "dag1" }, 'antiAffinityClassNames is "dag1". Fix: Use a list.'],
      [{ dynamicMemory: true }, "dynamicMemory is true. Fix: Use an object (name: value)."],
      [
        { networkAdapters: [{ name: "n", kind: "fast" }] },
        'networkAdapters[0].kind is "fast". Fix: Use one of: synthetic, legacy.',
      ],
    ];
    for (const [properties, expected] of wrong) {
      const [finding, ...more] = said(machine(properties));
      assert.deepEqual(more, []);
      assert.ok(finding?.startsWith(`vm1: vm1: ${expected}`), finding);
    }
  });

  it("objects to negative and absurd numbers", () => {
    const numbers: readonly (readonly [PlainObject, string])[] = [
      [{ processorCount: -4 }, "processorCount is -4. Fix: Use a whole number from 1 to 65536."],
      [{ processorCount: 1e9 }, "processorCount is 1000000000. Fix: Use a whole number from 1 to 65536."],
      [{ processorCount: 2.5 }, "processorCount is 2.5. Fix: Use a whole number from 1 to 65536."],
      [{ memoryMB: 0 }, "memoryMB is 0. Fix: Use a whole number from 1 to 4294967296 MB."],
      [{ memoryMB: 1e15 }, "memoryMB is 1000000000000000. Fix: Use a whole number from 1 to 4294967296 MB."],
      [{ generation: 3 }, "generation is 3. Fix: Use a whole number from 1 to 2."],
    ];
    for (const [properties, expected] of numbers)
      assert.deepEqual(said(machine(properties)), [`vm1: vm1: ${expected}`]);
  });

  it("objects to names that nobody knows, and offers the nearest", () => {
    assert.deepEqual(said(machine({ guestOs: "Windows Server 2008 R3" })).length, 1);
    assert.match(
      said(machine({ guestOs: "Windows Servr 2008 R2" })).join(),
      /^vm1: vm1: guestOs is "Windows Servr 2008 R2": no operating system .* has this name\. Fix: Use a name such as "Windows Server 2008 R2"/,
    );
    assert.match(
      said(host("hv1", { operatingSystem: "Windows Server 2012 R3" })).join(),
      /^hv1: hv1: operatingSystem is "Windows Server 2012 R3": .* Fix: Use a name such as .*"Windows Server 2012 R2"/,
    );
    assert.match(
      said(mailbox("ex1", {}, { version: "Exchange 2011", roles: ["Mailbux"] })).join("\n"),
      /exchange\.roles\[0\] is "Mailbux": .* "Mailbox".*\n.*exchange\.version is "Exchange 2011": .* "Exchange 20/,
    );
  });

  it("objects to what is missing, and to what nobody asked for", () => {
    const bare = { ...vm("vm1"), properties: { proccessorCount: 4 } };
    assert.deepEqual(
      said(bare).map((finding) => finding.split(" Fix: ")[0]),
      [
        "vm1: vm1: guestOs is missing.",
        "vm1: vm1: memoryMB is missing.",
        "vm1: vm1: proccessorCount is no property of this declaration.",
      ],
    );
    assert.match(said(bare).join(), /Fix: Rename it to processorCount\./);
    assert.deepEqual(said(machine({ cpuCount: 1 })), [
      "vm1: vm1: cpuCount is no property of this declaration. Fix: Use one of: checkpoints, cluster, host, agents, " +
        "edition, exchange, guestOs, disks, memoryMB, name, processorCount, architecture, replication, generation, " +
        "dynamicMemory, possibleOwners, networkAdapters, availabilitySets, automaticStopAction, integrationServices, " +
        "liveMigrationNetworks, antiAffinityClassNames; or remove it.",
    ]);
  });

  it("offers no property that only the components themselves write", () => {
    assert.doesNotMatch(said(machine({ oops: 1 })).join(), /secretInputs/);
  });

  it("objects to a machine on a host that does not exist", () => {
    assert.deepEqual(said(host("hv1"), host("hv2"), machine({ host: "hv3" })), [
      'vm1: vm1: host is "hv3", but no Host of that name is declared. Fix: Use one of: hv1, hv2; or declare the Host.',
    ]);
    assert.deepEqual(said(machine({ cluster: "c1" })), [
      'vm1: vm1: cluster is "c1", but no Cluster of that name is declared. Fix: Declare the Cluster.',
    ]);
  });

  it("objects to two hosts with one name", () => {
    const [first, second] = [host("hv1"), host("other", { name: "HV1" })];
    assert.deepEqual(said(first, second), [
      `other: other: name is "HV1", and the host ${first.urn} has that name already. Fix: Give each host a name of its own.`,
    ]);
  });

  it("objects to declarations that contradict each other", () => {
    const nodes = [cluster("c1", { nodes: ["hv1"] }), host("hv1"), host("hv2")];
    assert.deepEqual(said(...nodes, machine({ host: "hv2", cluster: "c1" })), [
      'vm1: vm1: host is "hv2", which is not a node of the cluster "c1" that is declared too. ' +
        "Fix: Name a node of the cluster, or leave one of the two out.",
    ]);
    assert.deepEqual(said(machine({ guestOs: "Windows Server 2008 R2 Standard", edition: "Enterprise" })), [
      "vm1: vm1: edition is enterprise, but guestOs says standard: Windows Server 2008 R2 Standard. " +
        "Fix: Say it once, or say the same twice.",
    ]);
  });

  it("reports everything at once, in the order of the resources and properties", () => {
    const findings = said(
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

  it("says nothing of what only the deployment will tell", () => {
    const unknown = (resource: DeclaredResource): DeclaredResource => ({
      ...resource,
      properties: Object.fromEntries(Object.keys(resource.properties).map((key): [string, Plain] => [key, UNKNOWN])),
    });
    const nodes = cluster("c1", { nodes: [UNKNOWN] });
    assert.deepEqual(said(unknown(host("hv1")), unknown(mailbox("ex1", { host: "hv1", disks: [] })), nodes), []);
  });

  it("says so when we fail to read a resource, and reads the others", () => {
    const properties = {
      memoryMB: 4096,
      get name(): never {
        throw new Error("nobody expects this");
      },
    };
    assert.deepEqual(said({ ...vm("vm1"), properties }, vm("vm2", { processorCount: 0 })), [
      "vm1: vm1: it could not be read (nobody expects this). Fix: This is a defect of hyperv-guard: please report it.",
      "vm2: vm2: processorCount is 0. Fix: Use a whole number from 1 to 65536.",
    ]);
  });

  it("never prints a secret", () => {
    const secrets = { secretInputs: ["host", "processorCount", "disks", "guestOs"] };
    const findings = said(
      machine({
        ...secrets,
        host: "hush-host",
        processorCount: 99999,
        disks: [{ type: "hush", sizeGB: 1 }],
        guestOs: "Windows hush 2008",
      }),
    );
    assert.equal(findings.length, 6);
    assert.doesNotMatch(findings.join(), /hush|99999/);
  });
});
