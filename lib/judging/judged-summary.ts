import type { Estate } from "../estate/estate";
import { RECORD_VERSION } from "./finding-record";

/** What was judged, beside what was found. */
export interface JudgedSummary {
  readonly version: typeof RECORD_VERSION;
  readonly judged: {
    /** How many resources the stack has, those that declare nothing of Hyper-V included. */
    readonly resources: number;
    /** How many of what there are in the estate. */
    readonly entities: Readonly<Record<EntityWord, number>>;
    /** How many rules have judged. */
    readonly rules: number;
    /** URNs of resources that the operation did not show: nobody knows what would be found there. */
    readonly notShown: readonly string[];
  };
}

/** What entities are called in sentences, in the singular. */
export const ENTITY_WORDS = [
  "host",
  "cluster",
  "virtual machine",
  "VMM server",
  "firewall",
  "network security group",
  "replica relationship",
  "backup job",
] as const;

export type EntityWord = (typeof ENTITY_WORDS)[number];

/**
 * @param size how many resources the stack has
 * @param rules how many rules judge it
 */
export function judgedSummary(estate: Estate, size: number, rules: number): JudgedSummary {
  const { hosts, clusters, virtualMachines, vmmServers, firewalls, networkSecurityGroups } = estate;
  return {
    version: RECORD_VERSION,
    judged: {
      resources: size,
      entities: {
        host: hosts.length,
        cluster: clusters.length,
        "virtual machine": virtualMachines.length,
        "VMM server": vmmServers.length,
        firewall: firewalls.length,
        "network security group": networkSecurityGroups.length,
        "replica relationship": estate.replicas.length,
        "backup job": estate.backups.length,
      },
      rules,
      notShown: estate.leftOut.map(({ urn }) => urn),
    },
  };
}
