import type { Host } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import type { LimitFigure } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict, type ViolationDetails } from "../../lib/rules/verdict";
import { kindOfHostRole } from "../../lib/tables/exchange";
import { count, listing } from "../../lib/text/words";
import { possibleServers, restingOn, serversByHost, serversOn, surestStatement } from "./shared/exchange-servers";

/** A host that runs Exchange, or can run it, has no role but to run virtual machines. */
export const exchangeHostDedicated = defineRule<Host>({
  name: "exchange-host-dedicated",
  title: "Hosts of Exchange run nothing else",
  subject: "exchange",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "Other software on the host takes processors, memory and disk performance that the sizing of the server does not count.",
  fix: "Remove the role from the host, or move it to a virtual machine.",
  sources: ["exchange-2013-virtualization", "exchange-virtualization"],
  tags: ["placement"],
  applies: (estate) =>
    estate.hosts.filter((host) => serversByHost(estate).has(host) || possibleServers(host, estate).length > 0),
  check: (host, estate) =>
    given(host, { roles: host.roles }, ({ roles }) => {
      const names = roles.map(ifKnown).filter((role) => role !== undefined);
      const others = names.filter((role) => kindOfHostRole(role) !== "management");
      const servers = serversByHost(estate).get(host);
      if (servers === undefined) {
        return others.length === 0
          ? []
          : possibleServers(host, estate).flatMap(({ missing }) => undecided(host, missing));
      }
      const workloads = others.filter((role) => kindOfHostRole(role) === "workload");
      const unlisted = others.filter((role) => !workloads.includes(role));
      const evidence = surestStatement(servers, "dedicatedHost");
      const runs = serversOn(host, estate).length > 0 ? "runs" : "may come to run";
      const object = (roles: readonly string[], what: string, more: ViolationDetails = {}): readonly Verdict[] => {
        if (roles.length === 0) return [];
        const problem = `${host.name} ${runs} Exchange, and has ${what}: ${listing(roles)}.`;
        const limit: LimitFigure = { bound: "noneOf", value: roles };
        // Of a version that is not known no document speaks: for some it only advises.
        const advice = evidence === undefined ? { advisory: true } : {};
        const details = { found: { value: names }, limit, ...restingOn(evidence), ...advice, ...more };
        return [violation(host, "roles", problem, details)];
      };
      return [
        ...object(workloads, count(workloads.length, "other role")),
        ...object(unlisted, `${count(unlisted.length, "role")} not known to be management software`, UNLISTED),
        ...(workloads.length > 0 ? [] : roles.flatMap((role) => undecided(host, role))),
      ];
    }),
});

/** What the table does not know may well be management software. */
const UNLISTED: ViolationDetails = {
  advisory: true,
  fix: "Remove it from the host, unless it only manages the host and its virtual machines.",
};
