import type { DeclaredResource, Problem } from "../../estate/declared";
import type { LinkedFacts, Reference } from "../../estate/linked-facts";
import type { Plain } from "../../estate/plain";
import { Reader } from "../../estate/reader";
import { firstOf, unknown, type Value, type Values } from "../../estate/value";
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
}

export type ArmReader = (resource: ArmResource, sink: FactSink) => void;

/** A type of Azure, as in `Microsoft.AzureStackHCI/virtualHardDisks`, and how its facts are read. */
export interface ArmType {
  /** Module and name in Pulumi, as in `azurestackhci:VirtualHardDisk`. */
  readonly token: string;
  readonly type: string;
  readonly read: ArmReader;
}

/** A resource with a Pulumi type of its own. */
export function typedResource(declared: DeclaredResource, type: string, sink: FactSink): ArmResource {
  const reader = new Reader(declared.urn, declared.properties, reportTo(sink));
  const nameProperty = `${type.slice(0, 1).toLowerCase()}${type.slice(1)}Name`;
  return {
    declared,
    around: reader,
    properties: reader,
    tags: declared.properties["tags"] ?? null,
    name: firstOf(reader.text(nameProperty), reader.text("name")),
    group: reader.text("resourceGroupName"),
    scope: always(reader.text("resourceUri")),
    nested: false,
  };
}

export function reportTo(sink: FactSink): (problem: Problem) => void {
  return (problem) => {
    sink.problem(problem);
  };
}

/** A property that every such resource has: where it is not declared, it is known only after the deployment. */
export function always<T>(value: Value<T>): Value<T> {
  return value.state === "absent" ? unknown(value.origin) : value;
}

/** Facts of this resource that others take by its id. */
export function linkedFacts<F>(
  { declared, group, name }: ArmResource,
  type: string,
  facts: Partial<Values<F>>,
  references: readonly Reference<F>[] = [],
): LinkedFacts<F> {
  return { urn: declared.urn, keys: keysOfResource(group, type, name), facts, references };
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
  { nested }: Pick<ArmResource, "nested">,
  id: Value<string>,
  property: string,
  gives?: readonly (keyof F)[],
): Reference<F> {
  const reference = { keys: keysOfId(id), property: nested ? "properties" : property };
  return gives === undefined ? reference : { ...reference, gives };
}
