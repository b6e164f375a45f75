import type { Cluster, Host } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { clusterStatement, type ClusterStatement, type ClusterTopic } from "../../lib/tables/cluster-nodes";
import { editionName } from "../../lib/tables/operating-systems";
import { groupsOf, namesOf } from "./shared/node-groups";

/** The nodes of a cluster are in one domain and run one edition; that they have one version is what cluster-size says. */
export const clusterNodesAlike = defineRule<Cluster>({
  name: "cluster-nodes-alike",
  title: "Nodes of one domain and one edition",
  subject: "hosts",
  level: "required",
  severity: "medium",
  reach: "estate",
  why: "Nodes of one cluster act with one identity and take each other's virtual machines: what only some of them are or may, fails at the next failover.",
  fix: "Join all nodes to one domain, and install one edition on them.",
  sources: ["failover-clustering-2016", "cluster-validation"],
  tags: ["cluster"],
  applies: ({ clusters }) => clusters,
  check: (cluster, estate) => {
    const nodes = estate.knownNodesOf(cluster);
    const all = estate.nodesOf(cluster);
    return [DOMAIN, EDITION].flatMap((likeness) => {
      const wrong = judge(cluster, nodes, likeness);
      const facts = nodes.map(likeness.fact);
      const isDeclared = facts.length === 0 || facts.some(({ state }) => state !== "absent");
      const unknowns = isDeclared ? [all, ...facts] : [];
      return wrong.length > 0 ? wrong : unknowns.flatMap((value) => undecided(cluster, value));
    });
  },
});

/** A fact that all nodes of a cluster have in common. */
interface Likeness {
  readonly topic: ClusterTopic;
  readonly fact: (node: Host) => Value<string>;
  /** What is the same, however it is written. */
  readonly key: (text: string) => string;
  readonly show: (key: string) => string;
  readonly words: string;
  readonly fix: string;
}

const DOMAIN: Likeness = {
  topic: "sameDomain",
  fact: ({ domain }) => domain,
  key: (text) => text.trim().toLowerCase().replace(/\.$/, ""),
  show: (key) => (key === "workgroup" ? "a workgroup" : key),
  words: "in different domains",
  fix: "Join all nodes of the cluster to one domain.",
};

const EDITION: Likeness = {
  topic: "sameEdition",
  fact: ({ edition }) => edition,
  key: (text) => text,
  show: (key) => editionName(key),
  words: "of different editions",
  fix: "Install one edition on all nodes of the cluster.",
};

function judge(cluster: Cluster, nodes: readonly Host[], likeness: Likeness): readonly Verdict[] {
  const { topic, fact, key, show, words, fix } = likeness;
  const groups = groupsOf(nodes, (node) => {
    const text = ifKnown(fact(node));
    return text === undefined ? undefined : key(text);
  });
  if (groups.size < 2) return [];
  const names = [...groups].map(([text, some]) => `${show(text)} (${namesOf(some)})`);
  const evidence = surestStatement(nodes, topic);
  return [
    violation(cluster, "nodes", `${cluster.name} has nodes ${words}: ${names.join("; ")}.`, {
      found: { value: [...groups.keys()].map(show) },
      fix,
      ...(evidence === undefined ? {} : { evidence }),
      ...(evidence === undefined || evidence.advisory === true ? { advisory: true } : {}),
    }),
  ];
}

/** Of the statements on the versions of the nodes, one that does not only advise, if there is one. */
function surestStatement(nodes: readonly Host[], topic: ClusterTopic): ClusterStatement | undefined {
  const statements = nodes.flatMap(({ operatingSystem }) => {
    const version = ifKnown(operatingSystem);
    return version === undefined ? [] : (clusterStatement(version, topic) ?? []);
  });
  return statements.find(({ advisory }) => advisory !== true) ?? statements[0];
}
