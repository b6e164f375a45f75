import type { Host, HostAdapter } from "../../lib/estate/model";
import { ifKnown } from "../../lib/estate/value";
import { exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { hasNetworkCapability } from "../../lib/tables/network-support";
import { listing } from "../../lib/text/words";
import { adapterName, evidenceFor, hostsWithAdapters } from "./shared/host-layout";

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
            ...adapters.flatMap((adapter) => unknownPurpose(host, adapter, carriersOf(adapters))),
          ]
        : [],
    ),
});

/**
 * Where no adapter is for Cluster Shared Volumes alone, the one for cluster communication carries them; none is known to
 * while an adapter of unknown purpose may be the one.
 */
function carriersOf(adapters: readonly HostAdapter[]): readonly HostAdapter[] {
  const carriers = adapters.filter(({ purpose }) => ifKnown(purpose) === "clusterSharedVolumes");
  if (carriers.length > 0) return carriers;
  if (adapters.some(({ purpose }) => purpose.state === "unknown")) return [];
  return adapters.filter(({ purpose }) => ifKnown(purpose) === "cluster");
}

/** An adapter whose purpose is not known may be the one of Cluster Shared Volumes, which matters where it has no binding. */
function unknownPurpose(host: Host, adapter: HostAdapter, carriers: readonly HostAdapter[]): readonly Verdict[] {
  return carriers.length > 0 && isBound(adapter) ? [] : undecided(host, adapter.purpose);
}

function isBound({ clientForMicrosoftNetworks, fileAndPrinterSharing }: HostAdapter): boolean {
  return [clientForMicrosoftNetworks, fileAndPrinterSharing].every((enabled) => ifKnown(enabled) === true);
}

/** A binding of a network adapter, and the property that declares it. */
interface Binding {
  readonly name: string;
  readonly property: "clientForMicrosoftNetworks" | "fileAndPrinterSharing";
}

const BINDINGS: readonly Binding[] = [
  { name: "Client for Microsoft Networks", property: "clientForMicrosoftNetworks" },
  { name: "File and Printer Sharing for Microsoft Networks", property: "fileAndPrinterSharing" },
];

function judge(host: Host, version: string, adapter: HostAdapter): readonly Verdict[] {
  const disabled = BINDINGS.filter(({ property }) => ifKnown(adapter[property]) === false);
  const [first, ...others] = disabled;
  if (first === undefined) return BINDINGS.flatMap(({ property }) => undecided(host, adapter[property]));
  const { path } = adapter[first.property].origin;
  const names = listing(disabled.map(({ name }) => name));
  const settings = listing(disabled.map(({ property }) => property));
  return [
    violation(host, path, `${host.name} has ${carrying(adapter)} without ${names}.`, {
      ...evidenceFor(version, "sharedVolumesProtocols"),
      found: { value: false },
      limit: exactly(true),
      ...(others.length === 0 ? { change: { path, value: true } } : {}),
      fix: `Enable ${names} on ${adapterName(adapter)}: set ${settings} to true.`,
    }),
  ];
}

/** What it is declared for, and that it carries Cluster Shared Volumes where no other adapter does. */
function carrying(adapter: HostAdapter): string {
  return ifKnown(adapter.purpose) === "clusterSharedVolumes"
    ? `${adapterName(adapter)} for Cluster Shared Volumes`
    : `${adapterName(adapter)} for cluster communication, which carries Cluster Shared Volumes as well,`;
}
