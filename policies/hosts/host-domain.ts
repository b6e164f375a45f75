import { perEstate, type Estate } from "../../lib/estate/estate";
import type { Host } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation } from "../../lib/rules/verdict";
import { requiredBy } from "../../lib/tables/machine-requirements";

const WORKGROUP = "workgroup";

/** A host is a member of a domain where its site has one. Nodes of clusters are what cluster-nodes-alike judges. */
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
      if (host.site.state === "unknown") return undecided(host, host.site);
      const { domains, unknown } = membership(estate);
      const example = domains.get(ifKnown(host.site));
      // What is not known of another host may give this site a domain.
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

/** The first domain of each site by its name, and a domain or a site that is not known. Another site may have no domain. */
const membership = perEstate(({ hosts }: Estate) => {
  const domains = new Map<string | undefined, string>();
  for (const host of hosts) {
    const domain = domainOf(host);
    if (domain === undefined || host.site.state === "unknown") continue;
    const first = domains.get(ifKnown(host.site));
    if (first === undefined || domain < first) domains.set(ifKnown(host.site), domain);
  }
  const values = hosts.flatMap(({ domain, site }) => (domain.state === "absent" ? [] : [domain, site]));
  return { domains, unknown: values.find(({ state }) => state === "unknown") };
});

function domainOf({ domain }: Host): string | undefined {
  const text = ifKnown(domain);
  return text === undefined || isWorkgroup(text) ? undefined : text;
}

function isWorkgroup(domain: string): boolean {
  return domain.trim().toLowerCase() === WORKGROUP;
}
