import type { DeclaredResource } from "../../estate/declared";
import { isPlainObject, toPlain, UNKNOWN, type Plain } from "../../estate/plain";
import type { FactSink } from "../dialect";

/** The body of a resource: an object, or a JSON text of one in the first version of the provider. */
export function bodyOf({ urn, properties }: DeclaredResource, sink: FactSink): Plain {
  const { body = null } = properties;
  if (typeof body !== "string" || body.trim() === "") return body;
  const value = parsed(body);
  if (isPlainObject(value)) return value;
  const problem = "is a text that is not the JSON of an object";
  sink.problem({ urn, path: "body", problem, fix: "Use an object, or jsonencode of one." });
  return UNKNOWN;
}

/** What Azure calls the properties of a resource: an object in its body. */
export function propertiesIn(body: Plain): Plain {
  return isPlainObject(body) ? (body["properties"] ?? null) : body;
}

function parsed(json: string): Plain {
  try {
    return toPlain(JSON.parse(json));
  } catch {
    return null;
  }
}
