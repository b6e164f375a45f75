import { purposeName, describeSpeed } from "../networks/links";
import { count } from "../rules/message";
import { hostVersionName } from "./host-versions";
import { metricSchemes, type AutomaticMetrics } from "./metric-schemes";
import { networkLayouts, type LayoutLink } from "./network-layouts";
import { networkSupport, type NetworkCapabilityItem, type NetworkLimitItem } from "./network-support";
import { sheet, type Sheet } from "./print";

/** The tables of networks, for docs/tables.md. */
export function networkSheets(): readonly Sheet[] {
  const { capabilities, limits, statements, weights, roles } = networkSupport();
  return [
    sheet("Network layouts of a cluster node", ["Layout", "Hosts", "Verdict", "Adapters"], networkLayouts(), (row) => [
      row.title,
      hostNames(row.hosts),
      row.verdict === "notRecommended" ? "not recommended" : row.verdict,
      row.links.map(describeLink).join("; "),
    ]),
    sheet("Metrics of cluster networks", ["Hosts", "Automatic metrics", "Meaning"], metricSchemes(), (row) => [
      hostNames(row.hosts),
      row.automatic === undefined ? "not documented" : describeAutomatic(row.automatic),
      row.remark,
    ]),
    sheet("What hosts can do with networks", ["Capability", "Hosts"], capabilities, (row) => [
      CAPABILITIES[row.item],
      hostNames(row.hosts),
    ]),
    sheet("Numbers of networks", ["Number", "Hosts", "Value"], limits, (row) => [
      LIMITS[row.item],
      hostNames(row.hosts),
      row.unit === "Mbps" ? describeSpeed(row.value) : String(row.value),
    ]),
    sheet("Suggested weights of minimum bandwidth", ["Traffic", "Hosts", "Weight"], weights, (row) => [
      purposeName(row.purpose),
      hostNames(row.hosts),
      String(row.weight),
    ]),
    sheet("Recommended roles of cluster networks", ["Traffic", "Hosts", "Role"], roles, (row) => [
      purposeName(row.purpose),
      hostNames(row.hosts),
      row.role,
    ]),
    sheet("What documents say of networks", ["Statement", "Hosts"], statements, (row) => [
      row.statement,
      hostNames(row.hosts),
    ]),
  ];
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
  partitionsPerHost: "NPAR partitions of a host, at most",
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
