/** Something that has a value when the script runs. */
export type Expression =
  /** A bare word or a text in quotes; numbers are bare words. */
  | { readonly kind: "text"; readonly text: string }
  /** `$true`, `$false` or `$null`. */
  | { readonly kind: "constant"; readonly value: boolean | null }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  /** `( … )`, `$( … )` or `@( … )`: what its statements put out. */
  | { readonly kind: "group"; readonly statements: readonly Statement[] }
  /** `{ … }`: statements that run when somebody runs them, if ever. */
  | { readonly kind: "block"; readonly statements: readonly Statement[] }
  | { readonly kind: "member"; readonly of: Expression; readonly name: string }
  | { readonly kind: "variable"; readonly name: string }
  /** `@name`: arguments from a table or list. */
  | { readonly kind: "splat"; readonly name: string }
  /** `@{ Name = 'EX1' }`: its entries are assignments. */
  | { readonly kind: "table"; readonly entries: readonly Statement[] }
  /** A calculation, or whatever else is known only when the script runs. Its parts may still hold commands. */
  | { readonly kind: "unevaluated"; readonly parts: readonly Expression[] };

/** `-Name value` is two arguments when it is read, since it depends on the command whether `-Name` is a switch. */
export interface Argument {
  readonly parameter?: string;
  readonly value?: Expression;
}

export interface CommandCall {
  readonly kind: "command";
  readonly name: Expression;
  readonly arguments: readonly Argument[];
  /** Counted from 1. */
  readonly line: number;
}

/** One of the things that a pipeline goes through. */
export type Stage = CommandCall | { readonly kind: "value"; readonly value: Expression };

export type Statement =
  | { readonly kind: "pipeline"; readonly stages: readonly Stage[] }
  | { readonly kind: "assignment"; readonly target: Expression; readonly value: Statement; readonly line: number };

export interface Script {
  readonly statements: readonly Statement[];
  /** False when a part of it is nested too deeply to be read. */
  readonly complete: boolean;
}
