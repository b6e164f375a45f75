import type { Estate } from "../../lib/estate/estate";
import type { Replica } from "../../lib/estate/replicas";
import { absent, ifKnown, known } from "../../lib/estate/value";
import { atMost, oneOf } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { hostVersionName } from "../../lib/tables/host-versions";
import { recoveryPointsOf, replicaFrequencies, replicaSupport } from "../../lib/tables/replica";
import { alternatives, listing } from "../../lib/text/words";
import { judgeExtension } from "./shared/extension";
import { wrongFrequency } from "./shared/frequency";
import { judgeAuthentication, judgePort } from "./shared/replica-connection";
import {
  isToItself,
  judgeBrokers,
  judgeOlderReplica,
  judgeSecondReplica,
  judgeServers,
} from "./shared/replica-servers";
import { adviseOnDisks, changeOfSetting, describeDisk, hostsAt, replicas, versionsOf } from "./shared/replicated";

/** Hyper-V Replica has settings that its host versions offer, between servers that can take part in it. */
export const replicaSupported = defineRule<Replica>({
  name: "replica-supported",
  title: "Hyper-V Replica that the hosts support",
  subject: "replica",
  level: "unsupported",
  severity: "high",
  reach: "resource",
  why: "A replication that Hyper-V does not accept leaves the virtual machine without a replica on the day it is needed.",
  fix: "Declare what the host versions at both ends offer.",
  sources: ["replica-setup", "replica-2012-r2"],
  tags: ["disaster-recovery"],
  applies: replicas,
  check: (replica, estate) => [
    ...judgeVersions(replica, estate),
    ...judgeOlderReplica(replica),
    ...judgeServers(replica, estate),
    ...(isToItself(replica) ? [] : [...judgeSecondReplica(replica, estate), ...judgeExtension(replica, estate)]),
    ...judgeBrokers(replica),
    ...judgeAuthentication(replica, estate),
    ...judgePort(replica, estate),
    ...judgePassThrough(replica),
  ],
});

/** Both ends must have Hyper-V Replica, and what is declared of it. */
function judgeVersions(replica: Replica, estate: Estate): readonly Verdict[] {
  const versions = versionsOf(replica);
  const [without] = versions.known.flatMap((version) => {
    const row = replicaSupport(version);
    return row === undefined || row.supported ? [] : [{ version, row }];
  });
  if (without !== undefined) {
    const { version, row } = without;
    const problem =
      `${replica.name} is replicated, but ${hostVersionName(version)}${hostsWith(replica, version)} does not have ` +
      "Hyper-V Replica.";
    const found = { value: hostVersionName(version) };
    const limit = { bound: "not", ...found } as const;
    const fix =
      "Install the same version of Windows Server, 2012 or later, on both servers, or remove the replication.";
    return [violation(replica, replica.replica.origin.path, problem, { found, limit, fix, evidence: row })];
  }
  const found = [
    ...judgeFrequency(replica, versions.known, estate),
    ...judgeRecoveryPoints(replica, versions.known, estate),
  ];
  return found.length > 0 ? found : versions.undetermined.flatMap((value) => undecided(replica, value));
}

/** ` on hv1 and hv2`: the hosts at either end that have a version. */
function hostsWith({ primary, replica }: Replica, version: string): string {
  const hosts = [primary, replica].flatMap((end) => ifKnown(hostsAt(end)) ?? []);
  const names = hosts.filter((host) => ifKnown(host.operatingSystem) === version).map(({ name }) => name);
  return names.length === 0 ? "" : ` on ${listing([...new Set(names)].sort())}`;
}

function judgeFrequency(replica: Replica, versions: readonly string[], estate: Estate): readonly Verdict[] {
  return given(replica, { seconds: replica.frequencySeconds }, ({ seconds }) => {
    const [first] = versions.flatMap((version) => {
      const row = replicaFrequencies(version);
      return row === undefined || row.seconds.includes(seconds) ? [] : [{ version, row }];
    });
    if (first === undefined) return [];
    const offered = alternatives(first.row.seconds.map(String));
    const problem =
      `${replica.name} is replicated every ${String(seconds)} seconds. ${hostVersionName(first.version)} replicates ` +
      `every ${offered} seconds.`;
    return [wrongFrequency(replica, problem, seconds, first.row, estate)];
  });
}

/** By the host version that keeps the fewest. */
function judgeRecoveryPoints(replica: Replica, versions: readonly string[], estate: Estate): readonly Verdict[] {
  return given(replica, { points: replica.recoveryPoints }, ({ points }) => {
    const [least] = versions
      .flatMap((version) => {
        const row = recoveryPointsOf(version);
        return row === undefined ? [] : [{ version, row }];
      })
      .sort((one, other) => one.row.maximum - other.row.maximum);
    if (least === undefined || points <= least.row.maximum) return [];
    const maximum = String(least.row.maximum);
    const problem =
      `${replica.name} keeps ${String(points)} additional recovery points. ${hostVersionName(least.version)} keeps at ` +
      `most ${maximum}.`;
    const fix = `Keep at most ${maximum} additional recovery points.`;
    return [
      violation(replica, replica.recoveryPoints.origin.path, problem, {
        found: { value: points, unit: "recovery points" },
        limit: atMost(least.row.maximum, "recovery points"),
        ...changeOfSetting(replica, replica.recoveryPoints, least.row.maximum, estate),
        fix,
        evidence: least.row,
      }),
    ];
  });
}

/** What a pass-through disk holds is missing in the replica: the virtual machine can be replicated without it. */
function judgePassThrough(replica: Replica): readonly Verdict[] {
  return adviseOnDisks(replica, "passThrough", (disk) => {
    const { type } = disk;
    if (type.state === "unknown") return type;
    if (ifKnown(type) !== "passThrough") return absent(type.origin);
    const name = ifKnown(disk.name);
    return known(
      {
        problem: `is replicated without ${describeDisk(disk)}, which is a pass-through disk.`,
        found: { value: "passThrough" },
        limit: oneOf(["fixed", "dynamic", "differencing"]),
        fix:
          `Use a virtual hard disk, or add ${name === undefined ? "the disk" : `"${name}"`} to excludedDisks if the ` +
          "replica does not need it.",
      },
      type.origin,
    );
  });
}
