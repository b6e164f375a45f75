import { perEstate, type Estate } from "../../lib/estate/estate";
import type { Host } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation } from "../../lib/rules/verdict";
import { requiredBy } from "../../lib/tables/machine-requirements";

const WORKGROUP = "workgroup";

/** A host is a member of a domain where the estate has one. Nodes of clusters are what cluster-nodes-alike judges. */
export const hostDomain = defineRule<Host>({
  name: "host-domain",
  title: "Hosts in a domain",
  subject: "hosts",
  level: "recommended",
  severity: "low",
  reach: "estate",
  why: "A host in a workgroup gets no policies for identity, security and auditing, and its accounts are managed apart.",
  fix: "Join the host to the domain.",
  sources: ["bpa-domain"],
  tags: ["domain"],
  applies: (estate) => estate.hosts.filter((host) => host.domain.state !== "absent" && !nodes(estate).has(host)),
  check: (host, estate) =>
    given(host, { domain: host.domain }, ({ domain }) => {
      if (!isWorkgroup(domain)) return [];
      const { example, unknown } = domains(estate);
      if (example === undefined) return unknown === undefined ? [] : undecided(host, unknown);
      const problem = `${host.name} is in a workgroup, and other hosts are in the domain ${example}.`;
      return [
        violation(host, "domain", problem, {
          found: { value: domain },
          limit: { bound: "not", value: domain },
          ...requiredBy("hostDomain"),
        }),
      ];
    }),
});

const nodes = perEstate(
  (estate: Estate): ReadonlySet<Host> => new Set(estate.clusters.flatMap((cluster) => estate.knownNodesOf(cluster))),
);

/** A domain of the estate, and one that is not known. */
const domains = perEstate(({ hosts }: Estate) => ({
  example: hosts.map(domainOf).find((domain) => domain !== undefined),
  unknown: hosts.map(({ domain }) => domain).find(({ state }) => state === "unknown"),
}));

function domainOf({ domain }: Host): string | undefined {
  const text = ifKnown(domain);
  return text === undefined || isWorkgroup(text) ? undefined : text;
}

function isWorkgroup(domain: string): boolean {
  return domain.trim().toLowerCase() === WORKGROUP;
}
