import { hostVersionName } from "../../tables/host-versions";
import { metricSchemes, type AutomaticMetrics } from "../../tables/metric-schemes";
import { networkLayouts, type LayoutLink } from "../../tables/network-layouts";
import { networkSupport, type NetworkCapabilityItem, type NetworkLimitItem } from "../../tables/network-support";
import type { Provenance } from "../../tables/sources";
import { count } from "../../text/words";
import { purposeName, describeSpeed } from "../../../policies/networks/model/links";
import { sheet, type Sheet } from "./sheet";

/** The tables of networks: of all host versions, for docs/tables.md, or the rows of one. */
export function networkSheets(host?: string): readonly Sheet[] {
  const { capabilities, limits, statements, weights, roles } = networkSupport();
  return [
    hostSheet(host, "Network layouts of a cluster node", ["Layout", "Verdict", "Adapters"], networkLayouts(), (row) => [
      row.title,
      row.verdict === "notRecommended" ? "not recommended" : row.verdict,
      row.links.map(describeLink).join("; "),
    ]),
    hostSheet(host, "Metrics of cluster networks", ["Automatic metrics", "Meaning"], metricSchemes(), (row) => [
      row.automatic === undefined ? "not documented" : describeAutomatic(row.automatic),
      row.remark,
    ]),
    hostSheet(host, "What hosts can do with networks", ["Capability"], capabilities, (row) => [CAPABILITIES[row.item]]),
    hostSheet(host, "Numbers of networks", ["Number", "Value"], limits, (row) => [
      LIMITS[row.item],
      row.unit === "Mbps" ? describeSpeed(row.value) : String(row.value),
    ]),
    hostSheet(host, "Suggested weights of minimum bandwidth", ["Traffic", "Weight"], weights, (row) => [
      purposeName(row.purpose),
      String(row.weight),
    ]),
    hostSheet(host, "Recommended roles of cluster networks", ["Traffic", "Role"], roles, (row) => [
      purposeName(row.purpose),
      row.role,
    ]),
    hostSheet(host, "Statements about networks", ["Statement"], statements, (row) => [row.statement]),
  ];
}

/** A sheet of rows that hold for some host versions: only those of one, or all with a column that names them. */
function hostSheet<T extends Provenance & { readonly hosts: readonly string[] }>(
  host: string | undefined,
  title: string,
  [first = "", ...others]: readonly string[],
  list: readonly T[],
  cells: (row: T) => readonly string[],
): Sheet {
  if (host !== undefined) {
    const own = list.filter(({ hosts }) => hosts.includes(host));
    return sheet(title, [first, ...others], own, cells);
  }
  return sheet(title, [first, "Hosts", ...others], list, (row) => {
    const [head = "", ...rest] = cells(row);
    return [head, hostNames(row.hosts), ...rest];
  });
}

const CAPABILITIES: Readonly<Record<NetworkCapabilityItem, string>> = {
  clusterSharedVolumes: "Cluster Shared Volumes",
  liveMigration: "Live migration",
  minimumBandwidth: "Minimum bandwidth, not only caps",
  nicTeaming: "NIC teaming of Windows (LBFO)",
  nicTeamingUnderSwitch: "NIC teaming below a virtual switch",
  switchEmbeddedTeaming: "Switch Embedded Teaming (SET)",
};

const LIMITS: Readonly<Record<NetworkLimitItem, string>> = {
  switchEmbeddedTeamAdapters: "Adapters in a Switch Embedded Team, at most",
  partitionsPerPort: "NPAR partitions of a port, at most",
  liveMigrationSpeed: "Speed of a network for live migration, at least",
  physicalAdapters: "Physical network adapters of a host, at least",
};

/** `1 adapter of 10 Gbps for virtual machines and management (management at most 1 %)` */
function describeLink({ purposes, adapters, speedMbps, caps = [] }: LayoutLink): string {
  const speed = speedMbps === undefined ? "" : ` of ${describeSpeed(speedMbps)}`;
  const limits = caps.map(({ purpose, percent }) => `${purposeName(purpose)} at most ${String(percent)} %`).join(", ");
  const names = purposes.map(purposeName).join(", ");
  return `${count(adapters, "adapter")}${speed} for ${names}${limits === "" ? "" : ` (${limits})`}`;
}

function describeAutomatic({ privateFrom, publicFrom, step }: AutomaticMetrics): string {
  return `${String(privateFrom)} and more without a default gateway, ${String(publicFrom)} and more with one, in steps of ${String(step)}`;
}

function hostNames(hosts: readonly string[]): string {
  return hosts.map((host) => hostVersionName(host)).join(", ");
}
