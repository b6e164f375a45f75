import type { Estate } from "../../lib/estate/estate";
import type { ExchangeServer, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import type { Evidence } from "../../lib/rules/rule";
import {
  exchangeRoleName,
  exchangeStatement,
  exchangeVersionName,
  type ExchangeTopic,
} from "../../lib/tables/exchange";

/** The virtual machines that run Exchange, and those of which only the deployment will tell. */
export function exchangeServers({ virtualMachines }: Estate): readonly VirtualMachine[] {
  return virtualMachines.filter(({ exchange }) => exchange.state !== "absent");
}

/** `ex-mbx1 (Exchange 2010 SP1 Mailbox, Hub Transport)`, as far as it is known. */
export function describeServer(vm: VirtualMachine, { version, roles }: ExchangeServer): string {
  const names = (ifKnown(roles) ?? []).map(ifKnown).filter((role) => role !== undefined);
  const known = ifKnown(version);
  const server = known === undefined ? "Exchange" : exchangeVersionName(known);
  return `${vm.name} (${[server, ...(names.length === 0 ? [] : [names.map(exchangeRoleName).join(", ")])].join(", ")})`;
}

/** What Microsoft says on a topic for the server's version; undefined when that is not known or nothing is said. */
export function statementFor(version: Value<string>, topic: ExchangeTopic): Evidence | undefined {
  const id = ifKnown(version);
  return id === undefined ? undefined : exchangeStatement(id, topic);
}
