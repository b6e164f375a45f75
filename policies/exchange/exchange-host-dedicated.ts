import type { Host } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { count, listing } from "../../lib/rules/message";
import { defineRule, given, undecided, violation } from "../../lib/rules/rule";
import { belongsOnHost } from "../../lib/tables/exchange";
import { restingOn, serversByHost, serversOn, statementFor, surest } from "./exchange-servers";

/** A host that runs Exchange, or may come to run it, does nothing but run virtual machines. */
export const exchangeHostDedicated = defineRule<Host>({
  name: "exchange-host-dedicated",
  title: "Hosts of Exchange run nothing else",
  subject: "exchange",
  level: "unsupported",
  severity: "high",
  reach: "estate",
  why: "Other software on the host takes processors, memory and disk that nobody has counted when the server was sized.",
  fix: "Take the role off the host, or move it into a virtual machine.",
  sources: ["exchange-2013-virtualization", "exchange-virtualization"],
  tags: ["placement"],
  applies: (estate) => estate.hosts.filter((host) => serversByHost(estate).has(host)),
  check: (host, estate) =>
    given(host, { roles: host.roles }, ({ roles }) => {
      const names = roles.map(ifKnown).filter((role) => role !== undefined);
      const others = names.filter((role) => !belongsOnHost(role));
      if (others.length === 0) return roles.flatMap((role) => undecided(host, role));
      const servers = serversByHost(estate).get(host) ?? [];
      const statements = servers.map(({ version }) => statementFor(version, "dedicatedHost"));
      const evidence = surest(statements.filter((statement) => statement !== undefined));
      const runs = serversOn(host, estate).length > 0 ? "runs" : "may come to run";
      const problem = `${host.name} ${runs} Exchange, and has ${count(others.length, "other role")}: ${listing(others)}.`;
      return [violation(host, "roles", problem, restingOn(evidence))];
    }),
});
