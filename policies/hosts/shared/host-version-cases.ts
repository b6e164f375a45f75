import type { Host } from "../../../lib/estate/model";
import { bestCase } from "../../../lib/rules/best-case";
import { undecided, type Verdict } from "../../../lib/rules/verdict";
import { hostVersions, limitOf, type LimitItem } from "../../../lib/tables/host-versions";

/**
 * Judges a host by its version, for a limit. While the version is not known, what exceeds the limit of every version is
 * found, and everything else is undecided.
 */
export function onHostVersion(
  host: Host,
  item: LimitItem,
  judge: (version: string) => readonly Verdict[],
): readonly Verdict[] {
  const { operatingSystem } = host;
  if (operatingSystem.state === "known") return judge(operatingSystem.value);
  if (operatingSystem.state === "unknown" && operatingSystem.because === "malformed") return [];
  const wrong = bestCase(generousVersions(item).map(judge), ["its operating system"]);
  return wrong.length > 0 ? wrong : undecided(host, operatingSystem);
}

/** The versions that may have the most generous limit: one without an official limit has none above that of a newer one. */
export function generousVersions(item: LimitItem): readonly string[] {
  const versions = hostVersions().map(({ id }) => id);
  const newest = versions.findLastIndex((id) => isOfficial(id, item));
  return versions.filter((id, index) => index > newest || isOfficial(id, item));
}

function isOfficial(version: string, item: LimitItem): boolean {
  const limit = limitOf(version, item);
  return limit !== undefined && limit.confidence !== "unverified";
}
