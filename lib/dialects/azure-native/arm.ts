import type { DeclaredResource, Problem } from "../../estate/declared";
import type { LinkedFacts, Reference } from "../../estate/linked-facts";
import type { Plain } from "../../estate/plain";
import { Reader } from "../../estate/reader";
import { unknown, type Value, type Values } from "../../estate/value";
import { once } from "../../tables/load";
import type { FactSink } from "../dialect";
import { keysOfId, keysOfResource } from "./ids";

/** A resource of Azure Resource Manager, whichever of its types in Pulumi declares it. */
export interface ArmResource {
  readonly declared: DeclaredResource;
  /** Reads what Pulumi puts beside the properties of Azure: names, groups, ids in the path. */
  readonly around: Reader;
  /** Reads the properties of Azure: beside the others, or in an object of their own. */
  readonly properties: Reader;
  readonly tags: Plain;
  /** Its name in Azure. */
  readonly name: Value<string>;
  readonly group: Value<string>;
  /** The resource that it extends: the machine, of an instance of a virtual machine. */
  readonly scope: Value<string>;
  /** Whether the properties stand in an object of their own. */
  readonly nested: boolean;
  /** The property that this object is in, where that is not `properties`. */
  readonly bag?: string;
  /** The property with the id of the resource that it extends, where that is one beside the object. */
  readonly scopeProperty?: string;
}

export type ArmReader = (resource: ArmResource, sink: FactSink) => void;

/** A type of Azure, as in `Microsoft.AzureStackHCI/virtualHardDisks`, and how its facts are read. */
export interface ArmType {
  /** Module and name in Pulumi, as in `azurestackhci:VirtualHardDisk`. */
  readonly token: string;
  readonly type: string;
  /** The property with its name in Azure, where that is not `virtualHardDiskName` and so on. */
  readonly name?: string;
  readonly read: ArmReader;
}

/** What a provider calls the properties around those of Azure. */
export interface PropertiesAround {
  /** The name in Azure; an output has it as `name`. */
  readonly name: string;
  readonly scope: string;
}

/** A resource with a Pulumi type of its own. What stands around its properties is read where a reader asks for it. */
export function typedResource(declared: DeclaredResource, around: PropertiesAround, sink: FactSink): ArmResource {
  const reader = new Reader(declared.urn, declared.properties, reportTo(sink));
  const name = once(() => {
    const own = reader.text(around.name);
    return own.state === "absent" && around.name !== "name" ? reader.text("name") : own;
  });
  const group = once(() => reader.text("resourceGroupName"));
  const scope = once(() => always(reader.text(around.scope)));
  return {
    declared,
    around: reader,
    properties: reader,
    nested: false,
    get tags() {
      return declared.properties["tags"] ?? null;
    },
    get name() {
      return name();
    },
    get group() {
      return group();
    },
    get scope() {
      return scope();
    },
  };
}

export function reportTo(sink: FactSink): (problem: Problem) => void {
  return (problem) => {
    sink.problem(problem);
  };
}

/** A property that every such resource has: where it is not declared, it is known only after the deployment. */
function always<T>(value: Value<T>): Value<T> {
  return value.state === "absent" ? unknown(value.origin) : value;
}

/** Facts of this resource that others take by its id. */
export function linkedFacts<F>(
  { declared, group, name }: ArmResource,
  type: string,
  facts: Partial<Values<F>>,
  references: readonly Reference<F>[] = [],
): LinkedFacts<F> {
  return { urn: declared.urn, keys: keysOfResource(group, type, name), targetType: type, facts, references };
}

/** What a resource is called in Azure, as a list of names that a machine or a disk goes by. */
export function namesOf(name: Value<string>): readonly string[] {
  return name.state === "known" ? [name.value] : [];
}

/**
 * A reference by id.
 * @param property the property of Azure that the id stands in
 */
export function byId<F>(
  { nested, bag = "properties" }: Pick<ArmResource, "nested" | "bag">,
  id: Value<string>,
  property: string,
  gives?: readonly (keyof F)[],
): Reference<F> {
  const reference = { keys: keysOfId(id), property: nested ? bag : property };
  return gives === undefined ? reference : { ...reference, gives };
}

/** A reference to the resource that this one extends. */
export function byScope<F>({ nested, scope, scopeProperty }: ArmResource): Reference<F> {
  return toType(
    { keys: keysOfId(scope), property: scopeProperty ?? (nested ? "properties" : "resourceUri") },
    "machines",
  );
}

/** A reference to a resource of one of these types, as in `virtualHardDisks`. */
export function toType<F>(reference: Reference<F>, ...targetTypes: readonly string[]): Reference<F> {
  return { ...reference, targetTypes };
}
