/** What stands in a text with a value of JSON on each line. */
export interface JsonLines<T> {
  readonly values: readonly T[];
  /** Whether a line is not JSON, as the last one of a file that was cut short. */
  readonly isDamaged: boolean;
}

export function readJsonLines<T>(text: string): JsonLines<T> {
  const values: T[] = [];
  let isDamaged = false;
  for (const line of text.split("\n")) {
    if (line === "") continue;
    try {
      values.push(JSON.parse(line) as T);
    } catch {
      isDamaged = true;
    }
  }
  return { values, isDamaged };
}
