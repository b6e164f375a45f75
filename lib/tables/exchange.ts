import type { DiskFormat } from "../estate/model";
import type { Resolution } from "../estate/reader";
import data from "./exchange.json";
import schema from "./exchange.schema.json";
import { loadTable, once } from "./load";
import { nearest } from "../estate/nearest";
import type { Confidence } from "./sources";

interface Named {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

/** What a document says of some versions on one topic. */
export interface ExchangeStatement {
  readonly versions: readonly string[];
  /** The document's own strength, in a sentence. */
  readonly statement: string;
  readonly source: string;
  readonly confidence: Confidence;
  readonly note?: string;
}

interface TopicStatement extends ExchangeStatement {
  readonly topic: ExchangeTopic;
}

export type ExchangeTopic = "dynamicMemory" | "dagAntiAffinity";

/** What a document says of Exchange on a kind of virtual disk. */
export interface VirtualDiskSupport extends ExchangeStatement {
  readonly type: "fixed" | "dynamic" | "differencing";
  readonly format: DiskFormat;
  readonly supported: boolean;
}

interface ExchangeTable {
  readonly versions: readonly Named[];
  readonly roles: readonly Named[];
  readonly statements: readonly TopicStatement[];
  readonly virtualDisks: readonly VirtualDiskSupport[];
}

const table = once(() => loadTable<ExchangeTable>("exchange.json", data, schema));

export function exchangeVersionName(id: string): string {
  return table().versions.find((version) => version.id === id)?.name ?? id;
}

export function exchangeRoleName(id: string): string {
  return table().roles.find((role) => role.id === id)?.name ?? id;
}

/** What Microsoft says on a topic for a version; undefined where it says nothing. */
export function exchangeStatement(version: string, topic: ExchangeTopic): ExchangeStatement | undefined {
  return table().statements.find((row) => row.topic === topic && row.versions.includes(version));
}

/** What Microsoft says of a version on a kind of virtual disk; undefined where it says nothing. */
export function exchangeDiskSupport(
  version: string,
  type: VirtualDiskSupport["type"],
  format: DiskFormat,
): VirtualDiskSupport | undefined {
  return table().virtualDisks.find(
    (row) => row.type === type && row.format === format && row.versions.includes(version),
  );
}

/** Reads a version as people write it: `2010 SP1`, `Exchange Server 2010 with Service Pack 3`, `2019 CU14`, `SE`. */
export function resolveExchangeVersion(text: string): Resolution<string> {
  return resolve(text, table().versions, "no Exchange version has this name");
}

/** Reads a role as people write it: `Mailbox`, `Hub Transport server`, `CAS`. */
export function resolveExchangeRole(text: string): Resolution<string> {
  return resolve(text, table().roles, "no Exchange server role has this name");
}

function resolve(text: string, rows: readonly Named[], problem: string): Resolution<string> {
  const wanted = fold(text);
  const row = rows.find(({ name, aliases }) => [name, ...aliases].some((alias) => fold(alias) === wanted));
  if (row !== undefined) return { resolved: true, value: row.id };
  const names = rows.map(({ name }) => name);
  return { resolved: false, problem, allowed: `a name such as ${nearest(text, names).map(quote).join(", ")}` };
}

/** Leaves what tells versions and roles apart; cumulative updates, rollups and the words around them do not. */
function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/service\s*pack\s*/g, "sp")
    .replace(/\b(cu|ur|ru|cumulative update|update rollup)\s*\d+\b/g, "")
    .replace(/\b(microsoft|exchange|server|role|with|rtm)\b/g, "")
    .replace(/[^a-z0-9]/g, "");
}

function quote(name: string): string {
  return `"${name}"`;
}
