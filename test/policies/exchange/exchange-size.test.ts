import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain } from "../../../lib/estate/plain";
import { exchangeSize } from "../../../policies/exchange/exchange-size";
import { mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes, type Undecided } from "../../rule-test";

const GB = 1024;
const LATER = "is not known until deployment: not checked by exchange-size.";
const SE = "Exchange Server Subscription Edition";

function server(
  version: Plain,
  processorCount: Plain,
  memoryMB: Plain,
  roles: Plain = ["Mailbox"],
): readonly DeclaredResource[] {
  return [mailbox("ex1", { processorCount, memoryMB }, { version, roles })];
}

type Minimum = readonly [version: string, role: string, name: string, gigabytes: number, advisory: boolean];

const MINIMA: readonly Minimum[] = [
  ["2010", "Mailbox", "Exchange 2010 RTM", 4, true],
  ["2010 SP1", "Hub Transport", "Exchange 2010 SP1", 4, true],
  ["2010 SP3", "Edge Transport", "Exchange 2010 SP3", 4, true],
  ["2013", "Mailbox", "Exchange 2013", 8, false],
  ["2013", "Client Access", "Exchange 2013", 4, false],
  ["2013", "Edge Transport", "Exchange 2013", 4, false],
  ["2016", "Mailbox", "Exchange 2016", 8, false],
  ["2016", "Edge Transport", "Exchange 2016", 4, false],
  ["2019", "Mailbox", "Exchange 2019", 128, true],
  ["2019", "Edge Transport", "Exchange 2019", 64, true],
  ["SE", "Mailbox", SE, 128, true],
  ["SE", "Edge Transport", SE, 64, true],
];

type Maximum = readonly [version: string, name: string, processors: number, gigabytes: number];

const MAXIMA: readonly Maximum[] = [
  ["2013", "Exchange 2013", 24, 96],
  ["2016", "Exchange 2016", 24, 192],
  ["2019", "Exchange 2019", 48, 256],
  ["SE", SE, 48, 256],
];

function tooLittle([version, role, name, gigabytes, advisory]: Minimum): Finds {
  const least = gigabytes * GB;
  const verb = advisory ? "should have" : "needs";
  return [
    `less memory than ${name} with ${role} ${verb}, to the MB`,
    server(version, 4, least - 1, [role]),
    `ex1: ex1 (${name}, ${role}) has ${String(least - 1)} MB of memory. ${name} ${verb} at least ` +
      `${String(gigabytes)} GB, which is ${String(least)} MB.`,
    {
      advisory,
      found: { value: least - 1, unit: "MB" },
      limit: { bound: "atLeast", value: least, unit: "MB" },
      fix: `Set memoryMB to ${String(least)} or more.`,
    },
  ];
}

function tooMuch([version, name, processors, gigabytes]: Maximum): readonly Finds[] {
  const most = gigabytes * GB;
  const ex1 = `ex1: ex1 (${name}, Mailbox) has`;
  return [
    [
      `more processors than ${name} should have`,
      server(version, processors + 1, most),
      `${ex1} ${String(processors + 1)} virtual processors. ${name} should have at most ${String(processors)} processors.`,
      {
        advisory: true,
        found: { value: processors + 1, unit: "virtual processors" },
        limit: { bound: "atMost", value: processors, unit: "virtual processors" },
        fix: `Set processorCount to ${String(processors)} or less, and use more servers instead of larger ones.`,
      },
    ],
    [
      `more memory than ${name} should have`,
      server(version, processors, most + 1),
      `${ex1} ${String(most + 1)} MB of memory. ${name} should have at most ${String(gigabytes)} GB, which is ${String(most)} MB.`,
      { advisory: true },
    ],
  ];
}

ruleTest(exchangeSize, {
  passes: [
    ...MINIMA.map(([version, role, name, gigabytes]): Passes => [
      `the least memory of ${name} with ${role}`,
      server(version, 4, gigabytes * GB, [role]),
    ]),
    ...MAXIMA.map(([version, name, processors, gigabytes]): Passes => [
      `the most processors and memory of ${name}`,
      server(version, processors, gigabytes * GB),
    ]),
    ["any size of Exchange 2010", server("2010 SP3", 64, 1024 * GB)],
    ["two processors of Exchange 2010", server("2010 SP1", 2, 8 * GB)],
    ["one processor of Exchange 2016", server("2016", 1, 8 * GB)],
    ...["HT", "Edge"].map((role): Passes => [
      `one processor of Exchange 2010 with ${role}`,
      server("2010 SP1", 1, 8 * GB, [role]),
    ]),
    ["what one role needs", server("2013", 4, 6 * GB, ["CAS"])],
    ["what every role needs, where one is unknown", server("2013", 4, 8 * GB, ["CAS", UNKNOWN])],
    ["a machine without Exchange", [vm("a", { memoryMB: 64 })]],
    ...MALFORMED.flatMap((value): readonly Passes[] => [
      [`processors ${JSON.stringify(value)}, which the estate rule reports`, server("2016", value, 8 * GB)],
      [`memory ${JSON.stringify(value)}, which the estate rule reports`, server("2016", 4, value)],
      [`version ${JSON.stringify(value)}, which the estate rule reports`, server(value, 4, 1)],
    ]),
  ],
  finds: [
    ...MINIMA.map(tooLittle),
    ...MAXIMA.flatMap(tooMuch),
    ...["Mailbox", "Client Access", "Unified Messaging"].map((role): Finds => [
      `one processor of Exchange 2010 with ${role}`,
      server("2010 SP1", 1, 8 * GB, [role]),
      `ex1: ex1 (Exchange 2010 SP1, ${role}) has 1 virtual processor. Exchange 2010 SP1 should have at least 2 processors.`,
      { advisory: true, fix: "Set processorCount to 2 or more." },
    ]),
    [
      "processors and memory, each on its own",
      server("2016", 25, 4096),
      [
        "ex1: ex1 (Exchange 2016, Mailbox) has 25 virtual processors. Exchange 2016 should have at most 24 processors.",
        "ex1: ex1 (Exchange 2016, Mailbox) has 4096 MB of memory. Exchange 2016 needs at least 8 GB, which is 8192 MB.",
      ],
    ],
    [
      "less than the larger need of two roles",
      server("2013", 4, 6 * GB, ["CAS", "MBX"]),
      "ex1: ex1 (Exchange 2013, Client Access, Mailbox) has 6144 MB of memory. Exchange 2013 needs at least 8 GB, which " +
        "is 8192 MB.",
    ],
    [
      "less than a known role needs, beside an unknown one",
      server("2013", 4, 3 * GB, ["CAS", UNKNOWN]),
      "ex1: ex1 (Exchange 2013, Client Access) has 3072 MB of memory. Exchange 2013 needs at least 4 GB, which is 4096 MB.",
    ],
  ],
  undecided: (
    [
      ["memoryMB", server("2016", 4, UNKNOWN)],
      ["processorCount", server("2016", UNKNOWN, 8 * GB)],
      ["exchange.version", server(UNKNOWN, 4, 8 * GB)],
      ["exchange.roles[1]", server("2013", 4, 6 * GB, ["CAS", UNKNOWN])],
      ["exchange.roles", server("2013", 4, 6 * GB, UNKNOWN)],
      ["exchange", [vm("ex1", { exchange: UNKNOWN })]],
    ] as const
  ).map(([path, estate]): Undecided => [`an unknown ${path}`, estate, `ex1: ${path} ${LATER}`]),
});
