import assert from "node:assert/strict";
import { PURPOSES } from "../../../lib/estate/model";
import { hostVersions } from "../../../lib/tables/host-versions";
import { metricSchemeOf, metricSchemes, readMetricSchemes } from "../../../lib/tables/metric-schemes";
import metricSchemeData from "../../../lib/tables/metric-schemes.json";
import { networkLayouts, networkLayoutsOf, readNetworkLayouts } from "../../../lib/tables/network-layouts";
import networkLayoutData from "../../../lib/tables/network-layouts.json";
import {
  bandwidthWeight,
  hasNetworkCapability,
  networkLimit,
  networkStatement,
  networkSupport,
  readNetworkSupport,
  recommendedRole,
  type NetworkCapabilityItem,
  type NetworkLimitItem,
} from "../../../lib/tables/network-support";
import networkSupportData from "../../../lib/tables/network-support.json";
import { copyOf, lines } from "./kit";

// The guide's table of layouts and the article's, typed row by row: adapters by purpose, with speed in Gbps and caps.
const LAYOUTS = lines(`
| eight-adapters            | recommended    | management | virtualMachines ×2 | iscsi ×2 | cluster | liveMigration | clusterSharedVolumes |
| six-adapters              | recommended    | management | virtualMachines ×2 | cluster | liveMigration | clusterSharedVolumes |
| four-1-gbps               | recommended    | virtualMachines 1G | management 1G | cluster+clusterSharedVolumes 1G | liveMigration 1G |
| three-1-gbps              | supported      | virtualMachines+management 1G management≤10 | cluster+clusterSharedVolumes 1G | liveMigration 1G |
| three-1-gbps-private-team | supported      | virtualMachines+management 1G management≤10 | cluster+clusterSharedVolumes+liveMigration ×2 1G liveMigration≤40 |
| four-adapters-iscsi       | supported      | iscsi ×2 | virtualMachines+management 10G management≤1 | cluster+clusterSharedVolumes+liveMigration 10G liveMigration≤50 |
| two-10-gbps               | supported      | virtualMachines+management 10G management≤1 | cluster+clusterSharedVolumes+liveMigration 10G liveMigration≤50 |
| two-10-gbps-one-1-gbps    | supported      | virtualMachines 10G | management 1G | cluster+clusterSharedVolumes+liveMigration 10G liveMigration≤50 |
| two-10-gbps-two-1-gbps    | supported      | virtualMachines 10G | management 1G | cluster+clusterSharedVolumes 1G | liveMigration 10G |
| three-1-gbps-public-team  | notRecommended | virtualMachines+management ×2 1G management≤5 | cluster+clusterSharedVolumes+liveMigration 1G liveMigration≤90 |
| two-1-gbps                | notRecommended | virtualMachines+management 1G management≤10 | cluster+clusterSharedVolumes+liveMigration 1G liveMigration≤90 |
| one-10-gbps-one-1-gbps    | notRecommended | virtualMachines+management 10G management≤10 | cluster+clusterSharedVolumes+liveMigration 1G liveMigration≤90 |
`);

const R2 = ["windows-server-2008-r2", "windows-server-2008-r2-sp1"];
const FROM_2012 = ["2012", "2012-r2", "2016", "2019", "2022", "2025"].map((year) => `windows-server-${year}`);
const AZURE = ["azure-stack-hci", "azure-local"];
const FROM_2016 = ["2016", "2019", "2022", "2025"].map((year) => `windows-server-${year}`);

function versionsWith(item: NetworkCapabilityItem): readonly string[] {
  return hostVersions()
    .map(({ id }) => id)
    .filter((id) => hasNetworkCapability(id, item));
}

describe("network layouts", () => {
  it("are those of the documents, and no others", () => {
    const found = networkLayouts().map(({ id, verdict, links }) => [
      id,
      verdict,
      ...links.map(({ purposes, adapters, speedMbps, caps = [] }) =>
        [
          purposes.join("+"),
          ...(adapters === 1 ? [] : [`×${String(adapters)}`]),
          ...(speedMbps === undefined ? [] : [`${String(speedMbps / 1000)}G`]),
          ...caps.map(({ purpose, percent }) => `${purpose}≤${String(percent)}`),
        ].join(" "),
      ),
    ]);
    assert.deepEqual(found, LAYOUTS);
  });

  it("are of Windows Server 2008 R2 alone", () => {
    for (const { id } of hostVersions()) {
      assert.equal(networkLayoutsOf(id).length, R2.includes(id) ? LAYOUTS.length : 0, id);
    }
  });

  it("are converged where live migration or management shares a link", () => {
    for (const { id, converged, links } of networkLayouts()) {
      const shares = links.some(
        ({ purposes }) =>
          purposes.length > 1 && (purposes.includes("liveMigration") || purposes.includes("management")),
      );
      assert.equal(converged, shares, id);
    }
  });
});

describe("metrics of cluster networks", () => {
  it("count from 1000 and from 10000 by 100 on Windows Server 2008 R2", () => {
    for (const id of R2) {
      assert.deepEqual(metricSchemeOf(id)?.automatic, { privateFrom: 1000, publicFrom: 10000, step: 100 });
      assert.equal(metricSchemeOf(id)?.liveMigrationByMetric, true);
    }
  });

  it("are not documented from Windows Server 2012 on, and none before Windows Server 2008 R2", () => {
    for (const id of [...FROM_2012, ...AZURE]) {
      assert.equal(metricSchemeOf(id)?.automatic, undefined);
      assert.equal(metricSchemeOf(id)?.liveMigrationByMetric, false);
    }
    assert.equal(metricSchemes().flatMap(({ hosts }) => hosts).length, R2.length + FROM_2012.length + AZURE.length);
  });
});

describe("what hosts can do with networks", () => {
  it("grew from version to version", () => {
    assert.deepEqual(versionsWith("liveMigration"), [...R2, ...FROM_2012, ...AZURE]);
    assert.deepEqual(versionsWith("clusterSharedVolumes"), [...R2, ...FROM_2012, ...AZURE]);
    assert.deepEqual(versionsWith("minimumBandwidth"), [...FROM_2012, ...AZURE]);
    assert.deepEqual(versionsWith("nicTeaming"), [...FROM_2012, ...AZURE]);
    assert.deepEqual(versionsWith("switchEmbeddedTeaming"), [...FROM_2016, ...AZURE]);
    assert.deepEqual(
      versionsWith("nicTeamingUnderSwitch"),
      ["2012", "2012-r2", "2016", "2019"].map((year) => `windows-server-${year}`),
    );
  });

  it("has its numbers", () => {
    const value = (host: string, item: NetworkLimitItem): number | undefined => networkLimit(host, item)?.value;
    for (const id of R2) {
      assert.equal(value(id, "partitionsPerPort"), 4);
      assert.deepEqual([value(id, "liveMigrationSpeed"), value(id, "physicalAdapters")], [1000, undefined]);
    }
    for (const id of [...FROM_2012, ...AZURE]) {
      assert.equal(value(id, "partitionsPerPort"), undefined);
      assert.deepEqual([value(id, "liveMigrationSpeed"), value(id, "physicalAdapters")], [1000, 2]);
      assert.equal(
        value(id, "switchEmbeddedTeamAdapters"),
        versionsWith("switchEmbeddedTeaming").includes(id) ? 8 : undefined,
      );
    }
  });

  it("has the suggested weights and the recommended roles from Windows Server 2012 on", () => {
    for (const { id } of hostVersions()) {
      const known = [...FROM_2012, ...AZURE].includes(id);
      const weights = PURPOSES.map((purpose) => bandwidthWeight(id, purpose)?.weight);
      const roles = PURPOSES.map((purpose) => recommendedRole(id, purpose)?.role);
      const none = PURPOSES.map(() => undefined);
      // In the order of the purposes: management, virtual machines, iSCSI, cluster, CSV, live migration, replica.
      assert.deepEqual(weights, known ? [10, 5, 40, 10, 10, 40, 10, undefined, undefined] : none, id);
      const recommended = ["clusterAndClient", "none", undefined, "cluster", "cluster", "cluster", "clusterAndClient"];
      assert.deepEqual(roles, known ? [...recommended, undefined, undefined] : none, id);
    }
  });

  it("knows the practice to reserve a virtual switch, and from which versions it was not read", () => {
    const found = hostVersions().map(({ id }) => {
      const row = networkStatement(id, "switchReserved");
      return [id, row?.source, row?.confidence];
    });
    const row = (source: string | undefined, confidence: string | undefined) => (year: string) => [
      `windows-server-${year}`,
      source,
      confidence,
    ];
    assert.deepEqual(
      [...found].sort(),
      [
        ...["2008", "2008-sp2", "2008-r2", "2008-r2-sp1"].map(row("guest-only-networks-2009", "blog")),
        ...["2016", "2019", "2022"].map(row("bpa-2016", "official")),
        ...["2012", "2012-r2", "2025"].map(row("bpa-2016", "unverified")),
        ...AZURE.map((id) => [id, undefined, undefined]),
      ].sort(),
    );
  });

  it("says one thing on a topic to a version", () => {
    const { statements, capabilities, limits } = networkSupport();
    const documented = [
      ...statements.flatMap(({ topic, hosts }) => hosts.map((host) => `${topic} ${host}`)),
      ...capabilities.flatMap(({ item, hosts }) => hosts.map((host) => `${item} ${host}`)),
      ...limits.flatMap(({ item, hosts }) => hosts.map((host) => `${item} ${host}`)),
    ].filter((line, index, all) => all.indexOf(line) !== index);
    assert.deepEqual(
      documented.filter((line) => !line.startsWith("liveMigrationSpeed") && !line.startsWith("minimumBandwidth ")),
      [],
    );
    assert.match(networkStatement("windows-server-2008", "iscsiDedicated")?.statement ?? "", /must be dedicated/);
    assert.match(networkStatement("windows-server-2008-r2", "iscsiDedicated")?.statement ?? "", /should be dedicated/);
  });
});

describe("tables of networks", () => {
  const versions = new Set(hostVersions().map(({ id }) => id));

  it("name host versions that exist", () => {
    const { capabilities, limits, statements, weights, roles } = networkSupport();
    for (const { hosts } of [
      ...networkLayouts(),
      ...metricSchemes(),
      ...capabilities,
      ...limits,
      ...statements,
      ...weights,
      ...roles,
    ]) {
      for (const id of hosts) assert.ok(versions.has(id), id);
    }
  });

  it("that do not fit are refused, with the place", () => {
    const layouts = copyOf(networkLayoutData) as { layouts: { links: { adapters: unknown }[] }[] };
    const [layout] = layouts.layouts;
    assert(layout?.links[0] !== undefined);
    layout.links[0].adapters = "two";
    assert.throws(
      () => readNetworkLayouts(layouts),
      /network-layouts\.json.*row 0 \(eight-adapters\), field links\.0\.adapters: must be integer/,
    );
    const schemes = copyOf(metricSchemeData) as { schemes: { remark?: string }[] };
    delete schemes.schemes[0]?.remark;
    assert.throws(() => readMetricSchemes(schemes), /metric-schemes\.json.*row 0 \(2008-r2\), field remark/);
    const support = copyOf(networkSupportData) as { limits: { value: number }[] };
    const [limit] = support.limits;
    assert(limit !== undefined);
    limit.value = 0;
    assert.throws(() => readNetworkSupport(support), /network-support\.json.*limits, row 0, field value: must be >= 1/);
  });
});
