import type { Host } from "../../lib/estate/model";
import { violation, type Verdict, type ViolationDetails } from "../../lib/rules/rule";
import { allows, describeLimit, hostVersionName, limitOf, type LimitItem } from "../../lib/tables/host-versions";

/**
 * The verdict on a number that must not exceed a limit of the host version.
 * @param subject what has the number, as a sentence without its full stop: `hv1 has 96 logical processors`
 */
export function overLimit(
  host: Host,
  path: string,
  version: string,
  item: LimitItem,
  number: number,
  subject: string,
): readonly Verdict[] {
  const limit = limitOf(version, item);
  if (limit === undefined || number <= allows(limit)) return [];
  const problem = `${subject}. ${hostVersionName(version)} supports at most ${describeLimit(limit)}.`;
  return [violation(host, path, problem, { evidence: limit })];
}

/** The document of a host version, for what it says in words; none where its figure stands in no document. */
export function documentOf(version: string, item: LimitItem): ViolationDetails {
  const limit = limitOf(version, item);
  return limit === undefined || limit.confidence === "unverified" ? {} : { evidence: limit };
}
