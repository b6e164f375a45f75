import { isPlainArray, isPlainObject, UNKNOWN, type Plain } from "../estate/plain";
import { GlobIndex } from "../settings/glob-index";

/** A pattern of `classify` as far as it selects what to try: tag names are folded. */
interface Selection {
  readonly name: string | undefined;
  readonly type: string | undefined;
  readonly tags: readonly { readonly name: string; readonly value: string }[];
}

/** Entries of `classify` by one of their patterns, so that a resource is compared with those only that may match it. */
export class ClassifyIndex<T extends { readonly position: number }> {
  private readonly byName = new GlobIndex<T>();
  private readonly byType = new GlobIndex<T>();
  private readonly byTag = new Map<string, GlobIndex<T>>();
  /** All that are selected by a tag: where tags are unknown, each of them may match. */
  private readonly tagged: T[] = [];

  add({ name, type, tags: [tag] }: Selection, entry: T): void {
    if (name !== undefined) this.byName.add(name, entry);
    else if (tag !== undefined) this.addTag(tag, entry);
    else if (type !== undefined) this.byType.add(type, entry);
  }

  /** Those that may match, in their order. */
  candidates(names: readonly string[], type: string, tags: Plain): readonly T[] {
    return [...this.byName.matching(names), ...this.byType.matching([type]), ...this.ofTags(tags)].sort(
      (one, other) => one.position - other.position,
    );
  }

  private addTag({ name, value }: Selection["tags"][number], entry: T): void {
    const key = name.toLowerCase();
    const index = this.byTag.get(key) ?? new GlobIndex<T>();
    index.add(value, entry);
    this.byTag.set(key, index);
    this.tagged.push(entry);
  }

  private ofTags(tags: Plain): readonly T[] {
    if (tags === UNKNOWN || (isPlainObject(tags) && Object.values(tags).includes(UNKNOWN))) return this.tagged;
    if (!isPlainObject(tags)) return [];
    return Object.entries(tags).flatMap(([name, value]) =>
      isPlainObject(value) || isPlainArray(value)
        ? []
        : (this.byTag.get(name.toLowerCase())?.matching([String(value)]) ?? []),
    );
  }
}
