import type { DeclaredResource } from "../../lib/estate/declared";
import { defineRule } from "../../lib/rules/rule";
import { violation } from "../../lib/rules/verdict";
import { PACK_PARAMETERS } from "../../lib/settings/parameters";

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
  parameters: PACK_PARAMETERS,
  exemptible: false,
  applies: ({ declared }) => declared,
  check: (resource, joined) =>
    joined
      .problemsOf(resource)
      .map(({ path, problem, fix, advisory = false }) =>
        violation(resource, path, `${resource.name}: ${path === "" ? "it" : path} ${problem}.`, { fix, advisory }),
      ),
});
