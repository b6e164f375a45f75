/**
 * The paths of a class in as few as say it: an object of which every property is in that class stands for them all, as
 * `identity.*`.
 */
export function joinedPaths(classes: Readonly<Record<string, string>>, name: string): readonly string[] {
  const others = Object.keys(classes).filter((path) => classes[path] !== name);
  const own = Object.keys(classes).filter((path) => classes[path] === name);
  return [...new Set(own.map((path) => widest(path, own, others)))];
}

/** The largest object around a path that holds several paths of its class, and none of another. */
function widest(path: string, own: readonly string[], others: readonly string[]): string {
  const segments = path.split(".");
  for (let length = 1; length < segments.length; length++) {
    const start = `${segments.slice(0, length).join(".")}.`;
    const isAlone = own.filter((one) => one.startsWith(start)).length < 2;
    if (!isAlone && !others.some((other) => other.startsWith(start))) return `${start}*`;
  }
  return path;
}
