import * as pulumi from "@pulumi/pulumi";
import type { Agent } from "./agent";
import type {
  BandwidthModeText,
  NetworkPurposeText,
  ProcessorVendorText,
  SwitchTypeText,
  MigrationAuthenticationText,
} from "./closed-values.generated";
import { declare } from "./declaration";

/** The processors of a host. Logical processors are the product of the three numbers. */
export interface Processors {
  /** Populated processor sockets. A whole number, 1 or more. */
  sockets: pulumi.Input<number>;
  /** Physical cores in each socket. A whole number, 1 or more. */
  coresPerSocket: pulumi.Input<number>;
  /** Hardware threads in each core: 2 with simultaneous multithreading (Hyper-Threading), otherwise 1. */
  threadsPerCore: pulumi.Input<number>;
  /** `Intel` or `AMD`: virtual machines cannot live migrate between the two. Default: not declared. */
  vendor?: pulumi.Input<ProcessorVendorText>;
}

/**
 * What one network adapter of a host is for. An adapter that carries several kinds of traffic is declared once for each,
 * by the same name, so that each can have its own share of the bandwidth.
 */
export interface HostNetworkAdapter {
  /** The name of the adapter, by which virtual switches refer to it. Entries with one name are one adapter. */
  name: pulumi.Input<string>;
  /**
   * What the adapter is for: `management`, `virtualMachines`, `iscsi`, `cluster`, `clusterSharedVolumes`,
   * `liveMigration`, `replica`, `backup` or `public`.
   */
  purpose: pulumi.Input<NetworkPurposeText>;
  /** The name of the team that the adapter is a member of. Adapters with the same team are teamed. Default: no team. */
  team?: pulumi.Input<string>;
  /**
   * The name of the physical port that this adapter is a partition of (NPAR). Adapters with the same physical adapter
   * share one port. Default: the adapter is a physical port of its own.
   */
  physicalAdapter?: pulumi.Input<string>;
  /**
   * For a virtual adapter of the management operating system: the name of the virtual switch that it is connected to.
   * Default: the adapter is not a virtual one.
   */
  virtualSwitch?: pulumi.Input<string>;
  /** Link speed in megabits per second, for example 1000 or 10000. */
  speedMbps?: pulumi.Input<number>;
  /** Upper limit of the bandwidth for this purpose, in percent of the link, 1 to 100. Default: no limit. */
  maximumBandwidthPercent?: pulumi.Input<number>;
  /**
   * Bandwidth weight that is reserved for this purpose, 1 to 100, relative to the other weights. Hyper-V has it from
   * Windows Server 2012 on. Default: no reserve.
   */
  minimumBandwidthWeight?: pulumi.Input<number>;
  /**
   * Bandwidth in megabits per second that is reserved for this purpose, from Windows Server 2012 on. Microsoft prefers
   * weights. Default: no reserve.
   */
  minimumBandwidthMbps?: pulumi.Input<number>;
  /** For an adapter of purpose `iscsi`: whether MPIO uses it as one of its paths. Default: not declared. */
  multipath?: pulumi.Input<boolean>;
  /** Whether RDMA is to be used on the adapter. Default: not declared. */
  rdma?: pulumi.Input<boolean>;
  /** Whether Client for Microsoft Networks is bound to the adapter. Default: true, as Windows binds it. */
  clientForMicrosoftNetworks?: pulumi.Input<boolean>;
  /**
   * Whether File and Printer Sharing for Microsoft Networks is bound to the adapter. Default: true, as Windows binds it.
   */
  fileAndPrinterSharing?: pulumi.Input<boolean>;
  /**
   * For an adapter of purpose `virtualMachines`: true when it carries the virtual machines with dynamic addresses,
   * false when it carries those with reserved addresses. Default: the traffic is not split by address.
   */
  dynamicAddresses?: pulumi.Input<boolean>;
}

/** A Hyper-V virtual switch; Hyper-V of Windows Server 2008 R2 calls it a virtual network. */
export interface VirtualSwitch {
  /** The name of the switch, by which the adapters of virtual machines refer to it. */
  name: pulumi.Input<string>;
  /** `external`, `internal` or `private`. */
  type: pulumi.Input<SwitchTypeText>;
  /** For an external switch: the names of the host's network adapters, or of the team, that it is bound to. Default: none. */
  networkAdapters?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * For an external switch: whether the management operating system uses it too. Default: true, as Hyper-V Manager
   * creates external switches.
   */
  allowManagementOs?: pulumi.Input<boolean>;
  /**
   * Whether the adapters of the switch are a team of its own: Switch Embedded Teaming (SET), from Windows Server 2016
   * on. Default: not declared.
   */
  embeddedTeaming?: pulumi.Input<boolean>;
  /** Whether the switch has single-root I/O virtualization (SR-IOV), which is decided when it is made. Default: not declared. */
  iov?: pulumi.Input<boolean>;
  /**
   * How the switch reserves bandwidth: `weight`, `absolute` (bits per second), `none`, or `default` (by weight, and none
   * with SR-IOV). Default: not declared.
   */
  bandwidthMode?: pulumi.Input<BandwidthModeText>;
}

export interface HostArgs {
  /** The name that clusters and virtual machines refer to the host by. Default: the name of the resource. */
  name?: pulumi.Input<string>;
  /**
   * The operating system with its service pack, as people write it, for example `Windows Server 2008 R2 SP1` or
   * `Microsoft Hyper-V Server 2012 R2`.
   */
  operatingSystem: pulumi.Input<string>;
  /** Sockets, cores and threads. */
  processors: pulumi.Input<Processors>;
  /** Physical memory in MB (1 MB is 1024 × 1024 bytes). */
  memoryMB: pulumi.Input<number>;
  /** The name of the failover cluster that the host is a node of. Default: the cluster that lists it, if any. */
  cluster?: pulumi.Input<string>;
  /** The network adapters that the management operating system sees. Default: none are declared. */
  networkAdapters?: pulumi.Input<pulumi.Input<HostNetworkAdapter>[]>;
  /** The virtual switches. Default: none are declared. */
  virtualSwitches?: pulumi.Input<pulumi.Input<VirtualSwitch>[]>;
  /** Windows Server roles that are installed beside Hyper-V, for example `DHCP Server`. Default: none. */
  roles?: pulumi.Input<pulumi.Input<string>[]>;
  /** Agents that are installed in the management operating system. Default: none. */
  agents?: pulumi.Input<pulumi.Input<Agent>[]>;
  /** The name of the site where it stands: hosts of one site are lost together. Default: not declared. */
  site?: pulumi.Input<string>;
  /**
   * The DNS name of the Active Directory domain that it is a member of, or `workgroup` when it is in none. Default: not
   * declared.
   */
  domain?: pulumi.Input<string>;
  /** Its address in the management network. Default: not declared. */
  address?: pulumi.Input<string>;
  /** The model of its processors, as `Intel(R) Xeon(R) Gold 6430`. Default: not declared. */
  processorModel?: pulumi.Input<string>;
  /** How live migration authenticates: `kerberos` or `credSSP`. Default: not declared. */
  liveMigrationAuthentication?: pulumi.Input<MigrationAuthenticationText>;
}

/** A physical server that runs Hyper-V. It declares facts for the policy pack; nothing is created. */
export class Host extends pulumi.ComponentResource {
  public static readonly __pulumiType = "hyperv-guard:index:Host";

  /** The name that clusters and virtual machines refer to the host by. */
  public readonly name: pulumi.Output<string>;
  /** The operating system with its service pack, as declared. */
  public readonly operatingSystem: pulumi.Output<string>;
  /** Sockets, cores and threads, as declared. */
  public readonly processors: pulumi.Output<Processors>;
  /** Physical memory in MB (1 MB is 1024 × 1024 bytes). */
  public readonly memoryMB: pulumi.Output<number>;
  /** The name of the failover cluster that the host is a node of, as declared. */
  public readonly cluster: pulumi.Output<string | undefined>;
  /** The network adapters, as declared. */
  public readonly networkAdapters: pulumi.Output<HostNetworkAdapter[] | undefined>;
  /** The virtual switches, as declared. */
  public readonly virtualSwitches: pulumi.Output<VirtualSwitch[] | undefined>;
  /** Windows Server roles beside Hyper-V, as declared. */
  public readonly roles: pulumi.Output<string[] | undefined>;
  /** Agents in the management operating system, as declared. */
  public readonly agents: pulumi.Output<Agent[] | undefined>;
  /** The site where it stands, as declared. */
  public readonly site: pulumi.Output<string | undefined>;
  /** The Active Directory domain that it is a member of, as declared. */
  public readonly domain: pulumi.Output<string | undefined>;
  /** Its address in the management network, as declared. */
  public readonly address: pulumi.Output<string | undefined>;
  /** The model of its processors, as declared. */
  public readonly processorModel: pulumi.Output<string | undefined>;
  /** How live migration authenticates, as declared. */
  public readonly liveMigrationAuthentication: pulumi.Output<string | undefined>;
  /** Names of the inputs that are or contain a secret. The policy pack never prints the values of these. */
  public readonly secretInputs: pulumi.Output<string[] | undefined>;

  constructor(name: string, args: HostArgs, opts?: pulumi.ComponentResourceOptions) {
    const declared = declare(name, args);
    super(Host.__pulumiType, name, declared.properties, opts);
    this.name = declared.name;
    this.operatingSystem = pulumi.output(args.operatingSystem);
    this.processors = pulumi.output(args.processors);
    this.memoryMB = pulumi.output(args.memoryMB);
    this.cluster = pulumi.output(args.cluster);
    this.networkAdapters = pulumi.output(args.networkAdapters);
    this.virtualSwitches = pulumi.output(args.virtualSwitches);
    this.roles = pulumi.output(args.roles);
    this.agents = pulumi.output(args.agents);
    this.site = pulumi.output(args.site);
    this.domain = pulumi.output(args.domain);
    this.address = pulumi.output(args.address);
    this.processorModel = pulumi.output(args.processorModel);
    this.liveMigrationAuthentication = pulumi.output(args.liveMigrationAuthentication);
    this.secretInputs = declared.secretInputs;
    this.registerOutputs(declared.properties);
  }
}
