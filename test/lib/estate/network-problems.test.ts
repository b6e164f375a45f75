import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";
import { cluster, host, problemsOf, UNKNOWN, vm } from "../../kit";

function problems(...resources: readonly DeclaredResource[]): readonly string[] {
  return problemsOf(readEstate(resources, true));
}

function adapters(...networkAdapters: PlainObject[]): DeclaredResource {
  return host("hv1", { networkAdapters });
}

const NETWORKS = ["CSV", "LM"].map((name) => ({ name, purpose: "cluster", role: "cluster" }));

describe("network names that contradict each other or name nothing", () => {
  it("allow one adapter several purposes, and each once", () => {
    const shared = [
      { name: "NIC 1", purpose: "cluster", team: "T" },
      { name: "nic 1", purpose: "liveMigration", team: "t" },
    ];
    assert.deepEqual(problems(adapters(...shared)), []);
    assert.deepEqual(problems(adapters(...shared, { name: "NIC 1", purpose: "cluster" })), [
      'hv1: networkAdapters[2].purpose is cluster, which is declared for the adapter "NIC 1" already → Declare each purpose of an adapter once, and give each adapter its own name.',
    ]);
  });

  it("require one team, port, switch and speed of an adapter", () => {
    const one = { name: "NIC 1", purpose: "cluster", team: "T", physicalAdapter: "P", speedMbps: 1000 };
    const other = { name: "NIC 1", purpose: "liveMigration", team: "U", physicalAdapter: "Q", speedMbps: 100 };
    const text = (path: string, now: string, before: string) =>
      `hv1: networkAdapters[1].${path} is ${now}, and another entry of the adapter "NIC 1" has ${before} → Declare it in one place, or make both agree.`;
    assert.deepEqual(problems(adapters(one, other)), [
      text("physicalAdapter", "Q", "P"),
      text("speedMbps", "100", "1000"),
      text("team", "U", "T"),
    ]);
  });

  it("find switches without their adapters, and virtual adapters without their switch", () => {
    const networkAdapters = [
      { name: "NIC 1", purpose: "virtualMachines", team: "T" },
      { name: "Host", purpose: "management", virtualSwitch: "WAN" },
    ];
    const virtualSwitches = [{ name: "LAN", type: "external", networkAdapters: ["nic 1", "t", "Hots"] }];
    assert.deepEqual(problems(host("hv1", { networkAdapters, virtualSwitches })), [
      'hv1: networkAdapters[1].virtualSwitch is "WAN", but no virtual switch of that name is declared → Use one of: LAN; or declare the virtual switch.',
      'hv1: virtualSwitches[0].networkAdapters[2] is "Hots", but no adapter or team of that name is declared → Use one of: Host, T, NIC 1; or declare the adapter or team.',
    ]);
    assert.deepEqual(problems(host("hv1", { virtualSwitches })), []);
    assert.deepEqual(
      problems(host("hv1", { networkAdapters: [{ name: UNKNOWN, purpose: "backup" }], virtualSwitches })),
      [],
    );
  });

  it("find cluster networks of one name, and orders of live migration that name none or one twice", () => {
    const twice = [...NETWORKS, { name: "lm", purpose: "backup", role: "none" }];
    assert.deepEqual(problems(cluster("c1", { networks: twice })), [
      'c1: networks[2].name is "lm", which is already the name of another cluster network → Use each name once.',
    ]);
    assert.deepEqual(problems(cluster("c1", { networks: NETWORKS, liveMigrationNetworks: ["lm", "LM", "Backup"] })), [
      'c1: liveMigrationNetworks[1] is "LM", which is already in the list → Use each name once.',
      'c1: liveMigrationNetworks[2] is "Backup", but no cluster network of that name is declared → Use one of: CSV, LM; or declare the cluster network.',
    ]);
  });

  it("follow the order of a virtual machine to its cluster, also by its host", () => {
    const c1 = cluster("c1", { networks: NETWORKS, nodes: ["hv1"] });
    const order = { liveMigrationNetworks: ["WAN"] };
    const nothing = (name: string) =>
      `${name}: liveMigrationNetworks[0] is "WAN", but no cluster network of that name is declared → Use one of: CSV, LM; or declare the cluster network.`;
    assert.deepEqual(
      problems(c1, host("hv1"), vm("a", { cluster: "c1", ...order }), vm("b", { host: "hv1", ...order })),
      [nothing("a"), nothing("b")],
    );
    assert.deepEqual(problems(host("hv2"), vm("a", { host: "hv2", ...order }), vm("b", order)), [
      "a: liveMigrationNetworks is declared for a virtual machine outside of a cluster → Name the cluster, or remove it.",
      "b: liveMigrationNetworks is declared for a virtual machine outside of a cluster → Name the cluster, or remove it.",
    ]);
    assert.deepEqual(problems(vm("a", { cluster: UNKNOWN, ...order })), []);
  });
});
