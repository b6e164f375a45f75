import * as pulumi from "@pulumi/pulumi";

/** Software of a third party that is installed beside the workloads. */
export interface Agent {
  /** The product and its version, as its vendor writes it, for example `Data Protection Manager 2010`. */
  product: pulumi.Input<string>;
  /** What the agent is for, for example `backup`, `antivirus`, `monitoring` or `management`. */
  kind: pulumi.Input<string>;
}
