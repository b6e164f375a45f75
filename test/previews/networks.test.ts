import assert from "node:assert/strict";
import { join } from "node:path";
import { preview } from "../engine";
import { ROOT } from "../root";
import { findings, found, messagesOf, yamlProgram } from "./program";

const EXAMPLES = join(ROOT, "examples");

function host(operatingSystem: string, networkAdapters: object[], more = {}) {
  const processors = { sockets: 2, coresPerSocket: 8, threadsPerCore: 2 };
  return { type: "Host", properties: { operatingSystem, processors, memoryMB: 65536, networkAdapters, ...more } };
}

function cluster(networks: object[], more = {}) {
  return { type: "Cluster", properties: { nodes: ["hv1", "hv2"], networks, ...more } };
}

function vm(guestOs: string, more = {}) {
  return { type: "VirtualMachine", properties: { guestOs, cluster: "c1", processorCount: 2, memoryMB: 4096, ...more } };
}

function adapter(name: string, purpose: string, more = {}) {
  return { name, purpose, speedMbps: 1000, ...more };
}

const R2 = "Windows Server 2008 R2";

// Option 2 for blades: two adapters for iSCSI, two of 10 Gbps with caps.
const BLADE = [
  adapter("NIC 1", "iscsi", { multipath: true }),
  adapter("NIC 2", "iscsi", { multipath: true }),
  adapter("NIC 3", "virtualMachines", { speedMbps: 10000 }),
  adapter("NIC 3", "management", { speedMbps: 10000, maximumBandwidthPercent: 1 }),
  adapter("NIC 4", "clusterSharedVolumes", { speedMbps: 10000 }),
  adapter("NIC 4", "liveMigration", { speedMbps: 10000, maximumBandwidthPercent: 50 }),
];
const MANAGEMENT = { name: "Management", purpose: "management", role: "clusterAndClient", defaultGateway: true };
const CSV = { name: "CSV", purpose: "clusterSharedVolumes", role: 1, metric: 900 };
const MIGRATION = { name: "Live Migration", purpose: "liveMigration", role: 1, metric: 1000 };
const ISCSI = { name: "iSCSI", purpose: "iscsi", role: 0 };

const VIRTUAL = { virtualSwitch: "LAN", speedMbps: 10000 };
const CONVERGED = [
  adapter("NIC 1", "virtualMachines", { speedMbps: 10000 }),
  adapter("NIC 2", "virtualMachines", { speedMbps: 10000 }),
  adapter("Management", "management", { ...VIRTUAL, minimumBandwidthWeight: 10 }),
  adapter("Cluster", "cluster", { ...VIRTUAL, minimumBandwidthWeight: 10 }),
  adapter("Migration", "liveMigration", { ...VIRTUAL, minimumBandwidthWeight: 40 }),
];
const SWITCH = { name: "LAN", type: "external", networkAdapters: ["NIC 1", "NIC 2"], allowManagementOs: true };
const SEEN = [
  { ...MANAGEMENT, metric: 70384, autoMetric: true },
  { name: "Cluster", purpose: "cluster", role: "cluster", metric: 30240, autoMetric: true },
  { ...MIGRATION, metric: 30241, autoMetric: true },
];

describe("networks of whole clusters, previewed by the real engine", () => {
  it("Windows Server 2008 R2 passes without a word where everything is right", async () => {
    const right = {
      hv1: host(R2, BLADE),
      hv2: host(R2, BLADE),
      c1: cluster([MANAGEMENT, CSV, MIGRATION, ISCSI]),
      vm1: vm(R2, { liveMigrationNetworks: ["Live Migration", "Management", "CSV"] }),
    };
    assert.deepEqual(await found(right), { passed: true, findings: [] });
  });

  it("Windows Server 2008 R2 is blocked, with a finding for each mistake and no other", async () => {
    const partitions = BLADE.map((one) => ({
      ...one,
      minimumBandwidthWeight: one.purpose === "liveMigration" ? 40 : undefined,
    }));
    const wrong = {
      hv1: host(
        R2,
        partitions.map((one) => (one.name === "NIC 3" ? { ...one, physicalAdapter: "Port 3" } : one)),
      ),
      hv2: host(
        R2,
        BLADE.slice(1).map((one) => ({ ...one, maximumBandwidthPercent: undefined })),
      ),
      // A host of no cluster.
      hv3: host(R2, [adapter("NIC 1", "management"), adapter("NIC 2", "backup")], {
        virtualSwitches: [{ ...SWITCH, networkAdapters: ["NIC 2"] }],
      }),
      c1: cluster([MANAGEMENT, { ...CSV, metric: undefined }, { ...MIGRATION, metric: 800 }, { ...ISCSI, role: 1 }]),
      vm1: vm(R2, { liveMigrationNetworks: ["Live Migration", "CSV"] }),
      vm2: vm(R2, { liveMigrationNetworks: ["CSV", "Live Migration"] }),
    };
    assert.deepEqual(await found(wrong), {
      passed: false,
      findings: [
        'advisory cluster-network-metrics c1: c1 does not use its networks as they are declared: cluster and CSV traffic goes over "Live Migration" (metric 800) instead of "CSV" (automatic metric from 1000 to 1200).',
        'advisory converged-network-caps hv2: hv2 lacks a cap of 1 % for management on "NIC 3" and a cap of 50 % for live migration on "NIC 4". The network layout that shares adapters in this way needs two adapters of 10 Gbps (supported) with those caps.',
        'advisory iscsi-multipath hv2: hv2 reaches its iSCSI storage over one port, "NIC 2", but MPIO needs 2 or more.',
        'advisory nic-partitioning hv1: hv1 has 1 NPAR partition on the port "Port 3". The vendors of adapters support NPAR, and Microsoft does not.',
        'advisory virtual-switch-reserved hv3: hv3 shares the virtual switch "LAN", its only external one, with the management operating system.',
        'mandatory cluster-network-use c1: c1 allows cluster communication on the iSCSI network "iSCSI" (role cluster).',
        'mandatory converged-network-caps hv1: hv1 reserves bandwidth for "NIC 4" (weight 40), which Windows Server 2008 R2 cannot do.',
        'mandatory live-migration-order vm2: vm2 declares live migration over "CSV", then "Live Migration", and vm1 over "Live Migration", then "CSV": the order is one setting of the whole cluster.',
      ],
    });
  });

  it("Windows Server 2022 passes without a word where everything is right", async () => {
    const virtualSwitches = [{ ...SWITCH, embeddedTeaming: true }];
    const right = {
      hv1: host("Windows Server 2022", CONVERGED, { virtualSwitches }),
      hv2: host("Windows Server 2022", CONVERGED, { virtualSwitches }),
      c1: cluster(SEEN, { liveMigrationNetworks: ["Live Migration", "Cluster"] }),
      vm1: vm("Windows Server 2022", { generation: 2 }),
    };
    assert.deepEqual(await found(right), { passed: true, findings: [] });
  });

  it("Windows Server 2022 is blocked, with a finding for each mistake and no other", async () => {
    const teamed = CONVERGED.map((one) => (one.purpose === "virtualMachines" ? { ...one, team: "T" } : one));
    const wrong = {
      hv1: host("Windows Server 2022", teamed, { virtualSwitches: [{ ...SWITCH, embeddedTeaming: false }] }),
      hv2: host("Windows Server 2022", [
        adapter("NIC 1", "management"),
        adapter("NIC 1", "liveMigration", { speedMbps: 1000 }),
      ]),
      c1: cluster([
        { ...MANAGEMENT, role: "cluster" },
        ...SEEN.slice(1).map((one) => ({ ...one, metric: undefined })),
        { ...ISCSI, role: 3 },
      ]),
      vm1: vm("Windows Server 2022", { generation: 2, liveMigrationNetworks: ["Cluster", "Live Migration"] }),
    };
    assert.deepEqual(await found(wrong), {
      passed: false,
      findings: [
        'advisory cluster-network-use c1: c1 has the role cluster on "Management", its network for management. Microsoft recommends the role clusterAndClient.',
        'advisory host-network-roles hv2: hv2 has 1 physical network adapter for all of its traffic, "NIC 1", but Microsoft recommends 2 or more.',
        'advisory live-migration-network hv2: hv2 uses "NIC 1" for live migration and for management.',
        'advisory live-migration-order vm1: vm1 tries live migration over "Cluster", then "Live Migration": "Cluster" comes before the network that is declared for live migration.',
        'advisory vm-network-redundancy hv1: hv1 binds the virtual switch "LAN" to the NIC team "T", which is deprecated in Windows Server 2022.',
        'mandatory cluster-network-use c1: c1 allows cluster communication and clients on the iSCSI network "iSCSI" (role clusterAndClient).',
      ],
    });
  });

  it("Windows Server 2022 shows what its networks are used for, also when findings were to block", async () => {
    const virtualSwitches = [{ ...SWITCH, embeddedTeaming: true }];
    const right = {
      hv1: host("Windows Server 2022", CONVERGED, { virtualSwitches }),
      hv2: host("Windows Server 2022", CONVERGED, { virtualSwitches }),
      c1: cluster([...SEEN, ISCSI], { liveMigrationNetworks: ["Live Migration", "Cluster"] }),
    };
    const configuration = { "cluster-network-metrics": { showUse: true, enforcementLevel: "mandatory" } };
    const { code, events } = await preview(yamlProgram(right, undefined, configuration));
    assert.equal(code, 0);
    assert.deepEqual(findings(events), [
      "advisory cluster-network-metrics c1: c1 uses its networks as they are declared.",
    ]);
    assert.deepEqual(messagesOf("cluster-network-metrics", events)[0]?.split("\n").slice(0, 6), [
      "c1 uses its networks as they are declared.",
      "What the networks are used for on Windows Server 2022:",
      '- cluster and CSV traffic: "Cluster" (metric 30240); when that fails: "Live Migration" (metric 30241), then "Management" (metric 70384)',
      '- live migration, in the declared order: "Live Migration" (metric 30241), then "Cluster" (metric 30240)',
      '- public traffic: "Management"',
      '- nothing, because cluster communication is not allowed: "iSCSI" (iSCSI)',
    ]);
  });

  it("the example cluster-networks passes, and shows what the networks of Windows Server 2008 R2 are used for", async () => {
    const { code, events } = await preview(join(EXAMPLES, "cluster-networks"));
    assert.equal(code, 0);
    assert.deepEqual(findings(events), [
      "advisory cluster-network-metrics cluster1: cluster1 uses its networks as they are declared.",
    ]);
    assert.deepEqual(messagesOf("cluster-network-metrics", events)[0]?.split("\n").slice(1, 6), [
      "What the networks are used for on Windows Server 2008 R2 with Service Pack 1:",
      '- cluster and CSV traffic: "CSV" (metric 700); when that fails: "Live Migration" (metric 800), then "Heartbeat" (automatic metric from 1000 to 1400)',
      '- live migration, by default in this order: "Live Migration" (metric 800), then "Heartbeat" (automatic metric from 1000 to 1400), then "Management" (automatic metric 10000), then "CSV" (metric 700)',
      '- public traffic: "Management" (automatic metric 10000)',
      '- nothing, because cluster communication is not allowed: "iSCSI 1" (iSCSI) and "iSCSI 2" (iSCSI)',
    ]);
  });

  it("the example cluster-networks-violations is blocked, with a finding for each mistake and no other", async () => {
    const { code, events } = await preview(join(EXAMPLES, "cluster-networks-violations"));
    assert.notEqual(code, 0);
    assert.deepEqual(findings(events), [
      'advisory cluster-network-metrics cluster1: cluster1 does not use its networks as they are declared: cluster and CSV traffic goes over "Live Migration" (metric 800) instead of "CSV" (automatic metric from 1000 to 1300) and live migration goes over one of "CSV" (automatic metric from 1000 to 1300) or "Heartbeat" (automatic metric from 1000 to 1300) instead of "Live Migration" (metric 800).',
      'advisory cluster-network-use cluster1: cluster1 allows cluster communication on the iSCSI network "iSCSI" (role cluster).',
      "advisory host-network-roles hv1: hv1 follows none of the network layouts that are documented for Windows Server 2008 R2 with Service Pack 1. The nearest documented network layout needs eight adapters, two of them for iSCSI (recommended); to match it, hv1 lacks an adapter for management.",
      'mandatory csv-network-protocols hv1: hv1 has "CSV" for Cluster Shared Volumes without File and Printer Sharing for Microsoft Networks.',
      'mandatory iscsi-multipath hv1: hv1 has "iSCSI 1" and "iSCSI 2" for iSCSI in the team "iSCSI".',
      'mandatory live-migration-network hv1: hv1 has "Live Migration" with 100 Mbps for live migration, which needs 1 Gbps or more.',
    ]);
  });
});
