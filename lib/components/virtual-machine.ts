import * as pulumi from "@pulumi/pulumi";
import type { Agent } from "./agent";
import { declare } from "./declaration";
import type {
  DynamicMemory,
  ExchangeServer,
  IntegrationServices,
  Replication,
  VirtualDisk,
  VirtualNetworkAdapter,
} from "./virtual-machine-parts";

export interface VirtualMachineArgs {
  /** The name of the virtual machine. Default: the name of the resource. */
  name?: pulumi.Input<string>;
  /** The name of the host that it runs on. Declare the host or the cluster. Default: none. */
  host?: pulumi.Input<string>;
  /** The name of the failover cluster that it is highly available on, and may move within. Default: none. */
  cluster?: pulumi.Input<string>;
  /**
   * Network for live migration: the names of the cluster networks, the preferred one first. The setting of one virtual
   * machine is that of its whole cluster, so it is best declared there. Default: that of the cluster.
   */
  liveMigrationNetworks?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * The guest operating system with its service pack, as people write it, for example `Windows Server 2008 R2 SP1`,
   * `Windows XP Professional SP3` or `SUSE Linux Enterprise Server 11`. A system that Microsoft does not list is judged by
   * the limits of its host alone.
   */
  guestOs: pulumi.Input<string>;
  /** The edition of the guest operating system, for example `Standard` or `Enterprise`. Default: not declared. */
  edition?: pulumi.Input<string>;
  /** The architecture of the guest operating system: `x86` or `x64`. Default: not declared. */
  architecture?: pulumi.Input<string>;
  /** The generation: 1, or 2 from Windows Server 2012 R2 on. Default: 1, as Hyper-V creates virtual machines. */
  generation?: pulumi.Input<number>;
  /** Virtual processors. A whole number, 1 or more. */
  processorCount: pulumi.Input<number>;
  /** Memory in MB (1 MB is 1024 × 1024 bytes): all of it when static, the startup memory with dynamic memory. */
  memoryMB: pulumi.Input<number>;
  /** Dynamic memory. Declaring it switches it on. Default: the memory is static. */
  dynamicMemory?: pulumi.Input<DynamicMemory>;
  /** The disks. Default: none are declared. */
  disks?: pulumi.Input<pulumi.Input<VirtualDisk>[]>;
  /** The network adapters. Default: none are declared. */
  networkAdapters?: pulumi.Input<pulumi.Input<VirtualNetworkAdapter>[]>;
  /**
   * Anti-affinity class names (AntiAffinityClassNames of the cluster group): the cluster keeps virtual machines that
   * share one on different nodes. Default: none.
   */
  antiAffinityClassNames?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Availability sets of Virtual Machine Manager, which keeps virtual machines that share one on different hosts.
   * Default: none.
   */
  availabilitySets?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * The names of the nodes that may run it (possible owners of the cluster resource). It needs a cluster. Default:
   * every node of its cluster.
   */
  possibleOwners?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Which checkpoints (snapshots) may be taken: `disabled`, `standard`, `production` or `productionOnly`. Default: not
   * declared.
   */
  checkpoints?: pulumi.Input<string>;
  /**
   * What happens to the virtual machine when its host stops: `save`, `shutDown` or `turnOff`. Default: `save`, as
   * Hyper-V creates virtual machines.
   */
  automaticStopAction?: pulumi.Input<string>;
  /** Integration services of the guest. Default: not declared. */
  integrationServices?: pulumi.Input<IntegrationServices>;
  /** The Exchange server that runs in it. Default: none. */
  exchange?: pulumi.Input<ExchangeServer>;
  /** Hyper-V Replica. Declaring it switches it on. Default: the virtual machine is not replicated. */
  replication?: pulumi.Input<Replication>;
  /** Agents that are installed in the guest. Default: none. */
  agents?: pulumi.Input<pulumi.Input<Agent>[]>;
}

/** A Hyper-V virtual machine. It declares facts for the policy pack; nothing is created. */
export class VirtualMachine extends pulumi.ComponentResource {
  public static readonly __pulumiType = "hyperv-guard:index:VirtualMachine";

  /** The name of the virtual machine. */
  public readonly name: pulumi.Output<string>;
  /** The name of the host that it runs on, as declared. */
  public readonly host: pulumi.Output<string | undefined>;
  /** The name of the failover cluster that it is highly available on, as declared. */
  public readonly cluster: pulumi.Output<string | undefined>;
  /** The names of the cluster networks for live migration, as declared. */
  public readonly liveMigrationNetworks: pulumi.Output<string[] | undefined>;
  /** The guest operating system with its service pack, as declared. */
  public readonly guestOs: pulumi.Output<string>;
  /** The edition of the guest operating system, as declared. */
  public readonly edition: pulumi.Output<string | undefined>;
  /** The architecture of the guest operating system, as declared. */
  public readonly architecture: pulumi.Output<string | undefined>;
  /** The generation, as declared. */
  public readonly generation: pulumi.Output<number | undefined>;
  /** Virtual processors. */
  public readonly processorCount: pulumi.Output<number>;
  /** Memory in MB (1 MB is 1024 × 1024 bytes): all of it when static, the startup memory with dynamic memory. */
  public readonly memoryMB: pulumi.Output<number>;
  /** Dynamic memory, when it is on. */
  public readonly dynamicMemory: pulumi.Output<DynamicMemory | undefined>;
  /** The disks, as declared. */
  public readonly disks: pulumi.Output<VirtualDisk[] | undefined>;
  /** The network adapters, as declared. */
  public readonly networkAdapters: pulumi.Output<VirtualNetworkAdapter[] | undefined>;
  /** Anti-affinity class names, as declared. */
  public readonly antiAffinityClassNames: pulumi.Output<string[] | undefined>;
  /** Availability sets, as declared. */
  public readonly availabilitySets: pulumi.Output<string[] | undefined>;
  /** The names of the nodes that may run it, as declared. */
  public readonly possibleOwners: pulumi.Output<string[] | undefined>;
  /** Which checkpoints may be taken, as declared. */
  public readonly checkpoints: pulumi.Output<string | undefined>;
  /** What happens to the virtual machine when its host stops, as declared. */
  public readonly automaticStopAction: pulumi.Output<string | undefined>;
  /** Integration services of the guest, as declared. */
  public readonly integrationServices: pulumi.Output<IntegrationServices | undefined>;
  /** The Exchange server that runs in it. */
  public readonly exchange: pulumi.Output<ExchangeServer | undefined>;
  /** Hyper-V Replica, when it is on. */
  public readonly replication: pulumi.Output<Replication | undefined>;
  /** Agents in the guest, as declared. */
  public readonly agents: pulumi.Output<Agent[] | undefined>;
  /** Names of the inputs that are or contain a secret. The policy pack never prints the values of these. */
  public readonly secretInputs: pulumi.Output<string[] | undefined>;

  constructor(name: string, args: VirtualMachineArgs, opts?: pulumi.ComponentResourceOptions) {
    const declared = declare(name, args);
    super(VirtualMachine.__pulumiType, name, declared.properties, opts);
    this.name = declared.name;
    this.host = pulumi.output(args.host);
    this.cluster = pulumi.output(args.cluster);
    this.liveMigrationNetworks = pulumi.output(args.liveMigrationNetworks);
    this.guestOs = pulumi.output(args.guestOs);
    this.edition = pulumi.output(args.edition);
    this.architecture = pulumi.output(args.architecture);
    this.generation = pulumi.output(args.generation);
    this.processorCount = pulumi.output(args.processorCount);
    this.memoryMB = pulumi.output(args.memoryMB);
    this.dynamicMemory = pulumi.output(args.dynamicMemory);
    this.disks = pulumi.output(args.disks);
    this.networkAdapters = pulumi.output(args.networkAdapters);
    this.antiAffinityClassNames = pulumi.output(args.antiAffinityClassNames);
    this.availabilitySets = pulumi.output(args.availabilitySets);
    this.possibleOwners = pulumi.output(args.possibleOwners);
    this.checkpoints = pulumi.output(args.checkpoints);
    this.automaticStopAction = pulumi.output(args.automaticStopAction);
    this.integrationServices = pulumi.output(args.integrationServices);
    this.exchange = pulumi.output(args.exchange);
    this.replication = pulumi.output(args.replication);
    this.agents = pulumi.output(args.agents);
    this.secretInputs = declared.secretInputs;
    this.registerOutputs(declared.properties);
  }
}
