import assert from "node:assert/strict";
import type { DeclaredResource } from "../../../lib/estate/declared";
import { estateView, type EstateView } from "../../../lib/judging/estate-view";
import { Judge } from "../../../lib/judging/judge";
import { EffectiveSettings } from "../../../lib/settings/effective-settings";
import { RULES, undecided } from "../../../policies";
import { readEstate } from "../../../lib/dialects/read-estate";
import { cluster, host, mailbox, UNKNOWN, vm } from "../../kit";

function viewOf(...resources: readonly DeclaredResource[]): EstateView {
  const judge = new Judge(RULES, undecided, new EffectiveSettings({ policies: [...RULES, undecided] }));
  const { view } = judge.judgeAll(resources, true, true);
  assert.ok(view);
  return view;
}

describe("the view of an estate", () => {
  it("says who runs where, with memory, processors, roles and groups", () => {
    const { clusters, hosts, machines } = viewOf(
      cluster("clu1"),
      host("hv1", { cluster: "clu1", site: "north" }),
      host("hv2", { cluster: "clu1" }),
      mailbox("ex1", { host: "hv1", cluster: "clu1", possibleOwners: ["hv1"] }, { databaseAvailabilityGroup: "DAG1" }),
      vm("vm1", { cluster: "clu1", dynamicMemory: { minimumMB: 1024, maximumMB: 8192 } }),
    );
    assert.deepEqual(clusters, [
      { name: "clu1", urn: "urn:pulumi:test::kit::hyperv-guard:index:Cluster::clu1", networks: [] },
    ]);
    const system = "Windows Server 2008 R2 with Service Pack 1";
    assert.deepEqual(hosts[0], {
      name: "hv1",
      urn: "urn:pulumi:test::kit::hyperv-guard:index:Host::hv1",
      cluster: 0,
      operatingSystem: system,
      site: "north",
      memoryMB: 65536,
      logicalProcessors: 16,
      mostVirtualProcessors: 128,
    });
    const urn = "urn:pulumi:test::kit::hyperv-guard:index:VirtualMachine";
    assert.deepEqual(machines, [
      {
        ...{ name: "ex1", urn: `${urn}::ex1`, host: 0, cluster: 0, possibleHosts: [0], guestOs: system },
        ...{ memoryMB: 4096, processors: 4, roles: ["Mailbox"], group: "DAG1" },
      },
      { name: "vm1", urn: `${urn}::vm1`, cluster: 0, guestOs: system, memoryMB: 8192, processors: 4 },
    ]);
  });

  it("says of each network what it will carry", () => {
    const { clusters } = viewOf(
      cluster("clu1", {
        nodes: ["hv1"],
        networks: [
          { name: "LAN", purpose: "management", role: "clusterAndClient", metric: 10000, defaultGateway: true },
          { name: "CSV", purpose: "clusterSharedVolumes", role: "cluster", metric: 500, defaultGateway: false },
          { name: "LM", purpose: "liveMigration", role: "cluster", metric: 900, defaultGateway: false },
          { name: "SAN", purpose: "iscsi", role: "none", metric: 2000, defaultGateway: false },
        ],
      }),
      host("hv1"),
    );
    assert.deepEqual(
      clusters[0]?.networks.map(({ name, purpose, carries }) => [name, purpose, ...(carries ?? ["unknown"])]),
      [
        ["LAN", "management", "live migration when others fail", "client traffic"],
        ["CSV", "Cluster Shared Volumes", "cluster and CSV traffic", "live migration when others fail"],
        ["LM", "live migration", "cluster and CSV traffic when others fail", "live migration"],
        ["SAN", "iSCSI", "nothing of the cluster"],
      ],
    );
  });

  it("leaves out what is known only after the deployment, and says that the place is not known", () => {
    const { machines } = viewOf(host("hv1"), vm("vm1", { host: UNKNOWN, memoryMB: UNKNOWN, processorCount: UNKNOWN }));
    const [machine] = machines;
    assert.equal(machine?.isPlaceUnknown, true);
    for (const fact of ["host", "memoryMB", "processors"]) assert.ok(!(fact in machine), fact);
  });

  it("has no secret, and nothing that is computed from one", () => {
    const network = { name: "n-hidden", purpose: "management", role: "cluster", metric: 10111 };
    const resources = [
      cluster("clu1", { nodes: ["hv1"], networks: [{ ...network, defaultGateway: false }] }),
      host("hv1", { memoryMB: 77777, site: "s-hidden" }),
      vm("vm1", { host: "hv1", memoryMB: 5555, processorCount: 3 }),
    ];
    const hidden = ["77777", "5555", "s-hidden", "n-hidden", "10111"];
    const mask = (text: string): string => (hidden.includes(text) ? "[secret]" : text);
    const view = estateView(readEstate(resources, true, {}), mask);
    for (const text of hidden) assert.ok(!JSON.stringify(view).includes(text), text);
    assert.equal(view.hosts[0]?.site, "[secret]");
    assert.ok(!("memoryMB" in view.hosts[0]));
    const [shown] = view.clusters[0]?.networks ?? [];
    assert.equal(shown?.name, "[secret]");
    assert.ok(!("metric" in shown) && !("carries" in shown));
  });

  it("allows an empty host the ratio of any guest, and not the higher one of Windows 7", () => {
    const { hosts } = viewOf(host("hv1"), host("hv2"), vm("vm1", { host: "hv2", guestOs: "Windows 7" }));
    assert.deepEqual(
      hosts.map(({ mostVirtualProcessors }) => mostVirtualProcessors),
      [128, 192],
    );
  });

  it("is made only where somebody asks for it", () => {
    const judge = new Judge(RULES, undecided, new EffectiveSettings({ policies: [...RULES, undecided] }));
    assert.ok(!("view" in judge.judgeAll([host("hv1")])));
  });
});
