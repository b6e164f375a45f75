import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { exchangeRoleStorage } from "../../../policies/exchange/exchange-role-storage";
import { mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes, type Undecided } from "../../rule-test";

const LATER = "is not known until deployment: not checked by exchange-role-storage.";
const MISSING = "is not declared: not checked by exchange-role-storage.";
const QUEUE = "the message queue database and its logs";
const MAILBOX_SP1 = "Exchange 2010 SP1, Mailbox";
const BOTH = "Exchange 2010 SP1, Mailbox, Hub Transport";

function disks(...purposes: readonly Plain[]): readonly PlainObject[] {
  return purposes.map((purpose, index) => {
    return { name: `D${String(index)}`, purpose, type: "fixed", sizeGB: 100 };
  });
}

function server(roles: Plain, held: Plain, version: Plain = "Exchange 2010 SP1"): readonly DeclaredResource[] {
  return [mailbox("ex1", { disks: held }, { version, roles })];
}

function lacks(name: string, missing: string): string {
  return `ex1: ex1 (${name}) has no disk for ${missing}.`;
}

function quotes(version: string, name: string, missing: string, source: string): Finds {
  const estate = server(["MBX"], disks("operatingSystem"), version);
  return [`for ${version}, quoting its document`, estate, lacks(`${name}, Mailbox`, missing), { source }];
}

const [SYSTEM, DATABASES] = disks("operatingSystem", "databases");
const ALL = disks("operatingSystem", "databases", "transactionLogs", "contentIndex");
const LOGS = "the databases and the transaction logs";

ruleTest(exchangeRoleStorage, {
  passes: [
    ["a Hub Transport server with a disk for its queue", server(["HT"], disks("operatingSystem", "messageQueue"))],
    ["a Mailbox server with a disk for each", server(["MBX"], ALL)],
    ["the content index beside the databases", server(["MBX"], disks("databases", "transactionLogs"))],
    ...["CAS", "UM", "Edge"].map((role): Passes => [
      `${role}, which needs none`,
      server([role], disks("operatingSystem")),
    ]),
    [
      "what disks also hold",
      server(
        ["MBX", "HT"],
        [
          { ...SYSTEM, alsoHolds: ["messageQueue"] },
          { ...DATABASES, alsoHolds: ["transactionLogs", "contentIndex"] },
        ],
      ),
    ],
    ...["Exchange 2013", "Exchange 2016", "Exchange 2019"].flatMap((version): readonly Passes[] => [
      [
        `${version} with its queue in the default place`,
        server(["MBX"], disks("databases", "transactionLogs"), version),
      ],
      [
        `${version} with a disk for its queue`,
        server(["MBX"], disks("databases", "transactionLogs", "messageQueue"), version),
      ],
      [`Edge Transport of ${version}`, server(["Edge"], disks("operatingSystem"), version)],
    ]),
    ["Client Access of Exchange 2013", server(["CAS"], disks("operatingSystem"), "Exchange 2013")],
    ["no disks where no role needs one", [mailbox("ex1", {}, { roles: ["CAS"] })]],
    ["a machine without Exchange", [vm("a")]],
    ["an unknown purpose beside the disk for the queue", server(["HT"], disks("messageQueue", UNKNOWN))],
    ["unknown roles with a disk for each", server(UNKNOWN, [...ALL, ...disks("messageQueue")])],
    ...MALFORMED.flatMap((value): readonly Passes[] => [
      [
        `purpose ${JSON.stringify(value)}, which the estate rule reports`,
        server(["HT"], disks("operatingSystem", value)),
      ],
      [
        `version ${JSON.stringify(value)}, which the estate rule reports`,
        server(["HT"], disks("operatingSystem"), value),
      ],
      [`role ${JSON.stringify(value)}, which the estate rule reports`, server([value], disks("operatingSystem"))],
    ]),
  ],
  finds: [
    [
      "a Hub Transport server without a disk for its queue",
      server(["HT"], disks("operatingSystem")),
      lacks("Exchange 2010 SP1, Hub Transport", QUEUE),
      {
        found: { value: 0, unit: "disks" },
        limit: { bound: "atLeast", value: 1, unit: "disks" },
        fix:
          "Declare a disk of purpose messageQueue on other storage than the operating system, or add it to alsoHolds of " +
          "the data disks that hold it.",
        source: "exchange-2010-best-practices",
      },
    ],
    ["no disk for the logs", server(["MBX"], ALL.slice(0, 2)), lacks(MAILBOX_SP1, "the transaction logs")],
    [
      "Badly: no disk for anything of a Mailbox server, with a fix for all of it",
      server(["MBX"], disks("operatingSystem")),
      lacks(MAILBOX_SP1, "the databases, the transaction logs and the content index"),
      {
        fix:
          "Declare disks of the purposes databases, transactionLogs and contentIndex on other storage than the operating " +
          "system, or add them to alsoHolds of the data disks that hold them.",
      },
    ],
    [
      "no disk for the databases",
      server(["MBX"], disks("contentIndex", "transactionLogs")),
      lacks(MAILBOX_SP1, "the databases"),
    ],
    [
      "no disk for the databases and their index",
      server(["MBX"], disks("transactionLogs")),
      lacks(MAILBOX_SP1, "the databases and the content index"),
    ],
    [
      "each role on its own",
      server(["MBX", "HT"], disks("databases", "contentIndex")),
      [lacks(BOTH, QUEUE), lacks(BOTH, "the transaction logs")],
    ],
    ...["Exchange 2013", "Exchange 2016", "Exchange 2019"].map((version): Finds => [
      `no disk for the logs of ${version}`,
      server(["MBX"], disks("databases", "contentIndex"), version),
      lacks(`${version}, Mailbox`, "the transaction logs"),
    ]),
    quotes("Exchange 2013", "Exchange 2013", LOGS, "exchange-2013-virtualization"),
    quotes("Exchange 2016", "Exchange 2016", LOGS, "exchange-virtualization"),
    quotes("Exchange SE", "Exchange Server Subscription Edition", LOGS, "exchange-virtualization"),
    [
      "what a known role lacks, beside an unknown one",
      server(["HT", UNKNOWN], disks("operatingSystem")),
      lacks("Exchange 2010 SP1, Hub Transport", QUEUE),
      { undecided: [`ex1: exchange.roles[1] ${LATER}`] },
    ],
  ],
  undecided: [
    [
      "a disk of data, which may be the one",
      server(["HT"], disks("operatingSystem", "data")),
      `ex1: a disk of purpose messageQueue ${MISSING}`,
    ],
    ["disks that are not declared", [mailbox("ex1")], `ex1: disks ${MISSING}`],
    ...(
      [
        ["disks", server(["HT"], UNKNOWN)],
        ["disks[1].purpose", server(["HT"], disks("operatingSystem", UNKNOWN))],
        ["exchange.version", server(["HT"], disks("operatingSystem"), UNKNOWN)],
        ["exchange.roles", server(UNKNOWN, disks("operatingSystem"))],
        ["exchange.roles[0]", server([UNKNOWN, "CAS"], disks("operatingSystem"))],
      ] as const
    ).map(([path, estate]): Undecided => [`an unknown ${path}`, estate, `ex1: ${path} ${LATER}`]),
  ],
});
