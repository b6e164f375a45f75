import { byUrn, perObject } from "../text/collections";
import { joinBackups, type Backup } from "./backups";
import type { DeclaredResource, NotEvaluated, Problem } from "./declared";
import type { EntityLists } from "./kinds";
import type { Firewall, LogicalNetwork, NetworkSecurityGroup, SeparateSecurityRule, VmmServer } from "./model";
import { Placement, type PlacementFacts } from "./placement";
import { Problems } from "./problems";
import { joinReplicas, type Replica } from "./replicas";
import { vmmProblems } from "./vmm-problems";

/** What the dialects have read, with hosts, clusters and virtual machines as they were joined. */
export interface Facts extends Omit<EntityLists, keyof PlacementFacts>, PlacementFacts {
  /** Every resource that was read. */
  readonly declared: readonly DeclaredResource[];
  readonly problems: readonly Problem[];
  /** What may declare something, and cannot be read before the deployment. */
  readonly notEvaluated?: readonly NotEvaluated[];
}

/** All that is declared, joined. Built once and read by every rule. */
export class Estate extends Placement {
  readonly declared: readonly DeclaredResource[];
  readonly logicalNetworks: readonly LogicalNetwork[];
  readonly vmmServers: readonly VmmServer[];
  readonly firewalls: readonly Firewall[];
  readonly networkSecurityGroups: readonly NetworkSecurityGroup[];
  readonly securityRules: readonly SeparateSecurityRule[];
  /** Hyper-V Replica, whether the virtual machine declares it or a relationship of its own. */
  readonly replicas: readonly Replica[];
  readonly backups: readonly Backup[];
  /** What may declare something, and cannot be read before the deployment. */
  readonly notEvaluated: readonly NotEvaluated[];

  private readonly problems: Problems;

  /**
   * @param facts what the dialects read
   * @param complete false when more resources may be declared than are here
   */
  constructor(facts: Facts, complete: boolean) {
    const problems = new Problems(facts.problems);
    const report = (problem: Problem): void => {
      problems.add(problem);
    };
    super(facts, complete, report);
    this.problems = problems;
    this.declared = byUrn(facts.declared);
    this.logicalNetworks = byUrn(facts.logicalNetworks);
    this.vmmServers = byUrn(facts.vmmServers);
    this.firewalls = byUrn(facts.firewalls);
    this.networkSecurityGroups = byUrn(facts.networkSecurityGroups);
    this.securityRules = byUrn(facts.securityRules);
    this.notEvaluated = facts.notEvaluated ?? [];
    this.replicas = joinReplicas(this, byUrn(facts.replicaRelationships), report);
    this.backups = joinBackups(this, byUrn(facts.backupJobs), report);
    for (const problem of vmmProblems(this.vmmServers, this.firewalls, this)) report(problem);
  }

  /** What cannot be read in a declaration, contradicts another or points at nothing, in the order of the properties. */
  problemsOf(resource: DeclaredResource): readonly Problem[] {
    return this.problems.of(resource);
  }
}

/** A view of an estate that is computed once and shared by all who ask, such as an index that a rule needs. */
export function perEstate<T extends object>(compute: (estate: Estate) => T): (estate: Estate) => T {
  return perObject(compute);
}
