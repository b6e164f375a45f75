import { isPlainArray, isPlainObject, type Plain, type PlainObject } from "../../lib/estate/plain";

/** An object that has every property of a list of paths, with one element in each list. */
export function resourceOf(paths: readonly string[], leaf: Plain): PlainObject {
  return objectOf(
    paths.map((path) => path.replace(/\.\*$/, "").split(".")),
    leaf,
  );
}

function objectOf(paths: readonly (readonly string[])[], leaf: Plain): PlainObject {
  const byName = new Map<string, (readonly string[])[]>();
  for (const [name = "", ...rest] of paths) byName.set(name, [...(byName.get(name) ?? []), rest]);
  return Object.fromEntries(
    [...byName].map(([name, below]) => {
      const value = below.every(({ length }) => length === 0)
        ? leaf
        : objectOf(
            below.filter(({ length }) => length > 0),
            leaf,
          );
      return name.endsWith("[]") ? [name.slice(0, -2), [value]] : [name, value];
    }),
  );
}

/** What one resource declares, over what another one does. */
export function over(upper: Plain, lower: Plain): Plain {
  if (isPlainArray(upper)) {
    const [first = null] = isPlainArray(lower) ? lower : [];
    return upper.map((item) => over(item, first));
  }
  if (!isPlainObject(upper) || !isPlainObject(lower)) return upper;
  const names = [...new Set([...Object.keys(lower), ...Object.keys(upper)])];
  return Object.fromEntries(
    names.map((name) => {
      const value = upper[name];
      return [name, value === undefined ? lower[name] : over(value, lower[name] ?? null)];
    }),
  );
}
