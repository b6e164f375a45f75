import type { Estate } from "../../../lib/estate/estate";
import { isSameCluster, isSameEnd, type Replica } from "../../../lib/estate/replicas";
import { ifKnown } from "../../../lib/estate/value";
import { given, undecided, violation, type Verdict } from "../../../lib/rules/verdict";
import { hostVersionName } from "../../../lib/tables/host-versions";
import { extendedFrequencies, extendedSupport, replicaFrequencies } from "../../../lib/tables/replica";
import { alternatives } from "../../../lib/text/words";
import { extendedFrom, versionsOf } from "./replicated";

/** From the replica server replication goes on to one third server. */
export function judgeExtended(replica: Replica, estate: Estate): readonly Verdict[] {
  const first = extendedFrom(replica, estate);
  const [start, target] = [ifKnown(replica.primary), ifKnown(replica.replica)];
  if (first === undefined || start === undefined || target === undefined) return [];
  const { path } = replica.replica.origin;
  const { known, open } = versionsOf(replica);
  const rows = known.flatMap((version) => {
    const row = extendedSupport(version);
    return row === undefined ? [] : [{ version, row }];
  });
  const without = rows.find(({ row }) => !row.supported);
  const said = `${replica.name} is replicated on from ${start.name} to ${target.name}`;
  if (without !== undefined) {
    const problem = `${said}, but ${hostVersionName(without.version)} does not have extended replication.`;
    const fix = "Install Windows Server 2012 R2 or later on the servers, or remove this replication.";
    return [violation(replica, path, problem, { fix, evidence: without.row })];
  }
  const evidence = rows[0]?.row;
  const undecidedVersions = open.flatMap((value) => undecided(replica, value));
  if (evidence === undefined) return undecidedVersions;
  const origin = ifKnown(first.primary);
  if (origin !== undefined && (isSameEnd(origin, target) || isSameCluster(origin, target))) {
    const problem = `${said}, from where it comes: extended replication goes to a third server.`;
    return [violation(replica, path, problem, { fix: "Name a third server, or remove this replication.", evidence })];
  }
  if (extendedFrom(first, estate) !== undefined) {
    const problem = `${said}, and ${first.name} has extended it to ${start.name} already.`;
    return [violation(replica, path, problem, { fix: "Remove this replication: there is one extension.", evidence })];
  }
  const found = judgeFrequency(replica, known);
  return found.length > 0 ? found : undecidedVersions;
}

/** Where the versions have the frequency otherwise: what they do not have at all is said elsewhere. */
function judgeFrequency(replica: Replica, versions: readonly string[]): readonly Verdict[] {
  return given(replica, { seconds: replica.frequencySeconds }, ({ seconds }) => {
    const [first] = versions.flatMap((version) => {
      const row = extendedFrequencies(version);
      const isOffered = row?.seconds.includes(seconds) !== false;
      return isOffered || replicaFrequencies(version)?.seconds.includes(seconds) !== true ? [] : [{ version, row }];
    });
    if (first === undefined) return [];
    const offered = alternatives(first.row.seconds.map(String));
    const problem =
      `${replica.name} is replicated on every ${String(seconds)} seconds. ${hostVersionName(first.version)} extends ` +
      `replication every ${offered} seconds.`;
    const fix = `Set the replication frequency to ${offered} seconds.`;
    return [violation(replica, replica.frequencySeconds.origin.path, problem, { fix, evidence: first.row })];
  });
}
