import * as pulumi from "@pulumi/pulumi";
import type { TransportText } from "./closed-values.generated";
import { declare } from "./declaration";

/** Ports of a firewall. */
export interface FirewallPorts {
  /** `tcp`, `udp` or `any`. Default: `tcp`. */
  protocol?: pulumi.Input<TransportText>;
  /** Ports, ranges of ports, or `*` for all: for example `443` or `8100-8103`. */
  ports: pulumi.Input<pulumi.Input<string>[]>;
}

export interface FirewallArgs {
  /** The name that findings show. Default: the name of the resource. */
  name?: pulumi.Input<string>;
  /**
   * Who opens the connections: the name or address of a computer, a range of addresses such as `10.0.0.0/24`, `internet`,
   * `intranet` (all but the internet), or `*` for all.
   */
  from: pulumi.Input<string>;
  /** Who listens: as `from`. */
  to: pulumi.Input<string>;
  /** What is open. Several firewalls between the same ends open together what each opens. Default: nothing. */
  allow?: pulumi.Input<pulumi.Input<FirewallPorts>[]>;
  /** What is denied, whatever is open besides. Where only this is declared, the rest is not judged. Default: nothing. */
  deny?: pulumi.Input<pulumi.Input<FirewallPorts>[]>;
}

/** What is open between two ends. It declares facts for the policy pack; nothing is created. */
export class Firewall extends pulumi.ComponentResource {
  public static readonly __pulumiType = "hyperv-guard:index:Firewall";

  /** The name that findings show. */
  public readonly name: pulumi.Output<string>;
  /** Who opens the connections, as declared. */
  public readonly from: pulumi.Output<string>;
  /** Who listens, as declared. */
  public readonly to: pulumi.Output<string>;
  /** What is open, as declared. */
  public readonly allow: pulumi.Output<FirewallPorts[] | undefined>;
  /** What is denied, as declared. */
  public readonly deny: pulumi.Output<FirewallPorts[] | undefined>;
  /** Names of the inputs that are or contain a secret. The policy pack never prints the values of these. */
  public readonly secretInputs: pulumi.Output<string[] | undefined>;

  constructor(name: string, args: FirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    const declared = declare(name, args);
    super(Firewall.__pulumiType, name, declared.properties, opts);
    this.name = declared.name;
    this.from = pulumi.output(args.from);
    this.to = pulumi.output(args.to);
    this.allow = pulumi.output(args.allow);
    this.deny = pulumi.output(args.deny);
    this.secretInputs = declared.secretInputs;
    this.registerOutputs(declared.properties);
  }
}
