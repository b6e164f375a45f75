import type { DeclaredResource, NotEvaluated, Problem } from "../estate/declared";
import { emptyLists, type Kind, type Kinds } from "../estate/kinds";
import { emptyLinkedFactLists, type LinkedFactsOf, type LinkedKind } from "../estate/linked-facts";
import { byUrn } from "../text/collections";
import type { Doubt, ScriptMachine } from "./command/machines";
import type { FactReader, FactSink, UnreadScript } from "./dialect";

/** Collects what the dialects read from all resources. */
export class CollectedFacts implements FactSink {
  readonly entities = emptyLists();
  readonly linkedFacts = emptyLinkedFactLists();
  readonly problems: Problem[] = [];
  readonly unevaluated: NotEvaluated[] = [];
  readonly unreadScripts: UnreadScript[] = [];
  /** The virtual machines of scripts, before those of one name are put together. */
  readonly scriptMachines: ScriptMachine[] = [];
  readonly doubts: Doubt[] = [];
  /** The resources that were read. */
  readonly declared: DeclaredResource[] = [];
  /** Resources of a known type that came without any property, as those outside a `--target` do. */
  readonly leftOut: DeclaredResource[] = [];

  add<K extends Kind>(kind: K, entity: Kinds[K]): void {
    this.entities[kind].push(entity);
  }

  link<K extends LinkedKind>(kind: K, facts: LinkedFactsOf<K>): void {
    this.linkedFacts[kind].push(facts);
  }

  problem(problem: Problem): void {
    this.problems.push(problem);
  }

  notEvaluated(what: NotEvaluated): void {
    this.unevaluated.push(what);
  }

  unreadScript(script: UnreadScript): void {
    this.unreadScripts.push(script);
  }

  script(machines: readonly ScriptMachine[]): void {
    this.scriptMachines.push(...machines);
  }

  doubt(doubt: Doubt): void {
    this.doubts.push(doubt);
  }

  /** Reads the resources that have a reader. */
  read(resources: readonly DeclaredResource[], readerOf: (type: string) => FactReader | undefined): void {
    const empty: DeclaredResource[] = [];
    for (const resource of byUrn(resources)) {
      const reader = readerOf(resource.type);
      if (reader === undefined) continue;
      if (Object.keys(resource.properties).length === 0) empty.push(resource);
      else this.readOne(resource, reader);
    }
    // What needs no inputs and has none declares nothing, unless others show that the operation hides resources.
    if (empty.some(({ type, isLeftOut }) => isLeftOut === true || !NEEDS_NO_INPUTS.has(type)))
      this.leftOut.push(...empty);
    else this.declared.push(...empty);
  }

  private readOne(resource: DeclaredResource, read: FactReader): void {
    this.declared.push(resource);
    try {
      read(resource, this);
    } catch (error) {
      this.problems.push(defect(resource, error));
    }
  }
}

/** The only type that is read and has no required input: it may declare nothing at all. */
const NEEDS_NO_INPUTS: ReadonlySet<string> = new Set(["command:local:Command"]);

/** A dialect that throws is our mistake: it costs the facts of one resource, and the reader learns of it. */
function defect({ urn }: DeclaredResource, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : "an unknown error";
  return {
    urn,
    path: "",
    problem: `could not be read (${reason})`,
    fix: "This is a defect of hyperv-guard: please report it.",
  };
}
