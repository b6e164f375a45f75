/*
 * Names and values come from programs that anybody may have written. Before a text leaves for a terminal, the log of a
 * pipeline or the engine, what these would obey is made visible and without effect.
 */

/** The most characters of one text that are shown; a page of it is enough to know it by. */
const LONGEST = 4000;

/** Controls but the line feed, marks of direction, and what ends a line without being a line feed. */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

const LINE_END = /[\r\n\u2028\u2029]/;

/** A text that does nothing where it is printed: in a terminal, in the log of a pipeline, or by the engine. */
export function harmless(text: string): string {
  return text
    .replace(CONTROLS, escaped)
    .replace(ENGINE_MARKUP, "<{ %")
    .replace(GITHUB_COMMAND, "$1: ")
    .replace(AZURE_COMMAND, "## $1");
}

/** A JSON document with the same data that does nothing where it is printed: what would be obeyed is escaped in its texts. */
export function harmlessJson(json: string): string {
  return json.replace(CONTROLS, escaped).replace(AZURE_COMMAND, "#\\u0023$1");
}

/** The same on one line. */
export function harmlessLine(text: string): string {
  return harmless(text.replace(/\s+/g, (gap) => (LINE_END.test(gap) ? " " : gap)));
}

/** A text as far as it is shown, with a mark where the rest is left out. */
export function shortened(text: string, longest = LONGEST): string {
  if (text.length <= longest) return text;
  return `${whole(text.slice(0, longest))}… (${text.length.toLocaleString("en-US")} characters in all)`;
}

/** The engine reads `<{%` in a message as the begin of a colour, and fails at one that it does not know. */
const ENGINE_MARKUP = /<\{%/g;

/** GitHub's runner takes a line that begins with two colons for a command, also behind blanks. */
const GITHUB_COMMAND = /^([^\S\n]*):(?=:)/gm;

/** Azure Pipelines takes `##vso[` for a command wherever it stands, and `##[` at the begin of a line. */
const AZURE_COMMAND = /##((?:vso)?\[)/gi;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Without half of a character that takes two places, which a cut may have left at the end. */
function whole(text: string): string {
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
}
