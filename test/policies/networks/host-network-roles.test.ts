import type { PlainObject } from "../../../lib/estate/plain";
import { hostNetworkRoles } from "../../../policies/networks/host-network-roles";
import { cluster, host, MALFORMED, UNKNOWN } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";
import { FOLLOWED, NOT_RECOMMENDED, parseAdapters, SEPARATE } from "./model/layouts";
import { adapter, node, nodeWith } from "./networks";

const NONE =
  "hv1: hv1 follows none of the network layouts that are documented for Windows Server 2008 R2 with Service Pack 1.";
const FOUR =
  "The nearest documented network layout needs four adapters of 1 Gbps (recommended); to match it, hv1 lacks";
const OTHERS = "management; 2 iscsi; cluster; liveMigration; clusterSharedVolumes";
const ONE_ADAPTER = parseAdapters("virtualMachines 1");
const NEWER = ["Windows Server 2012", "Windows Server 2022", "Azure Local"];
const SINGLE =
  'hv1: hv1 has 1 physical network adapter for all of its traffic, "NIC 1", but Microsoft recommends 2 or more.';

/** A switch that the management operating system uses, unless it is declared otherwise. */
function onSwitch(properties: PlainObject = {}) {
  const virtualSwitches = [{ name: "LAN", type: "external", networkAdapters: ["NIC 1"], ...properties }];
  return node("virtualMachines 1; cluster 1; liveMigration 1", { virtualSwitches });
}

/** A host outside of a cluster. */
function standalone(version: string, adapters: string, properties: PlainObject = {}) {
  return standaloneWith(version, parseAdapters(adapters), properties);
}

function standaloneWith(version: string, networkAdapters: PlainObject[], properties: PlainObject = {}) {
  const operatingSystem = version.startsWith("Azure") ? version : `Windows Server ${version}`;
  return [host("hv1", { operatingSystem, networkAdapters, ...properties })];
}

const NO_MANAGEMENT = "hv1: hv1 has no network adapter for management.";
const OUTSIDE_OF_TEAM = "Give management an adapter of its own outside of the team, and use the team";

function unknown(property: string): string {
  return `hv1: ${property} is not known until deployment: not checked by host-network-roles.`;
}

ruleTest(hostNetworkRoles, {
  passes: [
    ...[...FOLLOWED, ["two-10-gbps-two-1-gbps", SEPARATE] as const].flatMap(([id, adapters]) =>
      ["2008 R2", "2008 R2 SP1"].map((operatingSystem): Passes => [
        `${id} on ${operatingSystem}`,
        node(adapters, { operatingSystem }),
      ]),
    ),
    [
      "one adapter for dynamic and one for reserved addresses of virtual machines",
      nodeWith([
        ...[true, false].map((dynamicAddresses, index) =>
          adapter(`VM ${String(index)}`, "virtualMachines", { dynamicAddresses }),
        ),
        ...parseAdapters(OTHERS),
      ]),
    ],
    ["a team for virtual machines", node(`team of 2 virtualMachines; ${OTHERS}`)],
    ...NOT_RECOMMENDED.map(([id, adapters]): Passes => [`${id}, which live-migration-network reports`, node(adapters)]),
    [
      "NPAR partitions, which are adapters to the host",
      nodeWith(
        parseAdapters(FOLLOWED[0]?.[1] ?? "").map((one, index) => ({
          ...one,
          physicalAdapter: `Port ${String(index % 4)}`,
        })),
      ),
    ],
    ["the management operating system on a switch that it shares, without an adapter of its own", onSwitch()],
    ...NEWER.map((operatingSystem): Passes => [
      `two adapters in no layout on ${operatingSystem}`,
      node("virtualMachines; management+cluster", { operatingSystem }),
    ]),
    [
      "P3: a host outside of a cluster with an adapter for management",
      standalone("2008 R2", "virtualMachines; management"),
    ],
    [
      "P3: a team for virtual machines beside management",
      standalone("2008 R2", "team of 2 virtualMachines; management"),
    ],
    ["P3: management that shares an adapter with a cap", standalone("2008 R2", "virtualMachines+management(10) 1")],
    [
      "P3: management over a virtual switch that the management operating system uses",
      standalone("2012 R2", "virtualMachines; cluster", {
        virtualSwitches: [{ name: "LAN", type: "external", networkAdapters: ["NIC 1"], allowManagementOs: true }],
      }),
    ],
    [
      "P3: management on a virtual adapter of an embedded team",
      standaloneWith(
        "2019",
        [
          ...["NIC 1", "NIC 2"].map((name) => adapter(name, "virtualMachines")),
          adapter("vMgmt", "management", { virtualSwitch: "LAN" }),
        ],
        {
          virtualSwitches: [
            { name: "LAN", type: "external", networkAdapters: ["NIC 1", "NIC 2"], embeddedTeaming: true },
          ],
        },
      ),
    ],
    [
      "P3: adapters of Azure Local that each carry management and virtual machines",
      standaloneWith(
        "Azure Local",
        ["NIC 1", "NIC 2"].flatMap((name) => [adapter(name, "management"), adapter(name, "virtualMachines")]),
      ),
    ],
    ["P3: a host that declares no adapters", [host("hv1")]],
    ["Windows Server 2008", node("virtualMachines 1; management 1", { operatingSystem: "Windows Server 2008" })],
    ["no adapters", nodeWith([])],
    ["a node of a cluster that declares no adapters", [cluster("c1", { nodes: ["hv1"] }), host("hv1")]],
    ...MALFORMED.flatMap((value): readonly Passes[] => [
      [
        `${JSON.stringify(value)} as a purpose, which the estate rule reports`,
        nodeWith([...ONE_ADAPTER, adapter("NIC 2", "x", { purpose: value })]),
      ],
      [
        `${JSON.stringify(value)} as a version, which the estate rule reports`,
        node("virtualMachines 1", { operatingSystem: value }),
      ],
    ]),
  ],
  finds: [
    [
      "P3: a host outside of a cluster without an adapter for management",
      standalone("2008 R2", "team of 2 virtualMachines"),
      NO_MANAGEMENT,
      {
        found: { value: ["virtual machines"], unit: "kinds of traffic" },
        fix: "Add a network adapter for management, or declare the one that has it (purpose management).",
        source: "network-design-2011",
        advisory: true,
      },
    ],
    [
      "P3: a newer host without one",
      standalone("2019", "virtualMachines; cluster"),
      NO_MANAGEMENT,
      { source: "network-recommendations-2025", advisory: true },
    ],
    [
      "P3: a node of a version without documented layouts, whose virtual switch is for virtual machines alone",
      node("virtualMachines; cluster", {
        operatingSystem: "Windows Server 2012",
        virtualSwitches: [{ name: "LAN", type: "external", networkAdapters: ["NIC 1"], allowManagementOs: false }],
      }),
      NO_MANAGEMENT,
      { advisory: true },
    ],
    [
      "P3: management on the team of the virtual machines",
      standaloneWith(
        "2008 R2",
        ["NIC 1", "NIC 2"].flatMap((name) =>
          ["virtualMachines", "management"].map((purpose) => adapter(name, purpose, { team: "Team 1" })),
        ),
      ),
      'hv1: hv1 uses the team "Team 1" for management and for virtual machines.',
      {
        found: { value: ["virtual machines", "management"], unit: "kinds of traffic" },
        limit: { bound: "exactly", value: "management" },
        fix: `${OUTSIDE_OF_TEAM} "Team 1" for virtual machines alone.`,
        advisory: true,
      },
    ],
    [
      "P3: a third adapter of the team, for management",
      standaloneWith(
        "2022",
        ["management", "virtualMachines", "virtualMachines"].map((purpose, index) =>
          adapter(`NIC ${String(index)}`, purpose, { team: "T" }),
        ),
      ),
      'hv1: hv1 uses the team "T" for management and for virtual machines.',
      {
        fix: `${OUTSIDE_OF_TEAM} "T" for virtual machines alone.`,
        source: "network-recommendations-2025",
        advisory: true,
      },
    ],
    [
      "P3: the only adapter of a host of Windows Server 2008 R2",
      standalone("2008 R2", "virtualMachines+management"),
      'hv1: hv1 uses "NIC 1" for management and for virtual machines.',
      { fix: 'Give management an adapter of its own, and use "NIC 1" for virtual machines alone.', advisory: true },
    ],
    [
      "a purpose without an adapter, and the nearest layout",
      node("virtualMachines 1; management 1; cluster 1"),
      `${NONE} ${FOUR} an adapter for live migration.`,
      {
        found: { value: ['"NIC 1": virtual machines', '"NIC 2": management', '"NIC 3": cluster communication'] },
        limit: {
          bound: "oneOf",
          value: [
            "eight adapters, two of them for iSCSI",
            "six adapters, without iSCSI",
            "four adapters of 1 Gbps",
            "three adapters of 1 Gbps",
            "three adapters of 1 Gbps, two of them teamed for the private link",
            "four adapters, two for iSCSI and two of 10 Gbps",
            "two adapters of 10 Gbps",
            "two adapters of 10 Gbps and one of 1 Gbps",
            "two adapters of 10 Gbps and two of 1 Gbps",
          ],
        },
        fix: "Give hv1 an adapter for live migration; or follow another documented layout.",
        source: "live-migration-guide-2008-r2",
      },
    ],
    [
      "cluster communication without an adapter",
      node("management; team of 2 virtualMachines; 2 iscsi; liveMigration"),
      `${NONE} ${FOUR} an adapter for cluster communication and Cluster Shared Volumes.`,
    ],
    [
      "a layout of the article, with the article as its source",
      node("team of 2 virtualMachines; 2 iscsi; cluster; liveMigration 0.1; clusterSharedVolumes"),
      `${NONE} The nearest documented network layout needs eight adapters, two of them for iSCSI (recommended); to match it, hv1 lacks an adapter for management.`,
      { source: "network-design-2011" },
    ],
    [
      "kinds of traffic that share an adapter in no layout",
      node("virtualMachines 1; management+cluster 1; liveMigration 1"),
      `${NONE} ${FOUR} an adapter of its own for management, which now shares "NIC 2" with cluster communication.`,
    ],
    ...(
      [
        ["virtualMachines+cluster 1", '"NIC 1"'],
        ["team of 2 virtualMachines+cluster 1", 'the team "Team team of 2 virtualMachines+cluster 1"'],
      ] as const
    ).map(([link, name]): Finds => [
      `virtual machines and cluster communication on one link: ${link}`,
      node(`${link}; management 1; liveMigration 1`),
      `${NONE} ${FOUR} an adapter of its own for virtual machines, which now shares ${name} with cluster communication.`,
    ]),
    [
      "one adapter for everything",
      node("virtualMachines+management+cluster+liveMigration 10"),
      `${NONE} The nearest documented network layout needs two adapters of 10 Gbps (supported); to match it, hv1 lacks ` +
        'an adapter of its own for live migration and cluster communication, which now shares "NIC 1" with management and virtual machines; ' +
        'a cap of 1 % for management on "NIC 1"; a cap of 50 % for live migration on "NIC 1".',
    ],
    [
      "an adapter that is too slow for the layout",
      node("virtualMachines 1; management 0.1; cluster 1; liveMigration 1"),
      `${NONE} ${FOUR} a speed of 1 Gbps on "NIC 2" instead of 100 Mbps.`,
    ],
    [
      "no adapter for management, and a switch that the management operating system does not use",
      onSwitch({ allowManagementOs: false }),
      `${NONE} ${FOUR} an adapter for management.`,
    ],
    ...NEWER.flatMap((operatingSystem): readonly Finds[] => [
      [
        `a single adapter on ${operatingSystem}`,
        node("virtualMachines+management+liveMigration", { operatingSystem }),
        SINGLE,
        {
          found: { value: 1, unit: "adapters" },
          limit: { bound: "atLeast", value: 2, unit: "adapters" },
          fix:
            operatingSystem === "Windows Server 2012"
              ? "Add another network adapter, and put both in one team (team)."
              : "Add another network adapter, and bind both to one virtual switch with Switch Embedded Teaming (embeddedTeaming).",
          source: "bpa-2016",
        },
      ],
      [
        `a single adapter of a host outside of a cluster on ${operatingSystem}`,
        [host("hv1", { operatingSystem, networkAdapters: parseAdapters("public") })],
        SINGLE,
      ],
    ]),
    [
      "a purpose that the user asks for",
      nodeWith(parseAdapters("virtualMachines; management"), { operatingSystem: "Windows Server 2022" }),
      "hv1: hv1 has no network adapter for Hyper-V Replica and backup, which the parameter purposes of this rule asks for.",
      {
        configuration: { purposes: ["backup", "replica", "management"] },
        found: { value: ["virtual machines", "management"], unit: "kinds of traffic" },
        fix: "Add an adapter for Hyper-V Replica and backup, or declare that purpose for the adapter that carries it.",
      },
    ],
  ],
  undecided: [
    [
      "P3: whether the management operating system uses the virtual switch, which is not known",
      standalone("2012 R2", "virtualMachines; cluster", {
        virtualSwitches: [{ name: "LAN", type: "external", networkAdapters: ["NIC 1"], allowManagementOs: UNKNOWN }],
      }),
      unknown("virtualSwitches[0].allowManagementOs"),
    ],
    [
      "a layout of 10 Gbps without speeds",
      node("virtualMachines+management(1); cluster+liveMigration(50)"),
      "hv1: networkAdapters[0].speedMbps and networkAdapters[2].speedMbps are not declared: not checked by host-network-roles.",
    ],
    [
      "a speed that is not known",
      nodeWith([
        ...parseAdapters("virtualMachines 1; management 1; cluster 1"),
        adapter("NIC 4", "liveMigration", { speedMbps: UNKNOWN }),
      ]),
      unknown("networkAdapters[3].speedMbps"),
    ],
    [
      "a node without adapters, when others declare theirs",
      [...node(SEPARATE), host("hv2", { cluster: "c1" })],
      "hv2: networkAdapters is not declared: not checked by host-network-roles.",
    ],
    [
      "a cluster that is not known",
      [host("hv1", { networkAdapters: ONE_ADAPTER, cluster: UNKNOWN })],
      unknown("cluster"),
    ],
    [
      "a purpose that is not known",
      nodeWith([...ONE_ADAPTER, adapter("NIC 2", "x", { purpose: UNKNOWN })]),
      unknown("networkAdapters[1].purpose"),
    ],
  ],
});
