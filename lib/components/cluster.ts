import * as pulumi from "@pulumi/pulumi";
import type {
  ClusterDeploymentText,
  NetworkPurposeText,
  NetworkRoleText,
  VolumeResiliencyText,
} from "./closed-values.generated";
import { declare } from "./declaration";
import type {
  AddressPool,
  ClusterSecurity,
  InfrastructureNetwork,
  NetworkIntent,
  StorageNetwork,
  Zone,
} from "./network-parts";

/** A network of a failover cluster. */
export interface ClusterNetwork {
  /** The name of the cluster network, by which the live migration order refers to it. */
  name: pulumi.Input<string>;
  /**
   * What the network is for: `management`, `virtualMachines`, `iscsi`, `cluster`, `clusterSharedVolumes`,
   * `liveMigration`, `replica`, `backup` or `public`.
   */
  purpose: pulumi.Input<NetworkPurposeText>;
  /**
   * What the cluster may use the network for: `none`, `cluster` (cluster communication only) or `clusterAndClient`
   * (clients may connect through it too).
   */
  role: pulumi.Input<NetworkRoleText>;
  /** The metric, a whole number, 1 or more; the cluster prefers the lowest. Default: the cluster chooses one. */
  metric?: pulumi.Input<number>;
  /** Whether the cluster chooses the metric (AutoMetric). Default: true when no metric is declared, otherwise false. */
  autoMetric?: pulumi.Input<boolean>;
  /** Whether the network has a default gateway. Default: false. */
  defaultGateway?: pulumi.Input<boolean>;
  /** Link speed in megabits per second, for example 1000 or 10000. */
  speedMbps?: pulumi.Input<number>;
}

/** How a failover cluster decides that enough of it is running. */
export interface Quorum {
  /**
   * `nodeMajority`, `nodeAndDiskMajority`, `nodeAndFileShareMajority`, `nodeAndCloudWitness` (from Windows Server 2016
   * on) or `noMajority` (disk only).
   */
  type?: pulumi.Input<string>;
  /** The witness: the name of the disk, the path of the file share or the name of the storage account. */
  witness?: pulumi.Input<string>;
}

/** A volume of Storage Spaces Direct. */
export interface StorageVolume {
  /** The name of the volume. */
  name: pulumi.Input<string>;
  /**
   * How it keeps its data: `simple`, `twoWayMirror`, `threeWayMirror`, `fourWayMirror`, `nestedTwoWayMirror`,
   * `nestedMirrorAcceleratedParity`, `singleParity`, `dualParity` or `mirrorAcceleratedParity`.
   */
  resiliency: pulumi.Input<VolumeResiliencyText>;
}

/** Storage Spaces Direct: the drives of each node, without the boot drive, and the volumes of the cluster. */
export interface StorageSpacesDirect {
  /** How many drives of each node hold data. Default: not declared. */
  capacityDrivesPerNode?: pulumi.Input<number>;
  /** How many drives of each node are its cache; 0 without a cache. Default: not declared. */
  cacheDrivesPerNode?: pulumi.Input<number>;
  /** What the drives of a node that hold data have together, in TB. Default: not declared. */
  capacityTBPerNode?: pulumi.Input<number>;
  /** What the drives of a node that are its cache have together, in TB. Default: not declared. */
  cacheTBPerNode?: pulumi.Input<number>;
  /** The volumes. Default: none are declared. */
  volumes?: pulumi.Input<pulumi.Input<StorageVolume>[]>;
}

export interface ClusterArgs {
  /** The name that hosts and virtual machines refer to the cluster by. Default: the name of the resource. */
  name?: pulumi.Input<string>;
  /** The names of the hosts that are its nodes. Default: the hosts that name the cluster themselves. */
  nodes?: pulumi.Input<pulumi.Input<string>[]>;
  /** The cluster networks. Default: none are declared. */
  networks?: pulumi.Input<pulumi.Input<ClusterNetwork>[]>;
  /** The names of the cluster networks for live migration, the preferred one first. Default: none are declared. */
  liveMigrationNetworks?: pulumi.Input<pulumi.Input<string>[]>;
  /** The quorum configuration. Default: none is declared. */
  quorum?: pulumi.Input<Quorum>;
  /** The name of its Hyper-V Replica Broker, the cluster role that replication goes through. Default: it has none. */
  replicaBroker?: pulumi.Input<string>;
  /**
   * Whether anti-affinity is enforced (ClusterEnforcedAntiAffinity is 1): a virtual machine then stays off rather than run
   * beside another of its anti-affinity class. Default: not.
   */
  enforcedAntiAffinity?: pulumi.Input<boolean>;
  /**
   * The day on which the upgrade of its first node began, as `2026-11-01`, while it has nodes of two versions. Default: not
   * declared.
   */
  upgradeStarted?: pulumi.Input<string>;
  /** The drives of each node and the volumes of Storage Spaces Direct. Default: it has none. */
  storageSpacesDirect?: pulumi.Input<StorageSpacesDirect>;
  /**
   * The deployment of Azure Local: `hyperconverged`, `disaggregated` (storage of its own) or `lowCapacity`. Default: not
   * known, so that more nodes than a hyperconverged deployment may have are not judged.
   */
  deployment?: pulumi.Input<ClusterDeploymentText>;
  /** The intents of Network ATC. Default: none are declared. */
  intents?: pulumi.Input<pulumi.Input<NetworkIntent>[]>;
  /** The networks between the nodes for storage. Default: none are declared. */
  storageNetworks?: pulumi.Input<pulumi.Input<StorageNetwork>[]>;
  /** Whether the storage adapters of the nodes are connected without a switch. Default: not declared. */
  switchlessStorage?: pulumi.Input<boolean>;
  /** Whether Network ATC gives the storage adapters their addresses. Default: not declared. */
  automaticStorageAddresses?: pulumi.Input<boolean>;
  /** The zones of a rack aware cluster of Azure Local. Default: it is not rack aware. */
  zones?: pulumi.Input<pulumi.Input<Zone>[]>;
  /** The management networks with the addresses that the services of the cluster take. Default: none are declared. */
  infrastructureNetworks?: pulumi.Input<pulumi.Input<InfrastructureNetwork>[]>;
  /** The MAC addresses that its network controller gives to virtual machines. Default: none are declared. */
  macAddressPool?: pulumi.Input<AddressPool>;
  /** The security features that are turned on in every node. Default: none are declared. */
  security?: pulumi.Input<ClusterSecurity>;
}

/** A Windows failover cluster of Hyper-V hosts. It declares facts for the policy pack; nothing is created. */
export class Cluster extends pulumi.ComponentResource {
  public static readonly __pulumiType = "hyperv-guard:index:Cluster";

  /** The name that hosts and virtual machines refer to the cluster by. */
  public readonly name: pulumi.Output<string>;
  /** The names of the hosts that are its nodes, as declared. */
  public readonly nodes: pulumi.Output<string[] | undefined>;
  /** The cluster networks, as declared. */
  public readonly networks: pulumi.Output<ClusterNetwork[] | undefined>;
  /** The names of the cluster networks for live migration, the preferred one first. */
  public readonly liveMigrationNetworks: pulumi.Output<string[] | undefined>;
  /** The quorum configuration, as declared. */
  public readonly quorum: pulumi.Output<Quorum | undefined>;
  /** The name of its Hyper-V Replica Broker, as declared. */
  public readonly replicaBroker: pulumi.Output<string | undefined>;
  /** Whether anti-affinity is enforced, as declared. */
  public readonly enforcedAntiAffinity: pulumi.Output<boolean | undefined>;
  /** The day on which the upgrade began, as declared. */
  public readonly upgradeStarted: pulumi.Output<string | undefined>;
  /** The drives and volumes of Storage Spaces Direct, as declared. */
  public readonly storageSpacesDirect: pulumi.Output<StorageSpacesDirect | undefined>;
  /** The deployment of Azure Local, as declared. */
  public readonly deployment: pulumi.Output<string | undefined>;
  /** The intents of Network ATC, as declared. */
  public readonly intents: pulumi.Output<NetworkIntent[] | undefined>;
  /** The networks between the nodes for storage, as declared. */
  public readonly storageNetworks: pulumi.Output<StorageNetwork[] | undefined>;
  /** Whether the storage adapters of the nodes are connected without a switch, as declared. */
  public readonly switchlessStorage: pulumi.Output<boolean | undefined>;
  /** Whether Network ATC gives the storage adapters their addresses, as declared. */
  public readonly automaticStorageAddresses: pulumi.Output<boolean | undefined>;
  /** The zones of a rack aware cluster, as declared. */
  public readonly zones: pulumi.Output<Zone[] | undefined>;
  /** The management networks, as declared. */
  public readonly infrastructureNetworks: pulumi.Output<InfrastructureNetwork[] | undefined>;
  /** The MAC addresses that its network controller gives to virtual machines, as declared. */
  public readonly macAddressPool: pulumi.Output<AddressPool | undefined>;
  /** The security features that are turned on in every node, as declared. */
  public readonly security: pulumi.Output<ClusterSecurity | undefined>;
  /** Names of the inputs that are or contain a secret. The policy pack never prints the values of these. */
  public readonly secretInputs: pulumi.Output<string[] | undefined>;

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    const declared = declare(name, args);
    super(Cluster.__pulumiType, name, declared.properties, opts);
    this.name = declared.name;
    this.nodes = pulumi.output(args.nodes);
    this.networks = pulumi.output(args.networks);
    this.liveMigrationNetworks = pulumi.output(args.liveMigrationNetworks);
    this.quorum = pulumi.output(args.quorum);
    this.replicaBroker = pulumi.output(args.replicaBroker);
    this.enforcedAntiAffinity = pulumi.output(args.enforcedAntiAffinity);
    this.upgradeStarted = pulumi.output(args.upgradeStarted);
    this.storageSpacesDirect = pulumi.output(args.storageSpacesDirect);
    this.deployment = pulumi.output(args.deployment);
    this.intents = pulumi.output(args.intents);
    this.storageNetworks = pulumi.output(args.storageNetworks);
    this.switchlessStorage = pulumi.output(args.switchlessStorage);
    this.automaticStorageAddresses = pulumi.output(args.automaticStorageAddresses);
    this.zones = pulumi.output(args.zones);
    this.infrastructureNetworks = pulumi.output(args.infrastructureNetworks);
    this.macAddressPool = pulumi.output(args.macAddressPool);
    this.security = pulumi.output(args.security);
    this.secretInputs = declared.secretInputs;
    this.registerOutputs(declared.properties);
  }
}
