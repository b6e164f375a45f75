import type { Plain, PlainObject } from "./plain";
import type { Origin } from "./value";

/** One resource as it was handed over by a preview, or read from a file. */
export interface DeclaredResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly properties: PlainObject;
  /** The provider that manages it; undefined where the input does not name it, and for components. */
  readonly provider?: DeclaredProvider;
  /** Where its properties stand in the settings, as in `hosts[0]`; a resource holds them itself. */
  readonly path?: string;
  /** URN of the resource that it is a child of. */
  readonly parent?: string;
  /** URNs of the resources that it waits for; empty while resources are registered one by one. */
  readonly dependencies?: readonly string[];
  /** True where others show that the operation hides resources, as with `--target`, and this one came without inputs. */
  readonly isLeftOut?: boolean;
  /** What of the properties is secret: it is judged, and never shown. */
  readonly secrets?: readonly SecretPlace[];
  /** URNs of the resources that the values of each property come from, known or not. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

/** A property whose value is secret, with all below it. */
export interface SecretPlace {
  /** As in `tags.owner` or `disks[0].path`. */
  readonly path: string;
  readonly value: Plain;
}

/** A provider, without its credentials: of its properties only what joins need is ever read. */
export interface DeclaredProvider {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** The property `host`: the computer that the provider works on. */
  readonly host: Plain;
}

/** What may declare something, and is not evaluated. */
export interface NotEvaluated {
  readonly origin: Origin;
  /** `run`: only the run can tell. `unread`: nothing of it is read. `deployment`: its text is not known until then. */
  readonly because: "run" | "unread" | "deployment";
}

/** Something in a declaration that cannot be taken as it stands; the `estate` rule reports it. */
export interface Problem {
  readonly urn: string;
  /** Property path, empty for the resource as a whole. */
  readonly path: string;
  /** What was found and why it cannot stand, without the resource's name. */
  readonly problem: string;
  /** What is allowed instead. */
  readonly fix: string;
  /** True for what may well be meant so, or changes nothing: no reason to stop. */
  readonly advisory?: boolean;
}

export type ReportProblem = (problem: Problem) => void;

/** The last part of a URN: what the program calls the resource. */
export function nameInUrn(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}
