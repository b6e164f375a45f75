import type { Host } from "../../lib/estate/model";
import { ifKnown, map, type Value } from "../../lib/estate/value";
import { atLeast } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { askedBy, clusterRequirement } from "../../lib/tables/cluster-requirements";
import { count, listing } from "../../lib/text/words";
import type { Estate } from "../../lib/estate/estate";
import { isAzureLocalVersion } from "./shared/azure-local-clusters";

/** The machines of Azure Local have the memory that it needs, and those of one cluster are alike. */
export const azureLocalSize = defineRule<Host>({
  name: "azure-local-size",
  title: "Machines of Azure Local",
  subject: "hosts",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "The deployment checks each machine: one with less memory is refused, and unlike ones are not supported in one cluster.",
  fix: "Use machines of one model with 32 GB of memory or more.",
  sources: ["azure-local-requirements"],
  tags: ["azure-local", "capacity"],
  applies: ({ hosts }) => hosts.filter(({ operatingSystem }) => mayRunAzureLocal(operatingSystem)),
  check: (host, estate) => [...tooLittle(host), ...unlikeTheFirst(host, estate)],
});

function mayRunAzureLocal(operatingSystem: Value<string>): boolean {
  return operatingSystem.state === "unknown" || isAzureLocalVersion(ifKnown(operatingSystem));
}

const MB_PER_GB = 1024;

function tooLittle(host: Host): readonly Verdict[] {
  const { memoryMB, operatingSystem } = host;
  const minimumGB = clusterRequirement("machineMemory").minimum ?? 0;
  return given(host, { memoryMB }, (values) => {
    const minimum = minimumGB * MB_PER_GB;
    if (values.memoryMB >= minimum) return [];
    if (operatingSystem.state !== "known") return undecided(host, operatingSystem);
    const problem = `${host.name} has ${String(values.memoryMB)} MB of memory; a machine of Azure Local needs ${String(minimum)} MB or more.`;
    return [
      violation(host, memoryMB.origin.path, problem, {
        found: { value: values.memoryMB, unit: "MB" },
        limit: atLeast(minimum, "MB"),
        fix: `Use a machine with ${String(minimumGB)} GB of memory or more.`,
        ...askedBy("machineMemory"),
      }),
    ];
  });
}

/** What machines of one model have in common; cluster-size compares vendors. */
const PARTS = [
  { fact: "sockets", one: "socket", many: "sockets" },
  { fact: "coresPerSocket", one: "core a socket", many: "cores a socket" },
] as const;

/** One finding a cluster: on the first machine that is unlike the first one. */
function unlikeTheFirst(host: Host, estate: Estate): readonly Verdict[] {
  const cluster = ifKnown(estate.clusterOfHost(host));
  if (cluster === undefined || host.operatingSystem.state !== "known") return [];
  const nodes = estate.knownNodesOf(cluster);
  const [first] = nodes;
  if (first === undefined || firstUnlike(nodes) !== host) return [];
  const parts = PARTS.filter(({ fact }) => isUnlike(first[fact], host[fact]));
  const describe = (node: Host): string =>
    listing(
      parts
        .flatMap(({ fact, one, many }) => map(node[fact], (number) => count(number, one, many)))
        .flatMap((text) => ifKnown(text) ?? []),
    );
  const problem = `${host.name} has ${describe(host)}, and ${first.name} in the same cluster ${cluster.name} has ${describe(first)}.`;
  const [part] = parts;
  return [
    violation(host, part === undefined ? "" : host[part.fact].origin.path, problem, {
      found: { value: describe(host) },
      fix: `Use machines of one model in ${cluster.name}.`,
      ...askedBy("sameModel"),
    }),
  ];
}

function firstUnlike(nodes: readonly Host[]): Host | undefined {
  const [first] = nodes;
  return nodes.find((node) => first !== undefined && PARTS.some(({ fact }) => isUnlike(first[fact], node[fact])));
}

function isUnlike(one: Value<number>, other: Value<number>): boolean {
  return one.state === "known" && other.state === "known" && one.value !== other.value;
}
