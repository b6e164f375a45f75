import { getHeapStatistics } from "node:v8";
import type { DeclaredResource } from "../estate/declared";
import { isRecord } from "../text/collections";

/** What a file declares. */
export interface Input {
  readonly resources: readonly DeclaredResource[];
  /** Why more may be declared than the file has, in a sentence; absent where it has everything. */
  readonly partial?: string;
  /** What the reader of findings must know beside that, each in a sentence. */
  readonly notes?: readonly string[];
}

/** A file that is not what it should be. The message is one line for the user, without the name of the file. */
export class InputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InputError";
  }
}

/** Node.js keeps no longer string. */
const LONGEST = 2 ** 29 - 24;

/** What a text takes of the heap when it is read and judged, in times its size: six were measured. */
const MEMORY_OF_TEXT = 8;

/** Refuses what would end Node.js for lack of memory in the middle of the work. Files are asked before they are read. */
export function refuseTooLarge(bytes: number): void {
  const most = Math.min(LONGEST, getHeapStatistics().heap_size_limit / MEMORY_OF_TEXT);
  if (bytes <= most) return;
  throw new InputError(
    `is larger than ${(most / 2 ** 20).toFixed(0)} MB, the most that fits in the memory of Node.js. ` +
      "Give it more, as by NODE_OPTIONS=--max-old-space-size=16384.",
  );
}

/**
 * The text of a file, without its mark of encoding. Windows PowerShell writes UTF-16 with `>`.
 * @throws InputError for a file that is too large
 */
export function decoded(bytes: Buffer): string {
  refuseTooLarge(bytes.length);
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return bytes.subarray(2).toString("utf16le");
  if (first === 0xfe && second === 0xff) return Buffer.from(bytes.subarray(2)).swap16().toString("utf16le");
  return bytes.toString("utf8").replace(/^\ufeff/, "");
}

/**
 * A JSON text as an object.
 * @param what what the file should be, as in `an exported stack`
 * @throws InputError where it is none
 */
export function jsonObject(text: string, what: string): Readonly<Record<string, unknown>> {
  if (text.trim() === "") throw new InputError(`is empty, not ${what}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // The rest of what Node.js says of it quotes the text, which may hold secrets.
    const [place] = /(?<=at )position \d+/.exec(error instanceof Error ? error.message : "") ?? [];
    throw new InputError(`is not JSON, or cut short${place === undefined ? `, so not ${what}` : `: ${place}`}`);
  }
  if (!isRecord(value)) throw new InputError(`is not ${what}`);
  return value;
}
