import { isAzapiResource } from "../dialects/azapi";
import { isKnownType } from "../dialects/read-estate";
import { pulumiType } from "../dialects/terraform";
import { mayBeUnread, unreadType, type TypedResource } from "../dialects/unread-types";
import { append, compare } from "../text/collections";
import { count, listing } from "../text/words";

/** A type that looks like Hyper-V and that no dialect reads, with the names of its resources. */
export interface UnreadType {
  readonly type: string;
  readonly names: readonly string[];
}

/** A resource of which the properties are read only where its type may be one of these. */
interface SomeResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent?: string | { readonly urn: string } | undefined;
}

/**
 * The types of a stack that look like Hyper-V and are not read. What only holds other resources declares nothing itself.
 * @param read the properties of a resource
 */
export function unreadTypes<T extends SomeResource>(
  resources: readonly T[],
  read: (resource: T) => TypedResource,
): readonly UnreadType[] {
  const candidates = resources.filter(({ type }) => mayBeUnread(type) && (!isKnownType(type) || takesAnyType(type)));
  if (candidates.length === 0) return [];
  const parents = new Set(resources.map(({ parent }) => (typeof parent === "object" ? parent.urn : parent)));
  const byType = new Map<string, string[]>();
  for (const resource of candidates) {
    const type = parents.has(resource.urn) ? undefined : unreadType(read(resource));
    if (type !== undefined) append(byType, type, resource.name);
  }
  return [...byType]
    .map(([type, names]) => ({ type, names: names.sort(compare) }))
    .sort((one, other) => compare(one.type, other.type));
}

/** The generic resource is read for some types of Azure, and passed over for others. */
function takesAnyType(type: string): boolean {
  return (type.startsWith("azure-native") && type.endsWith(":Resource")) || isAzapiResource(pulumiType(type));
}

export function describeUnreadTypes(types: readonly UnreadType[]): { readonly problem: string; readonly fix: string } {
  const all = types.reduce((sum, { names }) => sum + names.length, 0);
  const parts = types.map(({ type, names }) => {
    const [first = "", ...others] = names;
    return `${type} (${first}${others.length === 0 ? "" : ` and ${String(others.length)} more`})`;
  });
  const isOne = all === 1;
  return {
    problem:
      `${count(all, "resource")} ${isOne ? "looks" : "look"} like Hyper-V and ${isOne ? "was" : "were"} not judged, ` +
      `because hyperv-guard does not read ${types.length === 1 ? "the type" : "the types"} ${listing(parts)}.`,
    fix: "Declare what they create with the components of hyperv-guard, or by types that docs/dialects.md lists.",
  };
}
