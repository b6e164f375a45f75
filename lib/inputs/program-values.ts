/** A value that a property of a resource should have. */
export interface ValueChange {
  /** What the program calls the resource. */
  readonly name: string;
  readonly type: string;
  /** A path, as in `disks[0].type`. */
  readonly path: string;
  readonly value: number | string | boolean | readonly string[];
}

/** A text in the place of another. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** How a text is written. */
export type Style = "plain" | "single" | "double";

/** A value as a program in YAML or JSON has it, in the style of its neighbours where that can hold it. */
export function written(value: number | string | boolean | readonly string[], style: Style): string {
  if (typeof value === "object") return `[${value.map((one) => written(one, style)).join(", ")}]`;
  if (typeof value !== "string") return String(value);
  // The engine would take it for a reference.
  const text = value.replaceAll("${", "$${");
  if (style === "plain" && PLAIN.test(text) && !RESERVED.test(text)) return text;
  // eslint-disable-next-line no-control-regex -- control characters can only be escaped
  return style === "double" || /[\u0000-\u001f\u007f-\uffff]/.test(text)
    ? JSON.stringify(text)
    : `'${text.replaceAll("'", "''")}'`;
}

/** What YAML reads as the same text in every context. */
const PLAIN = /^[A-Za-z](?:[\w .()/-]*[\w)])?$/;

/** What some reader of YAML takes for another type. */
const RESERVED = /^(?:true|false|yes|no|on|off|y|n|null|nan|inf)$/i;
