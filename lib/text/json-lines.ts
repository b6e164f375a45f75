/** Reads JSON that stands a value a line. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- who wrote the lines says what they are
export function readJsonLines<T>(text: string): readonly T[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}
