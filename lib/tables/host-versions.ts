import type { ClusterDeployment, GuestOs } from "../estate/model";
import type { Resolution } from "../estate/reader";
import { append, perObject } from "../text/collections";
import { nearest, quoted } from "../text/nearest";
import { alternatives } from "../text/words";
import data from "./host-versions.json";
import schema from "./host-versions.schema.json";
import { loadTable, once } from "./load";
import { describeGuestOs, editionName, isUnlisted, resolveOperatingSystem } from "./operating-systems";
import type { Provenance } from "./sources";

/** A version of Windows Server, Hyper-V Server or Azure Local that runs virtual machines. */
export interface HostVersion {
  readonly id: string;
  /** Id in operating-systems.json. */
  readonly product: string;
  /** Service packs of the product that are this version, 0 for the release to manufacturing. */
  readonly servicePacks: readonly number[];
  readonly name: string;
  /** Ids of editions in operating-systems.json that cannot be a host. */
  readonly editionsWithoutHyperV?: readonly string[];
}

/** What a host version can do, or cannot. */
export type CapabilityItem = "dynamicMemory" | "dynamicMemoryMinimum" | "generation2" | "vhdx" | "smb3Storage";

/** Exactly the listed host versions have it. */
export interface Capability extends Provenance {
  readonly item: CapabilityItem;
  readonly hosts: readonly string[];
}

export type LimitItem =
  | "logicalProcessors"
  | "virtualProcessorsPerLogicalProcessor"
  | "virtualProcessorsPerLogicalProcessorWindows7"
  | "virtualProcessors"
  | "memory"
  | "editionMemory"
  | "minimumMemory"
  | "parentReserve"
  | "virtualMachines"
  | "clusterNodes"
  | "clusterVirtualMachines"
  | "clusterVirtualMachinesPerNode"
  | "guestProcessors"
  | "guestMemory"
  | "vhdSize"
  | "vhdxSize"
  | "bootDiskSize"
  | "ideDisks"
  | "scsiControllers"
  | "scsiDisks"
  | "syntheticAdapters"
  | "legacyAdapters"
  | "fibreChannelAdapters"
  | "physicalCores"
  | "checkpoints";

export interface Limit extends Provenance {
  readonly item: LimitItem;
  readonly hosts: readonly string[];
  /** Without it the limit holds for both generations of virtual machines. */
  readonly generation?: 1 | 2;
  /** Ids of products in operating-systems.json: the limit holds only while every guest is one of them. */
  readonly guests?: readonly string[];
  /** Ids of editions in operating-systems.json: the limit holds only for hosts of one of them. */
  readonly editions?: readonly string[];
  /** The limit holds only for clusters that are deployed like this. */
  readonly deployment?: ClusterDeployment;
  /** null: the document states that there is no limit. */
  readonly value: number | null;
  /** MB and GB as Windows counts them, 1024-based. */
  readonly unit: "count" | "ratio" | "MB" | "GB";
}

export interface HostVersionsTable {
  readonly versions: readonly HostVersion[];
  readonly capabilities: readonly Capability[];
  readonly limits: readonly Limit[];
}

const shipped = once(() => readHostVersions(data));

/** @throws TableError when the data does not fit the table's schema. */
export function readHostVersions(source: unknown): HostVersionsTable {
  return loadTable<HostVersionsTable>("host-versions.json", source, schema);
}

export function hostVersions(table = shipped()): readonly HostVersion[] {
  return table.versions;
}

export function hostVersionName(id: string, table = shipped()): string {
  return table.versions.find((version) => version.id === id)?.name ?? id;
}

/** Whether a host version has a capability, and the row that states it. */
export interface HostCapability extends Capability {
  readonly available: boolean;
}

/** Every capability, whether the host version has it or not. */
export function capabilitiesOf(host: string, table = shipped()): readonly HostCapability[] {
  return table.capabilities.map((row) => ({ ...row, available: row.hosts.includes(host) }));
}

export function capabilityOf(host: string, item: CapabilityItem, table = shipped()): HostCapability | undefined {
  const rows = rowsByHost(table).get(host)?.capabilities ?? capabilitiesOf(host, table);
  return rows.find((row) => row.item === item);
}

/** The rows of each host version: rules ask for them once for every disk. */
const rowsByHost = perObject((table: HostVersionsTable) => {
  const rowsOf = (host: string) => {
    const limits = new Map<LimitItem, Limit[]>();
    for (const limit of limitsOf(host, table)) append(limits, limit.item, limit);
    return { limits, capabilities: capabilitiesOf(host, table) };
  };
  return new Map(table.versions.map(({ id }) => [id, rowsOf(id)]));
});

/**
 * The limit of a host version; undefined where no document states one. Where it differs by generation and none is
 * given, the more generous one: what exceeds that is wrong in any case.
 */
export function limitOf(host: string, item: LimitItem, generation?: number, table = shipped()): Limit | undefined {
  return mostGenerous(
    (rowsByHost(table).get(host)?.limits.get(item) ?? []).filter(
      (limit) => limit.generation === undefined || generation === undefined || limit.generation === generation,
    ),
  );
}

function mostGenerous(limits: readonly Limit[]): Limit | undefined {
  return limits.reduce<Limit | undefined>(
    (most, limit) => (most === undefined || allows(limit) > allows(most) ? limit : most),
    undefined,
  );
}

/** The limits of some number that only one kind of deployment has, each. */
export function limitsOfDeployments(host: string, item: LimitItem, table = shipped()): readonly Limit[] {
  const limits = rowsByHost(table).get(host)?.limits.get(item) ?? [];
  return limits.filter(({ deployment }) => deployment !== undefined);
}

/** The most nodes of a cluster; where its deployment is not known, what the most generous one allows. */
export function clusterNodesLimit(host: string, deployment?: ClusterDeployment, table = shipped()): Limit | undefined {
  return mostGenerous(
    limitsOf(host, table).filter(
      (limit) =>
        limit.item === "clusterNodes" &&
        (deployment === undefined || limit.deployment === undefined || limit.deployment === deployment),
    ),
  );
}

/** Every limit of a host version, in the order of the table. */
export function limitsOf(host: string, table = shipped()): readonly Limit[] {
  return table.limits.filter(({ hosts }) => hosts.includes(host));
}

/** What a limit allows, in its unit; Infinity when there is none. */
export function allows({ value }: Limit): number {
  return value ?? Infinity;
}

const LIMIT_NAMES: Readonly<Record<LimitItem, string>> = {
  logicalProcessors: "Logical processors of a host",
  virtualProcessorsPerLogicalProcessor: "Running virtual processors per logical processor",
  virtualProcessorsPerLogicalProcessorWindows7: "The same while every guest runs Windows 7",
  virtualProcessors: "Running virtual processors of a host",
  memory: "Memory of a host",
  editionMemory: "Memory of a host by its edition",
  minimumMemory: "Memory of a host, at least",
  parentReserve: "Memory that the parent partition keeps",
  virtualMachines: "Running virtual machines of a host",
  clusterNodes: "Nodes of a cluster",
  clusterVirtualMachines: "Running virtual machines of a cluster",
  clusterVirtualMachinesPerNode: "Running virtual machines of a cluster node",
  guestProcessors: "Virtual processors of a virtual machine",
  guestMemory: "Memory of a virtual machine",
  vhdSize: "Size of a virtual disk in VHD format",
  vhdxSize: "Size of a virtual disk in VHDX format",
  bootDiskSize: "Size of the startup disk of a virtual machine",
  ideDisks: "IDE disks of a virtual machine",
  scsiControllers: "SCSI controllers of a virtual machine",
  scsiDisks: "SCSI disks of a virtual machine",
  syntheticAdapters: "Network adapters of a virtual machine",
  legacyAdapters: "Legacy network adapters of a virtual machine",
  physicalCores: "Physical cores of a host",
  fibreChannelAdapters: "Virtual Fibre Channel adapters of a virtual machine",
  checkpoints: "Checkpoints of a virtual machine",
};

const CAPABILITY_NAMES: Readonly<Record<CapabilityItem, string>> = {
  dynamicMemory: "Dynamic memory",
  dynamicMemoryMinimum: "Minimum memory below the startup memory",
  generation2: "Virtual machines of generation 2",
  vhdx: "Virtual disks in VHDX format",
  smb3Storage: "Virtual disks on SMB 3.0 shares",
};

export function capabilityName(item: CapabilityItem): string {
  return CAPABILITY_NAMES[item];
}

/** `Memory of a virtual machine, generation 2`. */
export function limitName({ item, generation, editions, deployment }: Limit): string {
  const parts = [
    LIMIT_NAMES[item],
    ...(editions === undefined ? [] : [alternatives(editions.map((id) => editionName(id)))]),
    ...(generation === undefined ? [] : [`generation ${String(generation)}`]),
    ...(deployment === undefined ? [] : [describeDeployment(deployment)]),
  ];
  return parts.join(", ");
}

const DEPLOYMENTS: Readonly<Record<ClusterDeployment, string>> = {
  hyperconverged: "hyperconverged",
  disaggregated: "disaggregated",
  lowCapacity: "low capacity",
};

export function describeDeployment(deployment: ClusterDeployment): string {
  return DEPLOYMENTS[deployment];
}

/** How many virtual processors may run on a host, and the limit that states it. */
export interface ProcessorAllowance {
  readonly maximum: number;
  readonly limit: Limit;
}

/**
 * The smaller one of the ratio times the host's logical processors and the host's cap; the cap where both are the same,
 * since it holds whatever the hardware. On Windows Server 2008 R2 with
 * Service Pack 1 the ratio is higher while every guest runs Windows 7.
 */
export function processorAllowance(
  host: string,
  logicalProcessors: number,
  onlyWindows7: boolean,
  table = shipped(),
): ProcessorAllowance | undefined {
  const windows7 = onlyWindows7
    ? limitOf(host, "virtualProcessorsPerLogicalProcessorWindows7", undefined, table)
    : undefined;
  const ratio = windows7 ?? limitOf(host, "virtualProcessorsPerLogicalProcessor", undefined, table);
  const cap = limitOf(host, "virtualProcessors", undefined, table);
  const byRatio = ratio === undefined ? undefined : { maximum: allows(ratio) * logicalProcessors, limit: ratio };
  const byCap = cap === undefined ? undefined : { maximum: allows(cap), limit: cap };
  if (byRatio === undefined || byCap === undefined) return byRatio ?? byCap;
  return byRatio.maximum < byCap.maximum ? byRatio : byCap;
}

/** A limit's value with its unit, as documents print it: `1,024`, `64 GB`, `8:1`, `no limit`. */
export function describeLimit({ value, unit }: Limit): string {
  if (value === null) return "no limit";
  if (unit === "ratio") return `${String(value)}:1`;
  return unit === "count" ? grouped(value) : describeSize(value, unit);
}

/** A size in the largest unit that leaves a whole number: 1048576 MB are `1 TB`, 2040 GB stay `2,040 GB`. */
export function describeSize(value: number, unit: "MB" | "GB"): string {
  const units = ["MB", "GB", "TB", "PB"];
  let index = units.indexOf(unit);
  let size = value;
  for (; size > 0 && size % 1024 === 0 && index < units.length - 1; index++) size /= 1024;
  return `${grouped(size)} ${units[index] ?? unit}`;
}

/** Made for the first number that is shown: it loads the data of a language, which takes as long as 100 modules. */
const format = once(() => new Intl.NumberFormat("en-US"));

/** With commas, as in `1,024`. */
export function grouped(number: number): string {
  return format().format(number);
}

/** A host's operating system as far as it was written down. */
export interface HostSystem {
  /** Id of a host version. */
  readonly version: string;
  /** Id of an edition in operating-systems.json. */
  readonly edition?: string;
}

/** Reads the name of a host's operating system as people write it. */
export function resolveHost(
  text: string,
  table = shipped(),
  resolve: (text: string) => Resolution<GuestOs> = resolveOperatingSystem,
): Resolution<HostSystem> {
  const resolution = resolve(text);
  const unresolved = (problem: string): Resolution<HostSystem> => {
    const names = nearest(
      text,
      table.versions.map(({ name }) => name),
    );
    return { resolved: false, problem, allowed: `a name such as ${quoted(names)}` };
  };
  if (!resolution.resolved || isUnlisted(resolution.value)) {
    return unresolved("no Hyper-V host version in the support tables has this name");
  }
  const { product, servicePack, edition, architecture } = resolution.value;
  const version = table.versions.find((row) => row.product === product && row.servicePacks.includes(servicePack));
  const system = describeGuestOs(resolution.value);
  if (version === undefined) {
    return unresolved(`${system} is not a Hyper-V host version in the support tables`);
  }
  if (edition !== undefined && version.editionsWithoutHyperV?.includes(edition) === true) {
    return unresolved(`${system} is an edition without Hyper-V`);
  }
  if (architecture !== undefined && architecture !== HOST_ARCHITECTURE) {
    return unresolved(`Hyper-V has no ${architecture} hosts`);
  }
  return { resolved: true, value: { version: version.id, ...(edition === undefined ? {} : { edition }) } };
}

/** The architecture of every version of Windows Server with Hyper-V. */
const HOST_ARCHITECTURE = "x64";

/** The same for who needs the id of the host version alone. */
export function resolveHostVersion(
  ...[text, table, resolve]: Parameters<typeof resolveHost>
): Resolution<HostSystem["version"]> {
  const resolution = resolveHost(text, table, resolve);
  return resolution.resolved ? { resolved: true, value: resolution.value.version } : resolution;
}
