import type { DiskFormat, DiskPurpose, GuestOs } from "../estate/model";
import type { Resolution } from "../estate/reader";
import { nearest, quoted } from "../text/nearest";
import { covers, type Coverage } from "./coverage";
import data from "./exchange.json";
import schema from "./exchange.schema.json";
import { loadTable, once } from "./load";
import type { Confidence } from "./sources";

interface AliasedRow {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

export interface ExchangeRole extends AliasedRow {
  /** Ids of the versions that have the role. */
  readonly versions: readonly string[];
}

/** What a document states about some versions. */
export interface ExchangeStatement {
  readonly versions: readonly string[];
  /** The document's own strength, in a sentence. */
  readonly statement: string;
  readonly source: string;
  readonly confidence: Confidence;
  readonly note?: string;
}

/** What a document states about some versions on one topic. */
export interface TopicStatement extends ExchangeStatement {
  readonly topic: ExchangeTopic;
}

export type ExchangeTopic =
  | "dynamicMemory"
  | "dagAntiAffinity"
  | "clientAccessSpread"
  | "hubTransportSpread"
  | "roleSpread"
  | "roleBalance"
  | "checkpoints"
  | "dedicatedHost"
  | "savedState"
  | "clusteredGroup"
  | "unifiedMessaging"
  | "unifiedMessagingCores"
  | "groupMembers";

/** What a document states about Exchange on a kind of virtual disk. */
export interface VirtualDiskSupport extends ExchangeStatement {
  readonly type: "fixed" | "dynamic" | "differencing";
  readonly format: DiskFormat;
  readonly supported: boolean;
}

/**
 * `fixedOnSmb`, `dynamicOnSmb`: virtual disks on an SMB 3.0 share; `filesOnSmb`: Exchange's own files on a share; `nfs`:
 * anything on an NFS share.
 */
export type StorageKind = "passThrough" | "iscsi" | "fixedOnSmb" | "dynamicOnSmb" | "filesOnSmb" | "nfs";

/** What a document states about Exchange data on a kind of storage. */
export interface StorageSupport extends ExchangeStatement {
  readonly storage: StorageKind;
  readonly supported: boolean;
}

/** What lies on other storage than the guest's operating system. */
export interface SeparateStorage extends ExchangeStatement {
  readonly purposes: readonly DiskPurpose[];
}

/** What a server of a role needs space for. */
export interface RoleStorage extends ExchangeStatement {
  readonly role: string;
  readonly purposes: readonly DiskPurpose[];
}

export type FigureItem =
  | "processorRatio"
  | "processorRatioRecommended"
  | "hostProcessors"
  | "operatingSystemDisk"
  | "installationDrive"
  | "systemDrive"
  | "unifiedMessagingProcessors"
  | "processorsMinimum"
  | "processorsMaximum"
  | "memoryMinimum"
  | "memoryMaximum"
  | "availabilityGroupMembers";

export interface Figure extends ExchangeStatement {
  readonly item: FigureItem;
  /** Ids of roles; without it the figure holds for every role. */
  readonly roles?: readonly string[];
  readonly value: number;
  readonly unit: "ratio" | "count" | "GB" | "MB";
  readonly strength: "required" | "recommended";
}

/** The size of the paging file that a document requires. */
export interface PagingFile extends ExchangeStatement {
  /** Of the memory. */
  readonly memoryPercent: number;
  readonly addedMB: number;
  /** Without it the paging file grows with the memory. */
  readonly maximumMB?: number;
}

interface GuestSystem extends Coverage {
  readonly product: string;
}

/** The guest operating systems that a version runs on. */
export interface ExchangeGuests extends ExchangeStatement {
  readonly guests: readonly GuestSystem[];
}

/** Host versions on which a document states something about some versions of Exchange. */
export interface ExchangeHosts extends ExchangeStatement {
  readonly hosts: readonly string[];
}

/** The words that names of roles and features begin or end with when they only manage a host. */
export interface HostSoftware {
  readonly families: readonly string[];
  readonly endings: readonly string[];
}

export interface ExchangeTable {
  readonly versions: readonly AliasedRow[];
  readonly roles: readonly ExchangeRole[];
  /** Ids of the roles of a server that has all that its version can combine. */
  readonly multiRole: readonly string[];
  readonly statements: readonly TopicStatement[];
  readonly virtualDisks: readonly VirtualDiskSupport[];
  readonly storage: readonly StorageSupport[];
  readonly separateStorage: readonly SeparateStorage[];
  readonly roleStorage: readonly RoleStorage[];
  readonly figures: readonly Figure[];
  readonly pagingFiles: readonly PagingFile[];
  readonly guests: readonly ExchangeGuests[];
  readonly hosts: readonly ExchangeHosts[];
  readonly quickMigration: readonly ExchangeHosts[];
  readonly hostSoftware: HostSoftware;
  /** The words that the names of known workloads begin with. */
  readonly hostWorkloads: readonly string[];
}

const shipped = once(() => readExchange(data));

/** The table that ships. */
export function exchangeTable(): ExchangeTable {
  return shipped();
}

/** @throws TableError when the data does not fit the table's schema. */
export function readExchange(source: unknown): ExchangeTable {
  return loadTable<ExchangeTable>("exchange.json", source, schema);
}

export function exchangeVersionName(id: string, table = shipped()): string {
  return table.versions.find((version) => version.id === id)?.name ?? id;
}

export function exchangeRoleName(id: string, table = shipped()): string {
  return table.roles.find((role) => role.id === id)?.name ?? id;
}

/** What Microsoft states on a topic for a version; undefined where it states nothing. */
export function exchangeStatement(
  version: string,
  topic: ExchangeTopic,
  table = shipped(),
): ExchangeStatement | undefined {
  return of(version, table.statements).find((row) => row.topic === topic);
}

/** What Microsoft states about a version on a kind of virtual disk; undefined where it states nothing. */
export function exchangeDiskSupport(
  version: string,
  type: VirtualDiskSupport["type"],
  format: DiskFormat,
  table = shipped(),
): VirtualDiskSupport | undefined {
  return of(version, table.virtualDisks).find((row) => row.type === type && row.format === format);
}

/** What Microsoft states about a version's data on a kind of storage; undefined where it states nothing. */
export function exchangeStorageSupport(
  version: string,
  storage: StorageKind,
  table = shipped(),
): StorageSupport | undefined {
  return of(version, table.storage).find((row) => row.storage === storage);
}

/** What lies apart from the guest's operating system; undefined where Microsoft states nothing. */
export function separateStorageOf(version: string, table = shipped()): SeparateStorage | undefined {
  return of(version, table.separateStorage)[0];
}

/** What the roles of a version need space for. */
export function roleStorageOf(version: string, table = shipped()): readonly RoleStorage[] {
  return of(version, table.roleStorage);
}

/**
 * The figures of a version, the largest first: a server of several roles needs the largest minimum.
 * @param roles the ids of the server's roles; figures for every role are always there. Without it those of all roles
 */
export function exchangeFigures(
  version: string,
  item: FigureItem,
  roles?: readonly string[],
  table = shipped(),
): readonly Figure[] {
  const holds = (row: Figure): boolean =>
    roles === undefined || row.roles === undefined || row.roles.some((role) => roles.includes(role));
  return of(version, table.figures)
    .filter((row) => row.item === item && holds(row))
    .sort((one, other) => other.value - one.value);
}

/** How large the paging file of a version is; undefined where Microsoft states nothing. */
export function pagingFileOf(version: string, table = shipped()): PagingFile | undefined {
  return of(version, table.pagingFiles)[0];
}

/** The same in MB, for a machine with some memory. */
export function pagingFileMB({ memoryPercent, addedMB, maximumMB = Infinity }: PagingFile, memoryMB: number): number {
  return Math.min(Math.ceil((memoryMB * memoryPercent) / 100) + addedMB, maximumMB);
}

/** The smallest figure of any version, for servers of which nothing is known yet. */
export function strictestFigure(item: FigureItem, table = shipped()): Figure | undefined {
  const [first, ...others] = table.figures.filter((row) => row.item === item);
  return others.reduce((least, row) => (least !== undefined && row.value < least.value ? row : least), first);
}

/** The guest operating systems of a version; undefined where Microsoft lists none. */
export function exchangeGuests(version: string, table = shipped()): ExchangeGuests | undefined {
  return of(version, table.guests)[0];
}

/** Whether a guest operating system can be one of a list. What its declaration does not specify matches. */
export function isListed(guest: GuestOs, { guests }: ExchangeGuests): boolean {
  return guests.some((row) => row.product === guest.product && covers(row, guest));
}

/** The host versions that are listed for a version; undefined where any version of Windows Server will do. */
export function exchangeHosts(version: string, table = shipped()): ExchangeHosts | undefined {
  return of(version, table.hosts)[0];
}

/** The host versions whose clusters move virtual machines through saved state, where that matters to a version. */
export function quickMigrationOf(version: string, table = shipped()): ExchangeHosts | undefined {
  return of(version, table.quickMigration)[0];
}

/**
 * What a role or feature of a host is by its display name or its feature name: something that manages the host or is
 * there on every Windows Server, a known workload, or undefined for what is not in the table.
 */
export function kindOfHostRole(role: string, table = shipped()): "management" | "workload" | undefined {
  const name = ` ${words(role)} `;
  const begins = (family: string): boolean => name.startsWith(` ${words(family)} `);
  const { families, endings } = table.hostSoftware;
  if (families.some(begins) || endings.some((ending) => name.endsWith(` ${words(ending)} `))) return "management";
  return table.hostWorkloads.some(begins) ? "workload" : undefined;
}

function of<T extends { readonly versions: readonly string[] }>(version: string, rows: readonly T[]): T[] {
  return rows.filter(({ versions }) => versions.includes(version));
}

/** Reads a version as people write it: `2010 SP1`, `Exchange Server 2010 with Service Pack 3`, `2019 CU14`, `SE`. */
export function resolveExchangeVersion(text: string): Resolution<string> {
  return resolve(text, shipped().versions, "no Exchange version has this name");
}

/** A version as it is declared. */
export interface DeclaredVersion {
  readonly id: string;
  /** Whether it names neither a service pack nor RTM, where there are service packs. */
  readonly isTakenAsRtm: boolean;
}

/** The same, with what the text does not specify. */
export function resolveDeclaredVersion(text: string): Resolution<DeclaredVersion> {
  const resolution = resolveExchangeVersion(text);
  if (!resolution.resolved) return resolution;
  const isTakenAsRtm = exchangeVersionName(resolution.value).endsWith(" RTM") && !/\brtm\b/i.test(text);
  return { resolved: true, value: { id: resolution.value, isTakenAsRtm } };
}

/**
 * Reads a role as people write it: `Mailbox`, `Hub Transport server`, `CAS`.
 * @param version the server's version where it is known: later versions have fewer roles
 */
export function resolveExchangeRole(text: string, version?: string): Resolution<string> {
  const { roles } = shipped();
  const resolution = resolve(text, roles, "no Exchange server role has this name");
  if (!resolution.resolved || version === undefined) return resolution;
  const present = of(version, roles);
  if (present.some(({ id }) => id === resolution.value)) return resolution;
  return {
    resolved: false,
    problem: `${exchangeVersionName(version)} has no such role`,
    allowed: `one of: ${quoted(present.map(({ name }) => name))}`,
  };
}

/** Whether a text means all roles that its version can combine. */
export function isMultiRole(text: string): boolean {
  return /^multi(role)?$/.test(versionKey(text));
}

/**
 * The names of roles in a text that may name several: `CAS/HT`, `MBX+CAS`, `CAS and HT`, `Multi-Role`; of the last one,
 * while the version is not known, those that are combined in every version.
 */
export function exchangeRolesIn(text: string, version?: string): readonly string[] {
  const { roles, versions, multiRole } = shipped();
  if (!isMultiRole(text)) return text.split(/[/+&,;]|\band\b/i);
  const wanted = version === undefined ? versions.map(({ id }) => id) : [version];
  const present = roles.filter(
    (role) => multiRole.includes(role.id) && wanted.every((id) => role.versions.includes(id)),
  );
  return present.map(({ name }) => name);
}

function resolve(text: string, rows: readonly AliasedRow[], problem: string): Resolution<string> {
  const wanted = versionKey(text);
  const row = rows.find(({ name, aliases }) => [name, ...aliases].some((alias) => versionKey(alias) === wanted));
  if (row !== undefined) return { resolved: true, value: row.id };
  const names = rows.map(({ name }) => name);
  return { resolved: false, problem, allowed: `a name such as ${quoted(nearest(text, names))}` };
}

/** Leaves what tells versions and roles apart; cumulative updates, rollups and the words around them do not. */
function versionKey(text: string): string {
  return text
    .toLowerCase()
    .replace(/service\s*pack\s*/g, "sp")
    .replace(/\([^()]*\)/g, "")
    .replace(/^ex(?=20\d\d)/, "")
    .replace(/\b(cu|su|ur|ru|cumulative update|security update|update rollup|rollup)\s*\d+\b/g, "")
    .replace(/\b[a-z]{3}\d{2}(su|hu)(v\d)?\b/g, "")
    .replace(/\b(microsoft|exchange|server|role|with|rtm)\b/g, "")
    .replace(/[^a-z0-9]/g, "");
}

/** `Failover-Clustering` and `Failover Clustering feature` are the same words. */
function words(text: string): string {
  return text
    .toLowerCase()
    .replace(/^\W*(microsoft|windows)\b/, "")
    .replace(/\b(features?|roles?|services?)\b/g, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}
