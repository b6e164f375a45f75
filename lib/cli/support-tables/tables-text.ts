import type { GuestOs } from "../../estate/model";
import { clusterStatements, rollingUpgradesOf, type ClusterNodesTable } from "../../tables/cluster-nodes";
import { describeCoverage } from "../../tables/coverage";
import { guestMemory, type GuestMemoryTable } from "../../tables/guest-memory";
import {
  describeProcessors,
  guestList,
  guestSupport,
  processorsOn,
  supportsGeneration,
  type GuestSupport,
  type GuestSupportTable,
} from "../../tables/guest-support";
import {
  capabilitiesOf,
  capabilityName,
  describeLimit,
  describeSize,
  hostVersionName,
  limitName,
  limitsOf,
  type HostVersionsTable,
} from "../../tables/host-versions";
import { endOfSupport, type LifecycleTable } from "../../tables/lifecycle";
import {
  describeIntegrationServices,
  featureName,
  featuresOn,
  integrationServicesFor,
  type LinuxGuest,
  type LinuxGuestsTable,
} from "../../tables/linux-guests";
import { describeGuestOs, editionName, type Vocabulary } from "../../tables/operating-systems";
import { sourceOf, type Source } from "../../tables/sources";
import { describeVmmPorts, vmmPorts, vmmVersionName, type VmmPortsTable } from "../../tables/vmm-ports";
import { alternatives } from "../../text/words";
import { networkSheets } from "./network-tables";
import { sheet, type Sheet } from "./sheet";

/** Tables to print from; the shipped ones where one is left out. */
export interface Tables {
  readonly vocabulary?: Vocabulary;
  readonly hostVersions?: HostVersionsTable;
  readonly clusterNodes?: ClusterNodesTable;
  readonly guestSupport?: GuestSupportTable;
  readonly linuxGuests?: LinuxGuestsTable;
  readonly guestMemory?: GuestMemoryTable;
  readonly lifecycle?: LifecycleTable;
}

/**
 * The tables of a host version for people to read: what it can do, its limits with their units, its guests with their
 * virtual processors, and its networks; for one guest only the lines about it, with its memory, its integration services and the
 * end of its support.
 */
export function printTables(host: string, guest?: GuestOs, tables: Tables = {}): string {
  const networks = guest === undefined ? networkSheets(host) : [];
  const sheets = [...sheetsOf(host, guest, tables), ...networks];
  const title = hostVersionName(host, tables.hostVersions);
  const about = guest === undefined ? title : `${describeGuestOs(guest, tables.vocabulary)} on ${title}`;
  return printSheets(about, sheets);
}

/** The ports of a version of VMM for people to read, as its document has them. */
export function printVmmPorts(version: string, table?: VmmPortsTable): string {
  const columns = ["Name", "Connection", "Protocol", "Ports", "Changed at"];
  const ports = sheet("Ports", columns, vmmPorts(version, table), (row) => [
    row.id,
    row.title,
    row.protocol,
    describeVmmPorts(row),
    row.changeAt?.join(", ") ?? "",
  ]);
  return printSheets(vmmVersionName(version, table), [ports]);
}

/** The sheets that are not empty, and the documents that they quote. */
export function printSheets(about: string, all: readonly Sheet[]): string {
  const sheets = all.filter(({ rows }) => rows.length > 0);
  const sources = documents(sheets.flatMap((one) => one.sources)).map(
    (source) => `${source.id}: ${describeDocument(source)}`,
  );
  return [about, ...sheets.map(printSheet), ["Documents", ...sources].join("\n  "), ""].join("\n\n");
}

export function sheetsOf(host: string, guest: GuestOs | undefined, tables: Tables): readonly Sheet[] {
  const general = [capabilitySheet(host, tables), limitSheet(host, tables), clusterSheet(host, tables)];
  if (guest === undefined) return [...general, guestSheet(host, guestList(host, tables.guestSupport), tables)];
  return [
    guestSheet(host, guestSupport(host, guest, tables.guestSupport), tables),
    lifecycleSheet(guest, tables),
    memorySheet(guest, tables),
    integrationServicesSheet(host, guest, tables),
    ...general,
  ];
}

/** The documents with these ids, each once, by id. */
export function documents(ids: readonly string[]): readonly Source[] {
  return [...new Set(ids)].sort().map(sourceOf);
}

/** Title, date, address and note of a document, as far as they are known. */
export function describeDocument({ title, date, url, note }: Source): string {
  return [title, date === undefined ? undefined : `(${date})`, url, note === undefined ? undefined : `— ${note}`]
    .filter((part) => part !== undefined)
    .join(" ");
}

/** What a row gives a guest on a host version. */
function describeFeatures(host: string, row: LinuxGuest, table?: LinuxGuestsTable): string {
  const names = featuresOn(host, row).map((feature) => featureName(feature, table));
  return names.length === 0 ? "not stated" : names.join(", ");
}

/** `all`, `Standard, Enterprise or Datacenter`. */
export function describeEditions(editions: readonly string[] | undefined, vocabulary?: Vocabulary): string {
  return editions === undefined ? "all" : alternatives(editions.map((id) => editionName(id, vocabulary)));
}

function capabilitySheet(host: string, { hostVersions }: Tables): Sheet {
  return sheet("What it can do", ["Capability", "Available"], capabilitiesOf(host, hostVersions), (row) => [
    capabilityName(row.item),
    row.available ? "yes" : "no",
  ]);
}

function limitSheet(host: string, { hostVersions }: Tables): Sheet {
  return sheet("Limits", ["Limit", "Value"], limitsOf(host, hostVersions), (row) => [
    limitName(row),
    describeLimit(row),
  ]);
}

/** What documents require of the nodes of one cluster. */
function clusterSheet(host: string, { clusterNodes, hostVersions }: Tables): Sheet {
  const required = clusterStatements(host, clusterNodes).map((row) => ({
    ...row,
    text: row.statement.replace(/\.$/, ""),
  }));
  const upgrades = rollingUpgradesOf(host, clusterNodes).map((row) => {
    const [from, to] = [row.from, row.to].map((id) => hostVersionName(id, hostVersions));
    return {
      ...row,
      text: `Nodes of ${from ?? ""} and ${to ?? ""} may be in one cluster while it is upgraded.`,
    };
  });
  return sheet("Clusters", ["Nodes of one cluster"], [...required, ...upgrades], ({ text }) => [text]);
}

function guestSheet(host: string, lines: readonly GuestSupport[], tables: Tables): Sheet {
  const { vocabulary, hostVersions } = tables;
  return sheet("Guests", ["Guest", "Virtual processors", "Editions"], lines, (line) => [
    describeCoverage(line.product, line, vocabulary),
    processorsByGeneration(host, line, hostVersions),
    describeEditions(line.editions, vocabulary),
  ]);
}

/** `1, 2 or 4`, or by generation where they differ or one of them is not supported. */
function processorsByGeneration(host: string, line: GuestSupport, hosts?: HostVersionsTable): string {
  const generations = ([1, 2] as const).filter((generation) => supportsGeneration(line, generation));
  const texts = generations.map((generation) =>
    describeProcessors(processorsOn(host, line, generation, hosts), generation),
  );
  const [first = ""] = texts;
  if (generations.length === 2 && texts.every((text) => text === first)) return first;
  const hasBoth = capabilitiesOf(host, hosts).some(({ item, available }) => item === "generation2" && available);
  if (!hasBoth) return first;
  return generations.map((generation, index) => `${texts[index] ?? ""} in generation ${String(generation)}`).join(", ");
}

function lifecycleSheet(guest: GuestOs, { lifecycle }: Tables): Sheet {
  const end = endOfSupport(guest, lifecycle);
  return sheet("Support", ["Ends"], end === undefined ? [] : [end], ({ date }) => [date]);
}

function memorySheet(guest: GuestOs, tables: Tables): Sheet {
  const memory = guestMemory(guest, tables.guestMemory);
  const size = (value: number): string => describeSize(value, "MB");
  return sheet(
    "Memory",
    ["At least", "Recommended", "Dynamic: minimum, startup, maximum at least"],
    memory === undefined ? [] : [memory],
    ({ static: fixed, dynamic }) => [
      size(fixed.minimumMB),
      size(fixed.recommendedMB),
      dynamic === undefined
        ? "not stated"
        : [dynamic.required.minimumMB, dynamic.required.startupMB, dynamic.required.maximumMB].map(size).join(", "),
    ],
  );
}

function integrationServicesSheet(host: string, guest: GuestOs, tables: Tables): Sheet {
  const rows = integrationServicesFor(host, guest, tables.linuxGuests);
  return sheet("Integration services", ["Guest", "Integration services", "Features"], rows, (row) => [
    describeCoverage(guest.product, row, tables.vocabulary),
    describeIntegrationServices(row.integrationServices),
    describeFeatures(host, row, tables.linuxGuests),
  ]);
}

function printSheet({ title, columns, rows }: Sheet): string {
  const widths = columns.map((column, index) =>
    Math.max(...[column, ...rows.map((row) => row[index] ?? "")].map(length)),
  );
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ")}`.trimEnd();
  return [title, line(columns), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

function length(text: string): number {
  return text.length;
}
