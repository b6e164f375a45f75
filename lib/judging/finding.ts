import { inLines, type Explanation } from "../rules/explanation";
import type { Violation } from "../rules/verdict";
import type { Exemption } from "../settings/pack-settings";
import { compare } from "../text/collections";

/** A finding, ready to be shown. */
export interface Finding {
  readonly rule: string;
  /** The resource that must change; undefined for a finding about the stack as a whole. */
  readonly urn: string | undefined;
  /** What messages call the resource; undefined where they do not name it. */
  readonly name?: string;
  /** The property that must change, as a path; empty for the resource or the stack as a whole. */
  readonly path: string;
  /** The same with the names of list elements in place of their positions, where they have any. */
  readonly pathByNames?: string;
  /** What is found, whether an exemption holds for it or not. */
  readonly explanation: Explanation;
  /** The verdict behind it, with its figures; undefined for what no rule has found. */
  readonly violation?: Violation;
  /** All that is to be shown of it. */
  readonly message: string;
  /** True for a finding that never blocks, whatever the level of its rule. */
  readonly advisory: boolean;
  /** The exemption that holds for it. */
  readonly exempted?: Exemption;
  /** Rule, resource and property: the same place has the same key when it is found again. */
  readonly key: string;
  /** The keys of the same place in other resources that declare the same thing. */
  readonly otherKeys?: readonly string[];
}

/** The parts of a finding that has nothing to explain but what to do, about no property in particular. */
export function plainFinding(problem: string, fix?: string): Pick<Finding, "path" | "explanation" | "message"> {
  const explanation = { problem, ...(fix === undefined ? {} : { fix }) };
  return { path: "", explanation, message: inLines(explanation) };
}

/** By resource, then by text: resources arrive in any order, and findings must not. */
export function inFindingOrder(one: Finding, other: Finding): number {
  return compare(one.urn ?? "", other.urn ?? "") || compare(one.message, other.message);
}
