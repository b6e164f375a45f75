import { NOT_YET, READ, type ClassifiedType } from "./property-classes";

/** What is compared: the classes of a type, the properties that it has, and what its reader takes. */
export interface Compared {
  readonly type: ClassifiedType;
  readonly listed: readonly string[];
  readonly read: ReadonlySet<string>;
  /** Ids of the reasons for which a property may be irrelevant. */
  readonly reasons: readonly string[];
}

/** What must be changed in the data of a type so that it is true, each with the line as it must be. */
export function coverageFaults({ type, listed, read, reasons }: Compared): readonly string[] {
  const { properties, besides = {} } = type;
  const all = new Set(listed);
  const missing = listed
    .filter((path) => properties[path] === undefined)
    .map((path) => `add ${line(path, isTaken(path, read) ? READ : NOT_YET)}${isTaken(path, read) ? "" : OR_A_REASON}`);
  const wrong = Object.entries(properties).flatMap(([path, found]): readonly string[] => {
    if (!all.has(path)) return [`remove ${line(path, found)}: the type has no such property`];
    if (isTaken(path, read)) return found === READ ? [] : [`change ${line(path, found)} to ${line(path, READ)}`];
    if (found === READ) return [`change ${line(path, READ)} to ${line(path, NOT_YET)}${OR_A_REASON}`];
    return found === NOT_YET || reasons.includes(found) ? [] : [`${line(path, found)}: there is no such reason`];
  });
  const paths = [...listed, ...Object.keys(besides)];
  const unlisted = [...read]
    .filter((path) => !paths.some((one) => holds(one, path) || holds(path, one)))
    .map((path) => `${path} is read, and the type has no such property: correct the reader, or add it to "besides"`);
  const unread = Object.keys(besides)
    .filter((path) => !isTaken(path, read))
    .map((path) => `remove ${path} from "besides": it is not read`);
  return [...missing, ...wrong, ...unlisted, ...unread];
}

/** Whether a reader has taken a property, of a list the list itself. */
export function isTaken(path: string, read: ReadonlySet<string>): boolean {
  return read.has(path) || (path.endsWith("[]") && read.has(path.slice(0, -2)));
}

const OR_A_REASON = ", or the reason why it is irrelevant";

function line(path: string, name: string): string {
  return `${JSON.stringify(path)}: ${JSON.stringify(name)}`;
}

/** Whether a path is another one, or leads to it. */
function holds(outer: string, inner: string): boolean {
  const start = outer.replace(/\.\*$/, "");
  return start === inner || ["[]", "."].some((next) => inner.startsWith(`${start}${next}`)) || `${inner}[]` === start;
}
