/** What a terminal, or a reader of text, would obey. JSON may hold these characters, but need not. */
const OBEYED = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** A value as JSON in lines, which means the same and does nothing where it is printed. */
export function harmlessJson(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  return `${text.replace(OBEYED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}
