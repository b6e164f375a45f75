import type { DeclaredResource } from "../../estate/declared";
import { isPlainObject, UNKNOWN } from "../../estate/plain";
import { Reader } from "../../estate/reader";
import { known, type Value } from "../../estate/value";
import type { FactSink } from "../dialect";
import { reportTo, type ArmResource, type ArmType } from "./arm";

/**
 * The generic resource of azure-native, which takes any type of Azure with its properties as Azure's interface has them.
 * @param types those that are read; others are ignored
 */
export function readGenericResource(types: readonly ArmType[]) {
  return (declared: DeclaredResource, sink: FactSink): void => {
    const path = ["resourceProviderNamespace", "parentResourcePath", "resourceType"]
      .map((name) => declared.properties[name])
      .flatMap((segment) => (typeof segment === "string" && segment !== "" ? [segment] : []))
      .join("/");
    const { scope, full } = split(path);
    const found = types.find((one) => one.type.toLowerCase() === full.toLowerCase());
    if (found === undefined) return;
    found.read(genericResource(declared, scope, sink), sink);
  };
}

/** The type and the resource that it extends: an extension has a second provider in its path. */
function split(path: string): { readonly scope: string; readonly full: string } {
  const at = path.toLowerCase().lastIndexOf("/providers/");
  return at < 0 ? { scope: "", full: path } : { scope: path.slice(0, at), full: path.slice(at + "/providers/".length) };
}

function genericResource(declared: DeclaredResource, scope: string, sink: FactSink): ArmResource {
  const { urn, properties } = declared;
  const around = new Reader(urn, properties, reportTo(sink));
  const bag = properties["properties"] ?? null;
  const fields = isPlainObject(bag) ? bag : bag === UNKNOWN ? "deployment" : {};
  const group = around.text("resourceGroupName");
  return {
    declared,
    around,
    properties: new Reader(urn, fields, reportTo(sink), "properties"),
    tags: properties["tags"] ?? null,
    name: around.text("resourceName"),
    group,
    scope: scopeId(scope, group, urn),
    nested: true,
  };
}

function scopeId(scope: string, group: Value<string>, urn: string): Value<string> {
  const text = group.state === "known" ? `/resourceGroups/${group.value}/providers/${scope}` : scope;
  return known(text, { urn, path: "parentResourcePath" });
}
