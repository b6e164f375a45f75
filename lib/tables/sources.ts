import { loadTable, once } from "./load";
import data from "./sources.json";
import schema from "./sources.schema.json";

/** A document that a rule or a table row quotes. */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly url?: string;
  /** Year, year and month, or full date of the document. */
  readonly date?: string;
  readonly note?: string;
}

/**
 * How reliable a row is. `official`: from a Microsoft document; `blog`: from a blog of a Microsoft team; `derived`: computed
 * from an official figure; `secondary`: from a publication of somebody else; `quoted`: quoted by the article that the pack
 * implements; `unverified`: no document was found, so the row never blocks.
 */
export type Confidence = "official" | "blog" | "derived" | "secondary" | "quoted" | "unverified";

/** From the most to the least reliable. */
export const CONFIDENCES: readonly Confidence[] = ["official", "blog", "derived", "secondary", "quoted", "unverified"];

/** Another document that states another value, and why that is not used. */
export interface Conflict {
  readonly source: string;
  /** As the document prints it. */
  readonly value: string;
  readonly why: string;
}

/** Where a row comes from. */
export interface Provenance {
  /** Id in sources.json. */
  readonly source: string;
  readonly confidence: Confidence;
  readonly conflicts?: readonly Conflict[];
  readonly note?: string;
}

const sources = once(
  () =>
    new Map(
      loadTable<{ sources: readonly Source[] }>("sources.json", data, schema).sources.map((row) => [row.id, row]),
    ),
);

/** @throws Error when no source has the id: the tests keep every reference valid. */
export function sourceOf(id: string): Source {
  const source = sources().get(id);
  if (source === undefined) throw new Error(`lib/tables/sources.json has no source ${id}`);
  return source;
}
