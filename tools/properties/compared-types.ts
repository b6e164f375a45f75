import type { Compared } from "./coverage-faults";
import { listedProperties } from "./listed-properties";
import { reasons, type ClassifiedFile } from "./property-classes";
import { pathsRead } from "./read-properties";
import { samplesOf } from "./samples";

/** The types of a file with what their schemas have and what their readers take. */
export function comparedTypes(file: ClassifiedFile): readonly Compared[] {
  return file.types.map((type) => {
    const listed = listedProperties(file, type);
    const read = pathsRead(type.type, listed, samplesOf(type.type, listed));
    return { type, listed, read, reasons: reasons().map(({ id }) => id) };
  });
}
