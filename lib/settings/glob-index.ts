import { append } from "../text/collections";
import { foldCase } from "./glob-machine";
import { literalOf, namesMatcher } from "./glob";

interface Indexed<T> {
  readonly item: T;
  /** The how manieth it is of all items. */
  readonly position: number;
}

/** Items with a pattern each: those without wildcards are looked up by name, and only the others are tried. */
export class GlobIndex<T> {
  private readonly literal = new Map<string, Indexed<T>[]>();
  private readonly others: (Indexed<T> & { readonly matches: (names: readonly string[]) => boolean })[] = [];
  private size = 0;

  add(pattern: string, item: T): void {
    const indexed = { item, position: this.size++ };
    const literal = literalOf(pattern);
    if (literal === undefined) this.others.push({ ...indexed, matches: namesMatcher(pattern) });
    else append(this.literal, literal, indexed);
  }

  /** The items whose pattern matches something that has several names, in the order in which they were added. */
  matching(names: readonly string[]): readonly T[] {
    const folded = [...new Set(names.map(foldCase))];
    return [
      ...folded.flatMap((name) => this.literal.get(name) ?? []),
      ...this.others.filter(({ matches }) => matches(names)),
    ]
      .sort((one, other) => one.position - other.position)
      .map(({ item }) => item);
  }
}
