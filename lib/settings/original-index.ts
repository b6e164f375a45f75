/*
 * An invalid element is removed from its list. Messages about the others still have the indices of the list as the user
 * wrote it.
 */

const ORIGINAL_INDICES = new WeakMap<object, readonly number[]>();

/** Removes an element from a list. */
export function removeElement(list: unknown[], index: number): void {
  const indices = ORIGINAL_INDICES.get(list) ?? [...list.keys()];
  list.splice(index, 1);
  ORIGINAL_INDICES.set(
    list,
    indices.filter((_, at) => at !== index),
  );
}

/** The index that an element had before others were removed. */
export function originalIndex(list: unknown, index: number): number {
  const indices = typeof list === "object" && list !== null ? ORIGINAL_INDICES.get(list) : undefined;
  return indices?.[index] ?? index;
}
