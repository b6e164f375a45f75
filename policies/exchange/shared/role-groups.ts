import { perEstate, type Estate } from "../../../lib/estate/estate";
import type { VirtualMachine } from "../../../lib/estate/model";
import { ifKnown, type Unknown, type Value } from "../../../lib/estate/value";
import { exchangeStatement, type ExchangeStatement, type ExchangeTopic } from "../../../lib/tables/exchange";
import { append } from "../../../lib/text/collections";
import { exchangeServers } from "./exchange-servers";

/** Servers with one role that can stand in for each other: those of the versions that one statement is about. */
export interface RoleGroup {
  readonly statement: ExchangeStatement;
  /** In the order of URNs. */
  readonly servers: readonly VirtualMachine[];
}

const found = perEstate(() => new Map<string, readonly RoleGroup[]>());

/** The servers with a role, by the generation of Exchange. */
export function roleGroups(estate: Estate, role: string, topic: ExchangeTopic): readonly RoleGroup[] {
  const known = found(estate);
  const groups = known.get(`${role} ${topic}`) ?? findGroups(estate, role, topic);
  known.set(`${role} ${topic}`, groups);
  return groups;
}

function findGroups(estate: Estate, role: string, topic: ExchangeTopic): readonly RoleGroup[] {
  const servers = new Map<ExchangeStatement, VirtualMachine[]>();
  for (const vm of exchangeServers(estate)) {
    const exchange = ifKnown(vm.exchange);
    if (exchange === undefined || hasRole(vm, role) !== true) continue;
    const version = ifKnown(exchange.version);
    const statement = version === undefined ? undefined : exchangeStatement(version, topic);
    if (statement !== undefined) append(servers, statement, vm);
  }
  return [...servers].map(([statement, list]) => ({ statement, servers: list }));
}

/** The unknown values on which it depends whether a virtual machine is one more server of a role; none where it is known. */
export function unknownRole(vm: VirtualMachine, role: string, topic: ExchangeTopic): readonly Unknown[] {
  if (vm.exchange.state === "unknown") return [vm.exchange];
  const exchange = ifKnown(vm.exchange);
  const has = hasRole(vm, role);
  if (exchange === undefined || has === false) return [];
  const { version } = exchange;
  if (version.state === "known" && exchangeStatement(version.value, topic) === undefined) return [];
  return [...(has === true ? [] : [has]), ...(version.state === "unknown" ? [version] : [])];
}

/** Whether an Exchange server has a role, or the unknown value on which that depends. */
function hasRole(vm: VirtualMachine, role: string): boolean | Unknown {
  const roles = ifKnown(vm.exchange)?.roles;
  if (roles?.state === "unknown") return roles;
  const list: readonly Value<string>[] = roles?.state === "known" ? roles.value : [];
  if (list.some((one) => ifKnown(one) === role)) return true;
  return list.find((one) => one.state === "unknown") ?? false;
}
