import assert from "node:assert/strict";
import type { PlainObject } from "../../../../lib/estate/plain";

// The documents' layouts, typed from the documents: adapters between semicolons, each with its kinds of traffic, caps in
// percent in parentheses, and its speed in Gbps; a number in front is that of its adapters.

/** What the article and the guide recommend or support. */
export const FOLLOWED: readonly (readonly [id: string, adapters: string])[] = [
  ["eight-adapters", "management; team of 2 virtualMachines; 2 iscsi; cluster; liveMigration; clusterSharedVolumes"],
  ["six-adapters", "management; team of 2 virtualMachines; cluster; liveMigration; clusterSharedVolumes"],
  ["four-1-gbps", "virtualMachines 1; management 1; cluster+clusterSharedVolumes 1; liveMigration 1"],
  ["three-1-gbps", "virtualMachines+management(10) 1; cluster+clusterSharedVolumes 1; liveMigration 1"],
  [
    "three-1-gbps-private-team",
    "virtualMachines+management(10) 1; team of 2 cluster+clusterSharedVolumes+liveMigration(40) 1",
  ],
  [
    "four-adapters-iscsi",
    "2 iscsi; virtualMachines+management(1) 10; cluster+clusterSharedVolumes+liveMigration(50) 10",
  ],
  ["two-10-gbps", "virtualMachines+management(1) 10; cluster+clusterSharedVolumes+liveMigration(50) 10"],
  ["two-10-gbps-one-1-gbps", "virtualMachines 10; management 1; cluster+clusterSharedVolumes+liveMigration(50) 10"],
];

/** Every kind of traffic has an adapter of its own in it too, so that `four-1-gbps` is found first. */
export const SEPARATE = "virtualMachines 10; management 1; cluster+clusterSharedVolumes 1; liveMigration 10";

/** What the guide does not recommend. */
export const NOT_RECOMMENDED: readonly (readonly [id: string, adapters: string])[] = [
  ["two-1-gbps", "virtualMachines+management(10) 1; cluster+clusterSharedVolumes+liveMigration(90) 1"],
  [
    "three-1-gbps-public-team",
    "team of 2 virtualMachines+management(5) 1; cluster+clusterSharedVolumes+liveMigration(90) 1",
  ],
  ["one-10-gbps-one-1-gbps", "virtualMachines+management(10) 10; cluster+clusterSharedVolumes+liveMigration(90) 1"],
];

/** The adapters of a text as a host declares them. */
export function parseAdapters(text: string): PlainObject[] {
  let port = 0;
  return text.split("; ").flatMap((part) => {
    const found = /^(team of )?(?:(\d+) )?([A-Za-z+().\d]+?)(?: ([\d.]+))?$/.exec(part);
    assert(found !== null, part);
    const [, team, number = "1", traffic = "", speed] = found;
    return Array.from({ length: Number(number) }).flatMap(() => {
      port++;
      return traffic.split("+").map((item): PlainObject => {
        const [, purpose = "", cap] = /^(\w+)(?:\(([\d.]+)\))?$/.exec(item) ?? [];
        return {
          name: `NIC ${String(port)}`,
          purpose,
          ...(team === undefined ? {} : { team: `Team ${part}` }),
          ...(speed === undefined ? {} : { speedMbps: Number(speed) * 1000 }),
          ...(cap === undefined ? {} : { maximumBandwidthPercent: Number(cap) }),
        };
      });
    });
  });
}
