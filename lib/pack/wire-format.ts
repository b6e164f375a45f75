/*
 * The wire format of protocol buffers, as far as the requests of the engine need it. The decoder of google-protobuf makes
 * an object of its own of every value, so that the properties of a resource cost it ten times as much as here.
 */

/** A field of a message: its number, and where it stands among the bytes. */
export interface WireField {
  readonly number: number;
  /** Where its tag begins. */
  readonly start: number;
  /** Where its content begins, behind the tag and the length. */
  readonly content: number;
  readonly end: number;
}

/** What a Struct of google-protobuf holds. */
export type WireValue = null | boolean | number | string | WireValue[] | WireObject;

export interface WireObject {
  [name: string]: WireValue;
}

const WIRE_TYPE = { varint: 0, fixed64: 1, delimited: 2, fixed32: 5 } as const;

/** Field numbers of the messages of google/protobuf/struct.proto. */
const ENTRIES = 1;
const ENTRY = { key: 1, value: 2 } as const;
const ITEMS = 1;
const VALUE = { number: 2, text: 3, boolean: 4, object: 5, list: 6 } as const;

/**
 * The fields of a message, in their order.
 * @throws RangeError where the bytes are no message
 */
export function wireFields(bytes: Buffer): readonly WireField[] {
  const cursor = new Cursor(bytes);
  const fields: WireField[] = [];
  while (cursor.at < bytes.length) {
    const start = cursor.at;
    const number = cursor.next(bytes.length);
    fields.push({ number, start, content: cursor.content, end: cursor.end });
    cursor.at = cursor.end;
  }
  return fields;
}

/**
 * The object that a Struct stands for.
 * @throws RangeError where the bytes are no Struct
 */
export function readStruct(bytes: Buffer): WireObject {
  return readObject(new Cursor(bytes), bytes.length);
}

/** A place among bytes; `next` moves it behind the tag of a field and sets where the content is. */
class Cursor {
  at = 0;
  content = 0;
  end = 0;

  constructor(readonly bytes: Buffer) {}

  /**
   * Reads the tag of a field and, of a delimited one, its length.
   * @param limit where the message ends
   * @returns the number of the field
   */
  next(limit: number): number {
    const tag = this.varint();
    const type = tag & 7;
    if (type === WIRE_TYPE.delimited) {
      const length = this.varint();
      this.content = this.at;
      this.end = this.at + length;
    } else {
      this.content = this.at;
      this.end = this.at + this.lengthOf(type);
    }
    this.at = this.content;
    if (this.end > limit) throw new RangeError("A field is longer than its message.");
    return tag >>> 3;
  }

  text(end: number): string {
    return this.bytes.toString("utf8", this.at, end);
  }

  varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new RangeError("The message ends in the middle of a number.");
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  private lengthOf(type: number): number {
    if (type === WIRE_TYPE.fixed64) return 8;
    if (type === WIRE_TYPE.fixed32) return 4;
    if (type !== WIRE_TYPE.varint) throw new RangeError(`Wire type ${String(type)} is not known.`);
    const { at } = this;
    this.varint();
    const length = this.at - at;
    this.at = at;
    return length;
  }
}

function readObject(cursor: Cursor, end: number): WireObject {
  const object: WireObject = {};
  while (cursor.at < end) {
    const number = cursor.next(end);
    const entryEnd = cursor.end;
    if (number === ENTRIES) readEntry(cursor, entryEnd, object);
    cursor.at = entryEnd;
  }
  return object;
}

function readEntry(cursor: Cursor, end: number, object: WireObject): void {
  let key = "";
  let value: WireValue = null;
  while (cursor.at < end) {
    const number = cursor.next(end);
    const fieldEnd = cursor.end;
    if (number === ENTRY.key) key = cursor.text(fieldEnd);
    else if (number === ENTRY.value) value = readValue(cursor, fieldEnd);
    cursor.at = fieldEnd;
  }
  // An assignment would take this key for something else.
  if (key === "__proto__") Object.defineProperty(object, key, { value, enumerable: true });
  else object[key] = value;
}

function readValue(cursor: Cursor, end: number): WireValue {
  let value: WireValue = null;
  while (cursor.at < end) {
    const number = cursor.next(end);
    const fieldEnd = cursor.end;
    value = readKind(cursor, number, fieldEnd);
    cursor.at = fieldEnd;
  }
  return value;
}

function readKind(cursor: Cursor, kind: number, end: number): WireValue {
  switch (kind) {
    case VALUE.number:
      return cursor.bytes.readDoubleLE(cursor.at);
    case VALUE.text:
      return cursor.text(end);
    case VALUE.boolean:
      return cursor.varint() !== 0;
    case VALUE.object:
      return readObject(cursor, end);
    case VALUE.list:
      return readList(cursor, end);
    default:
      return null;
  }
}

function readList(cursor: Cursor, end: number): WireValue[] {
  const list: WireValue[] = [];
  while (cursor.at < end) {
    const number = cursor.next(end);
    const itemEnd = cursor.end;
    if (number === ITEMS) list.push(readValue(cursor, itemEnd));
    cursor.at = itemEnd;
  }
  return list;
}
