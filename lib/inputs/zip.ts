import { inflateRawSync } from "node:zlib";
import { InputError, refuseTooLarge } from "./input";

/*
 * The parts of a ZIP file, by its directory. Sizes are judged before anything is unpacked, and nothing is unpacked to more
 * than the directory says.
 */

/** More than any export has; a file that unpacks to more is made to exhaust the memory. */
const MOST_BYTES = 2 ** 30;
const MOST_PARTS = 10_000;

const END = { signature: 0x06054b50, size: 22 };
const LONGEST_COMMENT = 0xffff;
const ENTRY = { signature: 0x02014b50, size: 46 };
const LOCAL = { signature: 0x04034b50, size: 30 };

const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
/** Stands for a number that only the 64-bit form has. */
const IN_ZIP64 = 0xffffffff;

/** What the directory says of a part. */
interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** Unpacks a part, by its name; undefined: there is none. */
export type UnpackPart = (name: string) => Buffer | undefined;

/**
 * @param what what the file should be, as in `an Excel workbook`
 * @throws InputError for bytes that are no ZIP file, or one that unpacks to too much; so does what is returned
 */
export function openZip(bytes: Buffer, what: string): UnpackPart {
  const entries = new Map<string, Entry>();
  for (const entry of directoryOf(bytes, what)) {
    // Readers that differ in which of them they take could be shown different files.
    if (entries.has(entry.name)) throw new InputError(`is not ${what}: it has ${shown(entry.name)} twice`);
    entries.set(entry.name, entry);
  }
  const size = [...entries.values()].reduce((sum, entry) => sum + entry.size, 0);
  if (size > MOST_BYTES) {
    const [found, most] = [size, MOST_BYTES].map((number) => (number / 2 ** 20).toFixed(0));
    throw new InputError(`unpacks to ${found ?? ""} MB; ${most ?? ""} MB are read`);
  }
  refuseTooLarge(size);
  return (name) => {
    const entry = entries.get(name);
    return entry === undefined ? undefined : unpack(bytes, entry, what);
  };
}

function directoryOf(bytes: Buffer, what: string): readonly Entry[] {
  const end = endOf(bytes);
  if (end === undefined) throw new InputError(`is not ${what}, or cut short`);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (at === IN_ZIP64) throw new InputError(`is not ${what}: it is a ZIP file of the 64-bit form`);
  if (count > MOST_PARTS) throw new InputError(`is not ${what}: it has ${String(count)} parts`);
  const entries: Entry[] = [];
  for (let read = 0; read < count; read++) {
    const [entry, next] = entryAt(bytes, at, end) ?? damaged(what);
    entries.push(entry);
    at = next;
  }
  return entries;
}

/** Where the end of the directory is: a comment may follow it, up to the end of the file. */
function endOf(bytes: Buffer): number | undefined {
  const first = Math.max(0, bytes.length - END.size - LONGEST_COMMENT);
  for (let at = bytes.length - END.size; at >= first; at--) {
    const isEnd = bytes.readUInt32LE(at) === END.signature;
    if (isEnd && at + END.size + bytes.readUInt16LE(at + 20) === bytes.length) return at;
  }
  return undefined;
}

/** The entry of the directory at a place, and where the next one is. */
function entryAt(bytes: Buffer, at: number, end: number): readonly [Entry, number] | undefined {
  if (at + ENTRY.size > end || bytes.readUInt32LE(at) !== ENTRY.signature) return undefined;
  const nameEnd = at + ENTRY.size + bytes.readUInt16LE(at + 28);
  const next = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  if (next > end) return undefined;
  const entry = {
    // Some writers put backslashes, and a slash before the name.
    name: bytes
      .toString("utf8", at + ENTRY.size, nameEnd)
      .replaceAll("\\", "/")
      .replace(/^\/+/, ""),
    flags: bytes.readUInt16LE(at + 8),
    method: bytes.readUInt16LE(at + 10),
    checksum: bytes.readUInt32LE(at + 16),
    packed: bytes.readUInt32LE(at + 20),
    size: bytes.readUInt32LE(at + 24),
    offset: bytes.readUInt32LE(at + 42),
  };
  return [entry, next];
}

function unpack(bytes: Buffer, entry: Entry, what: string): Buffer {
  if ((entry.flags & ENCRYPTED) !== 0) throw new InputError(`is encrypted: save it without a password`);
  const packed = packedOf(bytes, entry) ?? damaged(what);
  const content = inflated(packed, entry);
  if (content?.length !== entry.size || checksumOf(content) !== entry.checksum) return damaged(what);
  return content;
}

function packedOf(bytes: Buffer, { offset, packed }: Entry): Buffer | undefined {
  if (offset + LOCAL.size > bytes.length || bytes.readUInt32LE(offset) !== LOCAL.signature) return undefined;
  const start = offset + LOCAL.size + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  return start + packed > bytes.length ? undefined : bytes.subarray(start, start + packed);
}

function inflated(packed: Buffer, { method, size }: Entry): Buffer | undefined {
  if (method === STORED) return packed;
  if (method !== DEFLATED) return undefined;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch {
    return undefined;
  }
}

function damaged(what: string): never {
  throw new InputError(`is not ${what}, or damaged`);
}

function shown(name: string): string {
  return JSON.stringify(name.slice(0, 40));
}

const POLYNOMIAL = 0xedb88320;

const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ POLYNOMIAL : remainder >>> 1;
  return remainder;
});

/** CRC-32; Node.js has it only from 20.15 on. */
function checksumOf(content: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of content) sum = (sum >>> 8) ^ (REMAINDERS[(sum ^ byte) & 0xff] ?? 0);
  return ~sum >>> 0;
}
