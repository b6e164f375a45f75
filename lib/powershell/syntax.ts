/** Something that has a value when the script runs. */
export type Expression =
  /** A bare word or a text in quotes. */
  | { readonly kind: "text"; readonly text: string }
  /** `4GB` in a calculation; as an argument it is a bare word. */
  | { readonly kind: "number"; readonly text: string; readonly value: number }
  /** `$true`, `$false` or `$null`. */
  | { readonly kind: "constant"; readonly value: boolean | null }
  /** A text that is put together of others: `"EX$number"`. */
  | { readonly kind: "expandable"; readonly pieces: readonly Expression[] }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  /** `( … )`, `$( … )` or `@( … )`: what its statements put out. */
  | { readonly kind: "group"; readonly statements: readonly Statement[]; readonly isArray: boolean }
  /** `{ … }`: statements that run when somebody runs them, if ever. */
  | { readonly kind: "block"; readonly statements: readonly Statement[] }
  | { readonly kind: "member"; readonly of: Expression; readonly name: string }
  /** `$names[0]` */
  | { readonly kind: "index"; readonly of: Expression; readonly index: Expression }
  /** `$names.Add('EX1')`: the method is a member. */
  | { readonly kind: "invocation"; readonly method: Expression; readonly arguments: readonly Expression[] }
  /** `[int]$count` */
  | { readonly kind: "cast"; readonly type: string; readonly value: Expression }
  /** `[guid]`, as in `[guid]::NewGuid()`. */
  | { readonly kind: "type"; readonly name: string }
  /** `$name + '.vhdx'`; the operator is in lower case and without its dash. With one operand it stands before that. */
  | { readonly kind: "operation"; readonly operator: string; readonly operands: readonly Expression[] }
  | { readonly kind: "variable"; readonly name: string }
  /** `@name`: arguments from a table or list. */
  | { readonly kind: "splat"; readonly name: string }
  /** `@{ Name = 'EX1' }`: its entries are assignments. */
  | { readonly kind: "table"; readonly entries: readonly Statement[] }
  /** Whatever else is known only when the script runs. Its parts may still hold commands. */
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

/** A parameter of a script, a block or a function. */
export interface Parameter {
  readonly name: string;
  readonly fallback?: Expression;
  readonly isSwitch?: boolean;
}

export type Statement =
  | { readonly kind: "pipeline"; readonly stages: readonly Stage[] }
  | {
      readonly kind: "assignment";
      /** `=`, `+=` and the like. */
      readonly operator: string;
      readonly target: Expression;
      readonly value: Statement;
      readonly line: number;
    }
  /** `param( … )` */
  | { readonly kind: "parameters"; readonly parameters: readonly Parameter[] }
  | {
      readonly kind: "function";
      readonly name: string;
      readonly parameters: readonly Parameter[];
      readonly statements: readonly Statement[];
      readonly line: number;
    }
  | {
      readonly kind: "foreach";
      readonly variable: string;
      readonly values: readonly Statement[];
      readonly statements: readonly Statement[];
      readonly line: number;
    };

export interface Script {
  readonly statements: readonly Statement[];
  /** False when a part of it is nested too deeply to be read. */
  readonly complete: boolean;
}
