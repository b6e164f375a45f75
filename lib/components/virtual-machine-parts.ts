import * as pulumi from "@pulumi/pulumi";
import type {
  AdapterKindText,
  DiskFormatText,
  DiskPurposeText,
  DiskTypeText,
  ExchangeRoleText,
  GpuAssignmentText,
  ReplicaAuthenticationText,
  PortMirroringText,
} from "./closed-values.generated";
import type { ReplicationSettings } from "./replication-settings";

/** Dynamic memory of a virtual machine; its startup memory is the `memoryMB` of the virtual machine. */
export interface DynamicMemory {
  /** The least memory in MB that the virtual machine may be left with. */
  minimumMB: pulumi.Input<number>;
  /** The most memory in MB that the virtual machine may get. */
  maximumMB: pulumi.Input<number>;
  /** Memory buffer in percent of the demand, 5 to 2000. Default: 20, as Hyper-V sets it. */
  bufferPercent?: pulumi.Input<number>;
}

/** A disk of a virtual machine, virtual or passed through. */
export interface VirtualDisk {
  /** The name of the disk, which findings show. */
  name: pulumi.Input<string>;
  /**
   * What the disk holds: `operatingSystem`, `data` (also where Exchange is installed, beside the operating system's disk),
   * or for Exchange `databases`, `transactionLogs`, `contentIndex` or `messageQueue` (the queue database and its logs);
   * `pageFile` for a disk that holds nothing but the paging file.
   */
  purpose: pulumi.Input<DiskPurposeText>;
  /** What the disk holds beside its purpose, in the same words. Default: nothing else. */
  alsoHolds?: pulumi.Input<pulumi.Input<DiskPurposeText>[]>;
  /**
   * `fixed`, `dynamic` (dynamically expanding) or `differencing` for a virtual hard disk; `passThrough` for a physical
   * disk of the host; `iscsi` for a LUN that the guest itself connects to; `smb` for a fixed virtual hard disk on an SMB
   * share, or for a folder of one when `path` names no virtual hard disk; `nfs` for the same on an NFS share. A `fixed` or
   * `dynamic` disk with a UNC path lies on an SMB share too.
   */
  type: pulumi.Input<DiskTypeText>;
  /** The format of a virtual hard disk: `VHD`, or `VHDX` from Windows Server 2012 on. Default: not declared. */
  format?: pulumi.Input<DiskFormatText>;
  /** The size in GB (1 GB is 1024 × 1024 × 1024 bytes): the most that it can grow to when it is not fixed. */
  sizeGB: pulumi.Input<number>;
  /** The path of the virtual hard disk on the host, or of the share. Default: not declared. */
  path?: pulumi.Input<string>;
  /**
   * The storage below it: the name of a group of spindles, of a volume or of a share. Disks with the same storage
   * compete for the same spindles. Default: not declared.
   */
  storage?: pulumi.Input<string>;
  /** The I/O operations of 8 KB a second below which Hyper-V reports the disk (MinimumIOPS). Default: not declared. */
  minimumIops?: pulumi.Input<number>;
  /** The most I/O operations of 8 KB a second (MaximumIOPS). Default: not declared. */
  maximumIops?: pulumi.Input<number>;
  /**
   * Whether it supports SCSI persistent reservations, as a virtual hard disk must that several virtual machines share
   * (SupportPersistentReservations). Disks with one `path` are one file. Default: not declared.
   */
  supportPersistentReservations?: pulumi.Input<boolean>;
}

/** A virtual DVD drive of a virtual machine. */
export interface DvdDrive {
  /** The path of the image (`.iso`) in it, or the drive letter of a physical drive of the host. Default: it is empty. */
  path?: pulumi.Input<string>;
}

/** A GPU, or a partition of one, that is assigned to a virtual machine. */
export interface Gpu {
  /** `partition` (GPU partitioning, GPU-P) or `discreteDevice` (Discrete Device Assignment, DDA). */
  assignment: pulumi.Input<GpuAssignmentText>;
  /** The name of the GPU. Default: not declared. */
  name?: pulumi.Input<string>;
  /** The size of the partition in MB. Default: not declared. */
  partitionSizeMB?: pulumi.Input<number>;
}

/** What a virtual machine may take of the processors of its host. */
export interface ResourceControl {
  /** The virtual machine reserve in percent of its processors, 0 to 100. Default: not declared. */
  reservePercent?: pulumi.Input<number>;
  /** The virtual machine limit in percent of its processors, 0 to 100. Default: not declared. */
  limitPercent?: pulumi.Input<number>;
  /** The relative weight beside other virtual machines, 0 to 10000. Default: not declared. */
  weight?: pulumi.Input<number>;
}

/** The virtual NUMA topology of a virtual machine. */
export interface NumaTopology {
  /** The most virtual processors of a virtual NUMA node (MaximumCountPerNumaNode). Default: as the host has them. */
  processorsPerNode?: pulumi.Input<number>;
  /** The most memory of a virtual NUMA node in MB (MaximumAmountPerNumaNodeBytes). Default: as the host has it. */
  memoryPerNodeMB?: pulumi.Input<number>;
  /** The most virtual NUMA nodes of a virtual socket (MaximumCountPerNumaSocket). Default: as the host has them. */
  nodesPerSocket?: pulumi.Input<number>;
}

/** A network adapter of a virtual machine. */
export interface VirtualNetworkAdapter {
  /** The name of the adapter, which findings show. */
  name: pulumi.Input<string>;
  /** The name of the virtual switch that it is connected to. */
  switch: pulumi.Input<string>;
  /** `synthetic` (needs integration services) or `legacy` (emulated). Default: `synthetic`. */
  kind?: pulumi.Input<AdapterKindText>;
  /** The VLAN ID, 1 to 4094. Default: untagged. */
  vlan?: pulumi.Input<number>;
  /** The static MAC address, for example `00-15-5D-01-02-03`. Default: none is declared. */
  macAddress?: pulumi.Input<string>;
  /** Whether its host gives it a MAC address of its range. Default: false with `macAddress`, else not declared. */
  dynamicMacAddress?: pulumi.Input<boolean>;
  /** Whether the guest may send from other MAC addresses (MAC address spoofing). Default: not declared. */
  macAddressSpoofing?: pulumi.Input<boolean>;
  /** `none`, `source` or `destination` of mirrored traffic (PortMirroring). Default: not declared. */
  portMirroring?: pulumi.Input<PortMirroringText>;
  /** The static IP addresses that the guest has on it. Default: none are declared. */
  addresses?: pulumi.Input<pulumi.Input<string>[]>;
  /** Whether the guest gets its IP addresses from DHCP. Default: not declared. */
  dynamicAddresses?: pulumi.Input<boolean>;
  /** The name of the logical network of Azure Local that its addresses are of. Default: none is declared. */
  logicalNetwork?: pulumi.Input<string>;
  /** The weight for SR-IOV (IovWeight), 1 to 100; 0 switches it off. Default: not declared. */
  iovWeight?: pulumi.Input<number>;
  /** The minimum bandwidth as a weight (MinimumBandwidthWeight), 0 to 100. Default: not declared. */
  minimumBandwidthWeight?: pulumi.Input<number>;
  /** The minimum bandwidth in Mbps (MinimumBandwidthAbsolute). Default: not declared. */
  minimumBandwidthMbps?: pulumi.Input<number>;
  /** The maximum bandwidth in Mbps (MaximumBandwidth). Default: not declared. */
  maximumBandwidthMbps?: pulumi.Input<number>;
}

/** Integration services of a guest: their release, and which of them are switched on. */
export interface IntegrationServices {
  /** The release, for example `6.1.7601.17514`, or `2.1` for Linux Integration Services. Default: not declared. */
  version?: pulumi.Input<string>;
  /** The heartbeat service. Default: as the guest and the host agree. */
  heartbeat?: pulumi.Input<boolean>;
  /** Time synchronization with the host. Default: as the guest and the host agree. */
  timeSynchronization?: pulumi.Input<boolean>;
  /** Shutdown of the guest by the host. Default: as the guest and the host agree. */
  shutdown?: pulumi.Input<boolean>;
  /** Backup by volume shadow copies (Volume Shadow Copy Service requestor). Default: as the guest and the host agree. */
  vss?: pulumi.Input<boolean>;
  /** Data exchange (key-value pairs) between host and guest. Default: as the guest and the host agree. */
  keyValuePairExchange?: pulumi.Input<boolean>;
  /** Synthetic drivers for network and storage, instead of emulated devices. Default: as the guest and the host agree. */
  syntheticDrivers?: pulumi.Input<boolean>;
}

/** The Exchange server that runs in a virtual machine. */
export interface ExchangeServer {
  /** The version with its service pack, as people write it, for example `Exchange Server 2010 SP1`. */
  version: pulumi.Input<string>;
  /** The server roles: `mailbox`, `clientAccess`, `hubTransport`, `unifiedMessaging` or `edgeTransport`. */
  roles: pulumi.Input<pulumi.Input<ExchangeRoleText>[]>;
  /** The name of the database availability group that the server is a member of. Default: none. */
  databaseAvailabilityGroup?: pulumi.Input<string>;
  /** The names of the mailbox databases of which the server holds a copy. Default: none are declared. */
  databases?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * The witness server of the database availability group (WitnessServer of Set-DatabaseAvailabilityGroup): the name of
   * a declared host or virtual machine, with or without its domain, or of a server that is not declared. Write it with
   * one member, or the same with each. Default: not declared.
   */
  witnessServer?: pulumi.Input<string>;
  /** Space in GB for management software on the disk of the operating system. Default: none. */
  managementSoftwareGB?: pulumi.Input<number>;
  /** Space in GB for crash recovery (dump) files on the disk of the operating system. Default: none. */
  crashDumpGB?: pulumi.Input<number>;
  /** Space in GB for the server roles on the disk of the operating system. Default: none. */
  serverRolesGB?: pulumi.Input<number>;
}

/** Hyper-V Replica of a virtual machine, which Windows Server has from 2012 on. */
export interface Replication extends ReplicationSettings {
  /** The replica server: the name of a host, or of the Replica Broker of a cluster. Default: not declared. */
  replicaHost?: pulumi.Input<string>;
  /** `kerberos` (HTTP) or `certificate` (HTTPS, encrypted). Default: not declared. */
  authentication?: pulumi.Input<ReplicaAuthenticationText>;
}
