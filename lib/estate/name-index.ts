import { fold, label } from "../text/names";
import type { ReportProblem } from "./declared";
import type { Entity } from "./model";
import type { Suggestions } from "./suggestions";
import { known, unknown, type Value } from "./value";

/** Of how many entities an index knows. */
interface Scope {
  /** True when more entities of the kind may be declared than are known. */
  readonly isIncomplete: boolean;
  readonly suggestions: Suggestions;
  readonly report: ReportProblem;
}

/** The hosts or the clusters by their names, each of which only one of them may have. */
export class NameIndex<T extends Entity> {
  private readonly byName = new Map<string, T>();
  private readonly byUrn = new Map<string, T>();
  private readonly names: readonly string[];
  private readonly mayHoldMore: boolean;

  constructor(
    entities: readonly T[],
    private readonly kind: "Host" | "Cluster",
    private readonly scope: Scope,
  ) {
    for (const entity of entities) if (!entity.nameIsUnknown) this.add(entity);
    this.names = [...this.byName.values()].map(({ name }) => name);
    this.mayHoldMore = scope.isIncomplete || entities.some(({ nameIsUnknown }) => nameIsUnknown);
  }

  private add(entity: T): void {
    const { urn, name } = entity;
    const first = this.byName.get(fold(name));
    if (first === undefined) {
      this.byName.set(fold(name), entity);
      this.byUrn.set(urn, entity);
      return;
    }
    const kind = this.kind.toLowerCase();
    this.scope.report({
      urn,
      path: "name",
      problem: `is "${name}", and the ${kind} ${first.urn} has that name already`,
      fix: `Give each ${kind} a name of its own.`,
    });
  }

  /** Follows a reference: a name, or the URN that a component stands for when it is given as a value. */
  follow(reference: Value<string>): Value<T> {
    if (reference.state !== "known") return reference;
    const { origin, value: wanted } = reference;
    const target = this.find(wanted);
    if (target !== undefined) return known(target, origin);
    if (this.mayHoldMore) return unknown(origin);
    this.scope.report({
      ...origin,
      problem: `is "${wanted}", but no ${this.kind} of that name is declared`,
      fix: this.scope.suggestions.suggest(wanted, this.names, `declare the ${this.kind}`),
    });
    return unknown(origin, "malformed");
  }

  /** A host is also found by its full name where it is declared with the short one. */
  private find(wanted: string): T | undefined {
    return (
      this.byName.get(fold(wanted)) ??
      (this.kind === "Host" ? this.byName.get(label(wanted)) : undefined) ??
      this.byUrn.get(wanted)
    );
  }
}
