import * as pulumi from "@pulumi/pulumi";
import { declare } from "./declaration";
import type { Bmc, EsxHost, SelfServicePortal, VmmMachine, VmmPort } from "./vmm-server-parts";

export interface VmmServerArgs {
  /** The name that firewalls refer to the server by. Default: the name of the resource. */
  name?: pulumi.Input<string>;
  /**
   * The version with its service pack, as people write it, for example `VMM 2012`, `SCVMM 2008 R2 SP1` or `VMM 2022`.
   */
  version: pulumi.Input<string>;
  /**
   * The name of the computer that it runs on, by which firewalls may refer to it too. Default: the name of the server.
   */
  host?: pulumi.Input<string>;
  /** The IP address of that computer. Default: not declared. */
  address?: pulumi.Input<string>;
  /** The computer with the database, when it is another one. Default: none. */
  sqlServer?: pulumi.Input<string>;
  /** Library servers. Default: none are declared. */
  libraryServers?: pulumi.Input<pulumi.Input<string>[]>;
  /** Windows Server-based hosts with the VMM agent. Default: none are declared. */
  managedHosts?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Those hosts in an untrusted domain or a perimeter network that send files themselves (VMM 2016 and later). Default:
   * none are declared.
   */
  perimeterHosts?: pulumi.Input<pulumi.Input<string>[]>;
  /** Windows file servers that VMM manages (VMM 2016 and later). Default: none are declared. */
  fileServers?: pulumi.Input<pulumi.Input<string>[]>;
  /** Virtual machines with the VMM agent in the guest, as service templates install it. Default: none are declared. */
  guestAgents?: pulumi.Input<pulumi.Input<string>[]>;
  /** Computers with the VMM console (Administrator Console). Default: none are declared. */
  consoles?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Computers from which people open virtual machines: by VMConnect through their hosts, by Remote Desktop, or by VMRC.
   * Default: none are declared.
   */
  clients?: pulumi.Input<pulumi.Input<string>[]>;
  /** Virtual machines that the clients reach by Remote Desktop. Default: none are declared. */
  virtualMachines?: pulumi.Input<pulumi.Input<string>[]>;
  /** Hosts with Virtual Server 2005 (VMM 2008). Default: none are declared. */
  virtualServerHosts?: pulumi.Input<pulumi.Input<string>[]>;
  /** The Self-Service Portal (up to VMM 2012). Default: none. */
  selfServicePortal?: pulumi.Input<SelfServicePortal>;
  /** Load balancers that VMM configures. Default: none are declared. */
  loadBalancers?: pulumi.Input<pulumi.Input<string>[]>;
  /** WSUS servers. Default: none are declared. */
  wsusServers?: pulumi.Input<pulumi.Input<string>[]>;
  /** Citrix XenServer hosts (VMM 2012). Default: none are declared. */
  xenServers?: pulumi.Input<pulumi.Input<string>[]>;
  /** VMware vCenter (VirtualCenter) servers. Default: none are declared. */
  vcenterServers?: pulumi.Input<pulumi.Input<string>[]>;
  /** VMware ESX and ESXi hosts. Default: none are declared. */
  esxHosts?: pulumi.Input<pulumi.Input<EsxHost>[]>;
  /** Physical computers that are converted to virtual machines (P2V). Default: none are declared. */
  p2vSources?: pulumi.Input<pulumi.Input<string>[]>;
  /** PXE servers with Windows Deployment Services (VMM 2012 and later). Default: none are declared. */
  pxeServers?: pulumi.Input<pulumi.Input<string>[]>;
  /** Computers that start Windows PE to become hosts (VMM 2012 and later). Default: none are declared. */
  windowsPeHosts?: pulumi.Input<pulumi.Input<string>[]>;
  /** Baseboard management controllers, for out-of-band management (VMM 2012 and later). Default: none are declared. */
  bmcs?: pulumi.Input<pulumi.Input<Bmc>[]>;
  /** SMI-S providers of storage (VMM 2012 and later). Their port is declared in `ports`. Default: none are declared. */
  smisProviders?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * The port for file transfers by BITS, 1 to 65535, where it is not the default of 443. From host to host, VMM 2008 R2
   * has port 30443 whatever this value is. Default: as the version has it.
   */
  bitsPort?: pulumi.Input<number>;
  /** Further ports that are not the default. Default: as the version has them. */
  ports?: pulumi.Input<pulumi.Input<VmmPort>[]>;
  /**
   * What firewalls identify the computers above by, besides their names: addresses and security groups. Default: their names
   * alone.
   */
  machines?: pulumi.Input<pulumi.Input<VmmMachine>[]>;
}

/**
 * A server of System Center Virtual Machine Manager, and the computers that it connects to, or that connect to it: each by
 * its name or its IP address. It declares facts for the policy pack; nothing is created.
 */
export class VmmServer extends pulumi.ComponentResource {
  public static readonly __pulumiType = "hyperv-guard:index:VmmServer";

  /** The name that firewalls refer to the server by. */
  public readonly name: pulumi.Output<string>;
  /** The version with its service pack, as declared. */
  public readonly version: pulumi.Output<string>;
  /** The name of the computer that it runs on, as declared. */
  public readonly host: pulumi.Output<string | undefined>;
  /** The IP address of that computer, as declared. */
  public readonly address: pulumi.Output<string | undefined>;
  /** The computer with the database, as declared. */
  public readonly sqlServer: pulumi.Output<string | undefined>;
  /** Library servers, as declared. */
  public readonly libraryServers: pulumi.Output<string[] | undefined>;
  /** Windows Server-based hosts with the VMM agent, as declared. */
  public readonly managedHosts: pulumi.Output<string[] | undefined>;
  /** Hosts in an untrusted domain or a perimeter network, as declared. */
  public readonly perimeterHosts: pulumi.Output<string[] | undefined>;
  /** Windows file servers, as declared. */
  public readonly fileServers: pulumi.Output<string[] | undefined>;
  /** Virtual machines with the VMM agent in the guest, as declared. */
  public readonly guestAgents: pulumi.Output<string[] | undefined>;
  /** Computers with the VMM console, as declared. */
  public readonly consoles: pulumi.Output<string[] | undefined>;
  /** Computers from which people open virtual machines, as declared. */
  public readonly clients: pulumi.Output<string[] | undefined>;
  /** Virtual machines that the clients reach by Remote Desktop, as declared. */
  public readonly virtualMachines: pulumi.Output<string[] | undefined>;
  /** Hosts with Virtual Server 2005, as declared. */
  public readonly virtualServerHosts: pulumi.Output<string[] | undefined>;
  /** The Self-Service Portal, as declared. */
  public readonly selfServicePortal: pulumi.Output<SelfServicePortal | undefined>;
  /** Load balancers that VMM configures, as declared. */
  public readonly loadBalancers: pulumi.Output<string[] | undefined>;
  /** WSUS servers, as declared. */
  public readonly wsusServers: pulumi.Output<string[] | undefined>;
  /** Citrix XenServer hosts, as declared. */
  public readonly xenServers: pulumi.Output<string[] | undefined>;
  /** VMware vCenter servers, as declared. */
  public readonly vcenterServers: pulumi.Output<string[] | undefined>;
  /** VMware ESX and ESXi hosts, as declared. */
  public readonly esxHosts: pulumi.Output<EsxHost[] | undefined>;
  /** Physical computers that are converted, as declared. */
  public readonly p2vSources: pulumi.Output<string[] | undefined>;
  /** PXE servers, as declared. */
  public readonly pxeServers: pulumi.Output<string[] | undefined>;
  /** Computers that start Windows PE, as declared. */
  public readonly windowsPeHosts: pulumi.Output<string[] | undefined>;
  /** Baseboard management controllers, as declared. */
  public readonly bmcs: pulumi.Output<Bmc[] | undefined>;
  /** SMI-S providers of storage, as declared. */
  public readonly smisProviders: pulumi.Output<string[] | undefined>;
  /** The port for file transfers by BITS, as declared. */
  public readonly bitsPort: pulumi.Output<number | undefined>;
  /** Further ports that are not the default, as declared. */
  public readonly ports: pulumi.Output<VmmPort[] | undefined>;
  /** Addresses and security groups of computers, as declared. */
  public readonly machines: pulumi.Output<VmmMachine[] | undefined>;
  /** Names of the inputs that are or contain a secret. The policy pack never prints the values of these. */
  public readonly secretInputs: pulumi.Output<string[] | undefined>;

  constructor(name: string, args: VmmServerArgs, opts?: pulumi.ComponentResourceOptions) {
    const declared = declare(name, args);
    super(VmmServer.__pulumiType, name, declared.properties, opts);
    this.name = declared.name;
    this.version = pulumi.output(args.version);
    this.host = pulumi.output(args.host);
    this.address = pulumi.output(args.address);
    this.sqlServer = pulumi.output(args.sqlServer);
    this.libraryServers = pulumi.output(args.libraryServers);
    this.managedHosts = pulumi.output(args.managedHosts);
    this.perimeterHosts = pulumi.output(args.perimeterHosts);
    this.fileServers = pulumi.output(args.fileServers);
    this.guestAgents = pulumi.output(args.guestAgents);
    this.consoles = pulumi.output(args.consoles);
    this.clients = pulumi.output(args.clients);
    this.virtualMachines = pulumi.output(args.virtualMachines);
    this.virtualServerHosts = pulumi.output(args.virtualServerHosts);
    this.selfServicePortal = pulumi.output(args.selfServicePortal);
    this.loadBalancers = pulumi.output(args.loadBalancers);
    this.wsusServers = pulumi.output(args.wsusServers);
    this.xenServers = pulumi.output(args.xenServers);
    this.vcenterServers = pulumi.output(args.vcenterServers);
    this.esxHosts = pulumi.output(args.esxHosts);
    this.p2vSources = pulumi.output(args.p2vSources);
    this.pxeServers = pulumi.output(args.pxeServers);
    this.windowsPeHosts = pulumi.output(args.windowsPeHosts);
    this.bmcs = pulumi.output(args.bmcs);
    this.smisProviders = pulumi.output(args.smisProviders);
    this.bitsPort = pulumi.output(args.bitsPort);
    this.ports = pulumi.output(args.ports);
    this.machines = pulumi.output(args.machines);
    this.secretInputs = declared.secretInputs;
    this.registerOutputs(declared.properties);
  }
}
