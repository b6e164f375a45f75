import assert from "node:assert/strict";
import type { PlainObject } from "../../../lib/estate/plain";
import { backupAgentPlacement as rule } from "../../../policies/backup/backup-agent-placement";
import { backupJob, cluster, host, judge, MALFORMED, UNKNOWN, vm } from "../../kit";

const SILENT = { findings: [], undecided: [] };
const ALTARO = { product: "Altaro Hyper-V Backup", kind: "backup" };

function said(...resources: Parameters<typeof judge>[1]) {
  const { findings, undecided } = judge(rule, resources);
  return { findings, undecided };
}

describe("backup-agent-placement", () => {
  it("accepts the product on Windows Server 2008 R2, all editions, Server Core included", () => {
    for (const edition of ["Standard", "Enterprise", "Datacenter", "Foundation", "Enterprise Server Core", "Core"]) {
      for (const servicePack of ["", " SP1"]) {
        const operatingSystem = `Windows Server 2008 R2 ${edition}${servicePack}`;
        assert.deepEqual(said(host("hv1", { operatingSystem, agents: [ALTARO] })), SILENT, operatingSystem);
      }
    }
    assert.deepEqual(said(host("hv1", { operatingSystem: "Hyper-V Server 2008 R2", agents: [ALTARO] })), SILENT);
  });

  it("finds it within a guest", () => {
    assert.deepEqual(said(host("hv1"), vm("vm1", { host: "hv1", agents: [ALTARO] })), {
      findings: ["vm1: vm1 has Altaro Hyper-V Backup installed, which belongs on its host."],
      undecided: [],
    });
    const job = backupJob("nightly", { installedOn: "vm1", protects: ["vm1"] });
    assert.deepEqual(said(host("hv1"), vm("vm1", { host: "hv1" }), job), {
      findings: ["nightly: nightly runs Altaro Hyper-V Backup in the virtual machine vm1; it belongs on the host."],
      undecided: [],
    });
  });

  it("finds it on an earlier host, and only advises on later ones", () => {
    const on = (operatingSystem: string) => judge(rule, [host("hv1", { operatingSystem, agents: [ALTARO] })]);
    const earlier = on("Windows Server 2008 SP2");
    assert.deepEqual(
      [earlier.findings, earlier.advisory],
      [["hv1: hv1 has Altaro Hyper-V Backup installed on Windows Server 2008 with Service Pack 2."], []],
    );
    const later = on("Windows Server 2012");
    assert.deepEqual(
      [later.findings, later.advisory],
      [["hv1: hv1 has Altaro Hyper-V Backup installed on Windows Server 2012."], ["hv1"]],
    );
  });

  it("judges a job on a cluster by its nodes, and says it once", () => {
    const nodes = (operatingSystem: string) =>
      ["hv1", "hv2"].map((name) => host(name, { operatingSystem, cluster: "c1" }));
    const job = backupJob("nightly", { installedOn: "c1", protects: ["c1"] });
    assert.deepEqual(said(cluster("c1"), ...nodes("Windows Server 2008 R2"), job), SILENT);
    assert.deepEqual(said(cluster("c1"), ...nodes("Windows Server 2008"), job).findings, [
      "nightly: nightly runs Altaro Hyper-V Backup on hv1 with Windows Server 2008.",
    ]);
  });

  it("does not judge products that are in no table, nor a machine that is not declared", () => {
    const product = "Data Protection Manager 2010";
    assert.deepEqual(said(vm("vm1", { agents: [{ product, kind: "backup" }] })), SILENT);
    assert.deepEqual(said(vm("vm1"), backupJob("nightly", { protects: ["vm1"] })), SILENT);
  });

  it("says what cannot be decided", () => {
    const open = "is not known until deployment: not checked by backup-agent-placement.";
    assert.deepEqual(said(vm("vm1", { agents: UNKNOWN })).undecided, [`vm1: agents ${open}`]);
    assert.deepEqual(said(host("hv1", { operatingSystem: UNKNOWN, agents: [ALTARO] })).undecided, [
      `hv1: operatingSystem ${open}`,
    ]);
    const job: PlainObject = { product: UNKNOWN, installedOn: "vm1", protects: ["vm1"] };
    assert.deepEqual(said(vm("vm1"), backupJob("nightly", job)).undecided, [`nightly: product ${open}`]);
  });

  it("leaves malformed declarations to the estate rule", () => {
    for (const value of MALFORMED.filter((one) => typeof one !== "string" && typeof one !== "number")) {
      assert.deepEqual(said(vm("vm1"), backupJob("b", { product: value, installedOn: "vm1", protects: [] })), SILENT);
      assert.deepEqual(said(vm("vm1", { agents: [{ ...ALTARO, product: value }] })), SILENT);
    }
    assert.deepEqual(said(vm("vm1", { agents: "Altaro Hyper-V Backup" })), SILENT);
  });
});
