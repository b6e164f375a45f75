import type { Absent, Unknown, Value } from "../../../lib/estate/value";

/** A value that an answer depends on: it is unknown until deployment, or not declared. */
export type Undetermined = Unknown | Absent;

/** Yes, no, or the values that the answer depends on. */
export type TriState = boolean | readonly Undetermined[];

/** Yes when all are; no when any is not, whatever else is undetermined. */
export function every(answers: readonly TriState[]): TriState {
  if (answers.includes(false)) return false;
  const undetermined = answers.flatMap(undeterminedIn);
  return undetermined.length === 0 || undetermined;
}

/** Yes when any is, whatever else is undetermined. */
export function some(answers: readonly TriState[]): TriState {
  if (answers.includes(true)) return true;
  const undetermined = answers.flatMap(undeterminedIn);
  return undetermined.length > 0 && undetermined;
}

/** The answer that a value gives once it is known. */
export function ask<T>(value: Value<T>, question: (value: T) => TriState): TriState {
  return value.state === "known" ? question(value.value) : [value];
}

/** What an answer depends on; nothing for yes and no. */
export function undeterminedIn(answer: TriState): readonly Undetermined[] {
  return typeof answer === "boolean" ? [] : answer;
}
