import type { DeclaredResource } from "../../estate/declared";
import { isPlainObject, UNKNOWN, type Plain, type PlainObject } from "../../estate/plain";
import { Reader } from "../../estate/reader";
import { meaning, unknown, type Value } from "../../estate/value";
import { armTypeOf } from "../azure-native";
import { reportTo, type ArmResource } from "../azure-native/arm";
import type { Dialect, FactSink } from "../dialect";
import { bodyOf, propertiesIn } from "./body";
import { FLAT_READERS } from "./flat-readers";

/** Azure/azapi: any resource of Azure, with its properties as Azure's interface has them. It is bridged from Terraform. */
export const azapi: Dialect = {
  name: "azapi",
  types: ["azapi:index/resource:Resource"],
  platform: "Azure",
  readerOf: (type) => (isAzapiResource(type) ? readResource : undefined),
};

export function isAzapiResource(type: string): boolean {
  return type.startsWith("azapi") && /^azapi[^:]*:index\/resource:Resource$/.test(type);
}

/** Whether a type of Azure is read, as in `Microsoft.AzureStackHCI/virtualHardDisks@2024-01-01`. */
export function isReadByAzapi(type: Plain): boolean {
  if (typeof type !== "string") return false;
  const own = withoutVersion(type);
  return FLAT_READERS.has(own.toLowerCase()) || armTypeOf(own) !== undefined;
}

function readResource(declared: DeclaredResource, sink: FactSink): void {
  const { type } = declared.properties;
  if (typeof type !== "string") return;
  const own = withoutVersion(type);
  FLAT_READERS.get(own.toLowerCase())?.(declared, sink);
  armTypeOf(own)?.read(armResource(declared, sink), sink);
}

function withoutVersion(type: string): string {
  return type.split("@")[0]?.trim() ?? "";
}

function armResource(declared: DeclaredResource, sink: FactSink): ArmResource {
  const { urn, properties } = declared;
  const body = bodyOf(declared, sink);
  const around = new Reader(urn, properties, reportTo(sink));
  const parent = around.text("parentId");
  return {
    declared,
    around,
    properties: new Reader(urn, fieldsOf(propertiesIn(body)), reportTo(sink), "body.properties"),
    tags: properties["tags"] ?? (isPlainObject(body) ? (body["tags"] ?? null) : null),
    name: around.text("name"),
    group: groupIn(parent),
    scope: parent.state === "absent" ? unknown(parent.origin) : parent,
    nested: true,
    bag: "body",
    scopeProperty: "parentId",
  };
}

function fieldsOf(bag: Plain): PlainObject | "deployment" {
  if (isPlainObject(bag)) return bag;
  return bag === UNKNOWN ? "deployment" : {};
}

function groupIn(id: Value<string>): Value<string> {
  return meaning(id, (text) => /\/resourceGroups\/([^/]+)/i.exec(text)?.[1]);
}
