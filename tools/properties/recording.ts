import type { PlainObject } from "../../lib/estate/plain";

/**
 * A copy of a resource's properties that reports the path of each property that is taken from it: `disks[].name`. Whether the
 * property is there does not matter.
 */
export function recording(properties: PlainObject, report: (path: string) => void): PlainObject {
  return watched(properties, "", report);
}

function watched<T extends object>(value: T, path: string, report: (path: string) => void): T {
  return new Proxy(value, {
    get: (target, key) => {
      const found: unknown = Reflect.get(target, key);
      if (typeof key !== "string" || (Array.isArray(target) && !/^\d+$/.test(key))) return found;
      const at = Array.isArray(target) ? `${path}[]` : path === "" ? key : `${path}.${key}`;
      report(at);
      return typeof found === "object" && found !== null ? watched(found, at, report) : found;
    },
  });
}
