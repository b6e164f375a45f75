import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { VirtualMachine } from "../../../lib/estate/model";
import { gatherAll, ifKnown } from "../../../lib/estate/value";
import { atLeast } from "../../../lib/rules/figures";
import type { Evidence } from "../../../lib/rules/verdict";
import { exchangeRoleName, exchangeVersionName, type ExchangeTopic } from "../../../lib/tables/exchange";
import { append, compare } from "../../../lib/text/collections";
import { listing } from "../../../lib/text/words";
import { exchangeServers, restingOn } from "../shared/exchange-servers";
import { unknownRole, roleGroups } from "../shared/role-groups";
import { staysDown, type LostHosts, type Outage } from "./location";

/** A role or database that is available as long as one of its servers runs. */
export interface Service {
  readonly key: string;
  /** As in `no Client Access server`. */
  readonly none: string;
  readonly servers: readonly VirtualMachine[];
  /** Servers of which it is not known yet whether they are more of these. */
  readonly possible: readonly VirtualMachine[];
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

/** Roles without a server and databases without a copy, after the virtual machines that can have restarted. */
export function serviceOutages(lost: LostHosts, estate: Estate): readonly Outage[] {
  return services(estate)
    .filter(({ servers, possible }) => [...servers, ...possible].every((vm) => staysDown(lost, vm, estate)))
    .map(({ key, none, servers, fix, evidence }) => {
      const names = listing(servers.map(({ name }) => name));
      return {
        key,
        found: { value: 0, unit: "servers" },
        limit: atLeast(1, "servers"),
        text: `${none} remains without ${names}`,
        fix,
        ...restingOn(evidence),
      };
    });
}

/** Services of which some of these virtual machines are servers. */
export function servicesOn(vms: ReadonlySet<VirtualMachine>, estate: Estate): readonly Service[] {
  return services(estate).filter(({ servers }) => servers.some((vm) => vms.has(vm)));
}

/** The last servers of a service: they must restart. */
export function lastServers(
  ofServices: readonly Service[],
  lost: LostHosts,
  estate: Estate,
): ReadonlySet<VirtualMachine> {
  const last = ofServices.flatMap(({ servers, possible }) => {
    const all = [...servers, ...possible];
    const only = all.find((vm) => !staysDown(lost, vm, estate));
    return only === undefined || all.some((vm) => vm !== only && !staysDown(lost, vm, estate)) ? [] : [only];
  });
  return new Set(last);
}

function roleServices(role: string, topic: ExchangeTopic, estate: Estate): readonly Service[] {
  const name = exchangeRoleName(role);
  const possible = exchangeServers(estate).filter((vm) => unknownRole(vm, role, topic).length > 0);
  return roleGroups(estate, role, topic).map(({ servers, statement }) => {
    const [version = ""] = servers
      .flatMap((vm) => ifKnown(vm.exchange)?.version ?? [])
      .flatMap((one) => ifKnown(one) ?? []);
    return {
      key: `${role} ${statement.versions.join()}`,
      none: `no ${exchangeVersionName(version)} ${name} server`,
      servers,
      possible,
      fix: `Run a ${name} server on another host too.`,
      evidence: statement,
    };
  });
}

/** Databases with copies on the same servers are one service. */
function databaseServices(estate: Estate): readonly Service[] {
  const names = new Map<string, string>();
  const holders = new Map<string, VirtualMachine[]>();
  const possible: VirtualMachine[] = [];
  for (const vm of exchangeServers(estate)) {
    const databases = databasesOf(vm);
    if (databases === undefined) possible.push(vm);
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
    none: `no copy of ${databases.length === 1 ? "the database" : "the databases"} ${listing(databases)}`,
    servers,
    possible,
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
