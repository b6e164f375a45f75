// Generated from the rules by `npm run build`; do not edit.
/* eslint-disable @typescript-eslint/consistent-indexed-object-style */

/**
 * Whether a finding is shown, blocks, or is not looked for.
 */
export type Level = "advisory" | "mandatory" | "disabled";
/**
 * A pattern, in any letters: * is any text, ? any letter, {a,b} one of several.
 */
export type Glob = string;
/**
 * The name of a policy of the pack.
 */
export type Rule =
  | "estate"
  | "guest-os-supported"
  | "guest-os-lifecycle"
  | "guest-processor-count"
  | "guest-memory"
  | "guest-disk-size"
  | "guest-disk-count"
  | "guest-adapter-count"
  | "dynamic-memory-supported"
  | "linux-integration-services"
  | "host-logical-processors"
  | "host-memory"
  | "host-virtual-machines"
  | "host-virtual-processors"
  | "virtual-processor-ratio"
  | "host-memory-capacity"
  | "cluster-size"
  | "cluster-capacity"
  | "cluster-quorum-witness"
  | "host-os-lifecycle"
  | "exchange-dynamic-memory"
  | "exchange-fixed-disks"
  | "exchange-supported-scenario"
  | "exchange-os-disk-size"
  | "exchange-separate-storage"
  | "exchange-role-storage"
  | "exchange-processor-ratio"
  | "exchange-checkpoints"
  | "exchange-host-dedicated"
  | "exchange-size"
  | "exchange-dag-anti-affinity"
  | "exchange-client-access-spread"
  | "exchange-hub-transport-spread"
  | "exchange-role-spread"
  | "exchange-role-balance"
  | "exchange-survives-host-loss"
  | "exchange-lifecycle"
  | "host-network-roles"
  | "iscsi-multipath"
  | "vm-network-redundancy"
  | "virtual-switch-reserved"
  | "live-migration-network"
  | "csv-network-protocols"
  | "converged-network-caps"
  | "nic-partitioning"
  | "cluster-network-metrics"
  | "cluster-network-use"
  | "live-migration-order"
  | "vmm-ports"
  | "vmm-bits-port"
  | "vmm-ports-exposed"
  | "vmm-lifecycle"
  | "replica-supported"
  | "replica-site"
  | "replica-exchange"
  | "replica-certificate"
  | "replica-compression"
  | "replica-trust-groups"
  | "replica-page-file"
  | "replica-disk-format"
  | "backup-agent-placement"
  | "backup-coverage"
  | "undecided";

export interface HypervGuardOptions {
  /**
   * Every policy that has no level of its own.
   */
  all?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Declarations that can be read.
   */
  estate?:
    | Level
    | {
        enforcementLevel?: Level;
        /**
         * The day for which lifecycles and the expiry of exemptions are judged, as in 2026-11-22. Default: today.
         */
        asOf?: string;
        /**
         * The dated list of rules that judge. Default: all rules.
         */
        profile?: "2008r2" | "2026.1" | "2026.2";
        /**
         * Whether findings come with why it matters and the document's title, one line each. Default: false.
         */
        details?: boolean;
        /**
         * Facts of resources whose type cannot carry them.
         */
        classify?: {
          /**
           * Globs that must all match; at least one.
           */
          match: {
            /**
             * A glob on the resource's name.
             */
            name?: string;
            /**
             * A glob on the resource's type.
             */
            type?: string;
            /**
             * Globs on the values of the resource's tags.
             */
            tags?: {
              [k: string]: Glob;
            };
          };
          /**
           * The name of the host that it is on.
           */
          host?: string;
          /**
           * The name of the cluster that it is in.
           */
          cluster?: string;
          /**
           * The guest operating system.
           */
          guestOs?: string;
          /**
           * The edition of the guest operating system.
           */
          edition?: string;
          /**
           * The architecture of the guest operating system.
           */
          architecture?: string;
          /**
           * Machines that share one of these are kept on different nodes.
           */
          antiAffinityClassNames?: string[];
          /**
           * The Exchange server in the virtual machine.
           */
          exchange?: {
            /**
             * The version, as in Exchange 2010 SP1.
             */
            version: string;
            /**
             * The server roles.
             */
            roles: string[];
            /**
             * The name of the database availability group.
             */
            databaseAvailabilityGroup?: string;
          };
          /**
           * Of disks: what it is for.
           */
          purpose?: string;
          /**
           * Of disks: the spindle group, volume or share that it is on.
           */
          storage?: string;
        }[];
        /**
         * Hosts that no component declares: the inputs of the Host component, with a name.
         */
        hosts?: {
          /**
           * The name of the host.
           */
          name: string;
          [k: string]: unknown;
        }[];
        /**
         * Clusters that no component declares: the inputs of the Cluster component, with a name.
         */
        clusters?: {
          /**
           * The name of the cluster.
           */
          name: string;
          [k: string]: unknown;
        }[];
        /**
         * Findings that are known and accepted, each for a time and a reason.
         */
        exemptions?: {
          /**
           * The exact name of the rule.
           */
          rule:
            | "estate"
            | "guest-os-supported"
            | "guest-os-lifecycle"
            | "guest-processor-count"
            | "guest-memory"
            | "guest-disk-size"
            | "guest-disk-count"
            | "guest-adapter-count"
            | "dynamic-memory-supported"
            | "linux-integration-services"
            | "host-logical-processors"
            | "host-memory"
            | "host-virtual-machines"
            | "host-virtual-processors"
            | "virtual-processor-ratio"
            | "host-memory-capacity"
            | "cluster-size"
            | "cluster-capacity"
            | "cluster-quorum-witness"
            | "host-os-lifecycle"
            | "exchange-dynamic-memory"
            | "exchange-fixed-disks"
            | "exchange-supported-scenario"
            | "exchange-os-disk-size"
            | "exchange-separate-storage"
            | "exchange-role-storage"
            | "exchange-processor-ratio"
            | "exchange-checkpoints"
            | "exchange-host-dedicated"
            | "exchange-size"
            | "exchange-dag-anti-affinity"
            | "exchange-client-access-spread"
            | "exchange-hub-transport-spread"
            | "exchange-role-spread"
            | "exchange-role-balance"
            | "exchange-survives-host-loss"
            | "exchange-lifecycle"
            | "host-network-roles"
            | "iscsi-multipath"
            | "vm-network-redundancy"
            | "virtual-switch-reserved"
            | "live-migration-network"
            | "csv-network-protocols"
            | "converged-network-caps"
            | "nic-partitioning"
            | "cluster-network-metrics"
            | "cluster-network-use"
            | "live-migration-order"
            | "vmm-ports"
            | "vmm-bits-port"
            | "vmm-ports-exposed"
            | "vmm-lifecycle"
            | "replica-supported"
            | "replica-site"
            | "replica-exchange"
            | "replica-certificate"
            | "replica-compression"
            | "replica-trust-groups"
            | "replica-page-file"
            | "replica-disk-format"
            | "backup-agent-placement"
            | "backup-coverage"
            | "undecided";
          /**
           * A pattern, in any letters: * is any text, ? any letter, {a,b} one of several.
           */
          resource: string;
          /**
           * Only the finding at this property path; empty for the one about the resource as a whole. Default: every finding of the rule on the resource.
           */
          property?: string;
          /**
           * Why it is accepted.
           */
          reason: string;
          /**
           * The last day on which it holds, as in 2027-01-31.
           */
          expires: string;
          /**
           * Who has approved it.
           */
          approvedBy?: string;
          /**
           * Globs on stack or project/stack. Default: every stack.
           *
           * @minItems 1
           */
          stacks?: Glob[];
        }[];
        /**
         * Names of rules that nobody may exempt here, beside those that never can be.
         */
        notExemptible?: Rule[];
      };
  /**
   * Guest operating systems the host supports.
   */
  "guest-os-supported"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Guest operating systems in support.
   */
  "guest-os-lifecycle"?:
    | Level
    | {
        enforcementLevel?: Level;
        /**
         * Warn also of support that ends within this many days. Default: only of support that has ended.
         */
        daysAhead?: number;
      };
  /**
   * Virtual processors that the guest supports.
   */
  "guest-processor-count"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Memory that host and guest allow.
   */
  "guest-memory"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Virtual disks that the host supports.
   */
  "guest-disk-size"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Number of disks that the host supports.
   */
  "guest-disk-count"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Network adapters that the host supports.
   */
  "guest-adapter-count"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Dynamic memory that host and guest support.
   */
  "dynamic-memory-supported"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Integration services of Linux guests.
   */
  "linux-integration-services"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Logical processors that the host supports.
   */
  "host-logical-processors"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Memory that the host supports.
   */
  "host-memory"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Virtual machines that a host supports.
   */
  "host-virtual-machines"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Virtual processors that a host can run.
   */
  "host-virtual-processors"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Virtual processors per logical processor.
   */
  "virtual-processor-ratio"?:
    | Level
    | {
        enforcementLevel?: Level;
        /**
         * Virtual processors per logical processor that no host may exceed, for less than Microsoft allows, or where it names no ratio. Default: only what Microsoft allows for the host's version.
         */
        ratio?: number;
      };
  /**
   * Memory for all virtual machines of a host.
   */
  "host-memory-capacity"?:
    | Level
    | {
        enforcementLevel?: Level;
        /**
         * Memory in MB that the parent partition keeps for itself. Default: what the support tables say, as advice only.
         */
        reserveMB?: number;
      };
  /**
   * Clusters that Microsoft supports.
   */
  "cluster-size"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Clusters with room for a node's loss.
   */
  "cluster-capacity"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Quorum witnesses of clusters.
   */
  "cluster-quorum-witness"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Host versions in support.
   */
  "host-os-lifecycle"?:
    | Level
    | {
        enforcementLevel?: Level;
        /**
         * Advise also of support that ends within this many days.
         */
        daysAhead?: number;
      };
  /**
   * Exchange with memory of its own.
   */
  "exchange-dynamic-memory"?:
    | Level
    | {
        enforcementLevel?: Level;
        /**
         * Memory in MB that the parent partition keeps for itself. Default: what the support tables say, as advice only.
         */
        reserveMB?: number;
      };
  /**
   * Exchange on fixed disks.
   */
  "exchange-fixed-disks"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Exchange in a supported scenario.
   */
  "exchange-supported-scenario"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Room on the operating system disk.
   */
  "exchange-os-disk-size"?:
    | Level
    | {
        enforcementLevel?: Level;
        /**
         * Size in GB that the operating system disk of every Exchange server has at least, whatever it holds. It never lowers what Microsoft asks for. Default: only what Microsoft asks for.
         */
        minimumGB?: number;
      };
  /**
   * Exchange data apart from the system disk.
   */
  "exchange-separate-storage"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Disks for what the server roles write.
   */
  "exchange-role-storage"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Virtual processors per physical core.
   */
  "exchange-processor-ratio"?:
    | Level
    | {
        enforcementLevel?: Level;
        /**
         * Virtual processors per physical core that no host of Exchange may exceed, for less than Exchange allows, or where its version names no ratio. Default: only what Exchange allows.
         */
        ratio?: number;
      };
  /**
   * No checkpoints of Exchange.
   */
  "exchange-checkpoints"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Hosts of Exchange run nothing else.
   */
  "exchange-host-dedicated"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Processors and memory in Exchange's range.
   */
  "exchange-size"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * DAG members on different hosts.
   */
  "exchange-dag-anti-affinity"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Client Access on more than one host.
   */
  "exchange-client-access-spread"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Hub Transport on more than one host.
   */
  "exchange-hub-transport-spread"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Exchange roles on more than one host.
   */
  "exchange-role-spread"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Exchange roles mixed on each host.
   */
  "exchange-role-balance"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Exchange that survives a host's loss.
   */
  "exchange-survives-host-loss"?:
    | Level
    | {
        enforcementLevel?: Level;
        /**
         * How many hosts may be lost at the same time: 1, or 2 to look at each pair as well. Default: 1.
         */
        hostsLost?: number;
        /**
         * Memory in MB that the parent partition keeps for itself. Default: what the support tables say, as advice only.
         */
        reserveMB?: number;
      };
  /**
   * Versions of Exchange in support.
   */
  "exchange-lifecycle"?:
    | Level
    | {
        enforcementLevel?: Level;
        /**
         * Advise also of support that ends within this many days.
         */
        daysAhead?: number;
      };
  /**
   * Adapters for each kind of traffic.
   */
  "host-network-roles"?:
    | Level
    | {
        enforcementLevel?: Level;
        /**
         * Purposes for which every host has a network adapter, beside what the documented layouts ask for. Default: none.
         */
        purposes?: (
          | "management"
          | "virtualMachines"
          | "iscsi"
          | "cluster"
          | "clusterSharedVolumes"
          | "liveMigration"
          | "replica"
          | "backup"
          | "public"
        )[];
      };
  /**
   * Two dedicated paths for iSCSI.
   */
  "iscsi-multipath"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Two adapters for virtual machines.
   */
  "vm-network-redundancy"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * A virtual switch for virtual machines alone.
   */
  "virtual-switch-reserved"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * A fast network for live migration.
   */
  "live-migration-network"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * SMB on the CSV network.
   */
  "csv-network-protocols"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Bandwidth of shared adapters.
   */
  "converged-network-caps"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Partitioned adapters (NPAR).
   */
  "nic-partitioning"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Networks used as they are declared.
   */
  "cluster-network-metrics"?:
    | Level
    | {
        enforcementLevel?: Level;
        /**
         * Whether to report, once for each cluster, what each of its networks will be used for, also where nothing is wrong. Default: false.
         */
        showUse?: boolean;
      };
  /**
   * What clusters may use networks for.
   */
  "cluster-network-use"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Order of live migration networks.
   */
  "live-migration-order"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Connections that VMM needs are open.
   */
  "vmm-ports"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Ports of VMM that it can use.
   */
  "vmm-bits-port"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * VMM's ports closed to the internet.
   */
  "vmm-ports-exposed"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Versions of VMM in support.
   */
  "vmm-lifecycle"?:
    | Level
    | {
        enforcementLevel?: Level;
        /**
         * Advise also of support that ends within this many days.
         */
        daysAhead?: number;
      };
  /**
   * Hyper-V Replica that the hosts support.
   */
  "replica-supported"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Replicas at another site.
   */
  "replica-site"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Exchange protected by Exchange itself.
   */
  "replica-exchange"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Replication with certificates.
   */
  "replica-certificate"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Compressed replication traffic.
   */
  "replica-compression"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * A trust group for each primary server.
   */
  "replica-trust-groups"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Paging files left out of replication.
   */
  "replica-page-file"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * VHDX for replicas with recovery history.
   */
  "replica-disk-format"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Backup products where they belong.
   */
  "backup-agent-placement"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * A backup of every virtual machine.
   */
  "backup-coverage"?:
    | Level
    | {
        enforcementLevel?: Level;
      };
  /**
   * Values that no rule could judge.
   */
  undecided?:
    | Level
    | {
        enforcementLevel?: Level;
      };
}
