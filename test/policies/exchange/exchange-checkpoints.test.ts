import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain } from "../../../lib/estate/plain";
import { exchangeCheckpoints } from "../../../policies/exchange/exchange-checkpoints";
import { host, mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes } from "../../rule-test";

const LATER = "is not known until deployment: not checked by exchange-checkpoints.";

function server(checkpoints: Plain, version: Plain = "Exchange 2016"): readonly DeclaredResource[] {
  return [mailbox("ex1", { checkpoints, host: "hv1" }, { version })];
}

ruleTest(exchangeCheckpoints, {
  passes: [
    ["a server without", server("disabled")],
    ["a server without, of an unknown version", server("disabled", UNKNOWN)],
    ["a machine without Exchange", [vm("a", { checkpoints: "standard" })]],
    ...["Windows Server 2008 R2", "Windows Server 2022"].map((operatingSystem): Passes => [
      `no declaration, whatever ${operatingSystem} does by default`,
      [host("hv1", { operatingSystem }), mailbox("ex1", { host: "hv1" })],
    ]),
    ...MALFORMED.flatMap((value): readonly Passes[] => [
      [`checkpoints ${JSON.stringify(value)}, which the estate rule reports`, server(value)],
      [`version ${JSON.stringify(value)}, which the estate rule reports`, server("standard", value)],
    ]),
  ],
  finds: [
    ...["standard", "production", "productionOnly"].map((kind): Finds => [
      `${kind} checkpoints`,
      server(kind),
      `ex1: ex1 (Exchange 2016, Mailbox) allows checkpoints (${kind}).`,
      {
        advisory: false,
        found: { value: kind },
        limit: { bound: "exactly", value: "disabled" },
        change: { path: "checkpoints", value: "disabled" },
        source: "exchange-virtualization",
      },
    ]),
    ...["2010 RTM", "2010 SP1", "2010 SP2", "2010 SP3"].map((version): Finds => [
      `advises for Exchange ${version}, of which no document speaks`,
      server("standard", version),
      `ex1: ex1 (Exchange ${version}, Mailbox) allows checkpoints (standard).`,
      { advisory: true },
    ]),
    ...["2013", "2016", "2019"].map((version): Finds => [
      `blocks for Exchange ${version}`,
      server("standard", version),
      `ex1: ex1 (Exchange ${version}, Mailbox) allows checkpoints (standard).`,
      { advisory: false },
    ]),
    [
      "blocks for the Subscription Edition",
      server("standard", "SE"),
      "ex1: ex1 (Exchange Server Subscription Edition, Mailbox) allows checkpoints (standard).",
      { advisory: false },
    ],
  ],
  undecided: [
    ["unknown checkpoints", server(UNKNOWN), `ex1: checkpoints ${LATER}`],
    ["an unknown version", server("standard", UNKNOWN), `ex1: exchange.version ${LATER}`],
    [
      "a machine of which it is not known whether it runs Exchange",
      [vm("ex1", { exchange: UNKNOWN, checkpoints: "standard" })],
      `ex1: exchange ${LATER}`,
    ],
  ],
});
