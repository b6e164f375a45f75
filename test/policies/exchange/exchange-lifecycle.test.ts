import { exchangeLifecycle } from "../../../policies/exchange/exchange-lifecycle";
import { UNKNOWN, vm } from "../../kit";
import { ruleTest } from "../../rule-test";

const server = (version: string) => [vm("mbx1", { exchange: { version, roles: ["Mailbox"] } })];

ruleTest(exchangeLifecycle, {
  passes: [
    ["a virtual machine without Exchange", [vm("vm1", {})], { asOf: "2026-12-01" }],
    ["P10: Exchange 2019 more than 180 days before its end", server("Exchange 2019"), { asOf: "2025-04-16" }],
    ["Exchange Server Subscription Edition", server("Exchange SE"), { asOf: "2026-12-01" }],
  ],
  finds: [
    [
      "P10: Exchange 2019 in its last 180 days",
      server("Exchange 2019"),
      "mbx1: mbx1 runs Exchange 2019, whose support ends on 2025-10-14.",
      { asOf: "2025-04-17", advisory: true, found: { value: "2025-10-14" }, source: "lifecycle-exchange-2019" },
    ],
    [
      "P10: Exchange 2016 after its end",
      server("Exchange 2016"),
      "mbx1: mbx1 runs Exchange 2016, whose support ended on 2025-10-14.",
      { asOf: "2025-10-15", advisory: false, fix: "Upgrade to a version of Exchange in support." },
    ],
    [
      "a service pack after its end",
      server("Exchange 2010 SP1"),
      "mbx1: mbx1 runs Exchange 2010 SP1, whose support ended on 2013-01-08.",
      { asOf: "2013-01-09", configuration: { daysAhead: 0 } },
    ],
  ],
  undecided: [
    [
      "a version that only the deployment tells",
      [vm("mbx1", { exchange: { version: UNKNOWN, roles: ["Mailbox"] } })],
      "mbx1: exchange.version is not known until deployment: not checked by exchange-lifecycle.",
    ],
  ],
});
