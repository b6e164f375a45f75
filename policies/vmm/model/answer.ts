import type { Absent, Unknown, Value } from "../../../lib/estate/value";

/** What stands in the way of an answer. */
export type Open = Unknown | Absent;

/** Yes, no, or what one would have to know to tell. */
export type Answer = boolean | readonly Open[];

/** Yes when all are; no when any is not, whatever else is open. */
export function every(answers: readonly Answer[]): Answer {
  if (answers.includes(false)) return false;
  return openOf(answers) ?? true;
}

/** Yes when any is, whatever else is open. */
export function some(answers: readonly Answer[]): Answer {
  if (answers.includes(true)) return true;
  return openOf(answers) ?? false;
}

/** The answer that a value gives once it is there. */
export function ask<T>(value: Value<T>, question: (value: T) => Answer): Answer {
  return value.state === "known" ? question(value.value) : [value];
}

function openOf(answers: readonly Answer[]): readonly Open[] | undefined {
  const open = answers.flatMap((answer) => (typeof answer === "boolean" ? [] : answer));
  return open.length === 0 ? undefined : open;
}
