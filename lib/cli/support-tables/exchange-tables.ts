import {
  exchangeRoleName,
  exchangeTable,
  exchangeVersionName,
  type Figure,
  type PagingFile,
} from "../../tables/exchange";
import { sheet, type Sheet } from "./sheet";
import { printSheets } from "./tables-text";

/**
 * The tables of Exchange as people read them.
 * @param version only what holds for this one; by default everything
 */
export function exchangeSheets(version?: string): readonly Sheet[] {
  const { figures, pagingFiles, virtualDisks, storage, separateStorage, roleStorage, statements } = exchangeTable();
  const of = <T extends { readonly versions: readonly string[] }>(rows: readonly T[]): readonly T[] =>
    version === undefined ? rows : rows.filter(({ versions }) => versions.includes(version));
  return [
    sheet("Exchange: sizes and ratios", ["Figure", "Versions", "Roles", "Value", "Strength"], of(figures), (row) => [
      FIGURES[row.item],
      versionNames(row.versions),
      row.roles === undefined ? "all" : row.roles.map((id) => exchangeRoleName(id)).join(", "),
      describeFigure(row),
      row.strength,
    ]),
    sheet("Exchange: paging file", ["Versions", "Size"], of(pagingFiles), (row) => [
      versionNames(row.versions),
      describePagingFile(row),
    ]),
    sheet("Exchange: virtual disks", ["Disk", "Versions", "Supported"], of(virtualDisks), (row) => [
      `${row.type} ${row.format}`,
      versionNames(row.versions),
      row.supported ? "yes" : "no",
    ]),
    sheet("Exchange: storage", ["Storage", "Versions", "Supported"], of(storage), (row) => [
      row.storage,
      versionNames(row.versions),
      row.supported ? "yes" : "no",
    ]),
    sheet("Exchange: apart from the operating system", ["Versions", "What"], of(separateStorage), (row) => [
      versionNames(row.versions),
      row.purposes.join(", "),
    ]),
    sheet("Exchange: what roles need space for", ["Role", "Versions", "What"], of(roleStorage), (row) => [
      exchangeRoleName(row.role),
      versionNames(row.versions),
      row.purposes.join(", "),
    ]),
    sheet("Exchange: statements", ["Topic", "Versions", "Statement"], of(statements), (row) => [
      row.topic,
      versionNames(row.versions),
      row.statement,
    ]),
  ];
}

/** The same of one version, for a terminal. */
export function printExchange(version: string): string {
  return printSheets(exchangeVersionName(version), exchangeSheets(version));
}

const FIGURES: Readonly<Record<Figure["item"], string>> = {
  processorRatio: "Virtual processors for each physical core, at most",
  processorRatioRecommended: "Virtual processors for each physical core, recommended",
  hostProcessors: "Virtual processors to count for the host",
  operatingSystemDisk: "Operating system disk without the paging file, at least",
  installationDrive: "Free space to install Exchange, at least",
  systemDrive: "Free space on the system drive, at least",
  unifiedMessagingProcessors: "Virtual processors for Unified Messaging, at least",
  processorsMinimum: "Processors, at least",
  processorsMaximum: "Processors, at most",
  memoryMinimum: "Memory, at least",
  memoryMaximum: "Memory, at most",
  availabilityGroupMembers: "Members of a database availability group, at most",
};

function describeFigure({ value, unit }: Figure): string {
  if (unit === "ratio") return `${String(value)}:1`;
  return unit === "count" ? String(value) : `${String(value)} ${unit}`;
}

function describePagingFile({ memoryPercent, addedMB, maximumMB }: PagingFile): string {
  const more = addedMB === 0 ? "" : ` + ${String(addedMB)} MB`;
  const most = maximumMB === undefined ? "" : `, at most ${String(maximumMB)} MB`;
  return `${String(memoryPercent)}% of the memory${more}${most}`;
}

function versionNames(versions: readonly string[]): string {
  return versions.map((id) => exchangeVersionName(id)).join(", ");
}
