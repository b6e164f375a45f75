import type { DynamicMemory, VirtualMachine } from "../../lib/estate/model";
import { ifKnown, isDefault, type Value } from "../../lib/estate/value";
import { exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, violation } from "../../lib/rules/verdict";
import { describeServer, exchangeServers, restingOn, statementFor } from "./shared/exchange-servers";

/** Exchange servers have static memory. */
export const exchangeDynamicMemory = defineRule<VirtualMachine>({
  name: "exchange-dynamic-memory",
  title: "Exchange with static memory",
  subject: "exchange",
  level: "unsupported",
  severity: "high",
  reach: "resource",
  why: "Exchange saves disk reads by caching in memory; when memory is taken away, the performance it was sized for cannot be reached.",
  fix: "Turn off dynamic memory: remove dynamicMemory, and set memoryMB to the memory that the server was sized for.",
  sources: ["exchange-2010-best-practices"],
  tags: ["memory"],
  applies: exchangeServers,
  check: (vm) =>
    given(vm, { exchange: vm.exchange, dynamic: vm.dynamicMemory }, ({ exchange, dynamic }) => {
      const problem = `${describeServer(vm, exchange)} has dynamic memory${range(dynamic)}.`;
      const figures = { found: { value: "dynamic" }, limit: exactly("static") };
      return [
        violation(vm, "dynamicMemory", problem, {
          ...figures,
          ...restingOn(statementFor(exchange.version, "dynamicMemory")),
        }),
      ];
    }),
});

/** `, from 2048 to 8192 MB`, as far as it is declared. */
function range({ minimumMB, maximumMB }: DynamicMemory): string {
  const minimum = declared(minimumMB);
  const maximum = declared(maximumMB);
  const from = minimum === undefined ? [] : [`from ${String(minimum)}`];
  const to = maximum === undefined ? [] : [`${minimum === undefined ? "up to" : "to"} ${String(maximum)}`];
  return from.length + to.length === 0 ? "" : `, ${[...from, ...to].join(" ")} MB`;
}

function declared(size: Value<number>): number | undefined {
  return isDefault(size) ? undefined : ifKnown(size);
}
