import * as pulumi from "@pulumi/pulumi";
import { declare } from "./declaration";
import type { Subnet } from "./network-parts";

export interface LogicalNetworkArgs {
  /** The name that findings show. Default: the name of the resource. */
  name?: pulumi.Input<string>;
  /** The Azure Local instance that it is in (custom location): others may have the same addresses. Default: one for all. */
  customLocation?: pulumi.Input<string>;
  /** The name of the virtual switch that it is on, on every host. Default: not declared. */
  switch?: pulumi.Input<string>;
  /** Its subnets. Default: none are declared. */
  subnets?: pulumi.Input<pulumi.Input<Subnet>[]>;
  /** The addresses of DNS servers. Default: none are declared. */
  dnsServers?: pulumi.Input<pulumi.Input<string>[]>;
}

/** A network for virtual machines with its subnets and addresses. It declares facts for the policy pack; nothing is created. */
export class LogicalNetwork extends pulumi.ComponentResource {
  public static readonly __pulumiType = "hyperv-guard:index:LogicalNetwork";

  /** The name that findings show. */
  public readonly name: pulumi.Output<string>;
  /** The Azure Local instance that it is in, as declared. */
  public readonly customLocation: pulumi.Output<string | undefined>;
  /** The name of the virtual switch that it is on, as declared. */
  public readonly switch: pulumi.Output<string | undefined>;
  /** Its subnets, as declared. */
  public readonly subnets: pulumi.Output<Subnet[] | undefined>;
  /** The addresses of DNS servers, as declared. */
  public readonly dnsServers: pulumi.Output<string[] | undefined>;
  /** Names of the inputs that are or contain a secret. The policy pack never prints the values of these. */
  public readonly secretInputs: pulumi.Output<string[] | undefined>;

  constructor(name: string, args: LogicalNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    const declared = declare(name, args);
    super(LogicalNetwork.__pulumiType, name, declared.properties, opts);
    this.name = declared.name;
    this.customLocation = pulumi.output(args.customLocation);
    this.switch = pulumi.output(args.switch);
    this.subnets = pulumi.output(args.subnets);
    this.dnsServers = pulumi.output(args.dnsServers);
    this.secretInputs = declared.secretInputs;
    this.registerOutputs(declared.properties);
  }
}
