import type { PlainObject } from "./plain";

/** One resource as some front door handed it over: a preview, a state file, an inventory. */
export interface DeclaredResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly properties: PlainObject;
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
}
