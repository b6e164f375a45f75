import { isTaken, type Compared } from "./coverage-faults";
import { NOT_YET, READ, type ClassifiedType } from "./property-classes";

/**
 * The classes of a type as far as they follow from what is read: what is read is `read`, and what is not, and has no reason, is
 * `not yet`.
 */
export function correctedClasses({ type, listed, read }: Compared): ClassifiedType {
  const { properties, besides, ...rest } = type;
  const classOf = (path: string): string => {
    const found = properties[path];
    if (isTaken(path, read)) return READ;
    return found === undefined || found === READ ? NOT_YET : found;
  };
  const taken = Object.entries(besides ?? {}).filter(([path]) => isTaken(path, read));
  return {
    ...rest,
    properties: Object.fromEntries(listed.map((path) => [path, classOf(path)])),
    ...(taken.length === 0 ? {} : { besides: Object.fromEntries(taken) }),
  };
}
