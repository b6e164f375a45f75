import type { DeclaredResource, Problem } from "../../estate/declared";
import type { Agent, Entity } from "../../estate/model";
import { isPlainArray, type Plain } from "../../estate/plain";
import { Reader } from "../../estate/reader";
import { ifKnown } from "../../estate/value";
import type { FactSink } from "../dialect";

/** Up to 4 PB, the most that any version of Windows Server addresses. */
export const MEMORY = { minimum: 1, maximum: 4_294_967_296, unit: "MB" };
export const SPEED = { minimum: 1, maximum: 10_000_000, unit: "Mbps" };

export function readerFor(resource: DeclaredResource, sink: FactSink): Reader {
  const secrets = resource.properties["secretInputs"];
  const names: readonly Plain[] = isPlainArray(secrets) ? secrets : [];
  const report = (problem: Problem): void => {
    sink.problem(problem);
  };
  const { urn, properties, path } = resource;
  const reader = new Reader(urn, properties, report, path, (name) => names.includes(name));
  reader.pass("secretInputs");
  return reader;
}

/** The declared name, or that of the resource, which the component takes when none is declared. */
export function readName(reader: Reader, resource: DeclaredResource): Pick<Entity, "name" | "nameIsUnknown"> {
  const name = reader.text("name");
  return { name: ifKnown(name) ?? resource.name, nameIsUnknown: name.state === "unknown" };
}

export function readAgent(reader: Reader): Agent {
  return { product: reader.required(reader.text("product"), "the product's name"), kind: reader.text("kind") };
}
