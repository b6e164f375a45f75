import type { Estate } from "../estate/estate";
import { RECORD_VERSION } from "./finding-record";
import type { UnreadType } from "./unread-types";

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
    /** Types that look like Hyper-V and are not read, each with how many resources are of it. */
    readonly notRead: readonly { readonly type: string; readonly resources: number }[];
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

/** What was judged beside the estate. */
interface Judged {
  /** How many resources the stack has. */
  readonly resources: number;
  /** How many rules judge it. */
  readonly rules: number;
  readonly unread: readonly UnreadType[];
}

export function judgedSummary(estate: Estate, { resources, rules, unread }: Judged): JudgedSummary {
  const { hosts, clusters, virtualMachines, vmmServers, firewalls, networkSecurityGroups } = estate;
  return {
    version: RECORD_VERSION,
    judged: {
      resources,
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
      notRead: unread.map(({ type, names }) => ({ type, resources: names.length })),
    },
  };
}
