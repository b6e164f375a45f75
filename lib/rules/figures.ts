/**
 * What a figure counts, in the plural and as messages write it. `MB` and `GB` are binary, as in Hyper-V Manager; network
 * speeds are decimal.
 */
export const UNITS = [
  "GB",
  "MB",
  "Mbps",
  "NPAR partitions",
  "VLANs",
  "adapters",
  "addresses",
  "backup jobs",
  "closed ports",
  "disks",
  "host versions",
  "hosts",
  "kinds of traffic",
  "logical processors",
  "members",
  "networks",
  "nodes",
  "open ports",
  "percent",
  "physical cores",
  "pools",
  "ports",
  "processor vendors",
  "recovery points",
  "roles",
  "seconds",
  "servers",
  "virtual machines",
  "virtual processors",
  "virtual processors to 1 logical processor",
  "votes",
  "zones",
] as const;

export type Unit = (typeof UNITS)[number];

/** A value as data: a number with what it counts, a text such as the name of an operating system, a switch, or a list. */
export interface Figure {
  readonly value: number | string | boolean | readonly (number | string)[];
  /** Absent for what is not counted. */
  readonly unit?: Unit;
}

/** How a limit bounds what is found: `oneOf` and `noneOf` have a list as their value. */
export type Bound = "atMost" | "atLeast" | "exactly" | "not" | "oneOf" | "noneOf";

/** What is allowed. */
export interface LimitFigure extends Figure {
  readonly bound: Bound;
}

/**
 * The value that fixes a finding. Path and value are those of the component resources: a finding on a resource of a
 * provider, which may count in other units, is shown without it.
 */
export interface Change {
  /** A property of the finding's resource, as in `disks[0].type`. */
  readonly path: string;
  readonly value: number | string | boolean | readonly string[];
}

export function atMost(value: number, unit: Unit): LimitFigure {
  return { bound: "atMost", value, unit };
}

export function atLeast(value: number, unit: Unit): LimitFigure {
  return { bound: "atLeast", value, unit };
}

export function oneOf(value: readonly (number | string)[], unit?: Unit): LimitFigure {
  return { bound: "oneOf", value, ...(unit === undefined ? {} : { unit }) };
}

/** That something must have one value: a switch that must be on, a disk that must be fixed. */
export function exactly(value: number | string | boolean, unit?: Unit): LimitFigure {
  return { bound: "exactly", value, ...(unit === undefined ? {} : { unit }) };
}
