import { backupProducts } from "../../lib/tables/backup-products";
import { describeCoverage } from "../../lib/tables/coverage";
import { guestMemories, windowsDynamicMemory, type DynamicMemorySizes } from "../../lib/tables/guest-memory";
import { readGuestSupport } from "../../lib/tables/guest-support";
import guestSupport from "../../lib/tables/guest-support.json";
import { hostVersionName, hostVersions, processorAllowance } from "../../lib/tables/host-versions";
import { lifecycle } from "../../lib/tables/lifecycle";
import { describeIntegrationServices, featureName, linuxGuests } from "../../lib/tables/linux-guests";
import { productName } from "../../lib/tables/operating-systems";
import { replicaTable } from "../../lib/tables/replica";
import { describeVmmPorts, vmmPortRows, vmmVersionName } from "../../lib/tables/vmm-ports";
import { markdownTable } from "../../lib/text/markdown";
import { exchangeSheets } from "../../lib/cli/support-tables/exchange-tables";
import { networkSheets } from "../../lib/cli/support-tables/network-tables";
import { remarks, REMARKS, sheet, type Sheet } from "../../lib/cli/support-tables/sheet";
import { describeDocument, describeEditions, documents, sheetsOf } from "../../lib/cli/support-tables/tables-text";

/** The processors of the ratio table of Windows Server 2008 R2 with Service Pack 1: sockets, cores and threads. */
const RATIO_PROCESSORS = [2, 4].flatMap((sockets) => [2, 4, 6, 8].map((cores) => ({ sockets, cores, threads: 2 })));
const RATIO_HOST = "windows-server-2008-r2-sp1";

/** docs/tables.md: every table that ships, with the document of each row. */
export function tablesDocument(): string {
  // The guests of the feature tables have a chapter of their own, once for all hosts.
  const tables = { guestSupport: readGuestSupport(guestSupport, { features: [], notes: [], rows: [] }) };
  const hosts = hostVersions().map(({ id, name }) => ({ name, sheets: sheetsOf(id, undefined, tables) }));
  const general = [
    ...[memorySheet(), dynamicMemorySheet(), lifecycleSheet()],
    ...networkSheets(),
    vmmPortSheet(),
    ...replicaSheets(),
    ...exchangeSheets(),
    backupSheet(),
  ];
  const cited = documents([
    ...hosts.flatMap(({ sheets }) => sheets.flatMap(({ sources }) => sources)),
    ...general.flatMap(({ sources }) => sources),
    ...linuxGuests().map(({ source }) => source),
  ]);
  return [
    "# Support tables",
    "Generated from `lib/tables`; do not edit. MB, GB and TB are multiples of 1024, as in Windows.",
    "Confidence: *official*: from a Microsoft document; *blog*: from a blog of a Microsoft team; *derived*: computed from an " +
      "official figure; *secondary*: from a publication of somebody else; *quoted*: quoted by the article that the pack " +
      "implements; *unverified*: no document was found, so findings only advise.",
    ...hosts.flatMap(({ name, sheets }) => [`## ${name}`, ...sheets.flatMap((one) => markdown(one, "###"))]),
    ...ratioTable(),
    ...general.flatMap((one) => markdown(one, "##")),
    ...linuxList(),
    "## Documents",
    cited.map((source) => `- \`${source.id}\`: ${describeDocument(source)}`).join("\n"),
    "",
  ].join("\n\n");
}

/** The article's table of virtual processors, computed from the limits. */
function ratioTable(): readonly string[] {
  const maximum = (logical: number, onlyWindows7: boolean): string =>
    String(processorAllowance(RATIO_HOST, logical, onlyWindows7)?.maximum ?? "");
  const rows = RATIO_PROCESSORS.map(({ sockets, cores, threads }) => [
    ...[sockets, cores, threads].map(String),
    maximum(sockets * cores * threads, true),
    maximum(sockets * cores * threads, false),
  ]);
  const columns = [
    "Physical processors",
    "Cores per processor",
    "Threads per core",
    "Only Windows 7 guests",
    "Other guests",
  ];
  return markdown({ title: `Virtual processors of ${hostVersionName(RATIO_HOST)}`, columns, rows, sources: [] }, "##");
}

function memorySheet(): Sheet {
  const sizes = ({ minimumMB, startupMB, maximumMB }: DynamicMemorySizes): string =>
    [minimumMB, startupMB, maximumMB].join(", ");
  const columns = ["Guest", "Static, at least", "Static, recommended", "Dynamic, at least", "Dynamic, recommended"];
  return sheet("Memory of guests in MB", columns, guestMemories(), ({ product, static: fixed, dynamic }) => [
    productName(product),
    String(fixed.minimumMB),
    String(fixed.recommendedMB),
    dynamic === undefined ? "not stated" : sizes(dynamic.required),
    dynamic === undefined ? "not stated" : sizes(dynamic.recommended),
  ]);
}

function dynamicMemorySheet(): Sheet {
  const columns = ["Guest", "Editions", "Hosts"];
  return sheet("Windows guests with dynamic memory", columns, windowsDynamicMemory(), (row) => [
    describeCoverage(row.product, row),
    describeEditions(row.editions),
    hostNames(row.hosts),
  ]);
}

function lifecycleSheet(): Sheet {
  return sheet("End of support", ["Operating system", "Editions", "Last day"], lifecycle(), (row) => [
    describeCoverage(row.product, row),
    describeEditions(row.editions),
    row.date,
  ]);
}

function vmmPortSheet(): Sheet {
  const columns = ["Name", "Versions", "Connection", "Protocol", "Ports", "Changed at"];
  return sheet("Ports of VMM", columns, vmmPortRows(), (row) => [
    row.id,
    row.versions.map((id) => vmmVersionName(id)).join(", "),
    row.title,
    row.protocol,
    describeVmmPorts(row),
    row.changeAt?.join(", ") ?? "",
  ]);
}

function replicaSheets(): readonly Sheet[] {
  const { support, frequencies, extended, extendedFrequencies, recoveryPoints, ports, olderReplicas, statements } =
    replicaTable();
  const supportSheet = (title: string, rows: typeof support): Sheet =>
    sheet(title, ["Hosts", "Supported", "Statement"], rows, (row) => [
      hostNames(row.hosts),
      row.supported ? "yes" : "no",
      row.statement,
    ]);
  const frequencySheet = (title: string, rows: typeof frequencies): Sheet =>
    sheet(title, ["Hosts", "Seconds"], rows, (row) => [hostNames(row.hosts), row.seconds.join(", ")]);
  return [
    supportSheet("Hyper-V Replica", support),
    frequencySheet("Hyper-V Replica: frequency", frequencies),
    supportSheet("Hyper-V Replica: extended", extended),
    frequencySheet("Hyper-V Replica: frequency of extended replication", extendedFrequencies),
    sheet("Hyper-V Replica: additional recovery points", ["Hosts", "At most"], recoveryPoints, (row) => [
      hostNames(row.hosts),
      String(row.maximum),
    ]),
    sheet("Hyper-V Replica: default ports", ["Authentication", "Protocol", "Port"], ports, (row) => [
      row.authentication,
      row.protocol,
      String(row.port),
    ]),
    sheet("Hyper-V Replica: older replica servers", ["Primary", "Replica", "Statement"], olderReplicas, (row) => [
      hostNames(row.primaries),
      hostNames(row.replicas),
      row.statement,
    ]),
    sheet("Hyper-V Replica: advice", ["Topic", "Hosts", "Statement"], statements, (row) => [
      row.topic,
      hostNames(row.hosts),
      row.statement,
    ]),
  ];
}

function backupSheet(): Sheet {
  const rows = backupProducts().flatMap(({ name, installation, hosts }) =>
    hosts.map((host) => ({ ...host, name, installation })),
  );
  return sheet("Backup products", ["Product", "Installed on the", "Hosts", "Statement of its vendor"], rows, (row) => [
    row.name,
    row.installation,
    hostNames(row.versions),
    row.statement,
  ]);
}

/** A list instead of a table: features and hosts are sentences, not cells. */
function linuxList(): readonly string[] {
  const items = linuxGuests().map((row) => {
    const guests = row.products.map((product) => describeCoverage(product, row)).join(", ");
    const kernels = row.editions === undefined ? "" : `, ${describeEditions(row.editions)}`;
    const features = row.features.map(
      ({ hosts, names }) => `  - on ${hostNames(hosts)}: ${names.map((name) => featureName(name)).join(", ")}`,
    );
    const provenance = `${row.source}, ${row.confidence}`;
    const head = `- **${guests}${kernels}**: ${describeIntegrationServices(row.integrationServices)} (${provenance})`;
    const none = features.length === 0 ? [`  - on ${hostNames(row.hosts)}: features not stated`] : features;
    return [[head, remarks(row)].filter((part) => part !== "").join(". "), ...none].join("\n");
  });
  return ["## Linux and FreeBSD guests", items.join("\n")];
}

function hostNames(hosts: readonly string[]): string {
  return hosts.map((host) => hostVersionName(host)).join(", ");
}

/** A table without its remarks, and the remarks below it: a column of sentences would make every row as long. */
function markdown({ title, columns, rows }: Sheet, level: string): readonly string[] {
  const width = columns.at(-1) === REMARKS ? columns.length - 1 : columns.length;
  const shown = (cells: readonly string[]): readonly string[] => cells.slice(0, width).map(escape);
  const texts = [...new Set(rows.map((row) => row[width] ?? ""))].filter((remark) => remark !== "");
  const about = (remark: string): string =>
    [...new Set(rows.filter((row) => row[width] === remark).map(([name = ""]) => name))].join("; ");
  return [
    `${level} ${title}`,
    markdownTable(shown(columns), rows.map(shown)),
    ...(texts.length === 0 ? [] : [texts.map((remark) => `- ${about(remark)}: ${remark}`).join("\n")]),
  ];
}

function escape(cell: string): string {
  return cell.replace(/\|/g, "\\|");
}
