import type { Host } from "../../../lib/estate/model";
import { atMost, type Unit } from "../../../lib/rules/figures";
import { violation, type Verdict } from "../../../lib/rules/verdict";
import {
  allows,
  describeLimit,
  hostVersionName,
  hostVersions,
  limitOf,
  type Limit,
  type LimitItem,
} from "../../../lib/tables/host-versions";

/** A number that must not exceed a limit of the host version. */
export interface LimitedNumber {
  readonly path: string;
  readonly item: LimitItem;
  readonly number: number;
  readonly unit: Unit;
  /** What has the number, as a sentence without its full stop: `hv1 has 96 logical processors`. */
  readonly subject: string;
  readonly fix: (limit: Limit) => string;
}

/** The verdict on a number that must not exceed a limit of the host version. */
export function overLimit(
  host: Host,
  version: string,
  { path, item, number, unit, subject, fix }: LimitedNumber,
): readonly Verdict[] {
  const limit = limitOf(version, item);
  if (limit === undefined || number <= allows(limit)) return [];
  const problem = `${subject}. ${hostVersionName(version)} supports at most ${describeWithMB(limit)}.`;
  return [
    violation(host, path, problem, {
      found: { value: number, unit },
      limit: atMost(allows(limit), unit),
      fix: fix(limit),
      evidence: limit,
    }),
  ];
}

/** As documents print it, and in MB where it is memory, as hosts declare it: `1 TB, which is 1048576 MB`. */
export function describeWithMB(limit: Limit): string {
  const text = describeLimit(limit);
  return limit.unit === "MB" ? `${text}, which is ${String(allows(limit))} MB` : text;
}

/** A second way out for a fix: the first host version that supports the number; nothing where none does. */
export function orNewerVersion(item: LimitItem, number: number): string {
  const newer = hostVersions().find(({ id }) => {
    const limit = limitOf(id, item);
    return limit !== undefined && allows(limit) >= number;
  });
  return newer === undefined ? "" : `, or install ${newer.name} or later; all nodes of a cluster need the same version`;
}
