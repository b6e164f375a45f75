import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { convergedNetworkCaps } from "../../../policies/networks/converged-network-caps";
import { host, MALFORMED, UNKNOWN } from "../../kit";
import { ruleTest, type Finds, type Passes, type Undecided } from "../../rule-test";
import { FOLLOWED, parseAdapters } from "./model/layouts";
import { adapter, node, nodeWith } from "./networks";

const R2 = "Windows Server 2008 R2";
const NEWER = ["Windows Server 2012", "Windows Server 2022"];

const RESERVES: PlainObject[] = [
  adapter("NIC 1", "management", { minimumBandwidthWeight: 10 }),
  adapter("NIC 2", "cluster", { minimumBandwidthMbps: 200 }),
  adapter("NIC 3", "liveMigration", { minimumBandwidthWeight: 0 }),
];

/** Virtual adapters on one switch of Windows Server 2016. */
function onSwitch(...adapters: PlainObject[]) {
  return nodeWith(
    adapters.map((one) => ({ virtualSwitch: "S", ...one })),
    {
      operatingSystem: "Windows Server 2016",
      virtualSwitches: [{ name: "S", type: "external", networkAdapters: ["NIC 1"] }],
    },
  );
}

const MANAGEMENT = adapter("Management", "management", { minimumBandwidthWeight: 10 });
const MIGRATION = adapter("Migration", "liveMigration");

/** A reserve that is not known, and another adapter of the same switch. */
const UNKNOWN_WEIGHT = adapter("Management", "management", { virtualSwitch: "S", minimumBandwidthWeight: UNKNOWN });
const ON_S = adapter("Migration", "liveMigration", { virtualSwitch: "S" });
const ABSOLUTE = { ...ON_S, minimumBandwidthMbps: 400 };

function unknown(...places: string[]): string {
  const are = places.length > 1 ? "are" : "is";
  return `hv1: ${places.join(" and ")} ${are} not known until deployment: not checked by converged-network-caps.`;
}

const WEIGHT = "networkAdapters[0].minimumBandwidthWeight";
const MEGABITS = "networkAdapters[1].minimumBandwidthMbps";
const CAP = "networkAdapters[1].maximumBandwidthPercent";

/** Two adapters of 10 Gbps with their caps, but for the one of management. */
function withCap(cap: Plain | undefined, text = "virtualMachines+management(1) 10; cluster+liveMigration(50) 10") {
  return nodeWith(
    parseAdapters(text).map((one): PlainObject => {
      const { maximumBandwidthPercent, ...others } = one;
      if (one["purpose"] !== "management")
        return { ...others, ...(maximumBandwidthPercent === undefined ? {} : { maximumBandwidthPercent }) };
      return cap === undefined ? others : { ...others, maximumBandwidthPercent: cap };
    }),
  );
}

/** A layout of the documents without each of its caps in turn. */
function withoutEachCap(id: string, adapters: string): readonly Finds[] {
  return [...(LACKING[id] ?? [])].map(([cap, lacking, needs]): Finds => [
    `${id} without its cap of ${cap} %`,
    node(adapters.replace(`(${cap})`, "")),
    `hv1: hv1 lacks a cap of ${cap} % for ${lacking}. The network layout that shares adapters in this way needs ${needs} (supported) with that cap.`,
    { advisory: true },
  ]);
}

const TWO_10_GBPS = "two adapters of 10 Gbps";
const THREE_1_GBPS = "three adapters of 1 Gbps";
const PRIVATE_TEAM = 'live migration on the team "Team team of 2 cluster+clusterSharedVolumes+liveMigration 1"';

/** The caps of the layouts that have some, typed from the documents: percentage, traffic and adapter, and the layout. */
const LACKING: Readonly<Record<string, readonly (readonly [cap: string, lacking: string, needs: string])[]>> = {
  "three-1-gbps": [["10", 'management on "NIC 1"', THREE_1_GBPS]],
  "three-1-gbps-private-team": [
    ["10", 'management on "NIC 1"', `${THREE_1_GBPS}, two of them teamed for the private link`],
    ["40", PRIVATE_TEAM, `${THREE_1_GBPS}, two of them teamed for the private link`],
  ],
  "four-adapters-iscsi": [
    ["1", 'management on "NIC 3"', "four adapters, two for iSCSI and two of 10 Gbps"],
    ["50", 'live migration on "NIC 4"', "four adapters, two for iSCSI and two of 10 Gbps"],
  ],
  "two-10-gbps": [
    ["1", 'management on "NIC 1"', TWO_10_GBPS],
    ["50", 'live migration on "NIC 2"', TWO_10_GBPS],
  ],
  "two-10-gbps-one-1-gbps": [["50", 'live migration on "NIC 3"', `${TWO_10_GBPS} and one of 1 Gbps`]],
};

ruleTest(convergedNetworkCaps, {
  passes: [
    ...FOLLOWED.map(([id, adapters]): Passes => [`${id} with its caps`, node(adapters)]),
    [
      "a host that follows no layout, which host-network-roles reports",
      node("virtualMachines+management 1; cluster 1"),
    ],
    ...NEWER.map((operatingSystem): Passes => [
      `reserves on ${operatingSystem}`,
      nodeWith(RESERVES, { operatingSystem }),
    ]),
    [
      "a newer version without caps",
      node("virtualMachines+management 10; cluster+liveMigration 10", { operatingSystem: "Windows Server 2012" }),
    ],
    ["a weight for each adapter", onSwitch(MANAGEMENT, { ...MIGRATION, minimumBandwidthWeight: 40 })],
    ["no weight at all", onSwitch(adapter("Management", "management"), MIGRATION)],
    ["a weight of 0", onSwitch(adapter("Management", "management", { minimumBandwidthWeight: 0 }), MIGRATION)],
    ["one adapter with two purposes and one weight", onSwitch(MANAGEMENT, adapter("management", "cluster"))],
    [
      "a weight that is not known, where every adapter has one",
      nodeWith([UNKNOWN_WEIGHT, { ...ON_S, minimumBandwidthWeight: 40 }], { operatingSystem: "Windows Server 2016" }),
    ],
    [
      "a switch that is not known, without any reserve",
      nodeWith([adapter("NIC 1", "backup", { virtualSwitch: UNKNOWN })], { operatingSystem: "Windows Server 2016" }),
    ],
    ...MALFORMED.map((value): Passes => [
      `${JSON.stringify(value)} as a cap, which the estate rule reports`,
      withCap(value),
    ]),
  ],
  finds: [
    ...FOLLOWED.flatMap(([id, adapters]): readonly Finds[] => withoutEachCap(id, adapters)),
    [
      "a layout without its caps, once",
      node("2 iscsi; virtualMachines+management 10; cluster+liveMigration(90) 10"),
      'hv1: hv1 lacks a cap of 1 % for management on "NIC 3" and a cap of 50 % instead of 90 % for live migration on "NIC 4". ' +
        "The network layout that shares adapters in this way needs four adapters, two for iSCSI and two of 10 Gbps (supported) with those caps.",
      {
        found: { value: "no cap" },
        limit: { bound: "atMost", value: 1, unit: "percent" },
        fix: 'Set maximumBandwidthPercent to 1 for management on "NIC 3" and 50 for live migration on "NIC 4".',
        source: "network-design-2011",
        advisory: true,
      },
    ],
    [
      "one cap that is too high",
      withCap(5),
      'hv1: hv1 lacks a cap of 1 % instead of 5 % for management on "NIC 1". ' +
        "The network layout that shares adapters in this way needs two adapters of 10 Gbps (supported) with that cap.",
      {
        found: { value: 5, unit: "percent" },
        limit: { bound: "atMost", value: 1, unit: "percent" },
        change: { path: CAP, value: 1 },
        fix: 'Set maximumBandwidthPercent to 1 for management on "NIC 1".',
        source: "live-migration-guide-2008-r2",
      },
    ],
    [
      "management that a virtual switch implies, without an entry that could have a cap",
      node("virtualMachines 1; cluster 1; liveMigration 1", {
        virtualSwitches: [{ name: "LAN", type: "external", networkAdapters: ["NIC 1"] }],
      }),
      'hv1: hv1 lacks a cap of 10 % for management on "NIC 1". ' +
        "The network layout that shares adapters in this way needs three adapters of 1 Gbps (supported) with that cap.",
      { fix: 'Declare management as a purpose of "NIC 1", with maximumBandwidthPercent 10.' },
    ],
    [
      "seven adapters, which are not called those of the layout",
      node("virtualMachines+management 1; cluster+clusterSharedVolumes 1; liveMigration 1; 4 backup 1"),
      'hv1: hv1 lacks a cap of 10 % for management on "NIC 1". ' +
        "The network layout that shares adapters in this way needs three adapters of 1 Gbps (supported) with that cap.",
    ],
    ...["Windows Server 2008 SP2", R2].map((operatingSystem): Finds => [
      `reserves where Windows only caps: ${operatingSystem}`,
      [host("hv1", { operatingSystem, networkAdapters: RESERVES })],
      `hv1: hv1 reserves bandwidth for "NIC 1" (weight 10) and "NIC 2" (200 Mbps), which ${operatingSystem.replace("SP2", "with Service Pack 2")} cannot do.`,
      {
        found: { value: 2, unit: "adapters" },
        limit: { bound: "atMost", value: 0, unit: "adapters" },
        fix: "Remove minimumBandwidthWeight and minimumBandwidthMbps, and cap the other traffic instead (maximumBandwidthPercent), or install a newer version of Windows Server.",
        source: "network-design-2011",
        advisory: false,
      },
    ]),
    [
      "one weight where Windows only caps",
      [host("hv1", { networkAdapters: RESERVES.slice(0, 1) })],
      'hv1: hv1 reserves bandwidth for "NIC 1" (weight 10), which Windows Server 2008 R2 with Service Pack 1 cannot do.',
      { change: { path: WEIGHT, value: 0 } },
    ],
    [
      "two modes on one virtual switch",
      onSwitch(MANAGEMENT, { ...MIGRATION, minimumBandwidthMbps: 400 }),
      'hv1: hv1 reserves bandwidth on the virtual switch "S" by weight for "Management" and in Mbps for "Migration", but a virtual switch has one of the two modes.',
      {
        found: { value: ["minimumBandwidthWeight", "minimumBandwidthMbps"] },
        limit: { bound: "exactly", value: "minimumBandwidthWeight" },
        fix: 'Set minimumBandwidthWeight of "Migration" instead of minimumBandwidthMbps; Microsoft suggests 40 for live migration.',
        source: "new-vmswitch",
        advisory: false,
      },
    ],
    [
      "an adapter without a weight beside others",
      onSwitch(MANAGEMENT, MIGRATION),
      'hv1: hv1 reserves bandwidth by weight on the virtual switch "S", but "Migration" has no weight.',
      {
        found: { value: 1, unit: "adapters" },
        limit: { bound: "atMost", value: 0, unit: "adapters" },
        change: { path: "networkAdapters[1].minimumBandwidthWeight", value: 40 },
        fix: 'Set minimumBandwidthWeight of "Migration"; Microsoft suggests 40 for live migration.',
        source: "network-recommendations-2025",
        advisory: true,
      },
    ],
    [
      "two adapters without a weight beside another",
      onSwitch(MANAGEMENT, MIGRATION, adapter("Other", "public")),
      'hv1: hv1 reserves bandwidth by weight on the virtual switch "S", but "Migration" and "Other" have no weight.',
      { fix: 'Set minimumBandwidthWeight of "Migration" and "Other"; Microsoft suggests 40 for live migration.' },
    ],
    [
      "an adapter without a weight on the switch in another case",
      onSwitch(MANAGEMENT, { ...MIGRATION, virtualSwitch: "s" }),
      'hv1: hv1 reserves bandwidth by weight on the virtual switch "S", but "Migration" has no weight.',
    ],
    [
      "a reserve where Windows only caps, beside one that is not known",
      nodeWith([UNKNOWN_WEIGHT, ABSOLUTE], { operatingSystem: "Windows Server 2008" }),
      'hv1: hv1 reserves bandwidth for "Migration" (400 Mbps), which Windows Server 2008 cannot do.',
      { undecided: [unknown(WEIGHT)] },
    ],
    [
      "a layout with a speed that is assumed",
      node("virtualMachines+management; cluster; liveMigration"),
      'hv1: hv1 lacks a cap of 10 % for management on "NIC 1". ' +
        "The network layout that shares adapters in this way needs three adapters of 1 Gbps (supported) with that cap. " +
        'The speed of "NIC 1" is not declared; 1 Gbps is assumed.',
    ],
    [
      "one cap while another is not known",
      withCap(UNKNOWN, "virtualMachines+management(1) 10; cluster+liveMigration 10"),
      'hv1: hv1 lacks a cap of 50 % for live migration on "NIC 2". ' +
        "The network layout that shares adapters in this way needs two adapters of 10 Gbps (supported) with that cap.",
      { undecided: [unknown(CAP)], advisory: true },
    ],
  ],
  undecided: [
    ...(
      [
        ["a weight beside an adapter without one", [UNKNOWN_WEIGHT, ON_S], [WEIGHT]],
        ["a weight beside Mbps", [UNKNOWN_WEIGHT, ABSOLUTE], [WEIGHT]],
        ["both modes", [UNKNOWN_WEIGHT, { ...ON_S, minimumBandwidthMbps: UNKNOWN }], [WEIGHT, MEGABITS]],
        [
          "Mbps beside a weight",
          [
            { ...UNKNOWN_WEIGHT, minimumBandwidthWeight: 10 },
            { ...ON_S, minimumBandwidthMbps: UNKNOWN },
          ],
          [MEGABITS],
        ],
        [
          "the switch of a reserve",
          [
            { ...UNKNOWN_WEIGHT, minimumBandwidthWeight: 10 },
            { ...ABSOLUTE, virtualSwitch: UNKNOWN },
          ],
          ["networkAdapters[1].virtualSwitch"],
        ],
      ] as const
    ).map(([name, adapters, places]): Undecided => [
      `${name} that is not known`,
      nodeWith([...adapters], { operatingSystem: "Windows Server 2016" }),
      unknown(...places),
    ]),
    [
      "a weight that is not known where Windows only caps",
      nodeWith([UNKNOWN_WEIGHT], { operatingSystem: "Windows Server 2008" }),
      unknown(WEIGHT),
    ],
    [
      "speeds that decide which layout it is",
      node("virtualMachines+management; cluster+liveMigration"),
      "hv1: networkAdapters[0].speedMbps and networkAdapters[2].speedMbps are not declared: not checked by converged-network-caps.",
    ],
    ["a cap that is not known", withCap(UNKNOWN), unknown(CAP)],
  ],
});
