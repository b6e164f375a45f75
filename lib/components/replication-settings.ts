import * as pulumi from "@pulumi/pulumi";

/** The settings of Hyper-V Replica for one virtual machine. */
export interface ReplicationSettings {
  /** Replication frequency in seconds: 300, and from Windows Server 2012 R2 on also 30 or 900. Default: 300. */
  frequencySeconds?: pulumi.Input<number>;
  /**
   * Additional hourly recovery points that are kept, 0 to 24 (0 to 15 on Windows Server 2012). Default: 0, only the
   * latest.
   */
  recoveryPoints?: pulumi.Input<number>;
  /** The port of the replica server, 1 to 65535. Default: 80 with Kerberos, 443 with certificates. */
  port?: pulumi.Input<number>;
  /**
   * The Hyper-V Replica Broker of the replica's cluster, or of the primary's when only that one is clustered. Default:
   * the one that the cluster declares (`replicaBroker`).
   */
  broker?: pulumi.Input<string>;
  /** Whether the replication traffic is compressed. Default: not declared. */
  compression?: pulumi.Input<boolean>;
  /**
   * The trust group of the replica server's authorization entry for the primary server. Primary servers with one trust
   * group may send changes to each other's replicas. Default: not declared.
   */
  trustGroup?: pulumi.Input<string>;
  /** The names of the disks of the virtual machine that are not replicated. Default: none. */
  excludedDisks?: pulumi.Input<pulumi.Input<string>[]>;
}
