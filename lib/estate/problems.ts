import { append, compare } from "../text/collections";
import type { DeclaredResource, Problem } from "./declared";

/** What is wrong in declarations, by the resource that it stands in. */
export class Problems {
  private readonly byUrn = new Map<string, Problem[]>();

  constructor(problems: readonly Problem[]) {
    for (const problem of problems) this.add(problem);
  }

  add(problem: Problem): void {
    append(this.byUrn, problem.urn, problem);
  }

  /** In the order of the properties. */
  of(resource: DeclaredResource): readonly Problem[] {
    const problems = this.byUrn.get(resource.urn) ?? [];
    // A mistake in the settings that affects several resources is one mistake.
    const distinct = new Map(problems.map((problem) => [`${problem.path}\n${problem.problem}`, problem]));
    return [...distinct.values()].sort(
      (one, other) => compare(one.path, other.path) || compare(one.problem, other.problem),
    );
  }
}
