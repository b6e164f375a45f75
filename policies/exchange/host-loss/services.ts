import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { VirtualMachine } from "../../../lib/estate/model";
import { gatherAll, ifKnown } from "../../../lib/estate/value";
import type { Evidence } from "../../../lib/rules/verdict";
import { exchangeRoleName, exchangeVersionName, type ExchangeTopic } from "../../../lib/tables/exchange";
import { append, compare } from "../../../lib/text/collections";
import { listing } from "../../../lib/text/words";
import { exchangeServers, restingOn } from "../shared/exchange-servers";
import { openRole, roleGroups } from "../shared/role-groups";
import { isGone, type Break, type Lost } from "./location";

/** Something that lasts as long as one of its servers does. */
export interface Service {
  readonly key: string;
  /** As in `no Client Access server`. */
  readonly nothing: string;
  readonly servers: readonly VirtualMachine[];
  /** Servers of which only the deployment will tell whether they are more of these. */
  readonly perhaps: readonly VirtualMachine[];
  readonly fix: string;
  readonly evidence?: Evidence;
}

const ROLES: readonly (readonly [role: string, topic: ExchangeTopic])[] = [
  ["clientAccess", "clientAccessSpread"],
  ["hubTransport", "hubTransportSpread"],
  ["unifiedMessaging", "roleSpread"],
  ["edgeTransport", "roleSpread"],
];

const services = perEstate((estate): readonly Service[] => [
  ...ROLES.flatMap(([role, topic]) => roleServices(role, topic, estate)),
  ...databaseServices(estate),
]);

/** Roles without a server and databases without a copy, once the lost hosts are gone and all that can has restarted. */
export function endedServices(lost: Lost, estate: Estate): readonly Break[] {
  return services(estate)
    .filter(({ servers, perhaps }) => [...servers, ...perhaps].every((vm) => isGone(lost, vm, estate)))
    .map(({ key, nothing, servers, fix, evidence }) => {
      const names = listing(servers.map(({ name }) => name));
      return { key, text: `${nothing} is left without ${names}`, fix, ...restingOn(evidence) };
    });
}

/** What rests on some of these machines. */
export function servicesOn(vms: ReadonlySet<VirtualMachine>, estate: Estate): readonly Service[] {
  return services(estate).filter(({ servers }) => servers.some((vm) => vms.has(vm)));
}

/** Servers on which alone a service rests then: they must restart. */
export function lastServers(among: readonly Service[], lost: Lost, estate: Estate): ReadonlySet<VirtualMachine> {
  const last = among.flatMap(({ servers, perhaps }) => {
    const all = [...servers, ...perhaps];
    const only = all.find((vm) => !isGone(lost, vm, estate));
    return only === undefined || all.some((vm) => vm !== only && !isGone(lost, vm, estate)) ? [] : [only];
  });
  return new Set(last);
}

function roleServices(role: string, topic: ExchangeTopic, estate: Estate): readonly Service[] {
  const name = exchangeRoleName(role);
  const perhaps = exchangeServers(estate).filter((vm) => openRole(vm, role, topic).length > 0);
  return roleGroups(estate, role, topic).map(({ servers, statement }) => {
    const [version = ""] = servers
      .flatMap((vm) => ifKnown(vm.exchange)?.version ?? [])
      .flatMap((one) => ifKnown(one) ?? []);
    return {
      key: `${role} ${statement.versions.join()}`,
      nothing: `no ${exchangeVersionName(version)} ${name} server`,
      servers,
      perhaps,
      fix: `Run a ${name} server on another host too.`,
      evidence: statement,
    };
  });
}

/** Databases with copies on the same servers are one service. */
function databaseServices(estate: Estate): readonly Service[] {
  const names = new Map<string, string>();
  const holders = new Map<string, VirtualMachine[]>();
  const perhaps: VirtualMachine[] = [];
  for (const vm of exchangeServers(estate)) {
    const databases = databasesOf(vm);
    if (databases === undefined) perhaps.push(vm);
    for (const name of databases ?? []) {
      const key = name.toLowerCase();
      if (!names.has(key)) names.set(key, name);
      if (holders.get(key)?.includes(vm) !== true) append(holders, key, vm);
    }
  }
  const services = new Map<string, { readonly databases: string[]; readonly servers: readonly VirtualMachine[] }>();
  for (const [key, servers] of [...holders].sort(([one], [other]) => compare(one, other))) {
    const together = servers.map(({ urn }) => urn).join();
    const service = services.get(together) ?? { databases: [], servers };
    service.databases.push(names.get(key) ?? key);
    services.set(together, service);
  }
  return [...services].map(([key, { databases, servers }]) => ({
    key: `databases ${key}`,
    nothing: `no copy of ${databases.length === 1 ? "the database" : "the databases"} ${listing(databases)}`,
    servers,
    perhaps,
    fix: `Add a copy of ${listing(databases)} on a server on another host.`,
  }));
}

/** The databases of which a server holds a copy; undefined while not all of them are known. */
function databasesOf(vm: VirtualMachine): readonly string[] | undefined {
  const databases = ifKnown(vm.exchange)?.databases;
  if (databases === undefined || databases.state === "unknown") return undefined;
  if (databases.state === "absent") return [];
  const names = gatherAll(databases.value, databases.origin);
  return names.state === "known" ? names.value : undefined;
}
