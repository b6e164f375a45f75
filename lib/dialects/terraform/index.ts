import type { DeclaredResource, SecretPlace } from "../../estate/declared";
import { isPlainArray, isPlainObject, type Plain, type PlainObject } from "../../estate/plain";
import { familyOf, propertyName, type FamilyNames } from "./names";
import { pulumiType, terraformType } from "./types";

export { pulumiType } from "./types";

/**
 * A resource by the type and the property names of Pulumi's own packages, which the dialects read: what comes from Terraform is
 * translated here once, whichever way it came. All others are what they are.
 */
export function inPulumiNames(resource: DeclaredResource): DeclaredResource {
  const type = pulumiType(resource.type);
  const own = terraformType(resource.type);
  if (own === undefined) return type === resource.type ? resource : { ...resource, type };
  const family = familyOf(own);
  const { properties, propertyDependencies, secrets } = resource;
  return {
    ...resource,
    type,
    properties: translated(properties, family),
    ...(propertyDependencies === undefined ? {} : { propertyDependencies: renamed(propertyDependencies, family) }),
    ...(secrets === undefined ? {} : { secrets: secrets.map((secret) => translatedSecret(secret, family)) }),
  };
}

function translated(properties: PlainObject, family: FamilyNames): PlainObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      propertyName(name, family),
      family.verbatim.has(name) ? value : inner(value ?? null, family, family.single.has(name)),
    ]),
  );
}

function inner(value: Plain, family: FamilyNames, isSingle: boolean): Plain {
  if (isPlainArray(value)) {
    const items = value.map((item) => inner(item, family, false));
    return isSingle && items.length <= 1 ? (items[0] ?? null) : items;
  }
  return isPlainObject(value) ? translated(value, family) : value;
}

function renamed<T>(values: Readonly<Record<string, T>>, family: FamilyNames): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [propertyName(name, family), value]));
}

function translatedSecret({ path, value }: SecretPlace, family: FamilyNames): SecretPlace {
  return { path: translatedPath(path, family), value: inner(value, family, false) };
}

/** The path of a property, such as `hard_disk_drive[0].path`. */
function translatedPath(path: string, family: FamilyNames): string {
  const [, name = "", index = "", rest = ""] = /^([^.[\]]+)(\[\d+\])?(?:\.?)(.*)$/s.exec(path) ?? [];
  if (name === "") return path;
  const own = `${propertyName(name, family)}${family.single.has(name) ? "" : index}`;
  if (family.verbatim.has(name)) return `${own}${path.slice(name.length + index.length)}`;
  return rest === "" ? own : `${own}.${translatedPath(rest, family)}`;
}
