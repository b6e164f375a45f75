import data from "./configuration-versions.json";
import schema from "./configuration-versions.schema.json";
import { loadTable, once } from "./load";
import type { Provenance } from "./sources";

/** The configuration versions of virtual machines that a host version runs, from the oldest to the newest, as in `9.0`. */
export interface ConfigurationVersions extends Provenance {
  readonly host: string;
  readonly oldest: string;
  readonly newest: string;
}

const shipped = once(() =>
  loadTable<{ readonly rows: readonly ConfigurationVersions[] }>("configuration-versions.json", data, schema),
);

/** Undefined for a host version of which no document says it. */
export function configurationVersions(host: string): ConfigurationVersions | undefined {
  return shipped().rows.find((row) => row.host === host);
}

/** Below zero where one configuration version is older than another: `9.0` is older than `10.0`. */
export function compareVersions(one: string, other: string): number {
  const [major = 0, minor = 0] = numbersOf(one);
  const [otherMajor = 0, otherMinor = 0] = numbersOf(other);
  return major - otherMajor || minor - otherMinor;
}

function numbersOf(version: string): readonly number[] {
  return version.split(".").map(Number);
}
