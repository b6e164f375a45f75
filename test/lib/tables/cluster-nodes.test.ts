import assert from "node:assert/strict";
import {
  clusterStatement,
  readClusterNodes,
  rollingUpgrade,
  type ClusterTopic,
} from "../../../lib/tables/cluster-nodes";
import data from "../../../lib/tables/cluster-nodes.json";
import { hostVersions } from "../../../lib/tables/host-versions";
import { TableError } from "../../../lib/tables/load";
import { copyOf, lines } from "./kit";

const OLD = ["windows-server-2008", "windows-server-2008-sp2"];
const R2 = ["windows-server-2008-r2", "windows-server-2008-r2-sp1"];
const V2012 = ["windows-server-2012", "windows-server-2012-r2"];
const NEW = [
  "windows-server-2016",
  "windows-server-2019",
  "windows-server-2022",
  "windows-server-2025",
  "azure-stack-hci",
];
const LOCAL = ["azure-local"];

// Typed from the documents: topic, host versions, document, confidence, and its words in short.
const STATEMENTS = lines(`
| sameVersion | R2 | live-migration-faq | official | Nodes of one failover cluster cannot run different versions, and should have the same service packs and updates. |
| sameVersion | OLD | live-migration-faq | derived | Nodes of one failover cluster cannot run different versions. |
| sameVersion | V2012 | two-node-cluster | derived | The servers of a failover cluster must run the same version of Windows Server, and should have the same updates. |
| sameVersion | NEW | two-node-cluster | derived | The servers of a failover cluster must run the same version of Windows Server, and should have the same updates. |
| sameVersion | LOCAL | two-node-cluster | derived | The servers of a failover cluster must run the same version of Windows Server, and should have the same updates. |
| sameProcessorVendor | OLD | live-migration-faq | official | Live migration does not work between processors of different manufacturers. |
| sameProcessorVendor | R2 | live-migration-faq | official | Live migration does not work between processors of different manufacturers. |
| sameProcessorVendor | LOCAL | azure-local-requirements | official | Each machine must be the same model and manufacturer, and have the same processor types, network adapters and drives. |
| sameProcessorVendor | V2012 | processor-compatibility | official | Running virtual machines can only be migrated between hosts with processors from the same manufacturer. |
| sameProcessorVendor | NEW | processor-compatibility | official | Running virtual machines can only be migrated between hosts with processors from the same manufacturer. |
| spareNode | R2 | limits-2008-r2 | official | Keep the capacity of one node free for the virtual machines of a node that fails. |
| quorumWitness | V2012 | quorum-witness | derived | When a cluster contains an even number of voting nodes, you should configure a witness. |
| quorumWitness | NEW | quorum-witness | derived | When a cluster contains an even number of voting nodes, you should configure a witness. |
| quorumWitness | LOCAL | quorum-witness | derived | When a cluster contains an even number of voting nodes, you should configure a witness. |
| sameDomain | OLD | failover-clustering-2016 | official | In Windows Server 2012 R2 and earlier a cluster can only be created of nodes that are joined to the same domain. |
| sameDomain | R2 | failover-clustering-2016 | official | In Windows Server 2012 R2 and earlier a cluster can only be created of nodes that are joined to the same domain. |
| sameDomain | V2012 | failover-clustering-2016 | official | In Windows Server 2012 R2 and earlier a cluster can only be created of nodes that are joined to the same domain. |
| sameDomain | NEW | cluster-validation | derived | Cluster validation checks that all nodes have the same domain; other clusters are of nodes that are all in workgroups. |
| sameDomain | LOCAL | cluster-validation | derived | Cluster validation checks that all nodes have the same domain; other clusters are of nodes that are all in workgroups. |
| sameEdition | OLD | cluster-validation | derived | Cluster validation checks that all nodes run the same edition. |
| sameEdition | R2 | cluster-validation | derived | Cluster validation checks that all nodes run the same edition. |
| sameEdition | V2012 | cluster-validation | derived | Cluster validation checks that all nodes run the same edition. |
| sameEdition | NEW | cluster-validation | derived | Cluster validation checks that all nodes run the same edition. |
| sameEdition | LOCAL | cluster-validation | derived | Cluster validation checks that all nodes run the same edition. |
`);

const TOPICS: readonly ClusterTopic[] = [
  "sameVersion",
  "sameProcessorVendor",
  "spareNode",
  "quorumWitness",
  "sameDomain",
  "sameEdition",
];

const UPGRADES = lines(`
| windows-server-2012-r2 | windows-server-2016 | official |
| windows-server-2016    | windows-server-2019 | derived  |
| windows-server-2019    | windows-server-2022 | derived  |
| windows-server-2022    | windows-server-2025 | derived  |
| azure-stack-hci        | azure-local         | unverified |
`);

const ids = hostVersions().map(({ id }) => id);

describe("what documents say of the nodes of a cluster", () => {
  it("speaks of every host version", () => {
    assert.deepEqual([...OLD, ...R2, ...V2012, ...NEW, ...LOCAL], ids);
    assert.deepEqual(new Set(data.statements.map(({ topic }) => topic)), new Set<string>(TOPICS));
  });

  for (const [name, versions] of Object.entries({ OLD, R2, V2012, NEW, LOCAL })) {
    for (const topic of TOPICS) {
      it(`${topic} for ${versions[0] ?? ""} and its like`, () => {
        const expected = STATEMENTS.find(([of, hosts]) => of === topic && hosts === name)?.slice(2);
        for (const version of versions) {
          const row = clusterStatement(version, topic);
          assert.deepEqual(row && [row.source, row.confidence, row.statement], expected, version);
        }
      });
    }
  }

  it("requires processors of one kind on Azure Local alone: elsewhere they only hinder live migration", () => {
    for (const version of ids) {
      const advisory = clusterStatement(version, "sameProcessorVendor")?.advisory;
      assert.equal(advisory, version === "azure-local" ? undefined : true, version);
    }
  });

  it("says nothing of a version that is not in the table", () => {
    for (const topic of TOPICS) assert.equal(clusterStatement("windows-server-2031", topic), undefined);
  });

  it("says one thing on a topic and a version", () => {
    const keys = data.statements.flatMap(({ topic, hosts }) => hosts.map((host) => `${topic} ${host}`));
    assert.equal(new Set(keys).size, keys.length);
  });
});

describe("rolling upgrades of a cluster", () => {
  it("are exactly these, from a version to the next, in any order of the nodes", () => {
    const found = ids.flatMap((from) =>
      ids.flatMap((to) => {
        const row = rollingUpgrade([from, to]);
        assert.equal(row, rollingUpgrade([to, from]));
        assert(row === undefined || ["rolling-upgrade", "no-document"].includes(row.source));
        return row?.from === from ? [[from, to, row.confidence]] : [];
      }),
    );
    assert.deepEqual(found, UPGRADES);
  });

  it("have two versions, neither one nor three", () => {
    assert.equal(rollingUpgrade([]), undefined);
    assert.equal(rollingUpgrade(["windows-server-2016"]), undefined);
    const three = ["windows-server-2016", "windows-server-2019", "windows-server-2022"];
    assert.equal(rollingUpgrade(three), undefined);
  });
});

describe("the table of cluster nodes", () => {
  it("takes other data", () => {
    const row = { source: "rolling-upgrade", confidence: "official" };
    const from = "windows-server-2025";
    const table = readClusterNodes({ ...data, rollingUpgrades: [{ ...row, from, to: "windows-server-2031" }] });
    assert.equal(rollingUpgrade(["windows-server-2031", from], table)?.from, from);
    assert.equal(rollingUpgrade(["windows-server-2016", "windows-server-2019"], table), undefined);
  });

  it("says where it is broken", () => {
    const topic: { statements: { topic: string }[] } = copyOf(data);
    topic.statements.splice(1, 1, { ...data.statements[1], topic: "sameColour" });
    for (const [broken, message] of [
      [topic, /cluster-nodes\.json.*statements, row 1, field topic: must be equal to one of the allowed values/],
      [{ ...data, rollingUpgrades: [{ from: "a" }] }, /rollingUpgrades, row 0, field to: must have required property/],
      [{ statements: data.statements }, /field rollingUpgrades must have required property/],
    ] as const)
      assert.throws(
        () => readClusterNodes(broken),
        (error) => error instanceof TableError && message.test(error.message),
      );
  });
});
