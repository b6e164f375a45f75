import { ifKnown, type Value } from "../estate/value";

/** Takes secrets out of a text. */
export type TextMask = (text: string) => string;

/** A property, left out where there is no value for it. */
export function optional<K extends string, T>(name: K, value: T | undefined): Readonly<Partial<Record<K, T>>> {
  // A computed name is any text to the compiler.
  return (value === undefined ? {} : { [name]: value }) as Readonly<Partial<Record<K, T>>>;
}

export function numberOf(value: Value<number>, mask: TextMask): number | undefined {
  const number = ifKnown(value);
  return number === undefined || isHidden(String(number), mask) ? undefined : number;
}

export function textOf(value: Value<string>, mask: TextMask): string | undefined {
  const text = ifKnown(value);
  return text === undefined ? undefined : mask(text);
}

export function isHidden(text: string, mask: TextMask): boolean {
  return mask(text) !== text;
}
