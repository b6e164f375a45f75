import type { Host, HostAdapter } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { hasNetworkCapability } from "../../lib/tables/network-support";
import { listing } from "../../lib/text/words";
import { adapterName, hostsWithAdapters, said } from "./shared/host-layout";

/** The adapters of Cluster Shared Volumes have both bindings that SMB needs. */
export const csvNetworkProtocols = defineRule<Host>({
  name: "csv-network-protocols",
  title: "SMB on the CSV network",
  subject: "networks",
  level: "required",
  severity: "high",
  reach: "resource",
  why: "The nodes reach each other's Cluster Shared Volumes over SMB: without its two bindings the traffic takes another network, or redirected access fails.",
  fix: "Enable Client for Microsoft Networks and File and Printer Sharing for Microsoft Networks on the adapter.",
  sources: ["network-design-2011", "live-migration-guide-2008-r2", "cluster-shared-volumes"],
  tags: ["cluster", "shared-volumes", "adapters"],
  applies: hostsWithAdapters,
  check: (host) =>
    given(host, { version: host.operatingSystem, adapters: host.networkAdapters }, ({ version, adapters }) =>
      hasNetworkCapability(version, "clusterSharedVolumes")
        ? [
            ...carriersOf(adapters).flatMap((adapter) => judge(host, version, adapter)),
            ...adapters.flatMap((adapter) => openPurpose(host, adapter)),
          ]
        : [],
    ),
});

/** Where no adapter is for Cluster Shared Volumes alone, the one for cluster communication carries them. */
function carriersOf(adapters: readonly HostAdapter[]): readonly HostAdapter[] {
  const carriers = adapters.filter(({ purpose }) => ifKnown(purpose) === "clusterSharedVolumes");
  return carriers.length > 0 ? carriers : adapters.filter(({ purpose }) => ifKnown(purpose) === "cluster");
}

/** An adapter without a binding whose purpose is not known may be the one of Cluster Shared Volumes. */
function openPurpose(
  host: Host,
  { purpose, clientForMicrosoftNetworks, fileAndPrinterSharing }: HostAdapter,
): readonly Verdict[] {
  const isBound = [clientForMicrosoftNetworks, fileAndPrinterSharing].every((enabled) => ifKnown(enabled) === true);
  return isBound ? [] : undecided(host, purpose);
}

function judge(host: Host, version: string, adapter: HostAdapter): readonly Verdict[] {
  const bindings = [
    { name: "Client for Microsoft Networks", enabled: adapter.clientForMicrosoftNetworks },
    { name: "File and Printer Sharing for Microsoft Networks", enabled: adapter.fileAndPrinterSharing },
  ];
  const disabled = bindings.filter(({ enabled }) => ifKnown(enabled) === false);
  const [first] = disabled;
  if (first === undefined) return bindings.flatMap(({ enabled }) => undecided(host, enabled));
  const names = listing(disabled.map(({ name }) => name));
  const problem = `${host.name} has ${adapterName(adapter)} for Cluster Shared Volumes without ${names}.`;
  const fix = `Enable ${names} on ${adapterName(adapter)}.`;
  return [violation(host, first.enabled.origin.path, problem, { ...said(version, "sharedVolumesProtocols"), fix })];
}
