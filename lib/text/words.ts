/** `1`, `1 or 2`, `1, 2 or 4`. */
export function alternatives(items: readonly string[]): string {
  return series(items, "or");
}

/** Items in a sentence, the last two with a word between them: `1`, `1 or 2`, `1, 2 or 4`. */
export function series(items: readonly string[], word: "and" | "or"): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} ${word} ${last}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listing(items: readonly string[]): string {
  return series(items, "and");
}

/** `1 virtual processor`, `3 virtual processors`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${String(number)} ${number === 1 ? singular : plural}`;
}

/** As many items as can be read at a glance. */
const AT_A_GLANCE = 10;

/** `a, b and c`, and of many only the first: `a, b, c and 9 more`. */
export function firstOnes(items: readonly string[], most = AT_A_GLANCE): string {
  if (items.length <= most) return listing(items);
  return listing([...items.slice(0, most), `${String(items.length - most)} more`]);
}
