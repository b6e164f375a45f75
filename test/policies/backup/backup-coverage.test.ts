import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { readBackupProducts } from "../../../lib/tables/backup-products";
import data from "../../../lib/tables/backup-products.json";
import { backupCoverage } from "../../../policies/backup/backup-coverage";
import { coveredBy } from "../../../policies/backup/shared/backup-agents";
import { backupJob, cluster, host, judge, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Passes } from "../../rule-test";

const AGENT = { product: "Any Backup", kind: "Backup" };
const ALTARO = { product: "Altaro Hyper-V Backup", kind: "backup" };

function uncovered(name: string): string {
  return `${name}: ${name} is not protected by any backup job that is declared.`;
}

function later(property: string): string {
  return `nightly: ${property} is not known until deployment: not checked by backup-coverage.`;
}

/** Three machines on one host. */
const THREE = [host("hv1"), ...["vm1", "vm2", "vm3"].map((name) => vm(name, { host: "hv1" }))];
/** Two machines on one host. */
const TWO = THREE.slice(0, 3);
/** A cluster and a host beside it. */
const CLUSTERED = [
  cluster("c1", { nodes: ["hv2"] }),
  host("hv1"),
  host("hv2"),
  vm("vm1", { host: "hv1" }),
  vm("vm2", { host: "hv2" }),
  vm("vm3", { cluster: "c1" }),
];

function nightly(...protects: readonly Plain[]): DeclaredResource {
  return backupJob("nightly", { protects });
}

/** A job of the two machines. */
function job(properties: PlainObject): DeclaredResource {
  return backupJob("nightly", { protects: ["vm1", "vm2"], ...properties });
}

/** A guest with a product in it, while another host declares how it is backed up. */
function guest(agent: typeof AGENT): readonly DeclaredResource[] {
  return [host("hv1", { agents: [] }), host("hv2", { agents: [AGENT] }), vm("vm1", { host: "hv1", agents: [agent] })];
}

ruleTest(backupCoverage, {
  passes: [
    ["a job for each virtual machine", [...THREE, nightly("VM1", "vm3"), backupJob("weekly", { protects: ["vm2"] })]],
    ["an agent of any product in the guest", guest(AGENT)],
    ["Twice: a product within a guest that belongs on the host, which backup-agent-placement finds", guest(ALTARO)],
    ["Twice: what a job of such a product names", [...TWO, job({ installedOn: "vm1" })]],
    ["Twice: the host that a job of such a product names", [...TWO, job({ installedOn: "vm1", protects: ["hv1"] })]],
    [
      "what a second job protects",
      [...TWO, job({ installedOn: "vm1" }), backupJob("weekly", { installedOn: "hv1", protects: ["vm2"] })],
    ],
    ["jobs that name the host and the cluster", [...CLUSTERED, nightly("hv1", "c1")]],
    ["a product on the host", [...TWO, job({ installedOn: "hv1" })]],
    [
      "another product in a guest, which may reach the hosts",
      [...TWO, job({ product: "Any Backup", installedOn: "vm1" })],
    ],
    ["an unknown product on a machine that is not declared", [...TWO, job({ product: UNKNOWN })]],
    ["an unknown product on the host", [...TWO, job({ product: UNKNOWN, installedOn: "hv1" })]],
    ["another product on an unknown machine", [...TWO, job({ product: "Any Backup", installedOn: UNKNOWN })]],
    ["a product on a machine that does not exist", [...TWO, job({ installedOn: "nobody" })]],
    ...["vm1", 7, true, {}].map((protects): Passes => [
      `${JSON.stringify(protects)} as a list, which the estate rule reports`,
      [vm("vm1"), backupJob("nightly", { protects })],
    ]),
  ],
  finds: [
    [
      "the virtual machine that no job protects",
      [...THREE, nightly("VM1", "vm3")],
      uncovered("vm2"),
      {
        found: { value: 0, unit: "backup jobs" },
        limit: { bound: "atLeast", value: 1, unit: "backup jobs" },
        fix: "Add the virtual machine to a backup job.",
      },
    ],
    ["machines on another host and in a cluster", [...CLUSTERED, nightly("hv1")], [uncovered("vm2"), uncovered("vm3")]],
    ["a machine outside of the cluster", [...CLUSTERED, nightly("c1")], uncovered("vm1")],
    [
      "a machine without an agent in it or on its host",
      [
        host("hv1", { agents: [AGENT] }),
        host("hv2"),
        vm("vm1", { host: "hv1" }),
        vm("vm2", { host: "hv2" }),
        vm("vm3", { host: "hv2", agents: [AGENT] }),
      ],
      uncovered("vm2"),
      { fix: "Declare a backup job that protects it, or install the backup product on every host that may run it." },
    ],
    [
      "a machine in a cluster with an agent on one node only",
      [
        cluster("c1"),
        host("n1", { cluster: "c1", agents: [AGENT] }),
        host("n2", { cluster: "c1" }),
        vm("vm1", { cluster: "c1" }),
      ],
      uncovered("vm1"),
    ],
    [
      "what no job names, beside one whose product is in a guest",
      [...THREE, job({ installedOn: "vm1" })],
      uncovered("vm3"),
    ],
    [
      "what the job does not name, while it is unknown where its product is",
      [...THREE, job({ installedOn: UNKNOWN })],
      uncovered("vm3"),
      { undecided: [later("installedOn")] },
    ],
    [
      "what the job does not name, while its product is unknown",
      [...THREE, job({ product: UNKNOWN, installedOn: "vm1" })],
      uncovered("vm3"),
      { undecided: [later("product")] },
    ],
    ["a machine beside a name that nothing has", [vm("vm1"), nightly("nobody")], uncovered("vm1")],
  ],
  undecided: [
    ["an unknown list", [vm("vm1"), vm("vm2"), backupJob("nightly", { protects: UNKNOWN })], later("protects")],
    ["an unknown name in the list", [vm("vm1"), vm("vm2"), nightly("vm1", UNKNOWN)], later("protects[1]")],
    [
      "unknown agents",
      [vm("vm1", { agents: UNKNOWN }), nightly()],
      "vm1: agents is not known until deployment: not checked by backup-coverage.",
    ],
  ],
});

describe("backup-coverage", () => {
  it("does not apply while no program declares how it backs up", () => {
    const applied = (...resources: readonly DeclaredResource[]) => judge(backupCoverage, resources).applied;
    assert.equal(applied(host("hv1"), vm("vm1", { host: "hv1" }), vm("vm2", { agents: [AGENT] })), 0);
    const antivirus = host("hv1", { agents: [{ product: "Any", kind: "antivirus" }] });
    assert.equal(applied(antivirus, vm("vm1", { host: "hv1" })), 0);
  });

  it("lets a product for guests protect no other guest", () => {
    const [altaro] = data.products;
    const table = readBackupProducts({
      products: [...data.products, { ...altaro, id: "inside", name: "Inside", aliases: [], installation: "guest" }],
    });
    const names = (properties: PlainObject) => {
      const [backup] = readEstate([...TWO, job({ product: "Inside", ...properties })], true).backups;
      assert(backup !== undefined);
      return coveredBy(backup, table).machines.map(({ name }) => name);
    };
    assert.deepEqual(names({ installedOn: "vm1" }), ["vm1"]);
    assert.deepEqual(names({ installedOn: "vm1", protects: ["hv1"] }), ["vm1"]);
    assert.deepEqual(names({ installedOn: "vm1", protects: ["vm2"] }), []);
    assert.deepEqual(names({ installedOn: "hv1" }), ["vm1", "vm2"]);
  });
});
