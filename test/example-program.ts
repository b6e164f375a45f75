import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { DeclaredResource } from "../lib/estate/declared";
import { isPlainArray, isPlainObject, type Plain, type PlainObject } from "../lib/estate/plain";
import { resource } from "./kit";
import { ROOT } from "./root";

interface Program {
  readonly variables?: Readonly<Record<string, Plain>>;
  readonly resources: Readonly<Record<string, { readonly type: string; readonly properties?: PlainObject }>>;
}

/** The resources of a bundled example in YAML, with its variables and the names of others in their place. */
export function declared(example: string): readonly DeclaredResource[] {
  const text = readFileSync(join(ROOT, "examples", example, "Pulumi.yaml"), "utf8");
  const { variables = {}, resources } = parse(text) as Program;
  const meant = (reference: string): Plain => {
    const [name = "", property] = reference.split(".");
    return property === undefined ? resolved(variables[name]) : (resources[name]?.properties?.["name"] ?? name);
  };
  const resolved = (plain: Plain | undefined): Plain => {
    if (isPlainArray(plain)) return plain.map(resolved);
    if (isPlainObject(plain))
      return Object.fromEntries(Object.entries(plain).map(([key, item]) => [key, resolved(item)]));
    if (typeof plain !== "string") return plain ?? null;
    const [, whole] = /^\$\{([^}]+)\}$/.exec(plain) ?? [];
    if (whole !== undefined) return meant(whole);
    return plain.replace(/\$\{([^}]+)\}/g, (_, reference: string) => textOf(meant(reference)));
  };
  return Object.entries(resources).map(([name, { type, properties = {} }]) => {
    const token = type.split(":").length === 2 ? type.replace(":", ":index:") : type;
    const own = Object.fromEntries(Object.entries(properties).map(([key, item]) => [key, resolved(item)]));
    return resource(token, name, { name, ...own });
  });
}

function textOf(plain: Plain): string {
  return typeof plain === "string" ? plain : JSON.stringify(plain);
}
