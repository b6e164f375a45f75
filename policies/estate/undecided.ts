import type { PolicyData } from "../../lib/rules/rule";

/** What the other rules could not decide, one finding a resource. */
export const undecided: PolicyData = {
  name: "undecided",
  title: "Values that no rule could judge",
  subject: "estate",
  level: "recommended",
  severity: "low",
  reach: "estate",
  why: "A value that is not known cannot be judged, and must not pass in silence.",
  fix: "Give the value in the program, or look at the finding again when it is known.",
  sources: [],
  tags: ["declaration"],
};
