import type { Estate } from "../../../lib/estate/estate";
import type { Host } from "../../../lib/estate/model";
import { ifKnown } from "../../../lib/estate/value";
import { atMost, type Unit } from "../../../lib/rules/figures";
import { undecided, violation, type Verdict } from "../../../lib/rules/verdict";
import {
  allows,
  describeDeployment,
  hostVersionName,
  limitsOfDeployments,
  type LimitItem,
} from "../../../lib/tables/host-versions";
import { describeWithMB } from "./over-limit";

/** A number that must not exceed what the deployment of the host's cluster allows. */
export interface DeployedNumber {
  readonly path: string;
  readonly item: LimitItem;
  readonly number: number;
  readonly unit: Unit;
  /** What has the number, as a sentence without its full stop: `n1 has 16 physical cores`. */
  readonly subject: string;
}

/** The advice on a number that exceeds what only the deployment of the cluster limits. */
export function overDeployment(
  host: Host,
  version: string,
  { path, item, number, unit, subject }: DeployedNumber,
  estate: Estate,
): readonly Verdict[] {
  const cluster = ifKnown(estate.clusterOfHost(host));
  const exceeded = limitsOfDeployments(version, item).filter((limit) => number > allows(limit));
  if (cluster === undefined || exceeded.length === 0) return [];
  if (cluster.deployment.state !== "known") return undecided(host, cluster.deployment);
  const deployment = cluster.deployment.value;
  const limit = exceeded.find((one) => one.deployment === deployment);
  if (limit === undefined) return [];
  const most = unit === "MB" ? describeWithMB(limit) : `${String(allows(limit))} ${unit}`;
  const problem =
    `${subject}. ${hostVersionName(version)} supports at most ${most} in a ${describeDeployment(deployment)} deployment, ` +
    `which ${cluster.name} is.`;
  return [
    violation(host, path, problem, {
      found: { value: number, unit },
      limit: atMost(allows(limit), unit),
      fix: `Use machines with ${most} or less, or set deployment of ${cluster.name} to hyperconverged.`,
      evidence: limit,
      advisory: true,
    }),
  ];
}
