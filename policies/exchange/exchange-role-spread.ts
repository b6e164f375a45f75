import type { VirtualMachine } from "../../lib/estate/model";
import { ifKnown, type Unknown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { exchangeServers } from "./shared/exchange-servers";
import { roleSpread } from "./shared/role-spread";

const SPREADS = [
  roleSpread("mailbox", "roleSpread", areOneGroup),
  roleSpread("unifiedMessaging", "roleSpread"),
  roleSpread("edgeTransport", "roleSpread"),
];

/** Not all servers of a role that has no rule of its own are on one host, or can move to one. */
export const exchangeRoleSpread = defineRule<VirtualMachine>({
  name: "exchange-role-spread",
  title: "Exchange roles on more than one host",
  subject: "exchange",
  level: "recommended",
  severity: "medium",
  reach: "estate",
  needsWhole: true,
  why: "When that host fails, no server with the role is left.",
  fix: "Place the servers of the role on different hosts; in a cluster, give two of them a common anti-affinity class name.",
  sources: ["exchange-2010-best-practices"],
  tags: ["availability", "placement"],
  applies: (estate) => {
    const servers = new Set(SPREADS.flatMap(({ applies }) => applies(estate)));
    return exchangeServers(estate).filter((vm) => servers.has(vm));
  },
  check: (vm, estate, context) => SPREADS.flatMap(({ check }) => check(vm, estate, context)),
});

/** Whether the servers are members of one database availability group, which exchange-dag-anti-affinity judges. */
function areOneGroup(servers: readonly VirtualMachine[]): boolean | Unknown {
  const groups = servers.flatMap(({ exchange }) => ifKnown(exchange)?.databaseAvailabilityGroup ?? []);
  const names = new Set(groups.flatMap((group) => ifKnown(group)?.toLowerCase() ?? []));
  if (names.size > 1 || groups.some(({ state }) => state === "absent")) return false;
  return groups.find((group) => group.state === "unknown") ?? true;
}
