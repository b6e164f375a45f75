import type { PolicyData } from "../../lib/rules/rule";

/** What the other rules could not decide, in one finding for each resource. */
export const undecided: PolicyData = {
  name: "undecided",
  title: "Values that no rule could judge",
  subject: "estate",
  level: "recommended",
  severity: "low",
  reach: "estate",
  why: "No rule can check a value that is not known, and it may be wrong.",
  fix: "Declare the value in the program, or check it after the deployment.",
  sources: [],
  tags: ["declaration"],
};
