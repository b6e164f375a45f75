import assert from "node:assert/strict";
import { readEstate } from "../../../lib/dialects/read-estate";
import type { PlainObject } from "../../../lib/estate/plain";
import { isViolation } from "../../../lib/rules/verdict";
import { clusterNetworkMetrics as rule } from "../../../policies/networks/cluster-network-metrics";
import { cluster, judge, MALFORMED, UNKNOWN } from "../../kit";
import { clusterWith, CSV, HEARTBEAT, ISCSI, MANAGEMENT, MIGRATION, network, said, SILENT } from "./networks";

const AUTOMATIC = { ...CSV, metric: null };

describe("cluster-network-metrics", () => {
  it("accepts CSV lowest, live migration second lowest, the heartbeat behind and management from 10000 on", () => {
    assert.deepEqual(said(rule, clusterWith([MANAGEMENT, CSV, MIGRATION, HEARTBEAT, ISCSI])), SILENT);
    assert.deepEqual(said(rule, clusterWith([ISCSI, HEARTBEAT, MIGRATION, CSV, MANAGEMENT])), SILENT);
  });

  it("catches the article's own sample, and prints what every network will be used for", () => {
    const networks = [MANAGEMENT, { ...CSV, metric: 1000 }, { ...MIGRATION, metric: 800 }, ISCSI];
    const { messages } = judge(rule, clusterWith(networks));
    assert.deepEqual(messages, [
      [
        'c1 does not use its networks as they are declared: cluster and CSV traffic goes over "Live Migration" (metric 800) instead of "CSV" (metric 1000) and live migration goes over "CSV" (metric 1000) instead of "Live Migration" (metric 800).',
        "What the networks are used for on Windows Server 2008 R2:",
        '- cluster and CSV traffic: "Live Migration" (metric 800); when that fails: "CSV" (metric 1000)',
        '- live migration, by default in this order: "CSV" (metric 1000), then "Management" (automatic metric 10000), then "Live Migration" (metric 800)',
        '- public traffic: "Management" (automatic metric 10000)',
        '- nothing, because cluster communication is not allowed: "iSCSI" (iSCSI)',
        "Why: The network with the lowest metric carries cluster and CSV traffic, the one with the second lowest live migration. The cluster does not know what a network is meant for: it goes by the metrics, and sends the traffic of one network over another without a word.",
        'Fix: Set a metric below 800 for "CSV", for example 700, so that it carries cluster and CSV traffic.',
        "Source: Designating a Preferred Network for Cluster Shared Volumes Communication, https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-R2-and-2008/ff182335(v=ws.10)",
      ].join("\n"),
    ]);
  });

  it("catches it as well while the metric of CSV is automatic, whichever it turns out to be", () => {
    const { findings, undecided } = said(
      rule,
      clusterWith([MANAGEMENT, AUTOMATIC, { ...MIGRATION, metric: 800 }, ISCSI]),
    );
    assert.equal(findings.length, 1);
    assert.match(findings[0] ?? "", /instead of "CSV" \(automatic metric from 1000 to 1200\)/);
    assert.deepEqual(undecided, []);
  });

  it("finds what its own fix repairs", () => {
    const wrong = [
      [MANAGEMENT, { ...CSV, metric: 1000 }, { ...MIGRATION, metric: 800 }],
      [MANAGEMENT, { ...CSV, metric: 1200 }, MIGRATION, { ...HEARTBEAT, metric: 500 }],
      [MANAGEMENT, CSV, { ...MIGRATION, metric: 1200 }, HEARTBEAT],
    ];
    for (const networks of wrong) {
      const [message = ""] = judge(rule, clusterWith(networks)).messages;
      const fixes = [...message.matchAll(/for "([^"]+)", for example (\d+)/g)];
      assert.ok(fixes.length > 0, message);
      const repaired = networks.map((one) => {
        const metric = fixes.find(([, name]) => name === one["name"])?.[2];
        return metric === undefined ? one : { ...one, metric: Number(metric) };
      });
      assert.deepEqual(said(rule, clusterWith(repaired)), SILENT);
    }
  });

  it("finds networks with the same metric", () => {
    const [finding] = said(rule, clusterWith([MANAGEMENT, { ...CSV, metric: 1000 }, MIGRATION])).findings;
    assert.match(
      finding ?? "",
      /cluster and CSV traffic goes over one of "CSV" \(metric 1000\) or "Live Migration" \(metric 1000\), whose metrics are the same/,
    );
  });

  it("finds public traffic on a private network, or on none", () => {
    const clients = network("Clients", "public", "clusterAndClient", { metric: 500 });
    const { findings } = said(rule, clusterWith([{ ...CSV, metric: 100 }, { ...MIGRATION, metric: 200 }, clients]));
    assert.match(findings.join(), /public traffic goes over no network instead of "Clients" \(metric 500\)\.$/);
  });

  it("leaves a declared order of live migration to its own rule", () => {
    const networks = [MANAGEMENT, CSV, { ...MIGRATION, metric: 1200 }, HEARTBEAT];
    assert.deepEqual(
      said(rule, clusterWith(networks, "2008 R2", { liveMigrationNetworks: ["Live Migration"] })),
      SILENT,
    );
  });

  it("cannot order two automatic metrics, and says so", () => {
    const networks = [MANAGEMENT, AUTOMATIC, { ...MIGRATION, metric: null }];
    assert.deepEqual(said(rule, clusterWith(networks)), {
      findings: [],
      undecided: [
        "c1: networks[1].metric and networks[2].metric are not declared: not checked by cluster-network-metrics.",
      ],
      advisory: [],
    });
  });

  it("cannot tell automatic metrics of newer versions, and takes those that are declared", () => {
    for (const version of ["Windows Server 2012", "Windows Server 2022", "Azure Local"]) {
      const order = { liveMigrationNetworks: ["Live Migration"] };
      assert.deepEqual(said(rule, clusterWith([MANAGEMENT, AUTOMATIC], version, order)).undecided, [
        "c1: networks[0].metric and networks[1].metric are not declared: not checked by cluster-network-metrics.",
      ]);
      const seen = [
        { ...MANAGEMENT, metric: 70384, autoMetric: true },
        { ...CSV, metric: 30240, autoMetric: true },
      ];
      assert.deepEqual(said(rule, clusterWith(seen, version)), SILENT);
      const wrong = [{ ...MANAGEMENT, metric: 10 }, CSV];
      assert.match(
        said(rule, clusterWith(wrong, version)).findings.join(),
        /goes over "Management" \(metric 10\) instead of "CSV"/,
      );
    }
  });

  it("asks who lets the cluster choose the order of live migration for that order, and for nothing else", () => {
    const line = (reason: string) => ({
      findings: [],
      undecided: [`c1: liveMigrationNetworks is not ${reason}: not checked by cluster-network-metrics.`],
      advisory: [],
    });
    const seen = [
      network("CSV", "clusterSharedVolumes", "cluster", { metric: 30240, autoMetric: true }),
      network("LM", "liveMigration", "cluster", { metric: 30340, autoMetric: true }),
      { ...MANAGEMENT, metric: 70384, autoMetric: true },
    ];
    for (const version of ["Windows Server 2012", "Windows Server 2012 R2", "Windows Server 2022"]) {
      assert.deepEqual(said(rule, clusterWith(seen, version)), line("declared"), version);
      assert.deepEqual(said(rule, clusterWith([MANAGEMENT, AUTOMATIC, MIGRATION], version)), line("declared"), version);
    }
    for (const [networks, version] of [
      [seen, "Windows Server 2022"],
      [[MANAGEMENT, CSV, MIGRATION], "Windows Server 2008 R2"],
    ] as const) {
      const resources = clusterWith([...networks], version, { liveMigrationNetworks: UNKNOWN });
      assert.deepEqual(said(rule, resources), line("known until deployment"), version);
    }
  });

  it("says what repairs the traffic that goes wrong", () => {
    const fixes = (networks: PlainObject[], version?: string) =>
      judge(rule, clusterWith(networks, version)).messages.map((text) => /^Fix: (.*)$/m.exec(text)?.[1]);
    const clients = network("Public", "public", "clusterAndClient", { metric: 10200, defaultGateway: true });
    const backup = network("Backup", "backup", "clusterAndClient", { metric: 10100 });
    assert.deepEqual(fixes([CSV, MIGRATION, backup, clients]), [
      'Set a metric from 10000 on for "Public", and a higher one for "Backup".',
    ]);
    assert.deepEqual(
      fixes([
        { ...CSV, metric: 100 },
        { ...MIGRATION, metric: 200 },
        { ...clients, metric: 500 },
      ]),
      ['Set a metric from 10000 on for "Public".'],
    );
    assert.deepEqual(fixes([network("Private", "liveMigration", "cluster"), MANAGEMENT]), [
      'Declare liveMigrationNetworks of the cluster, with "Private" first.',
    ]);
    assert.deepEqual(fixes([{ ...MANAGEMENT, metric: 10 }, CSV], "Windows Server 2022"), [
      'Give "CSV" the lowest metric.',
    ]);
  });

  describe("with showUse", () => {
    const show = (resources: ReturnType<typeof clusterWith>) => judge(rule, resources, { showUse: true });

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
          "Why: The network with the lowest metric carries cluster and CSV traffic, the one with the second lowest live migration. The cluster does not know what a network is meant for: it goes by the metrics, and sends the traffic of one network over another without a word.",
          "Fix: Nothing has to change.",
          "Source: Designating a Preferred Network for Cluster Shared Volumes Communication, https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-R2-and-2008/ff182335(v=ws.10)",
        ].join("\n"),
      ]);
      assert.deepEqual({ advisory, undecided }, { advisory: ["c1"], undecided: [] });
      for (const setting of [{}, { showUse: false }]) assert.deepEqual(judge(rule, resources, setting).messages, []);
    });

    it("shows it on newer versions, with what the cluster chooses", () => {
      const seen = [
        { ...MANAGEMENT, metric: 70384, autoMetric: true },
        { ...HEARTBEAT, metric: 30240, autoMetric: true },
        ISCSI,
      ];
      const [message = ""] = show(clusterWith(seen, "Windows Server 2022")).messages;
      assert.deepEqual(message.split("\n").slice(0, 6), [
        "c1 uses its networks as they are declared.",
        "What the networks are used for on Windows Server 2022:",
        '- cluster and CSV traffic: "Heartbeat" (metric 30240); when that fails: "Management" (metric 70384)',
        '- live migration, in an order that the cluster chooses: one of "Heartbeat" (metric 30240) or "Management" (metric 70384), not decidable which',
        '- public traffic: "Management"',
        '- nothing, because cluster communication is not allowed: "iSCSI" (iSCSI)',
      ]);
    });

    it("shows what is not decidable beside the question that would decide it", () => {
      const { findings, messages, undecided } = show(
        clusterWith([MANAGEMENT, AUTOMATIC, { ...MIGRATION, metric: null }]),
      );
      assert.deepEqual(findings, [
        "c1: c1 does not tell enough of its networks to say for all of them what they are used for.",
      ]);
      assert.match(messages.join(), /^- cluster and CSV traffic: one of "CSV" .*, not decidable which; when/m);
      assert.match(
        messages.join(),
        /^Fix: Declare what undecided asks for: the metrics that Get-ClusterNetwork shows, or liveMigrationNetworks\.$/m,
      );
      assert.equal(undecided.length, 1);
    });

    it("shows an iSCSI network that the cluster may use, and how to close it", () => {
      const storage = { ...ISCSI, role: "cluster", metric: 100 };
      const { findings, messages } = show(clusterWith([MANAGEMENT, CSV, MIGRATION, storage]));
      assert.deepEqual(findings, ['c1: c1 may use "iSCSI", which is for iSCSI.']);
      assert.match(messages.join(), /^- cluster and CSV traffic: "iSCSI" \(metric 100\); when/m);
      assert.match(messages.join(), /^Fix: Set the role of "iSCSI" to none\.$/m);
    });

    it("says no more where a finding has it already, but in every view, and nothing where nothing is known", () => {
      const wrong = [MANAGEMENT, { ...CSV, metric: 1000 }, { ...MIGRATION, metric: 800 }];
      assert.deepEqual(show(clusterWith(wrong)).messages, judge(rule, clusterWith(wrong)).messages);
      const settings = { asOf: "2012-06-30", parameters: {} };
      const linesOf = (parameters: object) =>
        rule
          .judge(readEstate(clusterWith(wrong), true), { ...settings, parameters: { ...parameters } })
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

  it("leaves an iSCSI network that the cluster may use to cluster-network-use", () => {
    const storage = { ...ISCSI, role: "cluster", metric: 100 };
    assert.deepEqual(said(rule, clusterWith([MANAGEMENT, CSV, MIGRATION, storage])), SILENT);
    assert.equal(
      said(rule, clusterWith([MANAGEMENT, CSV, MIGRATION, { ...storage, purpose: "backup" }])).findings.length,
      1,
    );
  });

  it("is silent where no networks are declared, asks for nodes where they are, and knows no metrics before 2008 R2", () => {
    assert.deepEqual(said(rule, clusterWith([])), SILENT);
    assert.deepEqual(said(rule, [cluster("c1")]), SILENT);
    assert.deepEqual(said(rule, [cluster("c1", { networks: [CSV] })]).undecided, [
      "c1: nodes is not declared: not checked by cluster-network-metrics.",
    ]);
    assert.deepEqual(said(rule, clusterWith([MANAGEMENT, AUTOMATIC, MIGRATION], "Windows Server 2008")), SILENT);
  });

  it("reports what is certain, says what is not, and leaves what is malformed to the estate rule", () => {
    const open = (property: string) => [
      `c1: ${property} is not known until deployment: not checked by cluster-network-metrics.`,
    ];
    assert.deepEqual(
      said(rule, clusterWith([MANAGEMENT, { ...CSV, role: UNKNOWN }])).undecided,
      open("networks[1].role"),
    );
    const metric = said(rule, clusterWith([MANAGEMENT, { ...CSV, metric: UNKNOWN }, MIGRATION]));
    assert.deepEqual(metric.findings, []);
    assert.deepEqual(metric.undecided, [
      "c1: networks[1].metric is not known until deployment: not checked by cluster-network-metrics. " +
        "networks[0].metric is not declared: not checked by cluster-network-metrics.",
    ]);
    for (const value of MALFORMED) {
      assert.deepEqual(said(rule, clusterWith([MANAGEMENT, { ...CSV, role: value }])), SILENT);
    }
  });
});
