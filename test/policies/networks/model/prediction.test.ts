import assert from "node:assert/strict";
import fc from "fast-check";
import { NETWORK_ROLES, PURPOSES } from "../../../../lib/estate/model";
import { metricSchemeOf, type MetricScheme } from "../../../../lib/tables/metric-schemes";
import { describePrediction } from "../../../../policies/networks/model/describe";
import {
  predict,
  type NetworkFacts,
  type Order,
  type Prediction,
} from "../../../../policies/networks/model/prediction";

const R2 = "windows-server-2008-r2-sp1";

function schemeOf(version: string): MetricScheme {
  const scheme = metricSchemeOf(version);
  assert(scheme !== undefined);
  return scheme;
}

function network(name: string, facts: Partial<NetworkFacts> = {}): NetworkFacts {
  return { name, purpose: undefined, role: "cluster", defaultGateway: false, metric: "automatic", ...facts };
}

const CLIENTS = { role: "clusterAndClient", defaultGateway: true } as const;

function names(order: Order<NetworkFacts>): readonly (readonly string[])[] {
  return order.map((group) => group.map(({ network: { name } }) => name));
}

/** A prediction by names alone. */
function shown(prediction: Prediction<NetworkFacts>) {
  const { clusterTraffic, clusterBackups, liveMigration, liveMigrationBy, publicTraffic, unused } = prediction;
  return {
    cluster: names([clusterTraffic])[0],
    backups: names(clusterBackups),
    migration: names(liveMigration),
    by: liveMigrationBy,
    public: names([publicTraffic])[0],
    unused: unused.map(({ name }) => name),
  };
}

describe("the prediction of what networks are used for", () => {
  it("sends each kind of traffic where the article says", () => {
    const networks = [
      network("Management", { ...CLIENTS, metric: 10000 }),
      network("iSCSI", { role: "none", metric: 20000 }),
      network("Heartbeat", { metric: 1100 }),
      network("Live Migration", { metric: 1000 }),
      network("CSV", { metric: 900 }),
      network("Clients", { ...CLIENTS, metric: 10100 }),
    ];
    assert.deepEqual(shown(predict(networks, schemeOf(R2))), {
      cluster: ["CSV"],
      backups: [["Live Migration"], ["Heartbeat"]],
      migration: [["Live Migration"], ["Heartbeat"], ["Management"], ["Clients"], ["CSV"]],
      by: "metric",
      public: ["Management"],
      unused: ["iSCSI"],
    });
  });

  it("sees that the article's own sample moves cluster and CSV traffic to live migration", () => {
    const networks = [
      network("Management", CLIENTS),
      network("CSV", { metric: 1000 }),
      network("Live Migration", { metric: 800 }),
    ];
    const { cluster, migration } = shown(predict(networks, schemeOf(R2)));
    assert.deepEqual(cluster, ["Live Migration"]);
    assert.deepEqual(migration, [["CSV"], ["Management"], ["Live Migration"]]);
  });

  it("passes over networks on which cluster communication is not allowed, whatever their metric", () => {
    const networks = [network("A", { role: "none", metric: 1 }), network("B", { metric: 500 })];
    assert.deepEqual(shown(predict(networks, schemeOf(R2), ["A", "B"])), {
      cluster: ["B"],
      backups: [],
      migration: [["B"]],
      by: "declaration",
      public: [],
      unused: ["A"],
    });
    assert.deepEqual(shown(predict([network("A", { role: "none" })], schemeOf(R2))).cluster, []);
  });

  it("knows the range of automatic metrics on Windows Server 2008 R2, and not their order", () => {
    const networks = [
      network("B"),
      network("A"),
      network("C", CLIENTS),
      network("D", CLIENTS),
      network("E", { metric: 1099 }),
    ];
    const { preference } = predict(networks, schemeOf(R2));
    assert.deepEqual(
      preference.map((group) => group.map(({ network: { name }, from, to }) => [name, from, to])),
      [
        [
          ["A", 1000, 1200],
          ["B", 1000, 1200],
          ["E", 1099, 1099],
        ],
        [
          ["C", 10000, 10100],
          ["D", 10000, 10100],
        ],
      ],
    );
    assert.deepEqual(names(predict([network("A"), network("B", { metric: 999 })], schemeOf(R2)).preference), [
      ["B"],
      ["A"],
    ]);
  });

  it("cannot order automatic metrics of newer versions, which no document tells", () => {
    const networks = [network("A"), network("B", { metric: 5 }), network("C", { role: "clusterAndClient", metric: 7 })];
    for (const version of ["windows-server-2012", "windows-server-2022", "azure-local"]) {
      const prediction = shown(predict(networks, schemeOf(version)));
      assert.deepEqual([prediction.cluster, prediction.by, prediction.public], [["A", "B", "C"], "topology", ["C"]]);
      const manual = shown(predict(networks.slice(1), schemeOf(version)));
      assert.deepEqual([manual.cluster, manual.backups], [["B"], [["C"]]]);
    }
    for (const version of ["windows-server-2008", "windows-server-2008-sp2"]) {
      assert.equal(metricSchemeOf(version), undefined);
    }
  });

  it("takes the declared order of live migration, by names without regard to case", () => {
    const networks = [network("A", { metric: 1 }), network("B", { metric: 2 }), network("C", { metric: 3 })];
    assert.deepEqual(shown(predict(networks, schemeOf(R2), ["c", "a"])).migration, [["C"], ["A"]]);
    const unknown = shown(predict(networks, schemeOf(R2), "unknown"));
    assert.deepEqual([unknown.migration, unknown.by], [[["A", "B", "C"]], "unknown"]);
  });

  it("has no public network below 10000, and none without clients", () => {
    const networks = [
      network("A", { role: "clusterAndClient", metric: 9999 }),
      network("B", { metric: 10000 }),
      network("C", { role: "clusterAndClient", metric: 10001 }),
    ];
    assert.deepEqual(shown(predict(networks, schemeOf(R2))).public, ["C"]);
    assert.deepEqual(shown(predict(networks.slice(0, 2), schemeOf(R2))).public, []);
  });

  it("is described in lines", () => {
    const networks = [
      network("Management", CLIENTS),
      network("CSV", { metric: 900 }),
      network("LM"),
      network("Spare"),
      network("iSCSI", { role: "none", defaultGateway: true, purpose: "iscsi" }),
    ];
    const lines = (version: string, order?: readonly string[]) =>
      describePrediction(predict(networks, schemeOf(version), order), version, schemeOf(version));
    const spare =
      'one of "LM" (automatic metric from 1000 to 1200) or "Spare" (automatic metric from 1000 to 1200), not known which';
    const management = '"Management" (automatic metric from 10000 to 10100)';
    const closed = '- nothing, because cluster communication is not allowed: "iSCSI" (iSCSI)';
    assert.deepEqual(lines(R2), [
      "What the networks are used for on Windows Server 2008 R2 with Service Pack 1:",
      `- cluster and CSV traffic: "CSV" (metric 900); when that fails: ${spare}`,
      `- live migration, by default in this order: ${spare}, then ${management}, then "CSV" (metric 900)`,
      `- public traffic: ${management}`,
      closed,
    ]);
    assert.deepEqual(lines("windows-server-2022", ["LM"]), [
      "What the networks are used for on Windows Server 2022:",
      '- cluster and CSV traffic: one of "LM" (automatic metric), "Management" (automatic metric), "Spare" (automatic metric) or "CSV" (metric 900), not known which; when that fails: another of them',
      '- live migration, in the declared order: "LM" (automatic metric)',
      '- public traffic: "Management"',
      closed,
    ]);
  });

  it("leaves no network out when it is described in lines", () => {
    const networks = [
      network("CSV", { metric: 900 }),
      network("Management", { ...CLIENTS, metric: 10000 }),
      network("Backup", { ...CLIENTS, metric: 10100 }),
      network("Guests", { role: "none" }),
    ];
    const scheme = schemeOf(R2);
    assert.deepEqual(describePrediction(predict(networks, scheme, ["CSV"]), R2, scheme).slice(1), [
      '- cluster and CSV traffic: "CSV" (metric 900); when that fails: none',
      '- live migration, in the declared order: "CSV" (metric 900)',
      '- public traffic: "Management" (metric 10000)',
      '- none of these: "Backup"',
      '- nothing, because cluster communication is not allowed: "Guests"',
    ]);
    assert.deepEqual(describePrediction(predict(networks.slice(0, 1), scheme), R2, scheme).slice(1), [
      '- cluster and CSV traffic: "CSV" (metric 900); when that fails: none',
      '- live migration, by default in this order: "CSV" (metric 900)',
      "- public traffic: none",
      "- nothing, because cluster communication is not allowed: none",
    ]);
  });

  describe("for any networks", () => {
    const metrics = fc.oneof(fc.integer({ min: 1, max: 12000 }), fc.constant("automatic" as const));
    const facts = fc.record({
      purpose: fc.constantFrom(undefined, ...PURPOSES),
      role: fc.constantFrom(...NETWORK_ROLES),
      defaultGateway: fc.boolean(),
      metric: fc.oneof(metrics, fc.constant("unknown" as const)),
    });
    const networks = fc
      .array(facts, { maxLength: 8 })
      .map((items) => items.map((item, index) => ({ name: `N${String(index)}`, ...item })));
    const versions = fc.constantFrom(R2, "windows-server-2008-r2", "windows-server-2012-r2", "windows-server-2025");
    const orders = fc.option(fc.constantFrom<readonly string[]>(["N1", "N0"], ["N3"]), { nil: undefined });

    it("does not depend on the order in which they are declared", () => {
      const cases = networks.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
      );
      fc.assert(
        fc.property(cases, versions, orders, ([list, shuffled], version, order) => {
          assert.deepEqual(predict(shuffled, schemeOf(version), order), predict(list, schemeOf(version), order));
        }),
      );
    });

    it("gives cluster and CSV traffic to the lowest metric that it may use", () => {
      const manual = fc
        .uniqueArray(fc.integer({ min: 1, max: 20000 }), { minLength: 1, maxLength: 8 })
        .chain((list) =>
          fc.tuple(fc.constant(list), fc.array(facts, { minLength: list.length, maxLength: list.length })),
        );
      fc.assert(
        fc.property(manual, versions, ([list, others], version) => {
          const all = list.map((metric, index) => ({
            name: `N${String(index)}`,
            ...(others[index] ?? network("")),
            metric,
          }));
          const named = all.map((item, index) => ({ ...item, name: `N${String(index)}` }));
          const lowest = Math.min(...named.filter(({ role }) => role !== "none").map(({ metric }) => metric));
          const { clusterTraffic } = predict(named, schemeOf(version));
          const expected = named.filter(({ metric, role }) => metric === lowest && role !== "none");
          assert.deepEqual(
            clusterTraffic.map(({ network: item }) => item),
            expected,
          );
        }),
      );
    });

    it("keeps every order that the automatic metrics may turn out to have", () => {
      fc.assert(
        fc.property(networks, versions, fc.infiniteStream(fc.nat()), (list, version, random) => {
          const { preference, clusterTraffic } = predict(list, schemeOf(version));
          const drawn = preference.flat().map((item) => {
            const width = Math.min(item.to, 100000) - item.from;
            const step = (random.next().value ?? 0) % (Math.floor(width / 100) + 1);
            return { item, metric: item.from + 100 * step };
          });
          const lowest = Math.min(...drawn.map(({ metric }) => metric));
          for (const { item, metric } of drawn) assert(metric !== lowest || clusterTraffic.includes(item));
        }),
      );
    });

    it("is described with the name of each of them", () => {
      fc.assert(
        fc.property(networks, versions, orders, (list, version, order) => {
          const scheme = schemeOf(version);
          const text = describePrediction(predict(list, scheme, order), version, scheme).join("\n");
          for (const { name } of list) assert(text.includes(`"${name}"`), `${name}: ${text}`);
        }),
      );
    });

    it("uses each network that it may, and none that it may not", () => {
      fc.assert(
        fc.property(networks, versions, (list, version) => {
          const { preference, liveMigration, unused } = predict(list, schemeOf(version));
          const usable = list.filter(({ role }) => role !== "none").map(({ name }) => name);
          assert.deepEqual(names(preference).flat().sort(), usable.sort());
          assert.deepEqual(names(liveMigration).flat().sort(), usable.sort());
          assert.equal(unused.length, list.length - usable.length);
        }),
      );
    });
  });
});
