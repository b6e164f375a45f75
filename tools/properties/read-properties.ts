import type { FactSink } from "../../lib/dialects/dialect";
import { DIALECTS } from "../../lib/dialects/read-estate";
import { isPlainObject, UNKNOWN, type Plain, type PlainObject } from "../../lib/estate/plain";
import { over, resourceOf } from "./full-resource";
import { recording } from "./recording";

/**
 * The paths that the dialects take from a resource of a type. What a reader looks at may depend on what it has found: it is
 * run over resources with every property, of which the others are absent, unknown, a text, or as in the samples.
 * @param paths every property of the type
 * @param samples properties that lead a reader to what it else would not look at
 */
export function pathsRead(
  type: string,
  paths: readonly string[],
  samples: readonly PlainObject[],
): ReadonlySet<string> {
  const read = new Set<string>();
  for (const leaf of [null, UNKNOWN, "text"] satisfies readonly Plain[]) {
    const full = resourceOf(paths, leaf);
    for (const sample of [{}, ...samples]) {
      const properties = over(sample, full);
      if (isPlainObject(properties)) {
        readFrom(
          type,
          recording(properties, (path) => read.add(path)),
        );
      }
    }
  }
  return read;
}

function readFrom(type: string, properties: PlainObject): void {
  const urn = `urn:pulumi:stack::project::${type}::full`;
  const resource = { urn, type, name: "full", properties, provider: PROVIDER };
  for (const dialect of DIALECTS) dialect.readerOf(type)?.(resource, NOWHERE);
}

/** A provider that works on one computer: without it some readers stop at once. */
const PROVIDER = {
  urn: "urn:pulumi:stack::project::pulumi:providers:hyperv::provider",
  type: "pulumi:providers:hyperv",
  name: "provider",
  host: "hv1",
};

/** What is read is of no interest here, only where. */
const NOWHERE: FactSink = {
  add: ignore,
  link: ignore,
  problem: ignore,
  notEvaluated: ignore,
  unreadScript: ignore,
  script: ignore,
  doubt: ignore,
};

function ignore(): void {
  // Nothing is kept.
}
