import type { DeclaredResource } from "../../lib/estate/declared";
import { describePath } from "../../lib/estate/element-names";
import { defineRule } from "../../lib/rules/rule";
import { violation } from "../../lib/rules/verdict";
import { PACK_PARAMETERS } from "../../lib/settings/parameters";
import { declaredValue } from "./shared/declared-value";
import { implausibleQuantities } from "./shared/implausible-quantities";

/** A declaration that cannot be read, contradicts another one, or names something that is not declared. */
export const estate = defineRule<DeclaredResource>({
  name: "estate",
  title: "Declarations that can be read",
  subject: "estate",
  level: "required",
  severity: "high",
  reach: "resource",
  why: "No other rule can check a value that cannot be read, or that contradicts another one.",
  fix: "Correct the declaration.",
  sources: [],
  tags: ["declaration"],
  parameters: PACK_PARAMETERS,
  exemptible: false,
  applies: ({ declared }) => declared,
  check: (resource, joined) =>
    [...joined.problemsOf(resource), ...(implausibleQuantities(joined).get(resource.urn) ?? [])].map(
      ({ path, problem, fix, advisory = false }) =>
        violation(
          resource,
          path,
          `${resource.name}: ${path === "" ? "it" : describePath(resource, path)} ${problem}.`,
          {
            found: declaredValue(resource, path),
            fix,
            advisory,
          },
        ),
    ),
});
