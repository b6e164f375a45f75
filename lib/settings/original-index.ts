/*
 * An element that cannot be followed is taken out of its list. What is said of the others still names their places in the
 * list as the user wrote it.
 */

const PLACES = new WeakMap<object, readonly number[]>();

/** Takes an element out of a list. */
export function takeOut(list: unknown[], index: number): void {
  const places = PLACES.get(list) ?? [...list.keys()];
  list.splice(index, 1);
  PLACES.set(
    list,
    places.filter((_, at) => at !== index),
  );
}

/** Where an element of a list was before others were taken out. */
export function placeIn(list: unknown, index: number): number {
  const places = typeof list === "object" && list !== null ? PLACES.get(list) : undefined;
  return places?.[index] ?? index;
}
