import { meaning, type Value } from "../../estate/value";

/*
 * Resources of Azure are named by paths: /subscriptions/…/resourceGroups/<group>/providers/Microsoft.X/<types>/<name>.
 * The subscription is not compared: programs that span two of them use different groups.
 */

/** By what a resource with this id may be found: by its group, type and name, and where the group is not known without. */
export function keysOfId(id: Value<string>): Value<readonly string[]> {
  return meaning(id, (text) => {
    const segments = text.split("/").filter((segment) => segment !== "");
    const [type, name] = segments.slice(-2);
    if (type === undefined || name === undefined) return undefined;
    const at = segments.findIndex((segment) => segment.toLowerCase() === "resourcegroups");
    const group = at < 0 ? undefined : segments[at + 1];
    const keys = [keyOf(undefined, type, name)];
    return group === undefined ? keys : [keyOf(group, type, name), ...keys];
  });
}

/** The key of a resource that is declared: with its group where that is known, so that equal names do not meet. */
export function keysOfResource(group: Value<string>, type: string, name: Value<string>): readonly string[] {
  if (name.state !== "known") return [];
  return [keyOf(group.state === "known" ? group.value : undefined, type, name.value)];
}

/** The last part of an id, which is the name of what it identifies. */
export function nameInId(id: Value<string>): Value<string> {
  return meaning(id, (text) => text.split("/").findLast((segment) => segment !== ""));
}

function keyOf(group: string | undefined, type: string, name: string): string {
  return `azure ${group ?? "?"}/${type}/${name}`.toLowerCase();
}
