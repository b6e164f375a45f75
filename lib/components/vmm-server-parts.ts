import * as pulumi from "@pulumi/pulumi";
import type { BmcProtocolText, EsxVersionText } from "./closed-values.generated";

/** The Self-Service Portal of Virtual Machine Manager. */
export interface SelfServicePortal {
  /** Its Web server. */
  webServer: pulumi.Input<string>;
  /** Computers of its users. Default: none are declared. */
  clients?: pulumi.Input<pulumi.Input<string>[]>;
}

/** A host with VMware ESX or ESXi. */
export interface EsxHost {
  /** Its name or IP address. */
  name: pulumi.Input<string>;
  /** `ESX 3.0`, `ESX 3.5`, `ESX 3i` or `ESXi`. VMM 2008 and 2012 transfer files by it. Default: not declared. */
  version?: pulumi.Input<EsxVersionText>;
}

/** A baseboard management controller. */
export interface Bmc {
  /** Its name or IP address. */
  name: pulumi.Input<string>;
  /** `IPMI`, or `SMASH` (SMASH over WS-Management). */
  protocol: pulumi.Input<BmcProtocolText>;
}

/** A port of Virtual Machine Manager that is not the default. It holds for both ends of the connection. */
export interface VmmPort {
  /** The connection, by its name in the table of VMM ports, for example `sql`, `agent-control` or `smis`. */
  connection: pulumi.Input<string>;
  /** The port, 1 to 65535. */
  port: pulumi.Input<number>;
  /** The computer that listens there. Default: every one. */
  machine?: pulumi.Input<string>;
}

/** What firewalls identify a computer by, besides its name. */
export interface VmmMachine {
  /** The name that the computer has in the lists of the server. */
  name: pulumi.Input<string>;
  /** Its IP address. Default: not declared. */
  address?: pulumi.Input<string>;
  /**
   * The network security groups that it is behind, by its network interface and its subnet: the names of their resources,
   * or their names in Azure. Default: those that have rules for its address.
   */
  networkSecurityGroups?: pulumi.Input<pulumi.Input<string>[]>;
  /** The application security groups that it is a member of, by name. Default: not declared. */
  applicationSecurityGroups?: pulumi.Input<pulumi.Input<string>[]>;
}
