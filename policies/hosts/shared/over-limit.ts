import type { Host } from "../../../lib/estate/model";
import { violation, type Verdict } from "../../../lib/rules/verdict";
import { allows, describeLimit, hostVersionName, limitOf, type LimitItem } from "../../../lib/tables/host-versions";

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
