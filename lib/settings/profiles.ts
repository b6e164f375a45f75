import { loadTable } from "../tables/load";
import profile2008r2 from "./profiles/2008r2.json";
import profile20261 from "./profiles/2026.1.json";
import profile20262 from "./profiles/2026.2.json";
import schema from "./profiles/profile.schema.json";

/**
 * A dated list of rules with their levels, which never changes: with a profile, an upgrade neither adds rules nor makes them
 * stricter.
 */
export interface Profile {
  readonly name: string;
  /** The day from which it has been as it is. */
  readonly date: string;
  readonly title: string;
  /** The day for which lifecycles are judged unless the user names one; the present day where there is none. */
  readonly asOf?: string;
  /** The rules that judge, each with the strictest level that it has by default. */
  readonly rules: Readonly<Record<string, "mandatory" | "advisory">>;
}

const FILES: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["2008r2", profile2008r2],
  ["2026.1", profile20261],
  ["2026.2", profile20262],
]);

export const PROFILE_NAMES: readonly string[] = [...FILES.keys()];

/** The profile of a name; undefined for a name of none. */
export function profileOf(name: string): Profile | undefined {
  const file = FILES.get(name);
  return file === undefined ? undefined : loadTable<Profile>(`profiles/${name}.json`, file, schema);
}
