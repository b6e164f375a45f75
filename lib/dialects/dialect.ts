import type { DeclaredResource, NotEvaluated, Problem } from "../estate/declared";
import type { Kind, Kinds } from "../estate/kinds";
import type { Computer, LinkedFactsOf, LinkedKind } from "../estate/linked-facts";
import type { Doubt, ScriptMachine } from "./command/machines";

/** A script that cannot be read before it runs, and that may be about anything. */
export interface UnreadScript {
  readonly what: NotEvaluated;
  readonly isPowerShell: boolean;
  /** Where it runs, where that is declared. */
  /** Whether it is a script of which nothing is known, and not a command: it may do anything. */
  readonly mayDoAnything?: true;
  readonly computer: Computer | undefined;
}

/** Takes what a dialect reads from one resource. */
export interface FactSink {
  /** A thing that the resource declares, such as a host. */
  add<K extends Kind>(kind: K, entity: Kinds[K]): void;
  /** Facts that stand in a resource of their own, such as those of a disk, for others that refer to it. */
  link<K extends LinkedKind>(kind: K, facts: LinkedFactsOf<K>): void;
  problem(problem: Problem): void;
  /** What may declare something, and cannot be read before the deployment. */
  notEvaluated(what: NotEvaluated): void;
  /** A script that cannot be read at all: whether it concerns the estate depends on the rest. */
  unreadScript(script: UnreadScript): void;
  /** What a script does to virtual machines; the scripts of an estate are put together when all are read. */
  script(machines: readonly ScriptMachine[]): void;
  /** What a script may change in machines and clusters that others declare. */
  doubt(doubt: Doubt): void;
}

/** Reads the facts of one resource. It never throws: what it cannot read it reports as a problem. */
export type FactReader = (resource: DeclaredResource, sink: FactSink) => void;

/** One family of resource types, and how facts are read from each. A dialect knows property names, and no rule. */
export interface Dialect {
  readonly name: string;
  /** Every resource type that it reads, by the name that the provider's own package gives it. */
  readonly types: readonly string[];
  /** The platform whose resources they are: its resources have tags. */
  readonly platform?: "Azure";
  /** The reader of a resource type; undefined for a type that is none of the family's. */
  readerOf(type: string): FactReader | undefined;
}
