import { distance } from "fastest-levenshtein";

/** The names that look most like what was written, best first. */
export function nearest(text: string, names: readonly string[], count = 3): readonly string[] {
  const wanted = text.toLowerCase();
  return names
    .map((name) => ({ name, distance: distance(wanted, name.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance || (one.name < other.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}
