import { InputError } from "./input";

/** Takes the parts of an XML text, in their order. Names come without their prefix. */
export interface XmlHandler {
  readonly open: (name: string, attributes: ReadonlyMap<string, string>) => void;
  readonly close: (name: string) => void;
  readonly text: (text: string) => void;
}

/** Elements of the parts of a workbook are not nested deeper. */
const MAXIMUM_DEPTH = 64;

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

const NAME = String.raw`[\p{L}_:][\p{L}\p{N}_:.\u00b7-]*`;
const TAG = new RegExp(`^(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)$`, "u");
const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "gu");
const LONGEST_TAG = 10_000;

/**
 * Reads an XML text from its beginning to its end. It has no document type: those that it could have are what expands
 * to gigabytes, or is fetched.
 * @param what what the text should be, as in `an Excel workbook`
 * @throws InputError for a text that is not well-formed
 */
export function readXml(text: string, what: string, handler: XmlHandler): void {
  const wrong = (why: string): never => {
    throw new InputError(`is not ${what}: ${why}`);
  };
  const path: string[] = [];
  let at = 0;
  const until = (end: string): number => {
    const found = text.indexOf(end, at);
    return found < 0 ? wrong("a part of it is cut short") : found;
  };
  while (at < text.length) {
    if (text[at] !== "<") {
      const next = text.indexOf("<", at);
      const content = text.slice(at, next < 0 ? text.length : next);
      if (path.length > 0) handler.text(decodedText(content, wrong));
      else if (content.trim() !== "") wrong("a part of it is not XML");
      at += content.length;
    } else if (text.startsWith("<![CDATA[", at)) {
      const end = until("]]>");
      handler.text(text.slice(at + 9, end));
      at = end + 3;
    } else if (text.startsWith("<!--", at)) {
      at = until("-->") + 3;
    } else if (text.startsWith("<?", at)) {
      at = until("?>") + 2;
    } else if (text.startsWith("<!", at)) {
      wrong("a part of it has a document type (DTD)");
    } else {
      const end = tagEnd(text, at) ?? wrong("a part of it is cut short");
      readTag(text.slice(at + 1, end), path, handler, wrong);
      at = end + 1;
    }
  }
  if (path.length > 0) wrong("a part of it is cut short");
}

/** Where a tag ends: not at a sign that stands in an attribute. */
function tagEnd(text: string, start: number): number | undefined {
  let quote = "";
  for (let at = start; at < text.length && at - start < LONGEST_TAG; at++) {
    const sign = text.charAt(at);
    if (quote !== "") quote = sign === quote ? "" : quote;
    else if (sign === ">") return at;
    else if (sign === '"' || sign === "'") quote = sign;
  }
  return undefined;
}

type Wrong = (why: string) => never;

function readTag(tag: string, path: string[], handler: XmlHandler, wrong: Wrong): void {
  if (tag.startsWith("/")) {
    const name = tag.slice(1).trimEnd();
    if (path.pop() !== name) wrong("a part of it is not XML");
    handler.close(local(name));
    return;
  }
  const [, name, attributes = "", empty] = TAG.exec(tag) ?? [];
  if (name === undefined) return wrong("a part of it is not XML");
  if (path.length >= MAXIMUM_DEPTH) wrong("a part of it is nested too deep");
  handler.open(local(name), attributesOf(attributes, wrong));
  if (empty === "/") handler.close(local(name));
  else path.push(name);
}

/** Attributes by their names, those with a prefix with it: `r:id`. */
function attributesOf(text: string, wrong: Wrong): ReadonlyMap<string, string> {
  if (text === "") return NONE;
  const attributes = new Map<string, string>();
  for (const [, name = "", double, single = ""] of text.matchAll(ATTRIBUTE)) {
    attributes.set(name, decodedText(double ?? single, wrong));
  }
  return attributes;
}

const NONE: ReadonlyMap<string, string> = new Map();

function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function decodedText(text: string, wrong: Wrong): string {
  if (!text.includes("&")) return text;
  return text.replace(/&([^;&]{0,10});?/g, (whole, name: string) => {
    const character = whole.endsWith(";") ? characterOf(name) : undefined;
    return character ?? wrong("a part of it has an entity that is not of XML");
  });
}

function characterOf(name: string): string | undefined {
  if (Object.hasOwn(ENTITIES, name)) return ENTITIES[name];
  const [, hexadecimal, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? [];
  if (hexadecimal === undefined && decimal === undefined) return undefined;
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  return code === 0 || code > 0x10ffff ? undefined : String.fromCodePoint(code);
}
