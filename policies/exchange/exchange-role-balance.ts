import { perEstate, type Estate } from "../../lib/estate/estate";
import type { Host, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, type Unknown } from "../../lib/estate/value";
import { atLeast } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { exchangeRoleName } from "../../lib/tables/exchange";
import { listing } from "../../lib/text/words";
import { exchangeServers } from "./shared/exchange-servers";
import { unknownRole, roleGroups, type RoleGroup } from "./shared/role-groups";

/** The roles that share hosts; Edge Transport stands in the perimeter network, on hosts of its own. */
const ROLES = ["mailbox", "clientAccess", "hubTransport", "unifiedMessaging"];

/** Hosts run Exchange servers of several roles, and not each host a role of its own. */
export const exchangeRoleBalance = defineRule<Host>({
  name: "exchange-role-balance",
  title: "Exchange roles mixed on each host",
  subject: "exchange",
  level: "recommended",
  severity: "low",
  reach: "estate",
  needsWhole: true,
  why: "Each role strains another resource: a host with one role runs short of that one while the others idle.",
  fix: "Swap virtual machines between the hosts, so that each host runs several roles.",
  sources: ["exchange-2010-best-practices"],
  tags: ["performance", "placement"],
  applies: (estate) =>
    estate.hosts.filter((host) => estate.virtualMachinesOn(host).some(({ exchange }) => exchange.state !== "absent")),
  check: (host, estate) => generations(estate).flatMap((roles) => judge(host, roles, estate)),
});

type RoleServers = readonly [role: string, group: RoleGroup];

/** The servers of each role, for each generation of Exchange of which a document speaks. */
const generations = perEstate((estate): readonly (readonly RoleServers[])[] => {
  const groups = ROLES.flatMap((role) =>
    roleGroups(estate, role, "roleBalance").map((group): RoleServers => [role, group]),
  );
  const statements = [...new Set(groups.map(([, { statement }]) => statement))];
  return statements.map((statement) => groups.filter(([, group]) => group.statement === statement));
});

function judge(host: Host, roles: readonly RoleServers[], estate: Estate): readonly Verdict[] {
  const here = roles.filter(([, { servers }]) => serversRunning(host, servers, estate).length > 0);
  const [[role, { servers, statement }] = [undefined, { servers: [], statement: undefined }], more] = here;
  if (role === undefined || statement === undefined || more !== undefined) return [];
  const missing = roles.filter(([other, group]) => other !== role && placesOf(group, estate).length > 0);
  const open = exchangeServers(estate).filter((vm) => !here.some(([, group]) => group.servers.includes(vm)));
  if (missing.length === 0)
    return open.flatMap((vm) => anywhere(vm, estate)).flatMap((value) => undecided(host, value));
  const canMoveHere = roles.some(
    ([other, group]) => other !== role && group.servers.some((vm) => mayRunOn(host, vm, estate)),
  );
  if (canMoveHere) return [];
  const unknowns = exchangeServers(estate).flatMap((vm) => openFor(host, vm, estate));
  if (unknowns.length > 0) return unknowns.flatMap((value) => undecided(host, value));
  const names = listing(serversRunning(host, servers, estate).map(({ name }) => name));
  const others = missing.map(([, group]) => group);
  const elsewhere = estate.hosts.filter((one) =>
    others.some((group) => serversRunning(one, group.servers, estate).length > 0),
  );
  const problem =
    `${host.name} runs only the Exchange role ${exchangeRoleName(role)} (${names}), while ` +
    `${listing(elsewhere.map(({ name }) => name))} ${elsewhere.length === 1 ? "runs" : "run"} ` +
    `${listing(missing.map(([other]) => exchangeRoleName(other)))}.`;
  const figures = { found: { value: 1, unit: "roles" }, limit: atLeast(2, "roles") } as const;
  return [violation(host, "", problem, { ...figures, evidence: statement })];
}

function serversRunning(host: Host, servers: readonly VirtualMachine[], estate: Estate): readonly VirtualMachine[] {
  return estate.virtualMachinesOn(host).filter((vm) => servers.includes(vm));
}

function placesOf({ servers }: RoleGroup, estate: Estate): readonly Host[] {
  return servers.flatMap((vm) => ifKnown(estate.hostOf(vm)) ?? []);
}

/** Whether a virtual machine without a declared host can run on this one. */
function mayRunOn(host: Host, vm: VirtualMachine, estate: Estate): boolean {
  return estate.hostOf(vm).state === "absent" && estate.knownHostsOf(vm).includes(host);
}

/** The values that must be known to tell whether a server brings some host another role. */
function anywhere(vm: VirtualMachine, estate: Estate): readonly Unknown[] {
  const home = estate.hostOf(vm);
  return [
    ...(home.state === "unknown" ? [home] : []),
    ...ROLES.flatMap((role) => unknownRole(vm, role, "roleBalance")),
  ];
}

/** The values that must be known to tell whether a server brings the host another role. */
function openFor(host: Host, vm: VirtualMachine, estate: Estate): readonly Unknown[] {
  const home = estate.hostOf(vm);
  const place = home.state === "absent" ? estate.hostsOf(vm) : home;
  if (place.state === "unknown") return [place];
  const isHere = home.state === "known" ? home.value === host : mayRunOn(host, vm, estate);
  if (!isHere) return [];
  return ROLES.flatMap((role) => unknownRole(vm, role, "roleBalance"));
}
