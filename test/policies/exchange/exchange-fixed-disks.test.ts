import type { DeclaredResource } from "../../../lib/estate/declared";
import type { Plain, PlainObject } from "../../../lib/estate/plain";
import { exchangeFixedDisks } from "../../../policies/exchange/exchange-fixed-disks";
import { cluster, host, mailbox, MALFORMED, UNKNOWN, vm } from "../../kit";
import { ruleTest, type Finds, type Passes, type Undecided } from "../../rule-test";

const LATER = "is not known until deployment: not checked by exchange-fixed-disks.";
const FORMAT_MISSING = "ex1: disks[0].format is not declared: not checked by exchange-fixed-disks.";
const SHARE = { path: "\\\\fs\\exchange\\d.vhdx" };
const FOLDER = { path: "\\\\fs\\exchange" };

function disk(type: Plain, more: PlainObject = {}): PlainObject {
  return { name: "D1", purpose: "databases", type, ...more };
}

function server(
  disks: Plain,
  version: Plain = "Exchange 2010 SP1",
  more: PlainObject = {},
): readonly DeclaredResource[] {
  return [mailbox("ex1", { disks, ...more }, { version })];
}

/** A server with one disk on a host of this version. */
function on(operatingSystem: Plain, version: string, type = "dynamic"): readonly DeclaredResource[] {
  return [host("hv1", { operatingSystem }), ...server([disk(type)], version, { host: "hv1" })];
}

/** A server that a cluster of these host versions places. */
function inCluster(...versions: readonly string[]): readonly DeclaredResource[] {
  const nodes = versions.map((version, index) =>
    host(`hv${String(index)}`, { cluster: "c1", operatingSystem: `Windows Server ${version}` }),
  );
  return [cluster("c1"), ...nodes, ...server([disk("dynamic")], "Exchange 2013", { cluster: "c1" })];
}

function has(what: string, name = "Exchange 2010 SP1"): string {
  return `ex1: ex1 (${name}, Mailbox) has the ${what}.`;
}

const SE = "Exchange Server Subscription Edition";

/** Each version, with the kinds of virtual disk that it supports beside fixed ones. */
const VERSIONS: readonly (readonly [version: string, name: string, dynamicVhdx: boolean])[] = [
  ["Exchange 2010", "Exchange 2010 RTM", false],
  ["Exchange 2010 SP1", "Exchange 2010 SP1", false],
  ["Exchange 2010 SP3", "Exchange 2010 SP3", false],
  ["Exchange 2013", "Exchange 2013", true],
  ["Exchange 2016", "Exchange 2016", true],
  ["Exchange 2019", "Exchange 2019", true],
  ["Exchange SE", SE, true],
];

const STORAGE: Readonly<Record<string, PlainObject>> = {
  "on an SMB share": disk("smb"),
  "on a share as a fixed disk": disk("fixed", SHARE),
  "as a dynamically expanding disk on an SMB share": disk("dynamic", SHARE),
  "as a folder of an SMB share": disk("smb", FOLDER),
  "on an NFS share": disk("nfs"),
};
const DYNAMIC_ON_SHARE = "as a dynamically expanding disk on an SMB share";
const ALWAYS_UNSUPPORTED = ["as a folder of an SMB share", "on an NFS share"];

/** Each version, with the storage of Exchange data that it does not support. */
const UNSUPPORTED_STORAGE: readonly (readonly [version: string, name: string, unsupported: readonly string[]])[] = [
  ["Exchange 2010", "Exchange 2010 RTM", Object.keys(STORAGE)],
  ["Exchange 2010 SP3", "Exchange 2010 SP3", Object.keys(STORAGE)],
  ["Exchange 2013", "Exchange 2013", ALWAYS_UNSUPPORTED],
  ["Exchange 2016", "Exchange 2016", [DYNAMIC_ON_SHARE, ...ALWAYS_UNSUPPORTED]],
  ["Exchange 2019", "Exchange 2019", [DYNAMIC_ON_SHARE, ...ALWAYS_UNSUPPORTED]],
  ["Exchange SE", SE, [DYNAMIC_ON_SHARE, ...ALWAYS_UNSUPPORTED]],
];

const TO_BLOCK_STORAGE = "Move it to a fixed virtual disk on block-level storage, a pass-through disk or an iSCSI LUN.";

/** What is said of storage on which no version of Exchange 2010 may have its data. */
function on2010(storage: string): string {
  if (storage === "on a share as a fixed disk") return 'disk "D1" (databases) on an SMB share';
  if (storage === DYNAMIC_ON_SHARE) return 'dynamically expanding VHDX "D1" (databases)';
  return storage === "as a folder of an SMB share"
    ? 'disk "D1" (databases) on an SMB share'
    : `disk "D1" (databases) ${storage}`;
}

ruleTest(exchangeFixedDisks, {
  passes: [
    ...VERSIONS.flatMap(([version, , dynamicVhdx]): readonly Passes[] => [
      ...["VHD", "VHDX"].map((format): Passes => [
        `a fixed ${format} of ${version}`,
        server([disk("fixed", { format })], version),
      ]),
      ...(dynamicVhdx
        ? [[`a dynamic VHDX of ${version}`, server([disk("dynamic", { format: "VHDX" })], version)] as const]
        : []),
    ]),
    ...["passThrough", "iscsi"].map((type): Passes => [`${type}, which is not a virtual disk`, server([disk(type)])]),
    ...UNSUPPORTED_STORAGE.flatMap(([version, , unsupported]) =>
      Object.entries(STORAGE)
        .filter(([storage]) => !unsupported.includes(storage))
        .map(([storage, one]): Passes => [`data of ${version} ${storage}`, server([one], version)]),
    ),
    ...["operatingSystem", "pageFile"].map((purpose): Passes => [
      `${purpose} on an NFS share, which is not data of Exchange`,
      server([disk("nfs", { purpose })]),
    ]),
    ["no disks", server([])],
    ["no declaration of disks", [mailbox("ex1")]],
    ["a machine without Exchange", [vm("a", { disks: [disk("dynamic")] })]],
    ["the format of the file name", server([disk("dynamic", { path: "D:\\a.vhdx" })], "Exchange 2013")],
    ["a fixed disk, whatever else is unknown", server([disk("fixed", { format: UNKNOWN, name: UNKNOWN })], UNKNOWN)],
    ...MALFORMED.flatMap((value): readonly Passes[] => {
      const name = `${JSON.stringify(value)}, which the estate rule reports`;
      return [
        [`type ${name}`, server([disk(value)])],
        [`format ${name}`, server([disk("dynamic", { format: value })], "Exchange 2013")],
        [`version ${name}`, server([disk("dynamic")], value)],
        [`disk ${name}`, server([value])],
        ...(Array.isArray(value) ? [] : [[`disks ${name}`, server(value)] as const]),
      ];
    }),
  ],
  finds: [
    [
      "each disk that is not fixed, and what it holds",
      server([
        disk("fixed", { name: "C", purpose: "operatingSystem" }),
        disk("dynamic", { name: "D", format: "VHD" }),
        disk("differencing", { name: "E", purpose: "transactionLogs", path: "E:\\e.vhdx" }),
      ]),
      [has('differencing VHDX "E" (transactionLogs)'), has('dynamically expanding VHD "D" (databases)')],
    ],
    ...VERSIONS.flatMap(([version, name, dynamicVhdx]) =>
      [
        ["dynamic", "VHD"],
        ["dynamic", "VHDX"],
        ["differencing", "VHD"],
        ["differencing", "VHDX"],
      ]
        .filter(([type, format]) => !(dynamicVhdx && type === "dynamic" && format === "VHDX"))
        .map(([type = "", format = ""]): Finds => [
          `a ${type} ${format} of ${version}`,
          server([disk(type, { format })], version),
          has(`${type === "dynamic" ? "dynamically expanding" : type} ${format} "D1" (databases)`, name),
          {
            advisory: false,
            found: { value: type },
            limit: { bound: "exactly", value: "fixed" },
            change: { path: "disks[0].type", value: "fixed" },
          },
        ]),
    ),
    [
      "quoting the article",
      server([disk("dynamic")]),
      has('dynamically expanding disk "D1" (databases)'),
      { source: "exchange-2010-best-practices" },
    ],
    ...["operatingSystem", "data", "databases", "transactionLogs", "contentIndex", "messageQueue"].map(
      (purpose): Finds => [
        `a dynamic disk for ${purpose}`,
        server([disk("dynamic", { purpose })]),
        has(`dynamically expanding disk "D1" (${purpose})`),
      ],
    ),
    ...UNSUPPORTED_STORAGE.flatMap(([version, name, unsupported]) =>
      unsupported.map((storage): Finds => {
        const what = version.includes("2010") ? on2010(storage) : `disk "D1" (databases) ${storage}`;
        return [
          `data of ${version} ${storage}`,
          server([STORAGE[storage] ?? {}], version),
          has(what, name),
          { advisory: false, fix: TO_BLOCK_STORAGE },
        ];
      }),
    ),
    [
      "storage, as data",
      server([disk("nfs")], "Exchange 2016"),
      has('disk "D1" (databases) on an NFS share', "Exchange 2016"),
      { found: { value: "on an NFS share" }, limit: { bound: "oneOf", value: ["fixed", "passThrough", "iscsi"] } },
    ],
    [
      "one problem of a disk that has two",
      server([disk("differencing", SHARE)], "Exchange 2016"),
      has('differencing VHDX "D1" (databases)', "Exchange 2016"),
    ],
    [
      "data on the disk of the operating system",
      server([disk("nfs", { purpose: "operatingSystem", alsoHolds: ["messageQueue"] })]),
      has('disk "D1" (operatingSystem) on an NFS share'),
    ],
    [
      "a share, whatever its unknown path is",
      server([disk("smb", { path: UNKNOWN })], "Exchange 2010"),
      has('disk "D1" (databases) on an SMB share', "Exchange 2010 RTM"),
    ],
    ...["2008 SP2", "2008 R2", "2008 R2 SP1"].map((version): Finds => [
      `no format on Windows Server ${version}, which has VHD only`,
      on(`Windows Server ${version}`, "Exchange 2013"),
      has('dynamically expanding VHD "D1" (databases)', "Exchange 2013"),
    ]),
    [
      "no format where it does not matter",
      on("Windows Server 2012", "Exchange 2010 SP1"),
      has('dynamically expanding disk "D1" (databases)'),
    ],
    [
      "no format of a differencing disk",
      on("Windows Server 2019", "Exchange 2019", "differencing"),
      has('differencing disk "D1" (databases)', "Exchange 2019"),
    ],
    [
      "no format in a cluster whose nodes have VHD only",
      inCluster("2008 R2", "2008 R2 SP1"),
      has('dynamically expanding VHD "D1" (databases)', "Exchange 2013"),
    ],
    [
      "the format of the file name",
      server([disk("dynamic", { path: "D:\\a.vhd" })], "Exchange 2013"),
      has('dynamically expanding VHD "D1" (databases)', "Exchange 2013"),
    ],
    [
      "an unknown format where it does not matter",
      server([disk("dynamic", { format: UNKNOWN })]),
      has('dynamically expanding disk "D1" (databases)'),
    ],
    [
      "Badly: a disk whose name is not known, by its place",
      server([UNKNOWN, disk("dynamic", { name: UNKNOWN, purpose: UNKNOWN })]),
      has("dynamically expanding disk disks[1]"),
      { undecided: [`ex1: disks[0].type ${LATER}`] },
    ],
  ],
  undecided: [
    ...["2012", "2012 R2", "2016", "2019", "2022", "2025"].map((version): Undecided => [
      `no format on Windows Server ${version}`,
      on(`Windows Server ${version}`, "Exchange 2013"),
      FORMAT_MISSING,
    ]),
    ["no format on an unknown host version", on(UNKNOWN, "Exchange 2013"), FORMAT_MISSING],
    ["no format on a malformed host version", on("nonsense", "Exchange 2013"), FORMAT_MISSING],
    ["no format on an unknown host", server([disk("dynamic")], "Exchange 2013", { host: UNKNOWN }), FORMAT_MISSING],
    ["no format and no host", server([disk("dynamic")], "Exchange 2013"), FORMAT_MISSING],
    ["no format in a cluster of which a node has VHDX", inCluster("2008 R2", "2012"), FORMAT_MISSING],
    ...(
      [
        ["disks", server(UNKNOWN)],
        ["disks[0].type", server([UNKNOWN])],
        ["disks[0].type", server([disk(UNKNOWN)])],
        ["disks[0].format", server([disk("dynamic", { format: UNKNOWN })], "Exchange 2013")],
        ["disks[0].path", server([disk("dynamic", { path: UNKNOWN })], "Exchange 2013")],
        ["exchange.version", server([disk("dynamic")], UNKNOWN)],
        ["exchange", [vm("ex1", { exchange: UNKNOWN, disks: [disk("dynamic")] })]],
        ["disks[0].purpose", server([disk("nfs", { purpose: UNKNOWN })])],
        ["disks[0].path", server([disk("smb", { path: UNKNOWN })], "Exchange 2016")],
        ["exchange.version", server([disk("nfs")], UNKNOWN)],
      ] as const
    ).map(([path, estate]): Undecided => [`an unknown ${path}`, estate, `ex1: ${path} ${LATER}`]),
  ],
});
