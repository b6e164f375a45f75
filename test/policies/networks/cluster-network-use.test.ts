import { clusterNetworkUse } from "../../../policies/networks/cluster-network-use";
import { cluster, host, MALFORMED, UNKNOWN } from "../../kit";
import { ruleTest, type Passes } from "../../rule-test";
import { clusterWith, CSV, HEARTBEAT, ISCSI, MANAGEMENT, MIGRATION, network } from "./networks";

const ALL = [MANAGEMENT, CSV, MIGRATION, HEARTBEAT, ISCSI];
const R2 = "Windows Server 2008 R2";
const USABLE_STORAGE = { ...ISCSI, role: "cluster" };
const ONLY_PUBLIC = [MANAGEMENT, ISCSI];
const PUBLIC_HEARTBEAT = { ...HEARTBEAT, defaultGateway: true };
const NO_PRIVATE = 'c1: c1 has no private network among those that it may use: "Management" has a default gateway.';
const ONE_WITH_GATEWAY =
  'c1: c1 has no private network among those that it may use: "Heartbeat" has a default gateway.';
const REMOVE_GATEWAY = 'Set defaultGateway of "Heartbeat" to false: remove the gateway from its adapters.';

/** Networks that clusters before Windows Server 2012 may use so, and later ones otherwise. */
const UNLIKE_RECOMMENDED = [
  { ...MANAGEMENT, role: "cluster" },
  CSV,
  { ...MIGRATION, role: 3 },
  network("Guests", "virtualMachines", "cluster"),
  network("Replica", "replica", "clusterAndClient"),
  network("Backup", "backup", "none"),
];

function unknown(place: string, name = "c1"): string {
  return `${name}: ${place} is not known until deployment: not checked by cluster-network-use.`;
}

const OPEN_STORAGE = 'c1: c1 allows cluster communication on the iSCSI network "iSCSI" (role cluster)';

ruleTest(clusterNetworkUse, {
  passes: [
    ...["Windows Server 2008", R2, "Windows Server 2012", "Windows Server 2022"].map((version): Passes => [
      `iSCSI that is closed and private networks on ${version}`,
      clusterWith(ALL, version),
    ]),
    ["a cluster that declares no networks", [cluster("c1")]],
    ["an empty list of networks", clusterWith([])],
    ["no private network on Windows Server 2008", clusterWith(ONLY_PUBLIC, "Windows Server 2008")],
    ["roles that nobody recommends before Windows Server 2012", clusterWith(UNLIKE_RECOMMENDED)],
    ...MALFORMED.map((value): Passes => [
      `${JSON.stringify(value)} as a role, which the estate rule reports`,
      clusterWith([CSV, { ...ISCSI, role: value }]),
    ]),
  ],
  finds: [
    [
      "iSCSI on which cluster communication is allowed",
      clusterWith([{ ...MANAGEMENT, metric: 30000 }, CSV, MIGRATION, { ...USABLE_STORAGE, metric: 20000 }]),
      `${OPEN_STORAGE}, and its metric 20000 is not even the highest: "Management" has 30000.`,
      {
        found: { value: "cluster" },
        limit: { bound: "exactly", value: "none" },
        change: { path: "networks[3].role", value: "none" },
        fix: 'Set the role of "iSCSI" to none.',
        source: "network-design-2011",
        advisory: false,
      },
    ],
    [
      "B8: iSCSI that comes after all others, which the article has as its second way",
      clusterWith([MANAGEMENT, CSV, MIGRATION, { ...USABLE_STORAGE, metric: 20000 }]),
      `${OPEN_STORAGE}.`,
      { change: { path: "networks[3].role", value: "none" }, source: "network-design-2011", advisory: true },
    ],
    [
      "B8: two iSCSI networks that come after all others",
      clusterWith([
        MANAGEMENT,
        CSV,
        { ...USABLE_STORAGE, metric: 20000 },
        { ...USABLE_STORAGE, name: "iSCSI 2", role: "clusterAndClient", metric: 20100 },
      ]),
      [
        'c1: c1 allows cluster communication and clients on the iSCSI network "iSCSI 2" (role clusterAndClient).',
        `${OPEN_STORAGE}.`,
      ],
      { advisory: true },
    ],
    [
      "B8: iSCSI whose metric may turn out to be the highest",
      clusterWith([MANAGEMENT, CSV, { ...USABLE_STORAGE, metric: UNKNOWN }]),
      `${OPEN_STORAGE}.`,
      { advisory: true },
    ],
    [
      "B8: iSCSI with the metric of another network",
      clusterWith([{ ...MANAGEMENT, metric: 20000 }, CSV, { ...USABLE_STORAGE, metric: 20000 }]),
      `${OPEN_STORAGE}, and its metric 20000 is not even the highest: "Management" has 20000.`,
      { advisory: false },
    ],
    [
      "B8: iSCSI that comes after all others from Windows Server 2012 on, where Microsoft has no second way",
      clusterWith([MANAGEMENT, CSV, { ...USABLE_STORAGE, metric: 99999 }], "Windows Server 2019"),
      `${OPEN_STORAGE}.`,
      { source: "network-recommendations-2025", advisory: false },
    ],
    [
      "iSCSI without a metric",
      clusterWith([MANAGEMENT, CSV, USABLE_STORAGE]),
      'c1: c1 allows cluster communication on the iSCSI network "iSCSI" (role cluster).',
      { advisory: false },
    ],
    [
      "iSCSI that comes before the private networks",
      clusterWith([MANAGEMENT, CSV, { ...ISCSI, role: "clusterAndClient", metric: 500 }], "Windows Server 2022"),
      'c1: c1 allows cluster communication and clients on the iSCSI network "iSCSI" (role clusterAndClient), and its metric 500 is not even the highest: "CSV" has 900.',
      { source: "network-recommendations-2025" },
    ],
    [
      "iSCSI that is the network of cluster and CSV traffic",
      clusterWith([MANAGEMENT, CSV, { ...USABLE_STORAGE, metric: 500 }]),
      'c1: c1 allows cluster communication on the iSCSI network "iSCSI" (role cluster), and its metric 500 is not even the highest: "CSV" has 900.',
      {
        fix: 'Set the role of "iSCSI" to none and let the network for cluster and CSV traffic have the lowest metric of the others.',
      },
    ],
    [
      "iSCSI that comes last",
      clusterWith([CSV, { ...USABLE_STORAGE, metric: 901 }]),
      'c1: c1 allows cluster communication on the iSCSI network "iSCSI" (role cluster).',
    ],
    [
      "iSCSI that is listed for live migration as well",
      clusterWith([MANAGEMENT, CSV, { ...USABLE_STORAGE, metric: 20000 }], R2, { liveMigrationNetworks: ["iscsi"] }),
      'c1: c1 allows cluster communication on the iSCSI network "iSCSI" (role cluster).',
      { fix: 'Set the role of "iSCSI" to none and remove it from liveMigrationNetworks.' },
    ],
    [
      "iSCSI that is all that the cluster may use",
      clusterWith([USABLE_STORAGE], "Windows Server 2008"),
      'c1: c1 allows cluster communication on the iSCSI network "iSCSI" (role cluster).',
      {
        fix: 'Set the role of "iSCSI" to none and add a private network for cluster communication with the role cluster.',
      },
    ],
    [
      "a cluster that may use no network",
      clusterWith([
        { ...MANAGEMENT, role: "none" },
        { ...CSV, role: "none" },
      ]),
      "c1: c1 does not allow cluster communication on any of its networks.",
      {
        found: { value: 0, unit: "networks" },
        limit: { bound: "atLeast", value: 1, unit: "networks" },
        fix: 'Set the role of "CSV" to cluster.',
        source: "network-recommendations-2025",
        advisory: false,
      },
    ],
    [
      "a newer cluster that may use no network",
      clusterWith(
        [
          { ...MANAGEMENT, role: "none" },
          { ...CSV, role: "none" },
          { ...MIGRATION, role: "none" },
        ],
        "Windows Server 2022",
      ),
      "c1: c1 does not allow cluster communication on any of its networks.",
      {
        fix: 'Set the role of "CSV" and "Live Migration" to cluster and the role of "Management" to clusterAndClient.',
      },
    ],
    [
      "a cluster that may use no network and has none for itself",
      clusterWith([ISCSI]),
      "c1: c1 does not allow cluster communication on any of its networks.",
      { fix: "Add a network without a default gateway for cluster communication, with the role cluster." },
    ],
    [
      "a network that is closed to what it is for",
      clusterWith([MANAGEMENT, CSV, { ...MIGRATION, role: "none" }]),
      'c1: c1 does not allow cluster communication on "Live Migration", its network for live migration.',
      {
        found: { value: "none" },
        limit: { bound: "not", value: "none" },
        fix: 'Set the role of "Live Migration" to cluster, with the second lowest metric of the networks that the cluster may use.',
        source: "network-prioritization-2011",
        advisory: false,
      },
    ],
    [
      "a closed network for live migration that no order lists",
      clusterWith([MANAGEMENT, CSV, { ...MIGRATION, role: "none" }], R2, { liveMigrationNetworks: ["Management"] }),
      'c1: c1 does not allow cluster communication on "Live Migration", its network for live migration.',
      { fix: 'Set the role of "Live Migration" to cluster, and list it first in liveMigrationNetworks.' },
    ],
    [
      "a closed CSV network",
      clusterWith([MANAGEMENT, { ...CSV, role: "none" }, MIGRATION]),
      'c1: c1 does not allow cluster communication on "CSV", its network for Cluster Shared Volumes.',
      { fix: 'Set the role of "CSV" to cluster, with the lowest metric of the networks that the cluster may use.' },
    ],
    [
      "no private network on Windows Server 2008 R2",
      clusterWith(ONLY_PUBLIC),
      NO_PRIVATE,
      {
        found: { value: 0, unit: "networks" },
        limit: { bound: "atLeast", value: 1, unit: "networks" },
        fix: "Add a network without a default gateway for cluster communication, with the role cluster.",
        source: "network-design-2011",
        advisory: false,
      },
    ],
    [
      "no private network on a newer version, as advice",
      clusterWith(ONLY_PUBLIC, "Windows Server 2019"),
      NO_PRIVATE,
      { source: "cluster-requirements", advisory: true },
    ],
    [
      "no private network but iSCSI",
      clusterWith([MANAGEMENT, USABLE_STORAGE]),
      [
        'c1: c1 allows cluster communication on the iSCSI network "iSCSI" (role cluster).',
        'c1: c1 has no private network among those that it may use: "Management" has a default gateway and "iSCSI" has the purpose iscsi.',
      ],
      { advisory: false },
    ],
    [
      "one network with a default gateway, once",
      clusterWith([PUBLIC_HEARTBEAT]),
      ONE_WITH_GATEWAY,
      { fix: REMOVE_GATEWAY, advisory: false },
    ],
    [
      "one network with a default gateway on a newer version, once",
      clusterWith([PUBLIC_HEARTBEAT], "Windows Server 2019"),
      ONE_WITH_GATEWAY,
      { fix: REMOVE_GATEWAY, advisory: true },
    ],
    [
      "one network with a default gateway on Windows Server 2008, which needs no private network",
      clusterWith([PUBLIC_HEARTBEAT], "Windows Server 2008"),
      'c1: c1 has a default gateway on "Heartbeat", its network for cluster communication, which must be private.',
    ],
    [
      "a default gateway on the heartbeat",
      clusterWith([MANAGEMENT, CSV, PUBLIC_HEARTBEAT]),
      'c1: c1 has a default gateway on "Heartbeat", its network for cluster communication, which must be private.',
      {
        found: { value: true },
        limit: { bound: "exactly", value: false },
        fix: REMOVE_GATEWAY,
        source: "network-design-2011",
        advisory: true,
      },
    ],
    [
      "a default gateway on the heartbeat, where no metric depends on it",
      clusterWith([MANAGEMENT, CSV, PUBLIC_HEARTBEAT], "Windows Server 2019"),
      'c1: c1 has a default gateway on "Heartbeat", its network for cluster communication, which must be private.',
      { change: { path: "networks[2].defaultGateway", value: false } },
    ],
    [
      "roles other than those that Microsoft recommends from Windows Server 2012 on",
      clusterWith(UNLIKE_RECOMMENDED, "Windows Server 2016"),
      [
        'c1: c1 has the role cluster on "Guests", its network for virtual machines. Microsoft recommends the role none.',
        'c1: c1 has the role cluster on "Management", its network for management. Microsoft recommends the role clusterAndClient.',
        'c1: c1 has the role clusterAndClient on "Live Migration", its network for live migration. Microsoft recommends the role cluster.',
      ],
      {
        found: { value: "cluster" },
        limit: { bound: "exactly", value: "none" },
        fix: 'Set the role of "Guests" to none.',
        source: "network-recommendations-2025",
        advisory: true,
      },
    ],
    [
      "a role that nothing else depends on",
      clusterWith([CSV, { ...MANAGEMENT, role: "cluster" }], "Windows Server 2016"),
      'c1: c1 has the role cluster on "Management", its network for management. Microsoft recommends the role clusterAndClient.',
      { change: { path: "networks[1].role", value: "clusterAndClient" } },
    ],
    [
      "the network of virtual machines as the only one of the cluster",
      clusterWith([network("Guests", "virtualMachines", "cluster")], "Windows Server 2016", {
        liveMigrationNetworks: ["Guests"],
      }),
      'c1: c1 has the role cluster on "Guests", its network for virtual machines. Microsoft recommends the role none.',
      {
        fix:
          'Set the role of "Guests" to none, remove it from liveMigrationNetworks and add a private network for ' +
          "cluster communication with the role cluster.",
      },
    ],
    [
      "what is certain beside a role that is not known",
      clusterWith([USABLE_STORAGE, CSV, { ...MIGRATION, role: UNKNOWN }]),
      'c1: c1 allows cluster communication on the iSCSI network "iSCSI" (role cluster).',
      { undecided: [unknown("networks[2].role")] },
    ],
  ],
  undecided: [
    [
      "whether the only private network has a default gateway",
      clusterWith([MANAGEMENT, { ...CSV, defaultGateway: UNKNOWN }]),
      unknown("networks[1].defaultGateway"),
    ],
    [
      "whether the heartbeat has a default gateway",
      clusterWith([MANAGEMENT, CSV, { ...HEARTBEAT, defaultGateway: UNKNOWN }]),
      unknown("networks[2].defaultGateway"),
    ],
    [
      "the version of a node",
      [cluster("c1", { networks: [MANAGEMENT, CSV], nodes: ["hv1"] }), host("hv1", { operatingSystem: UNKNOWN })],
      unknown("operatingSystem", "hv1"),
    ],
  ],
});
