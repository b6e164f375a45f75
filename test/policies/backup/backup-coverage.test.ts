import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { PlainObject } from "../../../lib/estate/plain";
import { readBackupProducts } from "../../../lib/tables/backup-products";
import data from "../../../lib/tables/backup-products.json";
import { backupCoverage as rule } from "../../../policies/backup/backup-coverage";
import { coveredBy } from "../../../policies/backup/shared/backup-agents";
import { backupJob, cluster, host, judge, UNKNOWN, vm } from "../../kit";

const AGENT = { product: "Any Backup", kind: "Backup" };

function said(...resources: Parameters<typeof judge>[1]) {
  const { findings, undecided } = judge(rule, resources);
  return { findings, undecided };
}

const SILENT = { findings: [], undecided: [] };
const finding = (name: string) => `${name}: ${name} is protected by no backup job that is declared.`;

describe("backup-coverage", () => {
  it("says nothing while no program declares how it backs up", () => {
    const { findings, applied } = judge(rule, [
      host("hv1"),
      vm("vm1", { host: "hv1" }),
      vm("vm2", { agents: [AGENT] }),
    ]);
    assert.deepEqual([findings, applied], [[], 0]);
  });

  it("finds the virtual machines that no job protects", () => {
    const machines = ["vm1", "vm2", "vm3"].map((name) => vm(name, { host: "hv1" }));
    const job = backupJob("nightly", { protects: ["VM1", "vm3"] });
    assert.deepEqual(said(host("hv1"), ...machines, job), { findings: [finding("vm2")], undecided: [] });
    const both = [job, backupJob("weekly", { protects: ["vm2"] })];
    assert.deepEqual(said(host("hv1"), ...machines, ...both), SILENT);
  });

  it("counts no product within a guest that belongs on the host", () => {
    const altaro = { product: "Altaro Hyper-V Backup", kind: "backup" };
    const guest = (agent: typeof AGENT) => [
      host("hv1", { agents: [] }),
      host("hv2", { agents: [AGENT] }),
      vm("vm1", { host: "hv1", agents: [agent] }),
    ];
    assert.deepEqual(said(...guest(altaro)), { findings: [finding("vm1")], undecided: [] });
    assert.deepEqual(said(...guest(AGENT)), SILENT);
  });

  it("takes the name of a host or a cluster for all virtual machines on it", () => {
    const estate = [
      cluster("c1", { nodes: ["hv2"] }),
      host("hv1"),
      host("hv2"),
      vm("vm1", { host: "hv1" }),
      vm("vm2", { host: "hv2" }),
      vm("vm3", { cluster: "c1" }),
    ];
    const job = (...protects: string[]) => backupJob("nightly", { protects });
    assert.deepEqual(said(...estate, job("hv1", "c1")), SILENT);
    assert.deepEqual(said(...estate, job("hv1")).findings, [finding("vm2"), finding("vm3")]);
    assert.deepEqual(said(...estate, job("c1")).findings, [finding("vm1")]);
  });

  it("accepts an agent in the guest, or on every host that may run it", () => {
    const estate = [
      host("hv1", { agents: [AGENT] }),
      host("hv2"),
      vm("vm1", { host: "hv1" }),
      vm("vm2", { host: "hv2" }),
      vm("vm3", { host: "hv2", agents: [AGENT] }),
    ];
    assert.deepEqual(said(...estate), { findings: [finding("vm2")], undecided: [] });
    const nodes = [host("n1", { cluster: "c1", agents: [AGENT] }), host("n2", { cluster: "c1" })];
    assert.deepEqual(said(cluster("c1"), ...nodes, vm("vm1", { cluster: "c1" })).findings, [finding("vm1")]);
    const antivirus = host("hv1", { agents: [{ product: "Any", kind: "antivirus" }] });
    assert.equal(judge(rule, [antivirus, vm("vm1", { host: "hv1" })]).applied, 0);
  });

  it("cannot decide while a job may protect it still", () => {
    const open = (protects: readonly (string | typeof UNKNOWN)[] | typeof UNKNOWN) =>
      said(vm("vm1"), vm("vm2"), backupJob("nightly", { protects }));
    assert.deepEqual(open(UNKNOWN), {
      findings: [],
      undecided: ["nightly: protects is not known until deployment: not checked by backup-coverage."],
    });
    assert.deepEqual(open(["vm1", UNKNOWN]), {
      findings: [],
      undecided: ["nightly: protects[1] is not known until deployment: not checked by backup-coverage."],
    });
    assert.deepEqual(said(vm("vm1", { agents: UNKNOWN }), backupJob("nightly", { protects: [] })).undecided, [
      "vm1: agents is not known until deployment: not checked by backup-coverage.",
    ]);
  });

  describe("asks where the product of a job is installed", () => {
    const estate = [host("hv1"), vm("vm1", { host: "hv1" }), vm("vm2", { host: "hv1" })];
    const job = (properties: PlainObject) => backupJob("nightly", { protects: ["vm1", "vm2"], ...properties });

    it("of which one for hosts protects nothing from within a guest", () => {
      assert.deepEqual(said(...estate, job({ installedOn: "vm1" })).findings, [finding("vm1"), finding("vm2")]);
      assert.deepEqual(said(...estate, job({ installedOn: "vm1", protects: ["hv1"] })).findings.length, 2);
      assert.deepEqual(said(...estate, job({ installedOn: "hv1" })), SILENT);
      const second = backupJob("weekly", { installedOn: "hv1", protects: ["vm2"] });
      assert.deepEqual(said(...estate, job({ installedOn: "vm1" }), second).findings, [finding("vm1")]);
    });

    it("of which one for guests protects no other guest", () => {
      const [altaro] = data.products;
      const table = readBackupProducts({
        products: [...data.products, { ...altaro, id: "inside", name: "Inside", aliases: [], installation: "guest" }],
      });
      const names = (properties: PlainObject) => {
        const [backup] = readEstate([...estate, job({ product: "Inside", ...properties })], true).backups;
        assert(backup !== undefined);
        return coveredBy(backup, table).machines.map(({ name }) => name);
      };
      assert.deepEqual(names({ installedOn: "vm1" }), ["vm1"]);
      assert.deepEqual(names({ installedOn: "vm1", protects: ["hv1"] }), ["vm1"]);
      assert.deepEqual(names({ installedOn: "vm1", protects: ["vm2"] }), []);
      assert.deepEqual(names({ installedOn: "hv1" }), ["vm1", "vm2"]);
    });

    it("of which others may reach the hosts from a virtual machine", () => {
      assert.deepEqual(said(...estate, job({ product: "Any Backup", installedOn: "vm1" })), SILENT);
    });

    it("and cannot decide before it is known, but for what the job does not name", () => {
      const three = [...estate, vm("vm3", { host: "hv1" })];
      const open = (property: string) => ({
        findings: [finding("vm3")],
        undecided: [`nightly: ${property} is not known until deployment: not checked by backup-coverage.`],
      });
      assert.deepEqual(said(...three, job({ installedOn: UNKNOWN })), open("installedOn"));
      assert.deepEqual(said(...three, job({ product: UNKNOWN, installedOn: "vm1" })), open("product"));
      assert.deepEqual(said(...estate, job({ product: UNKNOWN })), SILENT);
      assert.deepEqual(said(...estate, job({ product: UNKNOWN, installedOn: "hv1" })), SILENT);
      assert.deepEqual(said(...estate, job({ product: "Any Backup", installedOn: UNKNOWN })), SILENT);
      assert.deepEqual(said(...estate, job({ installedOn: "nobody" })), SILENT);
    });
  });

  it("leaves malformed lists to the estate rule", () => {
    for (const protects of ["vm1", 7, true, {}]) {
      assert.deepEqual(said(vm("vm1"), backupJob("nightly", { protects })), SILENT);
    }
  });

  it("takes no name that does not exist for a virtual machine", () => {
    assert.deepEqual(said(vm("vm1"), backupJob("nightly", { protects: ["nobody"] })).findings, [finding("vm1")]);
  });
});
