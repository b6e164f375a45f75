import type { Estate } from "../../../lib/estate/estate";
import type { Replica } from "../../../lib/estate/replicas";
import { ifKnown } from "../../../lib/estate/value";
import { oneOf } from "../../../lib/rules/figures";
import { violation, type Evidence, type Violation } from "../../../lib/rules/verdict";
import { extendedFrequencies, replicaFrequencies } from "../../../lib/tables/replica";
import { alternatives } from "../../../lib/text/words";
import { changeOfSetting, extendedFrom, versionsOf } from "./replicated";

/** A finding about a frequency, with those that both ends have. */
export function wrongFrequency(
  replica: Replica,
  problem: string,
  seconds: number,
  evidence: Evidence,
  estate: Estate,
): Violation {
  const offered = frequenciesOf(replica, estate);
  const { frequencySeconds } = replica;
  return violation(replica, frequencySeconds.origin.path, problem, {
    found: { value: seconds, unit: "seconds" },
    limit: oneOf(offered, "seconds"),
    ...changeOfSetting(replica, frequencySeconds, nearestOf(offered, seconds), estate),
    fix: `Set the replication frequency to ${alternatives(offered.map(String))} seconds.`,
    evidence,
  });
}

/** The frequencies that every version at both ends has, for an extension those of extensions that are not shorter than the first. */
function frequenciesOf(replica: Replica, estate: Estate): readonly number[] {
  const first = extendedFrom(replica, estate);
  const least = first === undefined ? 0 : (ifKnown(first.frequencySeconds) ?? 0);
  const lists = versionsOf(replica).known.flatMap((version) => [
    replicaFrequencies(version)?.seconds ?? [],
    ...(first !== undefined ? [extendedFrequencies(version)?.seconds ?? []] : []),
  ]);
  const [some = [], ...others] = lists.filter((list) => list.length > 0);
  return some.filter((one) => one >= least && others.every((other) => other.includes(one)));
}

function nearestOf(offered: readonly number[], seconds: number): number {
  const distance = (one: number): number => Math.abs(one - seconds);
  return [...offered].sort((one, other) => distance(one) - distance(other))[0] ?? seconds;
}
