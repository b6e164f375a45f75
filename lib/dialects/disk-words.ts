import { DISK_PURPOSES, DISK_TYPES, type DiskPurpose, type DiskType, type VirtualDisk } from "../estate/model";
import type { Reader } from "../estate/reader";

/** What else people call what a disk holds, in lower case without blanks and hyphens. */
const PURPOSE_WORDS: Readonly<Record<DiskPurpose, readonly string[]>> = {
  operatingSystem: ["os", "system", "boot", "root", "windows", "c", "c:"],
  data: [],
  databases: [
    "database",
    "db",
    "dbs",
    "edb",
    "mailboxdatabase",
    "mailboxdatabases",
    "exchangedatabase",
    "exchangedatabases",
  ],
  transactionLogs: [
    "transactionlog",
    "log",
    "logs",
    "translog",
    "translogs",
    "dblog",
    "dblogs",
    "databaselog",
    "databaselogs",
  ],
  contentIndex: ["index", "contentindexes", "searchindex", "contentindexcatalog", "catalog"],
  messageQueue: [
    "messagequeues",
    "queue",
    "queues",
    "mailqueue",
    "transportqueue",
    "queuedatabase",
    "messagequeuedatabase",
  ],
  pageFile: ["pagefiles", "page", "paging", "pagingfile", "pagefile.sys", "swap", "swapfile"],
};

const TYPE_WORDS: Readonly<Record<DiskType, readonly string[]>> = {
  fixed: ["fixedsize", "thick"],
  dynamic: ["dynamicallyexpanding", "expanding", "thin"],
  differencing: ["difference", "diff"],
  passThrough: ["physical"],
  iscsi: [],
  smb: ["smb3", "smb3.0", "smbshare"],
  nfs: ["nfsshare"],
};

/** Words that say no more than that it is a disk: `OS disk`. */
const DISK_NOUNS = ["disk", "disks", "drive", "volume", "lun"];

const PURPOSES = aliasesOf(DISK_PURPOSES, PURPOSE_WORDS);
const TYPES = aliasesOf(DISK_TYPES, TYPE_WORDS);

export function readPurpose(reader: Reader, name: string): VirtualDisk["purpose"] {
  return reader.oneOf(name, DISK_PURPOSES, PURPOSES);
}

export function readContents(reader: Reader, name: string): VirtualDisk["alsoHolds"] {
  return reader.manyOf(name, DISK_PURPOSES, PURPOSES);
}

export function readDiskType(reader: Reader, name: string): VirtualDisk["type"] {
  return reader.oneOf(name, DISK_TYPES, TYPES);
}

function aliasesOf<T extends string>(
  words: readonly T[],
  others: Readonly<Record<T, readonly string[]>>,
): Readonly<Record<string, T>> {
  const aliases = words.flatMap((word) =>
    [word.toLowerCase(), ...others[word]].flatMap((one) =>
      ["", ...DISK_NOUNS].map((noun): readonly [string, T] => [`${one}${noun}`, word]),
    ),
  );
  return Object.fromEntries(aliases);
}
