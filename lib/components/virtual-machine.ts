import * as pulumi from "@pulumi/pulumi";
import type { Agent } from "./agent";
import type {
  ArchitectureText,
  CheckpointTypeText,
  SecureBootTemplateText,
  SecurityTypeText,
  StopActionText,
} from "./closed-values.generated";
import { declare } from "./declaration";
import type {
  DvdDrive,
  DynamicMemory,
  ExchangeServer,
  Gpu,
  IntegrationServices,
  NumaTopology,
  Replication,
  ResourceControl,
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
  architecture?: pulumi.Input<ArchitectureText>;
  /** The generation: 1, or 2 from Windows Server 2012 R2 on. Default: 1, as Hyper-V creates virtual machines. */
  generation?: pulumi.Input<number>;
  /** The configuration version, for example `9.0`. Default: not declared. */
  configurationVersion?: pulumi.Input<string>;
  /** Whether secure boot is on, in generation 2. Default: not declared. */
  secureBoot?: pulumi.Input<boolean>;
  /**
   * The template of secure boot: `MicrosoftWindows`, `MicrosoftUEFICertificateAuthority` (Linux) or
   * `OpenSourceShieldedVM`. Default: not declared.
   */
  secureBootTemplate?: pulumi.Input<SecureBootTemplateText>;
  /** Whether it has a virtual TPM. Default: not declared. */
  tpm?: pulumi.Input<boolean>;
  /** How Azure Local secures it: `trustedLaunch` or `confidentialVM`. Default: not declared. */
  securityType?: pulumi.Input<SecurityTypeText>;
  /** Virtual processors. A whole number, 1 or more. */
  processorCount: pulumi.Input<number>;
  /**
   * Whether its processor features are limited, so that it can move to hosts with other processors
   * (CompatibilityForMigrationEnabled). Default: not declared.
   */
  processorCompatibility?: pulumi.Input<boolean>;
  /** Whether the guest may run virtual machines itself (ExposeVirtualizationExtensions). Default: not declared. */
  nestedVirtualization?: pulumi.Input<boolean>;
  /** What it may take of the processors of its host. Default: not declared. */
  resourceControl?: pulumi.Input<ResourceControl>;
  /** The virtual NUMA topology. Default: the one of its host. */
  numa?: pulumi.Input<NumaTopology>;
  /** Memory in MB (1 MB is 1024 × 1024 bytes): all of it when static, the startup memory with dynamic memory. */
  memoryMB: pulumi.Input<number>;
  /** Dynamic memory. Declaring it switches it on. Default: the memory is static. */
  dynamicMemory?: pulumi.Input<DynamicMemory>;
  /** The disks. Default: none are declared. */
  disks?: pulumi.Input<pulumi.Input<VirtualDisk>[]>;
  /** The DVD drives. Default: none are declared. */
  dvdDrives?: pulumi.Input<pulumi.Input<DvdDrive>[]>;
  /** The GPUs that are assigned to it, in whole or in part. Default: none are declared. */
  gpus?: pulumi.Input<pulumi.Input<Gpu>[]>;
  /** The network adapters. Default: none are declared. */
  networkAdapters?: pulumi.Input<pulumi.Input<VirtualNetworkAdapter>[]>;
  /** The folder of its configuration files (Path of New-VM). Default: not declared. */
  storagePath?: pulumi.Input<string>;
  /** The folder of its checkpoints (SnapshotFileLocation). Default: not declared. */
  checkpointPath?: pulumi.Input<string>;
  /** The folder of its smart paging file (SmartPagingFilePath). Default: not declared. */
  smartPagingPath?: pulumi.Input<string>;
  /** What it does, as people write it, for example `domain controller` or `SQL Server`. Default: not declared. */
  role?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * The group that it belongs to, under any name: virtual machines of one group do the same, and must not be lost together.
   * Default: none.
   */
  group?: pulumi.Input<string>;
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
  checkpoints?: pulumi.Input<CheckpointTypeText>;
  /** Whether a checkpoint is taken at every start (AutomaticCheckpointsEnabled). Default: not declared. */
  automaticCheckpoints?: pulumi.Input<boolean>;
  /**
   * What happens to the virtual machine when its host stops: `save`, `shutDown` or `turnOff`. Default: `save`, as
   * Hyper-V creates virtual machines.
   */
  automaticStopAction?: pulumi.Input<StopActionText>;
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
  /** The configuration version, as declared. */
  public readonly configurationVersion: pulumi.Output<string | undefined>;
  /** Whether secure boot is on, as declared. */
  public readonly secureBoot: pulumi.Output<boolean | undefined>;
  /** The template of secure boot, as declared. */
  public readonly secureBootTemplate: pulumi.Output<string | undefined>;
  /** Whether it has a virtual TPM, as declared. */
  public readonly tpm: pulumi.Output<boolean | undefined>;
  /** How Azure Local secures it, as declared. */
  public readonly securityType: pulumi.Output<string | undefined>;
  /** Virtual processors. */
  public readonly processorCount: pulumi.Output<number>;
  /** Whether its processor features are limited for migration, as declared. */
  public readonly processorCompatibility: pulumi.Output<boolean | undefined>;
  /** Whether the guest may run virtual machines itself, as declared. */
  public readonly nestedVirtualization: pulumi.Output<boolean | undefined>;
  /** What it may take of the processors of its host, as declared. */
  public readonly resourceControl: pulumi.Output<ResourceControl | undefined>;
  /** The virtual NUMA topology, as declared. */
  public readonly numa: pulumi.Output<NumaTopology | undefined>;
  /** Memory in MB (1 MB is 1024 × 1024 bytes): all of it when static, the startup memory with dynamic memory. */
  public readonly memoryMB: pulumi.Output<number>;
  /** Dynamic memory, when it is on. */
  public readonly dynamicMemory: pulumi.Output<DynamicMemory | undefined>;
  /** The disks, as declared. */
  public readonly disks: pulumi.Output<VirtualDisk[] | undefined>;
  /** The DVD drives, as declared. */
  public readonly dvdDrives: pulumi.Output<DvdDrive[] | undefined>;
  /** The GPUs that are assigned to it, as declared. */
  public readonly gpus: pulumi.Output<Gpu[] | undefined>;
  /** The network adapters, as declared. */
  public readonly networkAdapters: pulumi.Output<VirtualNetworkAdapter[] | undefined>;
  /** The folder of its configuration files, as declared. */
  public readonly storagePath: pulumi.Output<string | undefined>;
  /** The folder of its checkpoints, as declared. */
  public readonly checkpointPath: pulumi.Output<string | undefined>;
  /** The folder of its smart paging file, as declared. */
  public readonly smartPagingPath: pulumi.Output<string | undefined>;
  /** What it does, as declared. */
  public readonly role: pulumi.Output<string[] | undefined>;
  /** The group that it belongs to, as declared. */
  public readonly group: pulumi.Output<string | undefined>;
  /** Anti-affinity class names, as declared. */
  public readonly antiAffinityClassNames: pulumi.Output<string[] | undefined>;
  /** Availability sets, as declared. */
  public readonly availabilitySets: pulumi.Output<string[] | undefined>;
  /** The names of the nodes that may run it, as declared. */
  public readonly possibleOwners: pulumi.Output<string[] | undefined>;
  /** Which checkpoints may be taken, as declared. */
  public readonly checkpoints: pulumi.Output<string | undefined>;
  /** Whether a checkpoint is taken at every start, as declared. */
  public readonly automaticCheckpoints: pulumi.Output<boolean | undefined>;
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
    this.configurationVersion = pulumi.output(args.configurationVersion);
    this.secureBoot = pulumi.output(args.secureBoot);
    this.secureBootTemplate = pulumi.output(args.secureBootTemplate);
    this.tpm = pulumi.output(args.tpm);
    this.securityType = pulumi.output(args.securityType);
    this.processorCount = pulumi.output(args.processorCount);
    this.processorCompatibility = pulumi.output(args.processorCompatibility);
    this.nestedVirtualization = pulumi.output(args.nestedVirtualization);
    this.resourceControl = pulumi.output(args.resourceControl);
    this.numa = pulumi.output(args.numa);
    this.memoryMB = pulumi.output(args.memoryMB);
    this.dynamicMemory = pulumi.output(args.dynamicMemory);
    this.disks = pulumi.output(args.disks);
    this.dvdDrives = pulumi.output(args.dvdDrives);
    this.gpus = pulumi.output(args.gpus);
    this.networkAdapters = pulumi.output(args.networkAdapters);
    this.storagePath = pulumi.output(args.storagePath);
    this.checkpointPath = pulumi.output(args.checkpointPath);
    this.smartPagingPath = pulumi.output(args.smartPagingPath);
    this.role = pulumi.output(args.role);
    this.group = pulumi.output(args.group);
    this.antiAffinityClassNames = pulumi.output(args.antiAffinityClassNames);
    this.availabilitySets = pulumi.output(args.availabilitySets);
    this.possibleOwners = pulumi.output(args.possibleOwners);
    this.checkpoints = pulumi.output(args.checkpoints);
    this.automaticCheckpoints = pulumi.output(args.automaticCheckpoints);
    this.automaticStopAction = pulumi.output(args.automaticStopAction);
    this.integrationServices = pulumi.output(args.integrationServices);
    this.exchange = pulumi.output(args.exchange);
    this.replication = pulumi.output(args.replication);
    this.agents = pulumi.output(args.agents);
    this.secretInputs = declared.secretInputs;
    this.registerOutputs(declared.properties);
  }
}
