/** The order of texts by their characters, the same on every machine. */
export function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Adds an item to the list of its key. */
export function append<K, V>(lists: Map<K, V[]>, key: K, item: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/** In the order of URNs: resources arrive in any. */
export function byUrn<T extends { readonly urn: string }>(items: readonly T[]): readonly T[] {
  return [...items].sort((one, other) => compare(one.urn, other.urn));
}

/** A pure function of an object that is computed once for each. */
export function perObject<K extends object, T extends object>(compute: (object: K) => T): (object: K) => T {
  const computed = new WeakMap<K, T>();
  return (object) => {
    let result = computed.get(object);
    if (result === undefined) {
      result = compute(object);
      computed.set(object, result);
    }
    return result;
  };
}
/** A pure function of a text that is computed once for each. */
export function perText<T>(compute: (text: string) => T): (text: string) => T {
  const computed = new Map<string, { readonly result: T }>();
  return (text) => {
    let entry = computed.get(text);
    if (entry === undefined) {
      entry = { result: compute(text) };
      computed.set(text, entry);
    }
    return entry.result;
  };
}

/** Whether a value is an object with names, and no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
