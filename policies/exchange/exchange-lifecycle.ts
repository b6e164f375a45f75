import type { VirtualMachine } from "../../lib/estate/model";
import { defineRule } from "../../lib/rules/rule";
import { given } from "../../lib/rules/verdict";
import { exchangeVersionName } from "../../lib/tables/exchange";
import { endOfExchangeSupport } from "../../lib/tables/lifecycle";
import { DAYS_AHEAD, judgeSupportEnd } from "../hosts/shared/support-end";
import { exchangeServers } from "./shared/exchange-servers";

/** Microsoft still supports the version of Exchange. */
export const exchangeLifecycle = defineRule<VirtualMachine>({
  name: "exchange-lifecycle",
  title: "Versions of Exchange in support",
  subject: "exchange",
  level: "unsupported",
  enforcement: "advisory", // a pipeline that passes today must not fail tomorrow because a date has passed
  severity: "high",
  reach: "resource",
  why: "After its end of support Exchange gets no more security updates, and Microsoft answers no more questions about it.",
  fix: "Upgrade to a version of Exchange in support.",
  sources: ["lifecycle-exchange-2019"],
  tags: ["lifecycle"],
  parameters: { daysAhead: DAYS_AHEAD },
  applies: exchangeServers,
  check: (vm, _estate, { asOf, number }) =>
    given(vm, { exchange: vm.exchange }, ({ exchange }) =>
      given(vm, { version: exchange.version }, ({ version }) => {
        const supported = {
          on: vm,
          path: "exchange.version",
          subject: `${vm.name} runs ${exchangeVersionName(version)}`,
          fix: "Upgrade to a version of Exchange in support",
        };
        return judgeSupportEnd(supported, endOfExchangeSupport(version), asOf, number("daysAhead"));
      }),
    ),
});
