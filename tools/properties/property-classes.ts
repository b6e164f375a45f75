import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkedTable, once } from "../../lib/tables/load";
import schema from "./property-classes.schema.json";
import reasonsData from "./reasons.json";
import reasonsSchema from "./reasons.schema.json";

/** What a reader makes of a fact, or joins by. */
export const READ = "read";
/** What no reader takes, though a rule could use it. */
export const NOT_YET = "not yet";

/** A resource type of a provider, with the class of each of its properties. */
export interface ClassifiedType {
  readonly type: string;
  /**
   * By the path of the property, as in `disks[].name`: `read`, `not yet`, or why it is irrelevant, by the id of a reason. A path
   * that ends in `.*` is all that an object holds.
   */
  readonly properties: Readonly<Record<string, string>>;
  /** What is read besides, and where it comes from: a property of other versions of the provider. */
  readonly besides?: Readonly<Record<string, string>>;
}

/** The types of one version of a provider. */
export interface ClassifiedProvider {
  readonly provider: string;
  /** Left out for the components of this pack. */
  readonly version?: string;
  readonly types: readonly ClassifiedType[];
}

export interface Reason {
  readonly id: string;
  readonly why: string;
}

/** A file of data, by its path from the root of this repository. */
export interface ClassifiedFile extends ClassifiedProvider {
  readonly file: string;
}

const FOLDER = join(__dirname, "data");

/** Why properties are irrelevant. */
export const reasons = once(
  () =>
    checkedTable<{ readonly reasons: readonly Reason[] }>("tools/properties/reasons.json", reasonsData, reasonsSchema)
      .reasons,
);

/** All that is classified, in the order of the files. */
export const classifiedFiles = once((): readonly ClassifiedFile[] =>
  readdirSync(FOLDER)
    .sort()
    .map((name) => {
      const file = `tools/properties/data/${name}`;
      return { file, ...readClasses(file, JSON.parse(readFileSync(join(FOLDER, name), "utf8"))) };
    }),
);

/** @throws TableError when the data does not fit the schema. */
export function readClasses(file: string, data: unknown): ClassifiedProvider {
  return checkedTable<ClassifiedProvider>(file, data, schema);
}
