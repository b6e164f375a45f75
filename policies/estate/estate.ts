import type { DeclaredResource } from "../../lib/estate/declared";
import { defineRule, violation } from "../../lib/rules/rule";

/** A declaration that cannot be read, contradicts another or points at nothing. */
export const estate = defineRule<DeclaredResource>({
  name: "estate",
  title: "Declarations that can be read",
  subject: "estate",
  level: "required",
  severity: "high",
  reach: "resource",
  why: "What cannot be read cannot be judged: every other rule passes over it.",
  fix: "Correct the declaration.",
  sources: [],
  tags: ["declaration"],
  parameters: {
    asOf: {
      type: "string",
      description: "The day for which lifecycles are judged, as in 2026-11-22. Default: today.",
      pattern: "^\\d{4}-\\d{2}-\\d{2}$",
    },
  },
  applies: ({ declared }) => declared,
  check: (resource, joined) =>
    joined
      .problemsOf(resource)
      .map(({ path, problem, fix, advisory = false }) =>
        violation(resource, path, `${resource.name}: ${path === "" ? "it" : path} ${problem}.`, { fix, advisory }),
      ),
});
