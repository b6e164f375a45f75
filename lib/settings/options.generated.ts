// Generated from the rules by `npm run build`; do not edit.
/* eslint-disable @typescript-eslint/consistent-indexed-object-style */

/**
 * advisory: findings are shown; mandatory: findings also block; disabled: nothing is checked.
 */
export type EnforcementLevel = "advisory" | "mandatory" | "disabled";
/**
 * A pattern, case-insensitive: * matches any text, ? any character, {a,b} one of several.
 */
export type GlobPattern = string;
/**
 * The name of a policy of the pack.
 */
export type RuleName =
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
  | "vm-version-supported"
  | "clustered-disk-location"
  | "group-spread"
  | "volume-spread"
  | "guest-secure-boot"
  | "guest-tpm"
  | "trusted-launch-complete"
  | "shared-disk"
  | "names-unique"
  | "nested-virtualization"
  | "gpu-partition"
  | "smart-paging-disk"
  | "domain-controllers"
  | "checkpoints-server-workload"
  | "integration-services-offered"
  | "virtual-disk-format"
  | "legacy-network-adapter"
  | "host-logical-processors"
  | "host-memory"
  | "host-domain"
  | "host-roles"
  | "host-virtual-machines"
  | "host-virtual-processors"
  | "virtual-processor-ratio"
  | "host-memory-capacity"
  | "cluster-size"
  | "processor-compatibility"
  | "mixed-cluster-window"
  | "storage-spaces-direct"
  | "cluster-nodes-alike"
  | "cluster-capacity"
  | "cluster-survives-host-loss"
  | "anti-affinity-enforced"
  | "cluster-quorum-witness"
  | "workgroup-cluster"
  | "windows-licences"
  | "azure-local-witness"
  | "azure-local-size"
  | "azure-local-rack-aware"
  | "host-os-lifecycle"
  | "exchange-dynamic-memory"
  | "exchange-memory-oversubscription"
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
  | "mac-addresses"
  | "sr-iov-consistent"
  | "port-mirroring"
  | "virtual-switch-reserved"
  | "switch-on-every-node"
  | "azure-local-infrastructure-pool"
  | "azure-local-node-addresses"
  | "azure-local-reserved-ranges"
  | "azure-local-storage-subnets"
  | "azure-local-storage-vlans"
  | "azure-local-intents"
  | "azure-local-qos"
  | "azure-local-rdma"
  | "logical-network-pools"
  | "vlan-consistent"
  | "static-addresses"
  | "live-migration-network"
  | "live-migration-authentication"
  | "csv-network-protocols"
  | "converged-network-caps"
  | "nic-partitioning"
  | "network-purpose-supported"
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
  | "vtpm-mobility"
  | "backup-agent-placement"
  | "backup-coverage"
  | "undecided";

export interface HypervGuardOptions {
  /**
   * Every policy that has no level of its own.
   */
  all?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Declarations that can be read.
   */
  estate?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
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
         * Facts about resources whose type has no property for them.
         */
        classify?: {
          /**
           * Patterns that must all match; at least one.
           */
          match: {
            /**
             * A pattern for the resource's name.
             */
            name?: string;
            /**
             * A pattern for the resource's type.
             */
            type?: string;
            /**
             * Patterns for the values of the resource's tags.
             */
            tags?: {
              [k: string]: GlobPattern;
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
           * Whether secure boot is on.
           */
          secureBoot?: boolean;
          /**
           * The template of secure boot.
           */
          secureBootTemplate?: string;
          /**
           * Whether it has a virtual TPM.
           */
          tpm?: boolean;
          /**
           * The configuration version, as in 9.0.
           */
          configurationVersion?: string;
          /**
           * Whether its processor features are limited for migration.
           */
          processorCompatibility?: boolean;
          /**
           * Whether the guest may run virtual machines itself.
           */
          nestedVirtualization?: boolean;
          /**
           * What it does, such as domain controller.
           */
          role?: string[];
          /**
           * A name that it shares with the machines that it must not be lost together with.
           */
          group?: string;
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
            | "vm-version-supported"
            | "clustered-disk-location"
            | "group-spread"
            | "volume-spread"
            | "guest-secure-boot"
            | "guest-tpm"
            | "trusted-launch-complete"
            | "shared-disk"
            | "names-unique"
            | "nested-virtualization"
            | "gpu-partition"
            | "smart-paging-disk"
            | "domain-controllers"
            | "checkpoints-server-workload"
            | "integration-services-offered"
            | "virtual-disk-format"
            | "legacy-network-adapter"
            | "host-logical-processors"
            | "host-memory"
            | "host-domain"
            | "host-roles"
            | "host-virtual-machines"
            | "host-virtual-processors"
            | "virtual-processor-ratio"
            | "host-memory-capacity"
            | "cluster-size"
            | "processor-compatibility"
            | "mixed-cluster-window"
            | "storage-spaces-direct"
            | "cluster-nodes-alike"
            | "cluster-capacity"
            | "cluster-survives-host-loss"
            | "anti-affinity-enforced"
            | "cluster-quorum-witness"
            | "workgroup-cluster"
            | "windows-licences"
            | "azure-local-witness"
            | "azure-local-size"
            | "azure-local-rack-aware"
            | "host-os-lifecycle"
            | "exchange-dynamic-memory"
            | "exchange-memory-oversubscription"
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
            | "mac-addresses"
            | "sr-iov-consistent"
            | "port-mirroring"
            | "virtual-switch-reserved"
            | "switch-on-every-node"
            | "azure-local-infrastructure-pool"
            | "azure-local-node-addresses"
            | "azure-local-reserved-ranges"
            | "azure-local-storage-subnets"
            | "azure-local-storage-vlans"
            | "azure-local-intents"
            | "azure-local-qos"
            | "azure-local-rdma"
            | "logical-network-pools"
            | "vlan-consistent"
            | "static-addresses"
            | "live-migration-network"
            | "live-migration-authentication"
            | "csv-network-protocols"
            | "converged-network-caps"
            | "nic-partitioning"
            | "network-purpose-supported"
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
            | "vtpm-mobility"
            | "backup-agent-placement"
            | "backup-coverage"
            | "undecided";
          /**
           * A pattern, case-insensitive: * matches any text, ? any character, {a,b} one of several.
           */
          resource: string;
          /**
           * Only the finding at this property path, with elements of lists by name or position, as in disks["logs"].type; empty for the one about the resource as a whole. Default: every finding of the rule on the resource.
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
           * Patterns for stack or project/stack. Default: every stack.
           *
           * @minItems 1
           */
          stacks?: GlobPattern[];
        }[];
        /**
         * Rules whose findings nobody may exempt here, in addition to those that can never be exempted.
         */
        notExemptible?: RuleName[];
      };
  /**
   * Guest operating systems the host supports.
   */
  "guest-os-supported"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Guest operating systems in support.
   */
  "guest-os-lifecycle"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
        /**
         * Advise also of support that ends within this many days.
         */
        daysAhead?: number;
      };
  /**
   * Virtual processors that the guest supports.
   */
  "guest-processor-count"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Memory that host and guest allow.
   */
  "guest-memory"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Virtual disks that the host supports.
   */
  "guest-disk-size"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Number of disks that the host supports.
   */
  "guest-disk-count"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Network adapters that the host supports.
   */
  "guest-adapter-count"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Dynamic memory that host and guest support.
   */
  "dynamic-memory-supported"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Integration services of Linux guests.
   */
  "linux-integration-services"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Configuration versions the host supports.
   */
  "vm-version-supported"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Clustered disks on shared storage.
   */
  "clustered-disk-location"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Groups of virtual machines on several hosts.
   */
  "group-spread"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Groups of virtual machines on several volumes.
   */
  "volume-spread"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Secure boot that the guest supports.
   */
  "guest-secure-boot"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * A virtual TPM for guests that need one.
   */
  "guest-tpm"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Trusted launch with secure boot and a TPM.
   */
  "trusted-launch-complete"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Virtual disks in one virtual machine.
   */
  "shared-disk"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * One name for one virtual machine.
   */
  "names-unique"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Nested virtualization.
   */
  "nested-virtualization"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * GPUs of virtual machines.
   */
  "gpu-partition"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Smart paging off the system disk.
   */
  "smart-paging-disk"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Virtual domain controllers.
   */
  "domain-controllers"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Checkpoints of servers.
   */
  "checkpoints-server-workload"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Integration services that are offered.
   */
  "integration-services-offered"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * VHDX for disks that grow.
   */
  "virtual-disk-format"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Synthetic network adapters.
   */
  "legacy-network-adapter"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Logical processors that the host supports.
   */
  "host-logical-processors"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Memory that the host supports.
   */
  "host-memory"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Hosts in a domain.
   */
  "host-domain"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Hyper-V as the only role of a host.
   */
  "host-roles"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Virtual machines that a host supports.
   */
  "host-virtual-machines"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Virtual processors that a host can run.
   */
  "host-virtual-processors"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Virtual processors per logical processor.
   */
  "virtual-processor-ratio"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
        /**
         * Virtual processors per logical processor that no host may exceed, for less than Microsoft allows, or where it names no ratio. Default: only what Microsoft allows for the host's version.
         */
        ratio?: number;
      };
  /**
   * Memory for all virtual machines of a host.
   */
  "host-memory-capacity"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
        /**
         * Memory in MB that the parent partition keeps for itself. Default: the figure of the support tables, as advice only.
         */
        reserveMB?: number;
      };
  /**
   * Clusters that Microsoft supports.
   */
  "cluster-size"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Live migration between processor models.
   */
  "processor-compatibility"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * The time between two versions of a cluster.
   */
  "mixed-cluster-window"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Drives and volumes of Storage Spaces Direct.
   */
  "storage-spaces-direct"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Nodes of one domain and one edition.
   */
  "cluster-nodes-alike"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Clusters with capacity for the loss of a node.
   */
  "cluster-capacity"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Room for each machine after a host loss.
   */
  "cluster-survives-host-loss"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Anti-affinity classes and nodes.
   */
  "anti-affinity-enforced"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Quorum witnesses of clusters.
   */
  "cluster-quorum-witness"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * The witness of a workgroup cluster.
   */
  "workgroup-cluster"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Windows Server guests by license.
   */
  "windows-licences"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
        /**
         * How many times all cores of each host with the edition Standard are licensed.
         */
        licenses?: number;
      };
  /**
   * The witness of an Azure Local cluster.
   */
  "azure-local-witness"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Machines of Azure Local.
   */
  "azure-local-size"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Zones of rack aware clusters.
   */
  "azure-local-rack-aware"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Host versions in support.
   */
  "host-os-lifecycle"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
        /**
         * Advise also of support that ends within this many days.
         */
        daysAhead?: number;
      };
  /**
   * Exchange with static memory.
   */
  "exchange-dynamic-memory"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Enough memory on hosts of Exchange.
   */
  "exchange-memory-oversubscription"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
        /**
         * Memory in MB that the parent partition keeps for itself. Default: the figure of the support tables, as advice only.
         */
        reserveMB?: number;
      };
  /**
   * Exchange on fixed disks.
   */
  "exchange-fixed-disks"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Exchange in a supported scenario.
   */
  "exchange-supported-scenario"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Room on the operating system disk.
   */
  "exchange-os-disk-size"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
        /**
         * Size in GB that the operating system disk of every Exchange server has at least, whatever it holds. It never lowers what Microsoft asks for. Default: only what Microsoft asks for.
         */
        minimumGB?: number;
      };
  /**
   * Exchange data apart from the system disk.
   */
  "exchange-separate-storage"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Disks for what the server roles write.
   */
  "exchange-role-storage"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Virtual processors per physical core.
   */
  "exchange-processor-ratio"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
        /**
         * Virtual processors per physical core that no host of Exchange may exceed, for less than Exchange allows, or where its version names no ratio. Default: only what Exchange allows.
         */
        ratio?: number;
      };
  /**
   * No checkpoints of Exchange.
   */
  "exchange-checkpoints"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Hosts of Exchange run nothing else.
   */
  "exchange-host-dedicated"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Processors and memory in Exchange's range.
   */
  "exchange-size"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * DAG members on different hosts.
   */
  "exchange-dag-anti-affinity"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Client Access on more than one host.
   */
  "exchange-client-access-spread"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Hub Transport on more than one host.
   */
  "exchange-hub-transport-spread"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Exchange roles on more than one host.
   */
  "exchange-role-spread"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Exchange roles mixed on each host.
   */
  "exchange-role-balance"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Exchange that survives a host's loss.
   */
  "exchange-survives-host-loss"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
        /**
         * How many hosts may fail at the same time: 1, or 2 to simulate each pair as well. Default: 1.
         */
        hostsLost?: number;
        /**
         * Memory in MB that the parent partition keeps for itself. Default: the figure of the support tables, as advice only.
         */
        reserveMB?: number;
      };
  /**
   * Versions of Exchange in support.
   */
  "exchange-lifecycle"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
        /**
         * Advise also of support that ends within this many days.
         */
        daysAhead?: number;
      };
  /**
   * Adapters for each kind of traffic.
   */
  "host-network-roles"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
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
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Two adapters for virtual machines.
   */
  "vm-network-redundancy"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * MAC addresses of one adapter each.
   */
  "mac-addresses"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * SR-IOV of adapter, switch and guest.
   */
  "sr-iov-consistent"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Port mirroring with both ends.
   */
  "port-mirroring"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * A virtual switch for virtual machines alone.
   */
  "virtual-switch-reserved"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * The same virtual switches on every node.
   */
  "switch-on-every-node"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Infrastructure address pools of Azure Local.
   */
  "azure-local-infrastructure-pool"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Management addresses of Azure Local nodes.
   */
  "azure-local-node-addresses"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Addresses that Kubernetes keeps.
   */
  "azure-local-reserved-ranges"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Separate storage subnets of Azure Local.
   */
  "azure-local-storage-subnets"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * VLANs of Azure Local storage adapters.
   */
  "azure-local-storage-vlans"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Network intents of Azure Local.
   */
  "azure-local-intents"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Priorities and bandwidth of storage traffic.
   */
  "azure-local-qos"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * One RDMA protocol in a cluster.
   */
  "azure-local-rdma"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Address pools of logical networks.
   */
  "logical-network-pools"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * One VLAN for the addresses of a subnet.
   */
  "vlan-consistent"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Static addresses in logical networks.
   */
  "static-addresses"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * A fast network for live migration.
   */
  "live-migration-network"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Authentication of live migration.
   */
  "live-migration-authentication"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * SMB on the CSV network.
   */
  "csv-network-protocols"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Bandwidth of shared adapters.
   */
  "converged-network-caps"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Partitioned adapters (NPAR).
   */
  "nic-partitioning"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Kinds of traffic that the host version has.
   */
  "network-purpose-supported"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Networks used as they are declared.
   */
  "cluster-network-metrics"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
        /**
         * Whether to report, once for each cluster, what each of its networks will be used for, also where nothing is wrong. Default: false.
         */
        showUse?: boolean;
      };
  /**
   * What clusters may use networks for.
   */
  "cluster-network-use"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Order of live migration networks.
   */
  "live-migration-order"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Connections that VMM needs are open.
   */
  "vmm-ports"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Ports of VMM that it can use.
   */
  "vmm-bits-port"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * VMM's ports closed to the internet.
   */
  "vmm-ports-exposed"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Versions of VMM in support.
   */
  "vmm-lifecycle"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
        /**
         * Advise also of support that ends within this many days.
         */
        daysAhead?: number;
      };
  /**
   * Hyper-V Replica that the hosts support.
   */
  "replica-supported"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Replicas at another site.
   */
  "replica-site"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Exchange protected by Exchange itself.
   */
  "replica-exchange"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Replication with certificates.
   */
  "replica-certificate"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Compressed replication traffic.
   */
  "replica-compression"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * A trust group for each primary server.
   */
  "replica-trust-groups"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Paging files left out of replication.
   */
  "replica-page-file"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * VHDX for replicas with recovery history.
   */
  "replica-disk-format"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Virtual TPMs on replica servers.
   */
  "vtpm-mobility"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Backup products where they belong.
   */
  "backup-agent-placement"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * A backup of every virtual machine.
   */
  "backup-coverage"?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
  /**
   * Values that no rule could judge.
   */
  undecided?:
    | EnforcementLevel
    | {
        enforcementLevel?: EnforcementLevel;
      };
}
