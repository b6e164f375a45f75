import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../../lib/estate/declared";
import type { PlainObject } from "../../../../lib/estate/plain";
import { guestDiskCount as rule } from "../../../../policies/guests/guest-disk-count";
import { cluster, host, judge, MALFORMED, UNKNOWN, vm } from "../../../kit";

// What all rules on guests have in common is shown by one of them: a host version attaches some number of disks.
const LATER = "is not known until deployment: not checked by guest-disk-count.";
const MISSING = "is not declared: not checked by guest-disk-count.";

function tooMany(version: string): readonly string[] {
  return [
    `vm1: vm1 has 261 disks. Windows Server ${version} attaches at most 260 to a virtual machine of generation ` +
      `${version.startsWith("2008") || version === "2012" ? "1" : "1 (by default)"}: 4 to IDE and 256 to SCSI controllers.`,
  ];
}

function machine(number: number, properties: PlainObject = { cluster: "c1" }): DeclaredResource {
  const disk = { name: "disk", purpose: "data", type: "fixed", sizeGB: 1 };
  return vm("vm1", { disks: Array.from({ length: number }, () => disk), ...properties });
}

function node(name: string, operatingSystem: PlainObject[string]): DeclaredResource {
  return host(name, { operatingSystem, cluster: "c1" });
}

function said(...resources: readonly DeclaredResource[]) {
  const { findings, undecided, advisory } = judge(rule, resources);
  return { findings, undecided, advisory };
}

const KNOWN = node("hv1", "Windows Server 2008 R2");
const WRONG = { findings: tooMany("2008 R2"), undecided: [], advisory: [] };
const SILENT = { findings: [], undecided: [], advisory: [] };

/** What may be in the way of knowing all nodes, and what is said of it while nothing is wrong on the others. */
const OPEN: readonly (readonly [string, readonly DeclaredResource[], readonly string[]])[] = [
  ["nodes of the cluster", [cluster("c1", { nodes: UNKNOWN })], [`c1: nodes ${LATER}`]],
  ["one node of the cluster", [cluster("c1", { nodes: ["hv1", UNKNOWN] })], [`c1: nodes[1] ${LATER}`]],
  ["a host's cluster", [cluster("c1"), host("hv2", { cluster: UNKNOWN })], [`hv2: cluster ${LATER}`]],
  ["a node's version", [cluster("c1"), node("hv2", UNKNOWN)], [`hv2: operatingSystem ${LATER}`]],
  ["a malformed list of nodes", [cluster("c1", { nodes: "hv1" })], []],
  ["a node that does not exist", [cluster("c1", { nodes: ["hv1", "hv9"] })], []],
  ["a malformed cluster of a host", [cluster("c1"), host("hv2", { cluster: 7 })], []],
  ["a malformed version of a node", [cluster("c1"), node("hv2", "Windows Server 2008 R3")], []],
];

describe("a guest's rule on each host", () => {
  for (const [what, open, undecided] of OPEN) {
    it(`finds what is wrong on a known node, and waits for the others only while nothing is: ${what}`, () => {
      assert.deepEqual(said(...open, KNOWN, machine(261)), WRONG);
      assert.deepEqual(said(...open, KNOWN, machine(260)), { ...SILENT, undecided });
    });
  }

  it("finds what is wrong on the declared host while the cluster is not known, or none", () => {
    const alone = host("hv1", { operatingSystem: "Windows Server 2008 R2" });
    for (const value of [UNKNOWN, "nowhere", ...MALFORMED] as const)
      assert.deepEqual(said(alone, machine(261, { host: "hv1", cluster: value })), WRONG);
    assert.deepEqual(said(alone, machine(260, { host: "hv1", cluster: UNKNOWN })), {
      ...SILENT,
      undecided: [`vm1: cluster ${LATER}`],
    });
  });

  it("waits for the host where only the deployment knows it, though the cluster is known", () => {
    const estate = [cluster("c1"), KNOWN];
    assert.deepEqual(said(...estate, machine(261, { cluster: "c1", host: UNKNOWN })), WRONG);
    assert.deepEqual(said(...estate, machine(260, { cluster: "c1", host: UNKNOWN })), SILENT);
  });

  it("says once what is wrong on several nodes, for the first version", () => {
    const nodes = [node("hv0", "Windows Server 2012"), KNOWN, node("hv2", "Windows Server 2012")];
    assert.deepEqual(said(cluster("c1"), ...nodes, machine(261)), {
      ...WRONG,
      findings: tooMany("2012"),
    });
  });

  it("waits for the nodes that are left out, too", () => {
    const leftOut = { ...host("hv2"), properties: {} };
    const stack =
      "stack: 1 resource outside the target of this operation came without properties and was not judged: hv2. Rules that need the whole estate have not judged it either.";
    assert.deepEqual(said(cluster("c1"), leftOut, KNOWN, machine(261)), { ...WRONG, undecided: [stack] });
    assert.deepEqual(said(cluster("c1"), leftOut, KNOWN, machine(260)).undecided, [stack, `c1: nodes ${LATER}`]);
  });

  it("says what blocks before what only advises, in any order of the nodes", () => {
    const advising = node("hv0", "Windows Server 2008");
    assert.deepEqual(said(cluster("c1"), advising, KNOWN, machine(261)), WRONG);
    assert.deepEqual(said(cluster("c1"), node("hv2", "Windows Server 2008"), KNOWN, machine(261)), WRONG);
    assert.deepEqual(said(cluster("c1"), advising, machine(261)), {
      findings: tooMany("2008"),
      undecided: [],
      advisory: ["vm1"],
    });
  });

  it("says that neither a host nor a cluster is declared", () => {
    assert.deepEqual(said(machine(261, {})), { ...SILENT, undecided: [`vm1: host ${MISSING}`] });
  });

  it("says of a cluster that it has no nodes", () => {
    assert.deepEqual(said(cluster("c1"), machine(261)), { ...SILENT, undecided: [`c1: nodes ${MISSING}`] });
    assert.deepEqual(said(cluster("c1", { nodes: [] }), machine(261)), {
      ...SILENT,
      undecided: [`c1: nodes ${MISSING}`],
    });
  });

  it("says all that is open, of the machine and of its hosts", () => {
    const unknown: PlainObject = { disks: UNKNOWN, generation: UNKNOWN };
    assert.deepEqual(said(vm("vm1", unknown)), {
      ...SILENT,
      undecided: [
        "vm1: disks and generation are not known until deployment: not checked by " +
          `guest-disk-count. host ${MISSING}`,
      ],
    });
    assert.deepEqual(
      // Right in generation 1 and wrong in 2.
      said(node("hv1", UNKNOWN), cluster("c1"), machine(258, { cluster: "c1", generation: UNKNOWN })),
      {
        ...SILENT,
        undecided: [`hv1: operatingSystem ${LATER}`, `vm1: generation ${LATER}`],
      },
    );
  });

  it("leaves what is malformed to the estate rule, on the machine and in its place", () => {
    for (const value of MALFORMED) {
      assert.deepEqual(said(host("hv1"), machine(261, { host: value })), SILENT);
      assert.deepEqual(said(host("hv1"), machine(261, { host: "hv1", generation: value })), SILENT);
    }
    assert.deepEqual(said(host("hv1"), machine(261, { host: "hv9" })), SILENT);
    assert.deepEqual(said(machine(261, { cluster: "c9" })), SILENT);
  });

  it("does not apply without what it judges, wherever the machine is", () => {
    assert.equal(judge(rule, [vm("vm1")]).applied, 0);
  });
});
