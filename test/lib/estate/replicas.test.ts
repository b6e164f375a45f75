import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import type { ReplicaEnd } from "../../../lib/estate/replicas";
import { ifKnown, type Value } from "../../../lib/estate/value";
import { backupJob, cluster, host, problemsOf, relationship, UNKNOWN, vm } from "../../kit";

function ends(...resources: readonly DeclaredResource[]): readonly string[] {
  const describe = (end: Value<ReplicaEnd>): string => ifKnown(end)?.name ?? end.state;
  return readEstate(resources, true).replicas.map(
    ({ name, virtualMachine, primary, replica }) =>
      `${name}: ${ifKnown(virtualMachine)?.name ?? virtualMachine.state} from ${describe(primary)} to ${describe(replica)}`,
  );
}

function problems(...resources: readonly DeclaredResource[]): readonly string[] {
  return problemsOf(readEstate(resources, true));
}

const HOSTS = [host("hv1"), host("hv2")];
const RELATIONSHIP = { virtualMachine: "vm1", primary: "hv1", replica: "hv2" };

describe("replicas in an estate", () => {
  it("come from virtual machines and from relationships, in one form", () => {
    assert.deepEqual(
      ends(
        ...HOSTS,
        relationship("r1", { virtualMachine: "VM1", primary: "HV1", replica: "Hv2" }),
        vm("vm1", { host: "hv1" }),
        vm("vm2", { host: "hv2", replication: { replicaHost: "hv1" } }),
      ),
      ["vm2: vm2 from hv2 to hv1", "r1: vm1 from hv1 to hv2"],
    );
  });

  it("find a cluster by its name, its Replica Broker and its URN", () => {
    const target = cluster("c1", { replicaBroker: "broker" });
    for (const replica of ["c1", "BROKER", target.urn]) {
      const declared = relationship("r1", { ...RELATIONSHIP, replica });
      assert.deepEqual(ends(...HOSTS, target, vm("vm1", { host: "hv1" }), declared), ["r1: vm1 from hv1 to c1"]);
    }
  });

  it("start on the cluster of a virtual machine that has one", () => {
    const nodes = [host("n1", { cluster: "c1" }), ...HOSTS];
    const machine = vm("vm1", { host: "n1", cluster: "c1", replication: { replicaHost: "hv2" } });
    assert.deepEqual(ends(cluster("c1"), ...nodes, machine), ["vm1: vm1 from c1 to hv2"]);
  });

  it("find a server by its short name and by its full one, where only one can be meant", () => {
    const full = [host("hv1.contoso.com"), host("hv2.contoso.com")];
    const machine = vm("vm1", { host: "hv1.contoso.com" });
    assert.deepEqual(ends(...full, machine, relationship("r1", RELATIONSHIP)), [
      "r1: vm1 from hv1.contoso.com to hv2.contoso.com",
    ]);
    const broker = cluster("c1", { replicaBroker: "broker" });
    const toBroker = relationship("r1", { ...RELATIONSHIP, primary: "hv1.contoso.com", replica: "broker.contoso.com" });
    assert.deepEqual(ends(...HOSTS, broker, vm("vm1", { host: "hv1" }), toBroker), ["r1: vm1 from hv1 to c1"]);
    const twins = [...full, host("hv1.fabrikam.com")];
    assert.deepEqual(problems(...twins, machine, relationship("r1", RELATIONSHIP)), [
      'r1: primary is "hv1", but no Host or Cluster of that name is declared → Use one of: hv1.contoso.com, ' +
        "hv1.fabrikam.com, hv2.contoso.com; or declare the Host or the Cluster.",
    ]);
  });

  it("are not known while names are not", () => {
    const declared = relationship("r1", RELATIONSHIP);
    assert.deepEqual(ends(host("hv1"), host("hv2", { name: UNKNOWN }), vm("vm1", { host: "hv1" }), declared), [
      "r1: vm1 from hv1 to unknown",
    ]);
    assert.deepEqual(problemsOf(readEstate([declared], false)), []);
  });

  it("are problems where the virtual machine or the primary server does not exist", () => {
    assert.deepEqual(problems(...HOSTS, relationship("r1", RELATIONSHIP)), [
      'r1: virtualMachine is "vm1", but no VirtualMachine of that name is declared → Declare the VirtualMachine.',
    ]);
    const declared = relationship("r1", { ...RELATIONSHIP, primary: "hv9" });
    assert.deepEqual(problems(...HOSTS, vm("vm1", { host: "hv1" }), declared), [
      'r1: primary is "hv9", but no Host or Cluster of that name is declared → Use one of: hv1, hv2; or declare the Host or the Cluster.',
    ]);
  });

  it("are problems where two virtual machines have the name", () => {
    const twins = ["a", "b"].map((name) => vm(name, { name: "vm1", host: "hv1" }));
    assert.deepEqual(problems(...HOSTS, ...twins, relationship("r1", RELATIONSHIP)), [
      'r1: virtualMachine is "vm1", and 2 virtual machines have that name → Give each a name of its own.',
    ]);
  });

  it("are problems where they start elsewhere, unless another replica is there", () => {
    const machine = vm("vm1", { host: "hv1" });
    const extended = relationship("r2", { virtualMachine: "vm1", primary: "hv2", replica: "hv3" });
    assert.deepEqual(problems(...HOSTS, host("hv3"), machine, extended), [
      'r2: primary is "hv2", but vm1 runs on hv1 → Name the host or the cluster that the virtual machine runs on.',
    ]);
    assert.deepEqual(problems(...HOSTS, host("hv3"), machine, relationship("r1", RELATIONSHIP), extended), []);
  });

  it("are problems where one is declared twice and differs", () => {
    const twice = (one: PlainObject, other: PlainObject, replica = "hv2") =>
      problems(
        ...HOSTS,
        vm("vm1", { host: "hv1" }),
        relationship("r1", { ...RELATIONSHIP, replica, ...one }),
        relationship("r2", { ...RELATIONSHIP, replica: replica.toUpperCase(), ...other }),
      );
    const fix = "Declare the replication in one place, or make both agree.";
    const unlike = [
      ["frequencySeconds", 30, 900, "30", "900"],
      ["recoveryPoints", 1, 2, "1", "2"],
      ["authentication", "kerberos", "certificate", "kerberos", "certificate"],
      ["port", 443, 8443, "443", "8443"],
      ["compression", true, false, "true", "false"],
      ["trustGroup", "a", "b", "a", "b"],
      ["excludedDisks", ["a", "b"], ["a"], '"a", "b"', '"a"'],
    ] as const;
    for (const [setting, one, other, written, otherWritten] of unlike) {
      for (const replica of ["hv2", "dr.hoster.example"]) {
        assert.deepEqual(twice({ [setting]: one }, { [setting]: other }, replica), [
          `r2: ${setting} is ${otherWritten}, and r1 declares the same replication with ${written} → ${fix}`,
        ]);
      }
      assert.deepEqual(twice({ [setting]: one }, { [setting]: one }), []);
      assert.deepEqual(twice({ [setting]: one }, { [setting]: UNKNOWN }), []);
    }
    assert.deepEqual(twice({ trustGroup: "A" }, { trustGroup: "a" }), []);
    assert.deepEqual(twice({ excludedDisks: ["a", "b"] }, { excludedDisks: ["B", "A"] }), []);
    assert.deepEqual(twice({ port: 443 }, {}), []);
    const own = vm("vm1", { host: "hv1", replication: { replicaHost: "hv2", frequencySeconds: 30 } });
    const said = (seconds: number) =>
      problems(...HOSTS, own, relationship("r1", { ...RELATIONSHIP, frequencySeconds: seconds }));
    assert.deepEqual(said(300), [
      `r1: frequencySeconds is 300, and vm1 declares the same replication with 30 → ${fix}`,
    ]);
    assert.deepEqual(said(30), []);
    // Who leaves it to the other declaration says nothing else.
    assert.deepEqual(problems(...HOSTS, own, relationship("r1", RELATIONSHIP)), []);
    assert.deepEqual(problems(...HOSTS, host("hv3"), own, relationship("r1", { ...RELATIONSHIP, replica: "hv3" })), []);
  });

  it("say what is missing", () => {
    const said = problems({ ...relationship("r1"), properties: { name: "r1" } });
    assert.deepEqual(
      said.map((problem) => problem.split(" → ")[0]),
      ["authentication", "primary", "replica", "virtualMachine"].map((name) => `r1: ${name} is missing`),
    );
  });
});

describe("backup jobs in an estate", () => {
  it("are problems where they name what does not exist", () => {
    const job = backupJob("b1", { installedOn: "hv9", protects: ["vm1", "vm9"] });
    assert.deepEqual(problems(...HOSTS, vm("vm1", { host: "hv1" }), job), [
      'b1: installedOn is "hv9", but no Host, Cluster or VirtualMachine of that name is declared → Use one of: hv1, hv2, ' +
        "vm1; or declare it, or remove installedOn if the product runs on a machine that is not declared.",
      'b1: protects[1] is "vm9", but no Host, Cluster or VirtualMachine of that name is declared → Use one of: vm1, hv1, ' +
        "hv2; or declare it.",
    ]);
    assert.deepEqual(problemsOf(readEstate([job], false)), []);
  });

  it("protect every virtual machine of a name", () => {
    const twins = HOSTS.map((_, index) =>
      vm(`a${String(index)}`, { name: ["vm1", "Vm1"][index] ?? "", host: `hv${String(index + 1)}` }),
    );
    const { backups } = readEstate([...HOSTS, ...twins, backupJob("b1", { protects: ["VM1"] })], true);
    const protectedOnes = backups.flatMap(({ protects }) =>
      (ifKnown(protects) ?? []).flatMap((item) => ifKnown(item) ?? []),
    );
    assert.equal(protectedOnes.length, 2);
  });
});
