import type { Plain, PlainObject, UNKNOWN } from "../../estate/plain";
import type { Cmdlet, SubjectKind } from "./cmdlets";

/** Where a command runs: undefined for the computer that runs the script, UNKNOWN while that is not known. */
export type TargetComputer = string | typeof UNKNOWN | undefined;

/** A name, or what stands for it: what one variable names is one thing until it is assigned anew. */
export interface SubjectName {
  readonly text: string | undefined;
  readonly key: string;
}

/** What a command is about, or puts out. */
export interface CmdletSubject {
  readonly kind: SubjectKind;
  readonly names: readonly SubjectName[];
  /** Of machines the adapters that are meant, by name; all when undefined. */
  readonly adapter?: Plain;
  /** Of things of a cluster its name, where it is given. */
  readonly cluster?: Plain;
}

/** One call of a cmdlet. */
export interface CmdletCall {
  readonly cmdlet: string;
  /** The arguments by parameter, {@link UNKNOWN} where they are known only when the script runs. */
  readonly fields: PlainObject;
  /** Undefined when it is not known what the call is about, or when it is about nothing that was there before. */
  readonly subject: CmdletSubject | undefined;
  readonly place: TargetComputer;
  /** False in a condition or a loop, where it is known only when the script runs whether it happens. */
  readonly isCertain: boolean;
  /** Where it stands in the script: `(line 3, Set-VM)`. */
  readonly at: string;
}

/** `(Get-ClusterNetwork LAN).Metric = 800` */
export interface PropertyAssignment {
  /** In small letters. */
  readonly property: string;
  readonly value: Plain;
  /** Undefined while it is known only when the script runs of what it is a property. */
  readonly subject: CmdletSubject | undefined;
  readonly isCertain: boolean;
  readonly at: string;
}

/** Takes what a script does, in the order in which it does it. */
export interface Actions {
  call(call: CmdletCall): void;
  assign(assignment: PropertyAssignment): void;
  /** A command that matters, and of which it is known only when the script runs what it does. */
  notEvaluated(at: string): void;
  /** A command that may matter and that is not read, whatever it does. */
  notRead(command: string, at: string): void;
  /** A script that is not at hand, or whose text is known only when it runs. */
  unreadScript(at: string): void;
  /** The script does more than is followed: any of these cmdlets may have run once more. */
  stopped(cmdlets: readonly Cmdlet[], at: string): void;
}
