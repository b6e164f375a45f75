import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { PlainObject } from "../../../lib/estate/plain";
import { isViolation } from "../../../lib/rules/verdict";
import { clusterNetworkMetrics } from "../../../policies/networks/cluster-network-metrics";
import { cluster, judge, MALFORMED, resource, UNKNOWN } from "../../kit";
import { ruleTest, type Finds, type Passes, type Undecided } from "../../rule-test";
import { clusterWith, CSV, HEARTBEAT, ISCSI, MANAGEMENT, MIGRATION, network } from "./networks";

const AUTOMATIC = { ...CSV, metric: null };
const AUTOMATIC_MIGRATION = { ...MIGRATION, metric: null };
const R2 = "Windows Server 2008 R2";
const ORDER = { liveMigrationNetworks: ["Live Migration"] };

/** The article's own sample: live migration gets a metric of 800, and CSV keeps 1000. */
const SAMPLE = [MANAGEMENT, { ...CSV, metric: 1000 }, { ...MIGRATION, metric: 800 }];
const USABLE_STORAGE = { ...ISCSI, role: "cluster", metric: 100 };
const CLIENTS = network("Clients", "public", "clusterAndClient", { metric: 500 });
const PUBLIC = network("Public", "public", "clusterAndClient", { metric: 10200, defaultGateway: true });
const BACKUP = network("Backup", "backup", "clusterAndClient", { metric: 10100 });

/** Automatic metrics as Get-ClusterNetwork shows them. */
const SEEN_MANAGEMENT = { ...MANAGEMENT, metric: 70384, autoMetric: true };
const SEEN = [
  network("CSV", "clusterSharedVolumes", "cluster", { metric: 30240, autoMetric: true }),
  network("LM", "liveMigration", "cluster", { metric: 30340, autoMetric: true }),
  SEEN_MANAGEMENT,
];

const AS_AUTOMATIC = "as chosen by the cluster (autoMetric true), but the metrics that a cluster gives to networks";
const NOT_USED = "c1: c1 does not use its networks as they are declared:";
const MANAGEMENT_CARRIES = `${NOT_USED} cluster and CSV traffic goes over "Management" (metric 10) instead of "CSV" (metric 900).`;

function undeclared(...places: string[]): string {
  return `c1: ${places.join(" and ")} ${places.length > 1 ? "are" : "is"} not declared: not checked by cluster-network-metrics.`;
}

function unknown(place: string): string {
  return `c1: ${place} is not known until deployment: not checked by cluster-network-metrics.`;
}

ruleTest(clusterNetworkMetrics, {
  passes: [
    [
      "P5: automatic metrics as Get-ClusterNetwork shows them",
      clusterWith([
        { ...MANAGEMENT, metric: 10000, autoMetric: true },
        CSV,
        { ...MIGRATION, metric: 1000, autoMetric: true },
        { ...HEARTBEAT, autoMetric: true, metric: 1100 },
      ]),
    ],
    [
      "P5: the same metric by hand",
      clusterWith([MANAGEMENT, { ...CSV, metric: 700 }, { ...MIGRATION, metric: 800, autoMetric: false }, HEARTBEAT]),
    ],
    [
      "P5: a low automatic metric of a newer version, of which no document has the numbers",
      clusterWith(
        [
          { ...CSV, metric: 700, autoMetric: true },
          { ...MIGRATION, metric: 800 },
        ],
        "Windows Server 2019",
        ORDER,
      ),
    ],
    ...[900, 1200].map((metric): Passes => [
      `Twice: a closed network for CSV with the metric ${String(metric)}, which cluster-network-use reports`,
      clusterWith([MANAGEMENT, { ...CSV, role: "none", metric }, MIGRATION]),
    ]),
    [
      "Twice: a closed network for cluster communication, which cluster-network-use reports",
      clusterWith([MANAGEMENT, { ...HEARTBEAT, role: "none", metric: 500 }, MIGRATION]),
    ],
    [
      "CSV lowest, live migration second lowest, the heartbeat behind and management from 10000 on",
      clusterWith([MANAGEMENT, CSV, MIGRATION, HEARTBEAT, ISCSI]),
    ],
    ["the same in another order", clusterWith([ISCSI, HEARTBEAT, MIGRATION, CSV, MANAGEMENT])],
    [
      "a declared order of live migration, which live-migration-order judges",
      clusterWith([MANAGEMENT, CSV, { ...MIGRATION, metric: 1200 }, HEARTBEAT], "2008 R2", ORDER),
    ],
    ...["Windows Server 2012", "Windows Server 2022", "Azure Local"].map((version): Passes => [
      `automatic metrics that are declared on ${version}`,
      clusterWith([SEEN_MANAGEMENT, { ...CSV, metric: 30240, autoMetric: true }], version, ORDER),
    ]),
    [
      "an iSCSI network that comes first, which cluster-network-use reports",
      clusterWith([MANAGEMENT, CSV, MIGRATION, USABLE_STORAGE]),
    ],
    ["an empty list of networks", clusterWith([])],
    ["a cluster that declares no networks", [cluster("c1")]],
    [
      "Windows Server 2008, whose metrics decide none of that",
      clusterWith([MANAGEMENT, AUTOMATIC, MIGRATION], "Windows Server 2008"),
    ],
    ...MALFORMED.map((value): Passes => [
      `${JSON.stringify(value)} as a role, which the estate rule reports`,
      clusterWith([MANAGEMENT, { ...CSV, role: value }]),
    ]),
  ],
  finds: [
    [
      "the article's own sample",
      clusterWith([...SAMPLE, ISCSI]),
      `${NOT_USED} cluster and CSV traffic goes over "Live Migration" (metric 800) instead of "CSV" (metric 1000) and ` +
        'live migration goes over "CSV" (metric 1000) instead of "Live Migration" (metric 800).',
      {
        found: { value: ["Live Migration"], unit: "networks" },
        limit: { bound: "oneOf", value: ["CSV"], unit: "networks" },
        change: { path: "networks[1].metric", value: 700 },
        fix: 'Set a metric below 800 for "CSV", for example 700, so that it carries cluster and CSV traffic.',
        source: "csv-network-2008-r2",
        advisory: false,
      },
    ],
    [
      "the sample while the metric of CSV is automatic, whichever it turns out to be",
      clusterWith([MANAGEMENT, AUTOMATIC, { ...MIGRATION, metric: 800 }, ISCSI]),
      `${NOT_USED} cluster and CSV traffic goes over "Live Migration" (metric 800) instead of "CSV" (automatic metric from 1000 to 1200) and ` +
        'live migration goes over "CSV" (automatic metric from 1000 to 1200) instead of "Live Migration" (metric 800).',
    ],
    [
      "a metric that the cluster is declared to choose",
      clusterWith([MANAGEMENT, { ...AUTOMATIC, autoMetric: true }, { ...MIGRATION, metric: 800 }], R2, ORDER),
      `${NOT_USED} cluster and CSV traffic goes over "Live Migration" (metric 800) instead of "CSV" (automatic metric from 1000 to 1100).`,
      {
        fix: 'Set a metric below 800 and autoMetric false for "CSV", for example 700, so that it carries cluster and CSV traffic.',
      },
    ],
    [
      "networks with the same metric",
      clusterWith([MANAGEMENT, { ...CSV, metric: 1000 }, MIGRATION]),
      `${NOT_USED} cluster and CSV traffic goes over one of "CSV" (metric 1000) or "Live Migration" (metric 1000) with the same metric and ` +
        'live migration goes over one of "CSV" (metric 1000) or "Live Migration" (metric 1000) with the same metric.',
      {
        found: { value: ["CSV", "Live Migration"], unit: "networks" },
        limit: { bound: "oneOf", value: ["CSV"], unit: "networks" },
        change: { path: "networks[1].metric", value: 900 },
      },
    ],
    [
      "public traffic without a network",
      clusterWith([{ ...CSV, metric: 100 }, { ...MIGRATION, metric: 200 }, CLIENTS]),
      `${NOT_USED} public traffic goes over no network instead of "Clients" (metric 500).`,
      { found: { value: [], unit: "networks" }, limit: { bound: "oneOf", value: ["Clients"], unit: "networks" } },
    ],
    [
      "public traffic on another network",
      clusterWith([CSV, MIGRATION, BACKUP, PUBLIC]),
      `${NOT_USED} public traffic goes over "Backup" (metric 10100) instead of "Public" (metric 10200).`,
      { fix: 'Set a metric from 10000 on for "Public", and a higher one for "Backup".' },
    ],
    [
      "public traffic below where it begins",
      clusterWith([
        { ...CSV, metric: 100 },
        { ...MIGRATION, metric: 200 },
        { ...PUBLIC, metric: 500 },
      ]),
      `${NOT_USED} public traffic goes over no network instead of "Public" (metric 500).`,
      { fix: 'Set a metric from 10000 on for "Public".' },
    ],
    [
      "live migration on another network, without one for cluster traffic",
      clusterWith([network("Private", "liveMigration", "cluster"), MANAGEMENT]),
      `${NOT_USED} live migration goes over "Management" (automatic metric 10000) instead of "Private" (automatic metric 1000).`,
      { fix: 'Declare liveMigrationNetworks of the cluster, with "Private" first.' },
    ],
    [
      "P5: a metric below those that a cluster gives, as chosen by the cluster",
      clusterWith([MANAGEMENT, { ...CSV, metric: 700 }, { ...MIGRATION, metric: 800, autoMetric: true }, HEARTBEAT]),
      `c1: c1 declares the metric 800 of "Live Migration" ${AS_AUTOMATIC} without a default gateway are 1000 or higher, and below 10000.`,
      {
        found: { value: 800 },
        limit: { bound: "atLeast", value: 1000 },
        fix: 'Set autoMetric of "Live Migration" to false if 800 is its metric; or declare the metric that Get-ClusterNetwork shows.',
        source: "csv-network-2008-r2",
      },
    ],
    [
      "P5: a public network with the metric of a private one, as chosen by the cluster",
      clusterWith([{ ...MANAGEMENT, metric: 1200, autoMetric: true }, CSV, MIGRATION]),
      `c1: c1 declares the metric 1200 of "Management" ${AS_AUTOMATIC} with a default gateway are 10000 or higher.`,
      { limit: { bound: "atLeast", value: 10000 } },
    ],
    [
      "P5: a private network with the metric of a public one, as chosen by the cluster",
      clusterWith(
        [MANAGEMENT, CSV, MIGRATION, { ...HEARTBEAT, metric: 10000, autoMetric: true }],
        "Windows Server 2008 R2 SP1",
      ),
      `c1: c1 declares the metric 10000 of "Heartbeat" ${AS_AUTOMATIC} without a default gateway are 1000 or higher, and below 10000.`,
      { limit: { bound: "atMost", value: 9999 } },
    ],
    ...["Windows Server 2012", "Windows Server 2022", "Azure Local"].map((version): Finds => [
      `the lowest metric on another network of ${version}`,
      clusterWith([{ ...MANAGEMENT, metric: 10 }, CSV], version, ORDER),
      MANAGEMENT_CARRIES,
      { fix: 'Give "CSV" the lowest metric.' },
    ]),
    [
      "a network for backup that comes first",
      clusterWith([MANAGEMENT, CSV, MIGRATION, { ...USABLE_STORAGE, purpose: "backup" }]),
      `${NOT_USED} cluster and CSV traffic goes over "iSCSI" (metric 100) instead of "CSV" (metric 900) and ` +
        'live migration goes over "CSV" (metric 900) instead of "Live Migration" (metric 1000).',
      // No metric is left below 100 for both.
      { fix: 'Give "CSV" the lowest metric and "Live Migration" the second lowest.' },
    ],
  ],
  undecided: [
    [
      "the order of two automatic metrics",
      clusterWith([MANAGEMENT, AUTOMATIC, AUTOMATIC_MIGRATION]),
      undeclared("networks[1].metric", "networks[2].metric"),
    ],
    ...["Windows Server 2012", "Windows Server 2022", "Azure Local"].map((version): Undecided => [
      `automatic metrics of ${version}, which no document has`,
      clusterWith([MANAGEMENT, AUTOMATIC], version, ORDER),
      undeclared("networks[0].metric", "networks[1].metric"),
    ]),
    ...["Windows Server 2012", "Windows Server 2012 R2", "Windows Server 2022"].flatMap(
      (version): readonly Undecided[] => [
        [
          `an order of live migration that the cluster chooses on ${version}`,
          clusterWith(SEEN, version),
          undeclared("liveMigrationNetworks"),
        ],
        [
          `such an order beside automatic metrics on ${version}, and nothing else`,
          clusterWith([MANAGEMENT, AUTOMATIC, MIGRATION], version),
          undeclared("liveMigrationNetworks"),
        ],
      ],
    ),
    [
      "an order of live migration that is not known on a newer version",
      clusterWith(SEEN, "Windows Server 2022", { liveMigrationNetworks: UNKNOWN }),
      unknown("liveMigrationNetworks"),
    ],
    [
      "an order of live migration that is not known on Windows Server 2008 R2",
      clusterWith([MANAGEMENT, CSV, MIGRATION], R2, { liveMigrationNetworks: UNKNOWN }),
      unknown("liveMigrationNetworks"),
    ],
    ["the nodes of a cluster with networks", [cluster("c1", { networks: [CSV] })], undeclared("nodes")],
    ["a role that is not known", clusterWith([MANAGEMENT, { ...CSV, role: UNKNOWN }]), unknown("networks[1].role")],
    [
      "a metric that is not known, and an automatic one",
      clusterWith([MANAGEMENT, { ...CSV, metric: UNKNOWN }, MIGRATION]),
      `${unknown("networks[1].metric")} ${undeclared("networks[0].metric").replace("c1: ", "")}`,
    ],
  ],
});

describe("cluster-network-metrics by what it prints", () => {
  it("prints what every network will be used for", () => {
    const { messages } = judge(clusterNetworkMetrics, clusterWith([...SAMPLE, ISCSI]));
    assert.deepEqual(messages, [
      [
        'c1 does not use its networks as they are declared: cluster and CSV traffic goes over "Live Migration" (metric 800) instead of "CSV" (metric 1000) and live migration goes over "CSV" (metric 1000) instead of "Live Migration" (metric 800).',
        "What the networks are used for on Windows Server 2008 R2:",
        '- cluster and CSV traffic: "Live Migration" (metric 800); when that fails: "CSV" (metric 1000)',
        '- live migration, by default in this order: "CSV" (metric 1000), then "Management" (automatic metric 10000), then "Live Migration" (metric 800)',
        '- public traffic: "Management" (automatic metric 10000)',
        '- nothing, because cluster communication is not allowed: "iSCSI" (iSCSI)',
        "Why: The network with the lowest metric carries cluster and CSV traffic, the one with the second lowest live migration. The cluster does not know what a network is meant for: it goes by the metrics, and sends the traffic of one network over another without a warning.",
        'Fix: Set a metric below 800 for "CSV", for example 700, so that it carries cluster and CSV traffic.',
        "Source: Designating a Preferred Network for Cluster Shared Volumes Communication, https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-R2-and-2008/ff182335(v=ws.10)",
      ].join("\n"),
    ]);
  });

  it("finds what its own fix repairs", () => {
    const wrong = [
      SAMPLE,
      [MANAGEMENT, { ...CSV, metric: 1200 }, MIGRATION, { ...HEARTBEAT, metric: 500 }],
      [MANAGEMENT, CSV, { ...MIGRATION, metric: 1200 }, HEARTBEAT],
    ];
    for (const networks of wrong) {
      const [message = ""] = judge(clusterNetworkMetrics, clusterWith(networks)).messages;
      const fixes = [...message.matchAll(/for "([^"]+)", for example (\d+)/g)];
      assert.ok(fixes.length > 0, message);
      const repaired = networks.map((one) => {
        const metric = fixes.find(([, name]) => name === one["name"])?.[2];
        return metric === undefined ? one : { ...one, metric: Number(metric) };
      });
      assert.deepEqual(judge(clusterNetworkMetrics, clusterWith(repaired)).findings, []);
    }
  });

  describe("with showUse", () => {
    const show = (resources: ReturnType<typeof clusterWith>) =>
      judge(clusterNetworkMetrics, resources, { showUse: true });

    it("shows what the networks are used for where they are right, as advice, on Windows Server 2008 R2", () => {
      const resources = clusterWith([MANAGEMENT, CSV, MIGRATION, HEARTBEAT, ISCSI]);
      const { messages, advisory, undecided } = show(resources);
      assert.deepEqual(messages, [
        [
          "c1 uses its networks as they are declared.",
          "What the networks are used for on Windows Server 2008 R2:",
          '- cluster and CSV traffic: "CSV" (metric 900); when that fails: "Live Migration" (metric 1000), then "Heartbeat" (metric 1100)',
          '- live migration, by default in this order: "Live Migration" (metric 1000), then "Heartbeat" (metric 1100), then "Management" (automatic metric 10000), then "CSV" (metric 900)',
          '- public traffic: "Management" (automatic metric 10000)',
          '- nothing, because cluster communication is not allowed: "iSCSI" (iSCSI)',
          "Why: The network with the lowest metric carries cluster and CSV traffic, the one with the second lowest live migration. The cluster does not know what a network is meant for: it goes by the metrics, and sends the traffic of one network over another without a warning.",
          "Fix: Nothing has to change.",
          "Source: Designating a Preferred Network for Cluster Shared Volumes Communication, https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-R2-and-2008/ff182335(v=ws.10)",
        ].join("\n"),
      ]);
      assert.deepEqual({ advisory, undecided }, { advisory: ["c1"], undecided: [] });
      for (const setting of [{}, { showUse: false }]) {
        assert.deepEqual(judge(clusterNetworkMetrics, resources, setting).messages, []);
      }
    });

    it("shows it on newer versions, with what the cluster chooses", () => {
      const seen = [SEEN_MANAGEMENT, { ...HEARTBEAT, metric: 30240, autoMetric: true }, ISCSI];
      const [message = ""] = show(clusterWith(seen, "Windows Server 2022")).messages;
      assert.deepEqual(message.split("\n").slice(0, 6), [
        "c1 uses its networks as they are declared.",
        "What the networks are used for on Windows Server 2022:",
        '- cluster and CSV traffic: "Heartbeat" (metric 30240); when that fails: "Management" (metric 70384)',
        '- live migration, in an order that the cluster chooses: one of "Heartbeat" (metric 30240) or "Management" (metric 70384), not known which',
        '- public traffic: "Management"',
        '- nothing, because cluster communication is not allowed: "iSCSI" (iSCSI)',
      ]);
    });

    it("shows what is not known beside the question that would decide it", () => {
      const { findings, messages, undecided } = show(clusterWith([MANAGEMENT, AUTOMATIC, AUTOMATIC_MIGRATION]));
      assert.deepEqual(findings, [
        "c1: c1 does not declare enough of its networks to predict for all of them what they are used for.",
      ]);
      assert.match(messages.join(), /^- cluster and CSV traffic: one of "CSV" .*, not known which; when/m);
      assert.match(
        messages.join(),
        /^Fix: Declare what the undecided finding lists: the metrics that Get-ClusterNetwork shows, or liveMigrationNetworks\.$/m,
      );
      assert.equal(undecided.length, 1);
    });

    it("shows an iSCSI network that the cluster may use, and how to close it", () => {
      const { findings, messages } = show(clusterWith([MANAGEMENT, CSV, MIGRATION, USABLE_STORAGE]));
      assert.deepEqual(findings, ['c1: c1 may use "iSCSI", which is for iSCSI.']);
      assert.match(messages.join(), /^- cluster and CSV traffic: "iSCSI" \(metric 100\); when/m);
      assert.match(messages.join(), /^Fix: Set the role of "iSCSI" to none\.$/m);
    });

    it("says no more where a finding has it already, but in every view, and nothing where nothing is known", () => {
      assert.deepEqual(show(clusterWith(SAMPLE)).messages, judge(clusterNetworkMetrics, clusterWith(SAMPLE)).messages);
      const settings = { asOf: "2012-06-30", parameters: {} };
      const linesOf = (parameters: PlainObject) =>
        clusterNetworkMetrics
          .judge(readEstate(clusterWith(SAMPLE), true), { ...settings, parameters: { ...parameters } })
          .verdicts.filter(isViolation)
          .map(({ problem }) => problem.split("\n").length);
      assert.deepEqual([linesOf({}), linesOf({ showUse: true })], [[1], [6]]);
      for (const resources of [
        clusterWith([MANAGEMENT, { ...CSV, role: UNKNOWN }]),
        clusterWith([MANAGEMENT, CSV], "Windows Server 2008"),
        clusterWith([]),
      ]) {
        assert.deepEqual(show(resources).findings, []);
      }
    });
  });
});

describe("cluster-network-metrics and other resources", () => {
  /** The networks of a component, with metrics that a script sets. */
  function scripted(...commands: readonly string[]) {
    const create = commands.join("\n");
    return [
      ...clusterWith([{ ...CSV, metric: null }, { ...MIGRATION, metric: null }, MANAGEMENT]),
      resource("command:remote:Command", "setup", { connection: { host: "hv1" }, create }),
    ];
  }

  it("Badly: offers no change of the cluster where a script sets the metric", () => {
    const estate = scripted(
      "(Get-ClusterNetwork CSV).Metric = 1200",
      "(Get-ClusterNetwork 'Live Migration').Metric = 800",
    );
    const { violations } = judge(clusterNetworkMetrics, estate);
    assert.deepEqual(
      violations.map(({ change, fix }) => ({ change, fix })),
      [
        {
          change: undefined,
          fix: 'Set a metric below 800 for "CSV", for example 700, so that it carries cluster and CSV traffic.',
        },
      ],
    );
  });
});
