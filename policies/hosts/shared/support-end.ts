import type { ParameterSchema } from "../../../lib/rules/rule";
import { violation, type Judged, type Verdict } from "../../../lib/rules/verdict";
import type { SupportEnd } from "../../../lib/tables/lifecycle";

/** How long before its end support is advised of. */
export const DAYS_AHEAD: ParameterSchema = {
  type: "integer",
  description: "Advise also of support that ends within this many days.",
  minimum: 0,
  default: 180,
};

/** What a lifecycle rule judges, and how its finding is worded. */
export interface Supported {
  readonly on: Judged;
  /** The property that names what is supported. */
  readonly path: string;
  /** The start of a sentence: `hv1 runs Windows Server 2016`. */
  readonly subject: string;
  /** What to do, without the period: `Move hv1 to a newer version`. */
  readonly fix: string;
}

/**
 * The verdict on a product whose support has ended or ends within some days.
 * @param daysAhead undefined: only an end that has passed counts
 */
export function judgeSupportEnd(
  { on, path, subject, fix }: Supported,
  end: SupportEnd | undefined,
  asOf: string,
  daysAhead: number | undefined,
): readonly Verdict[] {
  if (end === undefined || !isEndNear(end, asOf, daysAhead)) return [];
  const isOver = end.date < asOf;
  const problem = `${subject}, whose support ${isOver ? "ended" : "ends"} on ${end.date}.`;
  return [
    violation(on, path, problem, {
      found: { value: end.date },
      fix: `${fix}${extension(end, asOf)}`,
      evidence: end,
      advisory: !isOver,
    }),
  ];
}

/** Whether support has ended, or ends within the days ahead. */
export function isEndNear({ date }: SupportEnd, asOf: string, daysAhead: number | undefined): boolean {
  return daysAhead === undefined ? date < asOf : date <= daysAfter(asOf, daysAhead);
}

/** The updates that can still be bought: nobody is sent to buy those whose last day has passed. */
export function extension({ extendedUpdates }: SupportEnd, asOf: string): string {
  if (extendedUpdates === undefined) return ".";
  const { until } = extendedUpdates;
  return until < asOf ? `; extended updates ended on ${until}.` : `, or buy extended updates, which end on ${until}.`;
}

const DAY = 24 * 60 * 60 * 1000;

function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}
