import type { Estate } from "../../lib/estate/estate";
import type { DynamicMemory, Host, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, type Value } from "../../lib/estate/value";
import { defineRule, given, undecided, violation, type Verdict, type ViolationDetails } from "../../lib/rules/rule";
import { describeServer, exchangeServers, statementFor } from "./exchange-servers";

/** Exchange servers have static memory, and their hosts have as much memory as their guests may use. */
export const exchangeDynamicMemory = defineRule<VirtualMachine | Host>({
  name: "exchange-dynamic-memory",
  title: "Exchange with memory of its own",
  subject: "exchange",
  level: "unsupported",
  severity: "high",
  reach: "resource",
  why: "Exchange saves disk reads by caching in memory; when memory is taken away, the performance it was sized for cannot be reached.",
  fix: "Switch dynamic memory off: remove dynamicMemory and set memoryMB to what the server was sized for.",
  sources: ["exchange-2010-best-practices"],
  tags: ["memory"],
  applies: (estate) => [...exchangeServers(estate), ...hostsOfExchange(estate)],
  check: (entity, estate) => (entity.kind === "host" ? oversubscription(entity, estate) : dynamicMemory(entity)),
});

function dynamicMemory(vm: VirtualMachine): readonly Verdict[] {
  return given(vm, { exchange: vm.exchange, dynamic: vm.dynamicMemory }, ({ exchange, dynamic }) => {
    const evidence = statementFor(exchange.version, "dynamicMemory");
    const problem = `${describeServer(vm, exchange)} has dynamic memory${range(dynamic)}.`;
    return [violation(vm, "dynamicMemory", problem, evidence === undefined ? {} : { evidence })];
  });
}

function range({ minimumMB, maximumMB }: DynamicMemory): string {
  const minimum = ifKnown(minimumMB);
  const maximum = ifKnown(maximumMB);
  if (minimum === undefined || maximum === undefined) return "";
  return `, from ${String(minimum)} to ${String(maximum)} MB`;
}

function hostsOfExchange(estate: Estate): readonly Host[] {
  const hosts = exchangeServers(estate).map((vm) => ifKnown(estate.hostOf(vm)));
  return [...new Set(hosts.filter((host) => host !== undefined))];
}

/** Counts what virtual machines may use at most; the parent partition's own share is not in it. */
function oversubscription(host: Host, estate: Estate): readonly Verdict[] {
  return given(host, { memoryMB: host.memoryMB }, ({ memoryMB }) => {
    const guests = estate.virtualMachinesOn(host);
    const mostMemory = guests.map(mostMemoryMB);
    const used = mostMemory.reduce((sum, memory) => sum + (ifKnown(memory) ?? 0), 0);
    if (used <= memoryMB) return mostMemory.flatMap((memory) => undecided(host, memory));
    const details: ViolationDetails = {
      fix: "Move virtual machines to another host, or give them less memory.",
    };
    return [
      violation(
        host,
        "memoryMB",
        `${host.name} runs Exchange and has ${String(memoryMB)} MB of memory, but its virtual machines may use ` +
          `${String(used)} MB: memory is oversubscribed.`,
        details,
      ),
    ];
  });
}

function mostMemoryMB({ dynamicMemory: dynamic, memoryMB }: VirtualMachine): Value<number> {
  if (dynamic.state === "unknown") return dynamic;
  return dynamic.state === "known" ? dynamic.value.maximumMB : memoryMB;
}
