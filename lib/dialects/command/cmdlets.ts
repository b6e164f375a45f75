import { isPlainArray, UNKNOWN, type Plain, type PlainObject } from "../../estate/plain";
import { readNumber } from "../../powershell/numbers";

/** How a cmdlet takes its arguments, as far as it matters: every switch is listed, and every parameter that is read. */
export interface Cmdlet {
  readonly name: string;
  /** What it is about, if that has a name already or gets one. */
  readonly subject: SubjectKind | undefined;
  /** Parameters that may go without their names, in order. */
  readonly positional: readonly string[];
  readonly parameters: readonly string[];
  readonly switches: readonly string[];
  readonly aliases: Readonly<Record<string, string>>;
}

export type SubjectKind = "virtualMachine" | "clusterGroup" | "clusterNetwork";

/** Aliases that Windows has by itself, in lower case. */
export const ALIASES: ReadonlyMap<string, string> = new Map([
  ["%", "foreach-object"],
  ["foreach", "foreach-object"],
  ["?", "where-object"],
  ["where", "where-object"],
  ["echo", "write-output"],
  ["write", "write-output"],
  ["icm", "invoke-command"],
  ["iex", "invoke-expression"],
  ["sal", "set-alias"],
  ["nal", "new-alias"],
  ["sort", "sort-object"],
  ["tee", "tee-object"],
  ["gvm", "get-vm"],
  ["update-vmconfigurationversion", "update-vmversion"],
]);

/** An argument with its value. */
export interface Given<T> {
  readonly parameter?: string;
  readonly value?: T;
}

/** The arguments of a call by parameter; those whose parameter is not known are left out. */
export type BoundParameters<T> = ReadonlyMap<string, T | true>;

const COMMON_SWITCHES = ["AsJob", "Confirm", "Debug", "Force", "Passthru", "Verbose", "WhatIf"];
const COMMON_PARAMETERS = ["CimSession", "ComputerName", "Credential", "ErrorAction", "WarningAction"];
const COMMON_ALIASES = {
  cf: "Confirm",
  db: "Debug",
  ea: "ErrorAction",
  vb: "Verbose",
  wa: "WarningAction",
  wi: "WhatIf",
};

/** Parameters that take numbers. */
const NUMBERS: ReadonlySet<string> = new Set(
  (
    "MemoryStartupBytes MemoryMinimumBytes MemoryMaximumBytes NewVHDSizeBytes Generation ProcessorCount Count " +
    "StartupBytes MinimumBytes MaximumBytes Buffer SizeBytes DiskNumber SourceDisk VlanId ReplicationFrequencySec RecoveryHistory " +
    "Maximum Reserve RelativeWeight MaximumCountPerNumaNode MaximumCountPerNumaSocket MaximumAmountPerNumaNodeBytes IovWeight " +
    "MaximumBandwidth MinimumBandwidthAbsolute MinimumBandwidthWeight MaximumIOPS MinimumIOPS"
  ).split(" "),
);

/** Parameters that take a boolean. */
const FLAGS: ReadonlySet<string> = new Set(
  (
    "DynamicMemoryEnabled AllowManagementOS EnableEmbeddedTeaming EnableIov EnablePacketDirect IsLegacy " +
    "AutomaticCheckpointsEnabled CompressionEnabled AutoResynchronizeEnabled CompatibilityForMigrationEnabled " +
    "ExposeVirtualizationExtensions"
  ).split(" "),
);

/** Parameters that take lists, of which one item may stand for itself. */
const LISTS: ReadonlySet<string> = new Set([
  "New-VHD.Path",
  "Resize-VHD.Path",
  "New-VMSwitch.NetAdapterName",
  "New-VMSwitch.NetAdapterInterfaceDescription",
  "New-NetLbfoTeam.TeamMembers",
  "New-Cluster.Node",
  "Enable-VMIntegrationService.Name",
  "Disable-VMIntegrationService.Name",
]);

/** A value as it is read from a parameter. */
export function asArgument(cmdlet: Cmdlet, parameter: string, value: Plain): Plain {
  if (NUMBERS.has(parameter)) return typeof value === "string" ? (readNumber(value.trim()) ?? value) : value;
  if (FLAGS.has(parameter) || isSwitch(cmdlet, parameter)) return asFlag(value);
  return LISTS.has(`${cmdlet.name}.${parameter}`) ? asList(asText(value)) : asText(value);
}

/** PowerShell takes a number for a boolean: 0 is false. */
export function asFlag(value: Plain): Plain {
  const number = typeof value === "string" ? readNumber(value.trim()) : value;
  return typeof number === "number" ? number !== 0 : value;
}

/** PowerShell takes a number for a text. */
function asText(value: Plain): Plain {
  if (isPlainArray(value)) return value.map(asText);
  return typeof value === "number" ? String(value) : value;
}

/** PowerShell takes one value for a list of one. */
export function asList(value: Plain): Plain {
  return value === UNKNOWN || value === null || isPlainArray(value) ? value : [value];
}

/**
 * Binds arguments to parameters as PowerShell does: names may be shortened, a switch takes no value, and what has no name
 * goes by its position.
 */
export function bind<T>(cmdlet: Cmdlet, given: readonly Given<T>[]): BoundParameters<T> {
  const bound = new Map<string, T | true>();
  const unnamed: T[] = [];
  for (let index = 0; index < given.length; index++) {
    const { parameter, value } = given[index] ?? {};
    if (parameter === undefined) {
      if (value !== undefined) unnamed.push(value);
      continue;
    }
    const name = parameterOf(cmdlet, parameter);
    if (value !== undefined) {
      if (name !== undefined) bound.set(name, value);
    } else if (name !== undefined && isSwitch(cmdlet, name)) bound.set(name, true);
    else {
      const next = given[index + 1];
      if (next?.parameter !== undefined || next?.value === undefined) continue;
      if (name !== undefined) bound.set(name, next.value);
      index++;
    }
  }
  const free = cmdlet.positional.filter((name) => !bound.has(name));
  for (const [index, value] of unnamed.entries()) {
    const name = free[index];
    if (name !== undefined) bound.set(name, value);
  }
  return bound;
}

/** The parameter that a name means, which may be an alias or a beginning that only one parameter has. */
export function parameterOf(
  { positional, parameters, switches, aliases }: Cmdlet,
  written: string,
): string | undefined {
  const names = [...positional, ...parameters, ...switches, ...COMMON_SWITCHES, ...COMMON_PARAMETERS];
  const short = { ...COMMON_ALIASES, ...aliases };
  const text = written.toLowerCase();
  const exact = names.find((name) => name.toLowerCase() === text);
  if (exact !== undefined) return exact;
  const alias = Object.entries(short).find(([name]) => name.toLowerCase() === text);
  if (alias !== undefined) return alias[1];
  const beginning = new Set(
    [...names.map((name) => [name, name] as const), ...Object.entries(short)].flatMap(([name, means]) =>
      name.toLowerCase().startsWith(text) ? [means] : [],
    ),
  );
  return beginning.size === 1 ? [...beginning][0] : undefined;
}

function isSwitch({ switches }: Cmdlet, name: string): boolean {
  return switches.includes(name) || COMMON_SWITCHES.includes(name);
}

/** Every parameter of a cmdlet, none of which is known when they come from a table that is not. */
export function allUnknown({ positional, parameters }: Cmdlet): PlainObject {
  return Object.fromEntries([...positional, ...parameters].map((name) => [name, UNKNOWN]));
}

function cmdlet(
  name: string,
  positional: string,
  parameters: string,
  switches = "",
  aliases: Readonly<Record<string, string>> = {},
): readonly [string, Cmdlet] {
  const words = (text: string): readonly string[] => text.split(" ").filter((word) => word !== "");
  return [
    name.toLowerCase(),
    {
      name,
      subject: SUBJECTS.has(name) ? SUBJECTS.get(name) : "virtualMachine",
      positional: words(positional),
      parameters: words(parameters),
      switches: words(switches),
      aliases,
    },
  ];
}

/** What cmdlets are about that are about no virtual machine. */
const SUBJECTS: ReadonlyMap<string, SubjectKind | undefined> = new Map<string, SubjectKind | undefined>([
  ["New-VHD", undefined],
  ["Convert-VHD", undefined],
  ["Resize-VHD", undefined],
  ["New-VMSwitch", undefined],
  ["New-NetLbfoTeam", undefined],
  ["New-Cluster", undefined],
  ["New-ClusterAffinityRule", undefined],
  ["Add-ClusterGroupToAffinityRule", "clusterGroup"],
  ["Get-ClusterGroup", "clusterGroup"],
  ["Get-ClusterNetwork", "clusterNetwork"],
]);

/** The cmdlets that are read, by their names in lower case. */
export const CMDLETS: ReadonlyMap<string, Cmdlet> = new Map([
  cmdlet(
    "New-VM",
    "Name MemoryStartupBytes Generation",
    "BootDevice SwitchName NewVHDPath NewVHDSizeBytes Path VHDPath Version",
    "NoVHD Prerelease",
    { VMName: "Name" },
  ),
  cmdlet("Remove-VM", "Name", "VM", "", { VMName: "Name" }),
  cmdlet("Get-VM", "Name", "Id ClusterObject VM", "", { VMName: "Name" }),
  cmdlet(
    "Set-VM",
    "Name",
    "VM ProcessorCount MemoryMinimumBytes MemoryMaximumBytes MemoryStartupBytes AutomaticStartAction AutomaticStopAction " +
      "AutomaticStartDelay AutomaticCriticalErrorAction AutomaticCriticalErrorActionTimeout AutomaticCheckpointsEnabled " +
      "LockOnDisconnect Notes NewVMName SnapshotFileLocation SmartPagingFilePath CheckpointType GuestControlledCacheTypes " +
      "LowMemoryMappedIoSpace HighMemoryMappedIoSpace",
    "DynamicMemory StaticMemory AllowUnverifiedPaths",
    { VMName: "Name" },
  ),
  cmdlet(
    "Set-VMProcessor",
    "VMName",
    "VM Count CompatibilityForMigrationEnabled CompatibilityForMigrationMode CompatibilityForOlderOperatingSystemsEnabled " +
      "HwThreadCountPerCore Maximum " +
      "Reserve RelativeWeight MaximumCountPerNumaNode MaximumCountPerNumaSocket ResourcePoolName " +
      "EnableHostResourceProtection ExposeVirtualizationExtensions",
  ),
  cmdlet(
    "Set-VMMemory",
    "VMName",
    "VM Buffer DynamicMemoryEnabled MaximumBytes StartupBytes MinimumBytes Priority MaximumAmountPerNumaNodeBytes " +
      "ResourcePoolName",
  ),
  cmdlet(
    "New-VHD",
    "Path SizeBytes",
    "ParentPath BlockSizeBytes LogicalSectorSizeBytes PhysicalSectorSizeBytes SourceDisk",
    "Dynamic Fixed Differencing",
    { Number: "SourceDisk" },
  ),
  cmdlet("Convert-VHD", "Path DestinationPath", "VHDType ParentPath BlockSizeBytes", "DeleteSource"),
  cmdlet("Resize-VHD", "Path SizeBytes", "", "ToMinimumSize"),
  cmdlet(
    "Add-VMHardDiskDrive",
    "VMName ControllerType ControllerNumber ControllerLocation Path",
    "VM DiskNumber ResourcePoolName MaximumIOPS MinimumIOPS QoSPolicyID QoSPolicy OverrideCacheAttributes",
    "SupportPersistentReservations AllowUnverifiedPaths",
    { Number: "DiskNumber", ShareVirtualDisk: "SupportPersistentReservations" },
  ),
  cmdlet(
    "New-VMSwitch",
    "Name",
    "NetAdapterName NetAdapterInterfaceDescription SwitchType AllowManagementOS Notes MinimumBandwidthMode EnableIov " +
      "EnablePacketDirect EnableEmbeddedTeaming",
    "",
    { SwitchName: "Name", InterfaceAlias: "NetAdapterName", InterfaceDescription: "NetAdapterInterfaceDescription" },
  ),
  cmdlet(
    "New-NetLbfoTeam",
    "Name TeamMembers",
    "TeamNicName TeamingMode LoadBalancingAlgorithm LacpTimer ThrottleLimit",
  ),
  cmdlet(
    "Add-VMNetworkAdapter",
    "VMName",
    "VM SwitchName IsLegacy Name StaticMacAddress ResourcePoolName DeviceNaming",
    "ManagementOS DynamicMacAddress",
    { VMNetworkAdapterName: "Name" },
  ),
  cmdlet(
    "Set-VMNetworkAdapter",
    "VMName",
    "VM VMNetworkAdapter Name StaticMacAddress MacAddressSpoofing DhcpGuard RouterGuard PortMirroring IeeePriorityTag " +
      "VmqWeight IovQueuePairsRequested IovInterruptModeration IovWeight IPsecOffloadMaximumSecurityAssociation " +
      "MaximumBandwidth MinimumBandwidthAbsolute MinimumBandwidthWeight MandatoryFeatureId ResourcePoolName " +
      "TestReplicaPoolName TestReplicaSwitchName VirtualSubnetId AllowTeaming NotMonitoredInCluster StormLimit " +
      "DynamicIPAddressLimit DeviceNaming FixSpeed10G PacketDirectNumProcs PacketDirectModerationCount " +
      "PacketDirectModerationInterval VrssEnabled VmmqEnabled VmmqQueuePairs",
    "ManagementOS DynamicMacAddress",
    { VMNetworkAdapterName: "Name" },
  ),
  cmdlet("Get-VMNetworkAdapter", "VMName Name", "VM", "All ManagementOS IsLegacy", { VMNetworkAdapterName: "Name" }),
  cmdlet(
    "Set-VMNetworkAdapterVlan",
    "VMName",
    "VM VMNetworkAdapter VMNetworkAdapterName VlanId NativeVlanId AllowedVlanIdList PrimaryVlanId SecondaryVlanId " +
      "SecondaryVlanIdList",
    "Access Trunk Untagged Isolated Community Promiscuous ManagementOS",
    { AccessVlanId: "VlanId", a: "Access", c: "Community", i: "Isolated", p: "Promiscuous", t: "Trunk", u: "Untagged" },
  ),
  cmdlet("Connect-VMNetworkAdapter", "VMName SwitchName", "Name VMNetworkAdapter VMSwitch", "UseAutomaticConnection", {
    VMNetworkAdapterName: "Name",
  }),
  cmdlet("Remove-VMNetworkAdapter", "VMName", "VM Name VMNetworkAdapter SwitchName", "ManagementOS", {
    VMNetworkAdapterName: "Name",
  }),
  cmdlet("Remove-VMHardDiskDrive", "VMName ControllerType ControllerNumber ControllerLocation", "VM VMHardDiskDrive"),
  cmdlet(
    "Set-VMFirmware",
    "VMName",
    "VM VMFirmware EnableSecureBoot SecureBootTemplate SecureBootTemplateId BootOrder FirstBootDevice " +
      "PreferredNetworkBootProtocol ConsoleMode PauseAfterBootFailure",
  ),
  cmdlet("Get-VMFirmware", "VMName", "VM"),
  cmdlet("Get-VMProcessor", "VMName", "VM"),
  cmdlet("Get-VMMemory", "VMName", "VM"),
  cmdlet("Get-VMDvdDrive", "VMName ControllerNumber ControllerLocation", "VM VMDriveController"),
  cmdlet("Enable-VMTPM", "VMName", "VM"),
  cmdlet("Disable-VMTPM", "VMName", "VM"),
  cmdlet("Update-VMVersion", "Name", "VM", "", { VMName: "Name" }),
  cmdlet(
    "Add-VMDvdDrive",
    "VMName ControllerNumber ControllerLocation Path",
    "VM VMDriveController ResourcePoolName",
    "AllowUnverifiedPaths",
  ),
  cmdlet(
    "Set-VMDvdDrive",
    "VMName ControllerNumber ControllerLocation Path",
    "VMDvdDrive ToControllerNumber ToControllerLocation ResourcePoolName",
    "AllowUnverifiedPaths",
  ),
  cmdlet("Remove-VMDvdDrive", "VMName ControllerNumber ControllerLocation", "VMDvdDrive"),
  cmdlet(
    "Add-VMGpuPartitionAdapter",
    "VMName",
    "VM InstancePath MinPartitionVRAM MaxPartitionVRAM OptimalPartitionVRAM MinPartitionEncode MaxPartitionEncode " +
      "OptimalPartitionEncode MinPartitionDecode MaxPartitionDecode OptimalPartitionDecode MinPartitionCompute " +
      "MaxPartitionCompute OptimalPartitionCompute",
  ),
  cmdlet("Remove-VMGpuPartitionAdapter", "VMName", "VM VMGpuPartitionAdapter AdapterId"),
  cmdlet(
    "Enable-VMReplication",
    "VMName ReplicaServerName ReplicaServerPort AuthenticationType",
    "VM CertificateThumbprint CompressionEnabled ReplicateHostKvpItems BypassProxyServer " +
      "EnableWriteOrderPreservationAcrossDisks VSSSnapshotFrequencyHour RecoveryHistory ReplicationFrequencySec ExcludedVhd " +
      "ExcludedVhdPath AutoResynchronizeEnabled AutoResynchronizeIntervalStart AutoResynchronizeIntervalEnd " +
      "AllowedPrimaryServer",
    "AsReplica",
    {
      Name: "VMName",
      RepFreq: "ReplicationFrequencySec",
      RecHist: "RecoveryHistory",
      ReplicaServer: "ReplicaServerName",
    },
  ),
  cmdlet("Enable-VMIntegrationService", "Name VMName", "VM VMIntegrationService"),
  cmdlet("Disable-VMIntegrationService", "Name VMName", "VM VMIntegrationService"),
  cmdlet("Add-ClusterVirtualMachineRole", "VMName", "Name VirtualMachine VMId InputObject Cluster", "", {
    VM: "VirtualMachine",
  }),
  cmdlet("Get-ClusterGroup", "Name", "InputObject Cluster VMId"),
  cmdlet("Get-ClusterNetwork", "Name", "InputObject Cluster"),
  cmdlet("New-ClusterAffinityRule", "Name RuleType", "Cluster"),
  cmdlet("Add-ClusterGroupToAffinityRule", "Groups Name", "InputObject Cluster"),
  cmdlet(
    "New-Cluster",
    "Name",
    "Node StaticAddress IgnoreNetwork AdministrativeAccessPoint ManagementPointNetworkType",
    "NoStorage S2D",
    { aap: "AdministrativeAccessPoint" },
  ),
]);
