/*
 * Keys by which resources find each other. What is one thing must have one key, however it is written.
 */

/** Of a file on a Windows host: neither case nor the direction of slashes matters. */
export function pathKey(path: string): string {
  return `path ${path
    .trim()
    .toLowerCase()
    .replace(/[\\/]+/g, "/")}`;
}

/** Of anything that is known by its name alone. */
export function nameKey(kind: string, name: string): string {
  return `${kind.toLowerCase()} ${name.trim().toLowerCase()}`;
}
