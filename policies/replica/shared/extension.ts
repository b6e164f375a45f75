import type { Estate } from "../../../lib/estate/estate";
import { isSameCluster, isSameEnd, placeOf, type Replica } from "../../../lib/estate/replicas";
import { ifKnown, isDefault, type Value } from "../../../lib/estate/value";
import { given, undecided, violation, type Verdict } from "../../../lib/rules/verdict";
import { hostVersionName } from "../../../lib/tables/host-versions";
import {
  extendedFrequencies,
  extendedSupport,
  replicaFrequencies,
  replicaStatement,
} from "../../../lib/tables/replica";
import { alternatives } from "../../../lib/text/words";
import { wrongFrequency } from "./frequency";
import { extendedFrom, replicasOfSameMachine, versionsOf } from "./replicated";

/** The replications that extend one. */
export function extensionsOf(replica: Replica, estate: Estate): readonly Replica[] {
  return replicasOfSameMachine(replica, estate).filter((other) => extendedFrom(other, estate) === replica);
}

/** Whether a replication can be extended to a third server, as far as the versions at both ends are known. */
export function canBeExtended(replica: Replica, estate: Estate): boolean {
  const { known, undetermined } = versionsOf(replica);
  return (
    undetermined.length === 0 &&
    known.length > 0 &&
    known.every((version) => extendedSupport(version)?.supported === true) &&
    extendedFrom(replica, estate) === undefined &&
    extensionsOf(replica, estate).length === 0
  );
}

/** From the replica server replication goes on to one third server. */
export function judgeExtension(replica: Replica, estate: Estate): readonly Verdict[] {
  const place = placeWithOthers(replica, estate);
  if (place?.state === "unknown") return undecided(replica, place);
  const first = extendedFrom(replica, estate);
  const [start, target] = [ifKnown(replica.primary), ifKnown(replica.replica)];
  if (first === undefined || start === undefined || target === undefined) return [];
  const { path } = replica.replica.origin;
  const { known, undetermined } = versionsOf(replica);
  const rows = known.flatMap((version) => {
    const row = extendedSupport(version);
    return row === undefined ? [] : [{ version, row }];
  });
  const without = rows.find(({ row }) => !row.supported);
  const extension = `${replica.name} extends the replication from ${start.name} to ${target.name}`;
  if (without !== undefined) {
    const version = hostVersionName(without.version);
    return [
      violation(replica, path, `${extension}, but ${version} does not have extended replication.`, {
        found: { value: version },
        limit: { bound: "not", value: version },
        fix: "Install the same version of Windows Server, 2012 R2 or later, on all three servers, or remove this replication.",
        evidence: without.row,
      }),
    ];
  }
  const evidence = rows[0]?.row;
  const undecidedVersions = undetermined.flatMap((value) => undecided(replica, value));
  if (evidence === undefined) return undecidedVersions;
  const origin = ifKnown(first.primary);
  if (origin !== undefined && (isSameEnd(origin, target) || isSameCluster(origin, target))) {
    return [
      violation(replica, path, `${extension}, which it comes from. Extended replication goes to a third server.`, {
        found: { value: target.name },
        limit: { bound: "not", value: origin.name },
        fix: "Name a third server, or remove this replication.",
        evidence,
      }),
    ];
  }
  if (extendedFrom(first, estate) !== undefined) {
    return [
      violation(replica, path, `${extension}, but ${first.name} has already extended it to ${start.name}.`, {
        found: { value: target.name },
        fix: "Remove this replication: a replication can be extended once.",
        evidence,
      }),
    ];
  }
  const found = judgeFrequency(replica, known, estate);
  return found.length > 0 ? found : [...moreOften(replica, first, known, estate), ...undecidedVersions];
}

/** Where the virtual machine runs, which tells which of its replications extends the other. */
function placeWithOthers(replica: Replica, estate: Estate): Value<unknown> | undefined {
  const vm = ifKnown(replica.virtualMachine);
  return vm === undefined || replicasOfSameMachine(replica, estate).length < 2 ? undefined : placeOf(vm, estate);
}

/** Changes cannot go on to the third server before they are at the second. */
function moreOften(replica: Replica, first: Replica, versions: readonly string[], estate: Estate): readonly Verdict[] {
  const [evidence] = versions.flatMap((version) => replicaStatement(version, "extendedFrequency") ?? []);
  if (evidence === undefined) return [];
  return given(replica, { own: replica.frequencySeconds, others: first.frequencySeconds }, ({ own, others }) => {
    // A frequency that no replication has is reported as such, and what nobody declares is left to Hyper-V.
    const isOffered = versions.every((version) => replicaFrequencies(version)?.seconds.includes(own) === true);
    if (own >= others || !isOffered || isDefault(replica.frequencySeconds)) return [];
    const problem =
      `${replica.name} extends the replication every ${String(own)} seconds, and ${first.name}, which it extends, ` +
      `replicates every ${String(others)} seconds.`;
    return [{ ...wrongFrequency(replica, problem, own, evidence, estate), advisory: true }];
  });
}

/** Where the versions have the frequency otherwise: what they do not have at all is reported elsewhere. */
function judgeFrequency(replica: Replica, versions: readonly string[], estate: Estate): readonly Verdict[] {
  return given(replica, { seconds: replica.frequencySeconds }, ({ seconds }) => {
    const [first] = versions.flatMap((version) => {
      const row = extendedFrequencies(version);
      const isOffered = row?.seconds.includes(seconds) !== false;
      return isOffered || replicaFrequencies(version)?.seconds.includes(seconds) !== true ? [] : [{ version, row }];
    });
    if (first === undefined) return [];
    const problem =
      `${replica.name} extends the replication every ${String(seconds)} seconds. ${hostVersionName(first.version)} ` +
      `extends replication every ${alternatives(first.row.seconds.map(String))} seconds.`;
    return [wrongFrequency(replica, problem, seconds, first.row, estate)];
  });
}
