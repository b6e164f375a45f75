import type { Host } from "../../../lib/estate/model";
import { append } from "../../../lib/text/collections";
import { listing } from "../../../lib/text/words";

/** The nodes by what a fact of theirs is, as far as it is known. */
export function groupsOf(
  nodes: readonly Host[],
  fact: (node: Host) => string | undefined,
): ReadonlyMap<string, readonly Host[]> {
  const groups = new Map<string, Host[]>();
  for (const node of nodes) {
    const key = fact(node);
    if (key !== undefined) append(groups, key, node);
  }
  return groups;
}

export function namesOf(nodes: readonly Host[]): string {
  return listing(nodes.map(({ name }) => name));
}
