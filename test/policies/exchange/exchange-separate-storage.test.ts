import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { exchangeSeparateStorage } from "../../../policies/exchange/exchange-separate-storage";
import { mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes, type Undecided } from "../../rule-test";

const LATER = "is not known until deployment: not checked by exchange-separate-storage.";
const VOLUME = "C:\\ClusterStorage\\Volume1";

function disk(name: string, purpose: Plain, more: PlainObject = {}): PlainObject {
  return { name, purpose, type: "fixed", sizeGB: 100, ...more };
}

const SYSTEM = disk("C", "operatingSystem", { storage: "Spindles 1" });

function server(disks: Plain, version: Plain = "Exchange 2010 SP1"): readonly DeclaredResource[] {
  return [mailbox("ex1", { disks }, { version })];
}

/** An operating system disk and a disk of databases, by their paths. */
function at(systemPath: string, path: string): readonly DeclaredResource[] {
  return server([disk("C", "operatingSystem", { path: systemPath }), disk("D", "databases", { path })]);
}

function beside(name: string, place: string, server = "Exchange 2010 SP1"): string {
  return `ex1: ex1 (${server}, Mailbox) has the disk ${name} on ${place}, where its operating system disk "C" lies too.`;
}

/** What each document means, on the storage of the operating system. */
const OF_2010 = ["databases", "transactionLogs", "contentIndex", "messageQueue"];
// Later documents allow the queue on the system drive.
const OF_LATER = ["databases", "transactionLogs", "contentIndex"];
const PURPOSES = [...OF_2010, "data", "pageFile"];
const VERSIONS: readonly (readonly [version: string, name: string, meant: readonly string[]])[] = [
  ["Exchange 2010", "Exchange 2010 RTM", OF_2010],
  ["Exchange 2010 SP1", "Exchange 2010 SP1", OF_2010],
  ["Exchange 2010 SP2", "Exchange 2010 SP2", OF_2010],
  ["Exchange 2010 SP3", "Exchange 2010 SP3", OF_2010],
  ["Exchange 2013", "Exchange 2013", OF_LATER],
  ["Exchange 2016", "Exchange 2016", OF_LATER],
  ["Exchange 2019", "Exchange 2019", OF_LATER],
  ["Exchange SE", "Exchange Server Subscription Edition", OF_LATER],
];

function together(purpose: string, version: string): readonly DeclaredResource[] {
  return server([SYSTEM, disk("D", purpose, { storage: "spindles 1" })], version);
}

ruleTest(exchangeSeparateStorage, {
  passes: [
    ["other storage", server([SYSTEM, disk("D", "databases", { storage: "Spindles 2" })])],
    ...VERSIONS.flatMap(([version, , meant]) =>
      PURPOSES.filter((purpose) => !meant.includes(purpose)).map((purpose): Passes => [
        `${purpose} of ${version} on the same storage`,
        together(purpose, version),
      ]),
    ),
    [
      "the queue of Exchange 2016 on the operating system disk",
      server([disk("C", "operatingSystem", { alsoHolds: ["messageQueue", "pageFile"] })], "Exchange 2016"),
    ],
    ["another drive", at("D:\\vm\\c.vhd", "E:\\data\\d.vhd")],
    ["another cluster volume", at(`${VOLUME}\\c.vhd`, "C:\\ClusterStorage\\Volume2\\d.vhd")],
    ["another share", at("\\\\fs\\a\\c.vhdx", "\\\\fs\\b\\d.vhdx")],
    [
      "a pass-through disk, which lies on no volume",
      server([
        disk("C", "operatingSystem", { path: "D:\\c.vhd" }),
        disk("D", "databases", { type: "passThrough", path: "D:\\" }),
      ]),
    ],
    ["no disks", [mailbox("ex1")]],
    ["no operating system disk", server([disk("D", "databases", { storage: "a" })])],
    ["a machine without Exchange", [vm("a", { disks: [SYSTEM] })]],
    ["an unknown purpose on other storage", server([SYSTEM, disk("D", UNKNOWN, { storage: "Spindles 2" })])],
    ...MALFORMED.flatMap((value): readonly Passes[] => [
      [
        `purpose ${JSON.stringify(value)}, which the estate rule reports`,
        server([SYSTEM, disk("D", value, { storage: "Spindles 1" })]),
      ],
      [
        `version ${JSON.stringify(value)}, which the estate rule reports`,
        server([SYSTEM, disk("D", "databases")], value),
      ],
      ...(Array.isArray(value)
        ? []
        : [[`disks ${JSON.stringify(value)}, which the estate rule reports`, server(value)] as const]),
    ]),
    ["malformed storage, which the estate rule reports", server([SYSTEM, disk("D", "databases", { storage: {} })])],
  ],
  finds: [
    [
      "the same storage, in other capitals",
      server([SYSTEM, disk("D", "databases", { storage: "SPINDLES 1" })]),
      beside('"D" (databases)', "SPINDLES 1"),
      {
        found: { value: "SPINDLES 1" },
        limit: { bound: "not", value: "SPINDLES 1" },
        fix: "Move the disk to other storage, and set its storage to that.",
        source: "exchange-2010-best-practices",
        advisory: false,
      },
    ],
    ...VERSIONS.flatMap(([version, name, meant]) =>
      meant.map((purpose): Finds => [
        `${purpose} of ${version} on the same storage`,
        together(purpose, version),
        beside(`"D" (${purpose})`, "spindles 1", name),
      ]),
    ),
    [
      "what lies on the operating system disk itself",
      server([disk("C", "operatingSystem", { alsoHolds: ["messageQueue", "databases"] })]),
      "ex1: ex1 (Exchange 2010 SP1, Mailbox) has the databases and the message queue database and its logs on its " +
        'operating system disk "C".',
      {
        found: { value: ["databases", "messageQueue"] },
        limit: { bound: "noneOf", value: OF_2010 },
        fix: "Move them to a disk of their own, on other storage.",
      },
    ],
    [
      "what a disk also holds",
      server([SYSTEM, disk("D", "data", { alsoHolds: ["transactionLogs"], storage: "Spindles 1" })]),
      beside('"D" (data)', "Spindles 1"),
    ],
    [
      "the same drive",
      at("D:\\vm\\c.vhd", "d:\\data\\d.vhd"),
      beside('"D" (databases)', "d:"),
      { fix: "Move the disk to another volume, and set its path to that." },
    ],
    ["the same cluster volume", at(`${VOLUME}\\c.vhd`, `${VOLUME}\\d.vhd`), beside('"D" (databases)', VOLUME)],
    ["the same share", at("\\\\fs\\a\\c.vhdx", "\\\\FS\\a\\d.vhdx"), beside('"D" (databases)', "\\\\FS\\a")],
    [
      "one disk beside another of unknown storage",
      server([SYSTEM, disk("D", "databases", { storage: "Spindles 1" }), disk("E", "databases", { storage: UNKNOWN })]),
      beside('"D" (databases)', "Spindles 1"),
      { undecided: [`ex1: disks[2].storage ${LATER}`] },
    ],
  ],
  undecided: [
    [
      "neither storage nor path",
      server([disk("C", "operatingSystem"), disk("D", "databases")]),
      "ex1: disks[0].storage and disks[1].storage are not declared: not checked by exchange-separate-storage.",
    ],
    [
      "a path of one disk only",
      server([disk("C", "operatingSystem", { path: "D:\\c.vhd" }), disk("D", "databases")]),
      "ex1: disks[0].storage and disks[1].storage are not declared: not checked by exchange-separate-storage.",
    ],
    [
      "storage of one disk only",
      server([SYSTEM, disk("D", "databases")]),
      "ex1: disks[1].storage is not declared: not checked by exchange-separate-storage.",
    ],
    ...(
      [
        ["disks", server(UNKNOWN)],
        ["exchange.version", server([SYSTEM], UNKNOWN)],
        ["disks[1].storage", server([SYSTEM, disk("D", "databases", { storage: UNKNOWN })])],
        ["disks[1].purpose", server([SYSTEM, disk("D", UNKNOWN, { storage: "Spindles 1" })])],
        ["disks[0].alsoHolds", server([{ ...SYSTEM, alsoHolds: UNKNOWN }])],
      ] as const
    ).map(([path, estate]): Undecided => [`an unknown ${path}`, estate, `ex1: ${path} ${LATER}`]),
  ],
});
