import * as pulumi from "@pulumi/pulumi";
import { declare } from "./declaration";

export interface BackupJobArgs {
  /** The name that findings show. Default: the name of the resource. */
  name?: pulumi.Input<string>;
  /** The product and its version, as its vendor writes it, for example `Altaro Hyper-V Backup`. */
  product: pulumi.Input<string>;
  /**
   * Where the product is installed: the name of a host, of a cluster (on all its nodes) or of a virtual machine. Default:
   * on a machine that is not declared.
   */
  installedOn?: pulumi.Input<string>;
  /**
   * The names of the virtual machines that the job protects; the name of a host or a cluster stands for all virtual
   * machines on it.
   */
  protects: pulumi.Input<pulumi.Input<string>[]>;
}

/** A job of a backup product. It declares facts for the policy pack; nothing is created. */
export class BackupJob extends pulumi.ComponentResource {
  public static readonly __pulumiType = "hyperv-guard:index:BackupJob";

  /** The name that findings show. */
  public readonly name: pulumi.Output<string>;
  /** The product and its version, as declared. */
  public readonly product: pulumi.Output<string>;
  /** Where the product is installed, as declared. */
  public readonly installedOn: pulumi.Output<string | undefined>;
  /** What the job protects, as declared. */
  public readonly protects: pulumi.Output<string[]>;
  /** Names of the inputs that are or contain a secret. The policy pack never prints the values of these. */
  public readonly secretInputs: pulumi.Output<string[] | undefined>;

  constructor(name: string, args: BackupJobArgs, opts?: pulumi.ComponentResourceOptions) {
    const declared = declare(name, args);
    super(BackupJob.__pulumiType, name, declared.properties, opts);
    this.name = declared.name;
    this.product = pulumi.output(args.product);
    this.installedOn = pulumi.output(args.installedOn);
    this.protects = pulumi.output(args.protects);
    this.secretInputs = declared.secretInputs;
    this.registerOutputs(declared.properties);
  }
}
