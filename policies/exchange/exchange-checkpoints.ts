import type { VirtualMachine } from "../../lib/estate/model";
import { exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, violation } from "../../lib/rules/verdict";
import { describeServer, exchangeServers, restingOn, statementFor } from "./shared/exchange-servers";

/** Checkpoints are off for an Exchange server. A server that does not declare them passes. */
export const exchangeCheckpoints = defineRule<VirtualMachine>({
  name: "exchange-checkpoints",
  title: "No checkpoints of Exchange",
  subject: "exchange",
  level: "unsupported",
  severity: "high",
  reach: "resource",
  why: "Checkpoints are not application-aware: applying one puts the databases and the directory out of step, and while it exists the server runs on a differencing disk.",
  fix: "Set checkpoints to disabled, and protect the server with an Exchange-aware backup.",
  sources: ["exchange-2013-virtualization", "exchange-virtualization"],
  tags: ["checkpoints"],
  applies: exchangeServers,
  check: (vm) =>
    given(vm, { exchange: vm.exchange, checkpoints: vm.checkpoints }, ({ exchange, checkpoints }) => {
      if (checkpoints === "disabled") return [];
      return given(vm, { version: exchange.version }, () => {
        const problem = `${describeServer(vm, exchange)} allows checkpoints (${checkpoints}).`;
        return [
          violation(vm, "checkpoints", problem, {
            found: { value: checkpoints },
            limit: exactly("disabled"),
            change: { path: "checkpoints", value: "disabled" },
            ...restingOn(statementFor(exchange.version, "checkpoints")),
          }),
        ];
      });
    }),
});
