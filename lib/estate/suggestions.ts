import { suggestion } from "../text/nearest";

/** Enough for a thousand wrong names among five hundred; a second of work at most. */
const COMPARISONS = 500_000;

/**
 * What to do about names that nothing has. To find what looks like a name takes a comparison with each that exists: where
 * thousands are wrong at once, the last ones are not compared any more, so that the work does not grow with both numbers.
 */
export class Suggestions {
  private comparisonsLeft = COMPARISONS;

  /** @param otherwise what to do when none of the names is meant */
  suggest(wanted: string, names: readonly string[], otherwise: string): string {
    this.comparisonsLeft -= names.length;
    return suggestion(wanted, this.comparisonsLeft < 0 ? [] : names, otherwise);
  }
}
