import type { VirtualMachine } from "../../lib/estate/model";
import { defineRule } from "../../lib/rules/rule";
import { given, violation } from "../../lib/rules/verdict";
import { describeServer, exchangeServers, restingOn, statementFor } from "./shared/exchange-servers";

/** Nobody takes checkpoints of an Exchange server. Who does not declare them is not suspected of any. */
export const exchangeCheckpoints = defineRule<VirtualMachine>({
  name: "exchange-checkpoints",
  title: "No checkpoints of Exchange",
  subject: "exchange",
  level: "unsupported",
  severity: "high",
  reach: "resource",
  why: "A checkpoint is not aware of Exchange: going back to one brings databases and directory out of step, and while it exists the server runs on a differencing disk.",
  fix: "Set checkpoints to disabled, and protect the server with a backup that Exchange takes part in.",
  sources: ["exchange-2013-virtualization", "exchange-virtualization"],
  tags: ["checkpoints"],
  applies: exchangeServers,
  check: (vm) =>
    given(vm, { exchange: vm.exchange, checkpoints: vm.checkpoints }, ({ exchange, checkpoints }) => {
      if (checkpoints === "disabled") return [];
      return given(vm, { version: exchange.version }, () => {
        const problem = `${describeServer(vm, exchange)} allows checkpoints (${checkpoints}).`;
        return [violation(vm, "checkpoints", problem, restingOn(statementFor(exchange.version, "checkpoints")))];
      });
    }),
});
