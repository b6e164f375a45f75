import type { DeclaredResource } from "../../../lib/estate/declared";
import type { PlainObject } from "../../../lib/estate/plain";

/** A resource as a policy receives it, on the computer of an explicit provider where one is given. */
export function resource(type: string, name: string, properties: PlainObject, host?: string): DeclaredResource {
  const urn = `urn:pulumi:test::kit::${type}::${name}`;
  if (host === undefined) return { urn, type, name, properties };
  const provider = { urn: `urn:pulumi:test::kit::pulumi:providers:hyperv::${host}`, type: "pulumi:providers:hyperv" };
  return { urn, type, name, properties, provider: { ...provider, name: host, host } };
}

/** A command that runs a script, on a host where one is given. */
export function script(name: string, create: string, host?: string, more: PlainObject = {}): DeclaredResource {
  if (host === undefined) return resource("command:local:Command", name, { create, ...more });
  return resource("command:remote:Command", name, { create, connection: { host, password: "s3cret" }, ...more });
}

/** Facts without their wrappers: known values as they are, `unknown` and `malformed` as words, absent ones left out. */
export function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (typeof value !== "object" || value === null) return value;
  const state: unknown = Reflect.get(value, "state");
  if (state === "known") return unwrapped(Reflect.get(value, "value"));
  if (state === "absent") return undefined;
  if (state === "unknown") return Reflect.get(value, "because") === "malformed" ? "malformed" : "unknown";
  const entries = Object.entries(value).filter(([key, inner]) => !isNoFact(key, inner));
  const told = entries.map(([key, inner]) => [key, unwrapped(inner)] as const);
  return Object.fromEntries(told.filter(([, inner]) => inner !== undefined));
}

/** The kind of an entity is not that of an adapter, which is a fact. */
function isNoFact(key: string, value: unknown): boolean {
  return ["urn", "nameIsUnknown", "references"].includes(key) || (key === "kind" && typeof value === "string");
}
