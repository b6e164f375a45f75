import * as pulumi from "@pulumi/pulumi";
import type { ReplicaAuthenticationText } from "./closed-values.generated";
import { declare } from "./declaration";
import type { ReplicationSettings } from "./replication-settings";

export interface ReplicaRelationshipArgs extends ReplicationSettings {
  /** The name that findings show. Default: the name of the resource. */
  name?: pulumi.Input<string>;
  /** The name of the virtual machine that is replicated. */
  virtualMachine: pulumi.Input<string>;
  /** The primary server: the name of the host or of the cluster that the virtual machine runs on. */
  primary: pulumi.Input<string>;
  /** The replica server: the name of a host, of a cluster or of its Replica Broker. */
  replica: pulumi.Input<string>;
  /** `kerberos` (HTTP) or `certificate` (HTTPS, encrypted). */
  authentication: pulumi.Input<ReplicaAuthenticationText>;
}

/**
 * Hyper-V Replica of one virtual machine, for programs that declare it apart from the virtual machine. It declares facts
 * for the policy pack; nothing is created.
 */
export class ReplicaRelationship extends pulumi.ComponentResource {
  public static readonly __pulumiType = "hyperv-guard:index:ReplicaRelationship";

  /** The name that findings show. */
  public readonly name: pulumi.Output<string>;
  /** The name of the virtual machine that is replicated. */
  public readonly virtualMachine: pulumi.Output<string>;
  /** The primary server. */
  public readonly primary: pulumi.Output<string>;
  /** The replica server. */
  public readonly replica: pulumi.Output<string>;
  /** `kerberos` or `certificate`. */
  public readonly authentication: pulumi.Output<string>;
  /** Replication frequency in seconds, as declared. */
  public readonly frequencySeconds: pulumi.Output<number | undefined>;
  /** Additional hourly recovery points, as declared. */
  public readonly recoveryPoints: pulumi.Output<number | undefined>;
  /** The port of the replica server, as declared. */
  public readonly port: pulumi.Output<number | undefined>;
  /** The Hyper-V Replica Broker, as declared. */
  public readonly broker: pulumi.Output<string | undefined>;
  /** Whether the replication traffic is compressed, as declared. */
  public readonly compression: pulumi.Output<boolean | undefined>;
  /** The trust group, as declared. */
  public readonly trustGroup: pulumi.Output<string | undefined>;
  /** The names of the disks that are not replicated, as declared. */
  public readonly excludedDisks: pulumi.Output<string[] | undefined>;
  /** Names of the inputs that are or contain a secret. The policy pack never prints the values of these. */
  public readonly secretInputs: pulumi.Output<string[] | undefined>;

  constructor(name: string, args: ReplicaRelationshipArgs, opts?: pulumi.ComponentResourceOptions) {
    const declared = declare(name, args);
    super(ReplicaRelationship.__pulumiType, name, declared.properties, opts);
    this.name = declared.name;
    this.virtualMachine = pulumi.output(args.virtualMachine);
    this.primary = pulumi.output(args.primary);
    this.replica = pulumi.output(args.replica);
    this.authentication = pulumi.output(args.authentication);
    this.frequencySeconds = pulumi.output(args.frequencySeconds);
    this.recoveryPoints = pulumi.output(args.recoveryPoints);
    this.port = pulumi.output(args.port);
    this.broker = pulumi.output(args.broker);
    this.compression = pulumi.output(args.compression);
    this.trustGroup = pulumi.output(args.trustGroup);
    this.excludedDisks = pulumi.output(args.excludedDisks);
    this.secretInputs = declared.secretInputs;
    this.registerOutputs(declared.properties);
  }
}
