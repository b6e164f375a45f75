import type { PlainObject } from "../../../lib/estate/plain";
import { networkPurposeSupported } from "../../../policies/networks/network-purpose-supported";
import { cluster, host, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Passes } from "../../rule-test";
import { adapter, clusterWith, CSV, HEARTBEAT, ISCSI, MANAGEMENT, MIGRATION, network } from "./networks";

const OLD = "Windows Server 2008";
const R2 = "Windows Server 2008 R2";
const VIRTUAL_MACHINES = adapter("NIC 2", "virtualMachines");

/** A host with an adapter for management and those given. */
function withAdapters(operatingSystem: string, networkAdapters: PlainObject[], properties: PlainObject = {}) {
  const all = [adapter("NIC 1", "management"), VIRTUAL_MACHINES, ...networkAdapters];
  return host("hv1", { operatingSystem, networkAdapters: all, ...properties });
}

function unknown(name: string, property: string): string {
  return `${name}: ${property} is not known until deployment: not checked by network-purpose-supported.`;
}

const INSTALL = "Install Windows Server 2008 R2 or later on hv1, or declare no network for live migration.";

ruleTest(networkPurposeSupported, {
  passes: [
    ["P2: a host of Windows Server 2008 with the kinds of traffic that it has", [withAdapters(OLD, [])]],
    [
      "P2: a cluster of Windows Server 2008 with a private network and iSCSI",
      clusterWith([MANAGEMENT, HEARTBEAT, ISCSI], OLD),
    ],
    ["P2: live migration and CSV networks of Windows Server 2008 R2", clusterWith([MANAGEMENT, CSV, MIGRATION], R2)],
    [
      "P2: adapters for live migration and CSV of Windows Server 2008 R2",
      [withAdapters(R2, [adapter("NIC 3", "liveMigration"), adapter("NIC 4", "clusterSharedVolumes")])],
    ],
    [
      "P2: an adapter for Hyper-V Replica from Windows Server 2012 on",
      [withAdapters("Windows Server 2012", [adapter("NIC 3", "replica")])],
    ],
    [
      "hosts and clusters that declare no networks",
      [cluster("c1"), host("hv1", { cluster: "c1", operatingSystem: OLD })],
    ],
    [
      "a purpose that is not known, of a version that has all of them",
      [withAdapters("Windows Server 2019", [adapter("NIC 3", "backup"), { name: "NIC 4", purpose: UNKNOWN }])],
    ],
    ...MALFORMED.map((value): Passes => [
      `${JSON.stringify(value)} as a purpose, which the estate rule reports`,
      [withAdapters(OLD, [{ name: "NIC 3", purpose: value }])],
    ]),
  ],
  finds: [
    [
      "P2: an adapter for live migration of Windows Server 2008",
      [withAdapters(OLD, [adapter("NIC 3", "liveMigration")])],
      'hv1: hv1 declares "NIC 3" for live migration, which Windows Server 2008 does not have.',
      {
        found: { value: ["live migration"], unit: "kinds of traffic" },
        limit: { bound: "noneOf", value: ["live migration"], unit: "kinds of traffic" },
        fix: INSTALL,
        source: "live-migration-guide-2008-r2",
        advisory: false,
      },
    ],
    [
      "P2: an adapter for live migration and CSV of Windows Server 2008 SP2, once",
      [
        withAdapters("Windows Server 2008 SP2", [
          adapter("NIC 3", "clusterSharedVolumes"),
          adapter("NIC 3", "liveMigration"),
        ]),
      ],
      'hv1: hv1 declares "NIC 3" for Cluster Shared Volumes and live migration, which Windows Server 2008 with Service Pack 2 does not have.',
      { source: "csv-network-2008-r2" },
    ],
    [
      "P2: networks of a cluster of Windows Server 2008 and their order, once and not again for its nodes",
      [
        ...clusterWith([MANAGEMENT, CSV, MIGRATION], OLD, { liveMigrationNetworks: ["Live Migration"] }),
        withAdapters(OLD, [adapter("NIC 3", "liveMigration"), adapter("NIC 4", "clusterSharedVolumes")], {
          name: "hv3",
          cluster: "c1",
        }),
      ],
      'c1: c1 declares "CSV", "Live Migration" and liveMigrationNetworks for Cluster Shared Volumes and live migration, which Windows Server 2008 does not have.',
      {
        fix: "Install Windows Server 2008 R2 or later on its nodes, or declare no network for Cluster Shared Volumes or live migration.",
        source: "csv-network-2008-r2",
        advisory: false,
      },
    ],
    [
      "P2: what only a node declares, beside what its cluster declares",
      [
        ...clusterWith([MANAGEMENT, CSV], OLD),
        withAdapters(OLD, [adapter("NIC 3", "liveMigration"), adapter("NIC 4", "clusterSharedVolumes")], {
          cluster: "c1",
        }),
      ].filter(({ name, properties }) => name !== "hv1" || "networkAdapters" in properties),
      [
        'c1: c1 declares "CSV" for Cluster Shared Volumes, which Windows Server 2008 does not have.',
        'hv1: hv1 declares "NIC 3" for live migration, which Windows Server 2008 does not have.',
      ],
    ],
    [
      "P2: an order of live migration that a virtual machine declares",
      [
        ...clusterWith([MANAGEMENT, HEARTBEAT], OLD),
        vm("vm1", { cluster: "c1", liveMigrationNetworks: ["Heartbeat"] }),
      ],
      "vm1: vm1 declares liveMigrationNetworks for live migration, which Windows Server 2008 does not have.",
      {
        fix: "Install Windows Server 2008 R2 or later on the nodes of c1, or declare no network for live migration.",
      },
    ],
    [
      "P2: an adapter for Hyper-V Replica of Windows Server 2008 R2",
      [withAdapters(R2, [adapter("NIC 3", "replica")])],
      'hv1: hv1 declares "NIC 3" for Hyper-V Replica, which Windows Server 2008 R2 does not have.',
      {
        fix: "Install Windows Server 2012 or later on hv1, or declare no network for Hyper-V Replica.",
        advisory: false,
      },
    ],
    [
      "P2: the oldest node of a cluster",
      [
        ...clusterWith([MANAGEMENT, network("LM", "liveMigration", "cluster")], R2),
        host("hv3", { cluster: "c1", operatingSystem: OLD }),
      ],
      'c1: c1 declares "LM" for live migration, which Windows Server 2008 does not have.',
    ],
  ],
  undecided: [
    [
      "a purpose that is not known",
      [withAdapters(OLD, [{ name: "NIC 3", purpose: UNKNOWN }])],
      unknown("hv1", "networkAdapters[2].purpose"),
    ],
    [
      "a version that is not known",
      [host("hv1", { operatingSystem: UNKNOWN, networkAdapters: [VIRTUAL_MACHINES] })],
      unknown("hv1", "operatingSystem"),
    ],
  ],
});
