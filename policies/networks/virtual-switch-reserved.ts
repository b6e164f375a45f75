import type { Estate } from "../../lib/estate/estate";
import type { Host, HostAdapter, VirtualSwitch } from "../../lib/estate/model";
import { ifKnown, isDefault } from "../../lib/estate/value";
import { exactly } from "../../lib/rules/figures";
import { defineRule } from "../../lib/rules/rule";
import { given, missing, undecided, violation, type Verdict } from "../../lib/rules/verdict";
import { networkLayoutsOf } from "../../lib/tables/network-layouts";
import { hasNetworkCapability, networkLimit, networkStatement } from "../../lib/tables/network-support";
import { listing } from "../../lib/text/words";
import { hostLinks, physicalPorts } from "./model/links";
import { isNamed } from "./model/prediction";
import { changeOfFact } from "./shared/fact-change";
import { adapterKey, evidenceFor, hostsWithAdapters, layoutOf, membersOf, switchName } from "./shared/host-layout";

/** An external virtual switch is for virtual machines alone, unless the host shares its adapters by a documented layout. */
export const virtualSwitchReserved = defineRule<Host>({
  name: "virtual-switch-reserved",
  title: "A virtual switch for virtual machines alone",
  subject: "networks",
  level: "recommended",
  severity: "medium",
  reach: "estate",
  needsWhole: true,
  why: "Virtual machines can fill a link that the management operating system shares, and then nobody can log on to the host.",
  fix: "Let the management operating system use an adapter of its own (allowManagementOs false), or follow a documented layout.",
  sources: ["bpa-2016", "guest-only-networks-2009"],
  tags: ["adapters", "virtual-switches"],
  applies: hostsWithAdapters,
  check: (host, estate) =>
    given(
      host,
      { version: host.operatingSystem, switches: host.virtualSwitches, adapters: host.networkAdapters },
      ({ version, switches, adapters }) =>
        networkStatement(version, "switchReserved") === undefined
          ? []
          : judge(host, version, switches, adapters, estate),
    ),
});

function judge(
  host: Host,
  version: string,
  switches: readonly VirtualSwitch[],
  adapters: readonly HostAdapter[],
  estate: Estate,
): readonly Verdict[] {
  // A switch without an adapter shares none, which vm-network-redundancy reports.
  const external = switches.filter(
    ({ type, networkAdapters }) => ifKnown(type) === "external" && ifKnown(networkAdapters)?.length !== 0,
  );
  if (external.some(({ allowManagementOs }) => ifKnown(allowManagementOs) === false)) return [];
  // What is not known yet may be the switch for virtual machines alone.
  const unknown = switches.filter(isUnknown);
  if (external.length === 0 || unknown.length > 0) {
    return unknown.flatMap(({ type, allowManagementOs }) => [
      ...undecided(host, type),
      ...undecided(host, allowManagementOs),
    ]);
  }
  if (external.some((one) => isConverged(version, one, adapters))) return [];
  return given(host, { links: hostLinks(host) }, ({ links }) => {
    const layout = layoutOf(host, estate);
    const least = networkLimit(version, "physicalAdapters")?.value ?? 0;
    // host-network-roles judges nodes of the versions that have documented layouts, and hosts with a single adapter.
    if (networkLayoutsOf(version).length > 0 && layout.state !== "absent") return undecided(host, layout);
    if (physicalPorts(links).length < least) return [];
    const unsure = external.filter(mayBeConverged);
    if (unsure.length === 0) return [shared(host, version, external, adapters)];
    return unsure.flatMap(({ networkAdapters, embeddedTeaming }) => [
      ...missing(host, networkAdapters),
      ...undecided(host, embeddedTeaming),
    ]);
  });
}

function isUnknown({ type, allowManagementOs }: VirtualSwitch): boolean {
  return type.state !== "known" || (type.value === "external" && allowManagementOs.state !== "known");
}

function mayBeConverged({ networkAdapters, embeddedTeaming }: VirtualSwitch): boolean {
  return networkAdapters.state !== "known" || embeddedTeaming.state === "unknown";
}

/**
 * Whether a switch is one of a converged network: it joins several adapters where Windows can divide their bandwidth,
 * or the traffic of the management operating system is declared on it, as a virtual adapter or with a cap.
 */
function isConverged(version: string, one: VirtualSwitch, adapters: readonly HostAdapter[]): boolean {
  const members = membersOf(one, adapters);
  const number = Math.max(members.length, ifKnown(one.networkAdapters)?.length ?? 0);
  const isJoined = number > 1 || ifKnown(one.embeddedTeaming) === true;
  const own = ifKnown(one.name);
  return (
    (isJoined && hasNetworkCapability(version, "minimumBandwidth")) ||
    adapters.some(({ virtualSwitch }) => own !== undefined && isNamed({ name: own }, ifKnown(virtualSwitch) ?? "")) ||
    adaptersNamed(members, adapters).some(isCappedManagement)
  );
}

/** Every entry of these adapters: one that carries several kinds of traffic has several. */
function adaptersNamed(members: readonly HostAdapter[], adapters: readonly HostAdapter[]): readonly HostAdapter[] {
  const keys = members.map(adapterKey);
  return adapters.filter((adapter) => keys.includes(adapterKey(adapter)));
}

function isCappedManagement({ purpose, maximumBandwidthPercent }: HostAdapter): boolean {
  return ifKnown(purpose) === "management" && maximumBandwidthPercent.state !== "absent";
}

function shared(
  host: Host,
  version: string,
  external: readonly VirtualSwitch[],
  adapters: readonly HostAdapter[],
): Verdict {
  const [first, ...others] = external;
  const path = first?.allowManagementOs.origin.path ?? host.virtualSwitches.origin.path;
  const hasOwnAdapter = adapters.some(
    (adapter) => ifKnown(adapter.purpose) === "management" && !isBelow(external, adapter, adapters),
  );
  const which = others.length === 0 && first !== undefined ? switchName(first) : "one of these virtual switches";
  const own = hasOwnAdapter ? "Set" : "Add an adapter for management that no virtual switch uses, and set";
  const converged = hasNetworkCapability(version, "minimumBandwidth")
    ? " If the networks are converged, declare the virtual adapters of the management operating system (virtualSwitch)."
    : "";
  return violation(host, path, `${host.name} ${describeSharing(external)}.`, {
    ...evidenceFor(version, "switchReserved"),
    found: { value: true },
    limit: exactly(false),
    ...(hasOwnAdapter && others.length === 0 && first !== undefined
      ? changeOfFact(host, first.allowManagementOs, false)
      : {}),
    fix: `${own} allowManagementOs of ${which} to false.${converged}`,
  });
}

/** Whether an adapter is one of those that a switch uses. */
function isBelow(external: readonly VirtualSwitch[], adapter: HostAdapter, adapters: readonly HostAdapter[]): boolean {
  return external.some((one) => membersOf(one, adapters).some((member) => adapterKey(member) === adapterKey(adapter)));
}

/** What is shared, and that nobody declared it where that is so. */
function describeSharing(external: readonly VirtualSwitch[]): string {
  const byDefault = external.filter(({ allowManagementOs }) => isDefault(allowManagementOs));
  const isAllDefault = byDefault.length === external.length;
  const names = external.map((one) => {
    const name = `"${ifKnown(one.name) ?? ""}"`;
    return !isAllDefault && byDefault.includes(one) ? `${name} (by default)` : name;
  });
  const switches =
    external.length === 1
      ? `the virtual switch ${names.join("")}, its only external one,`
      : `all of its external virtual switches (${listing(names)})`;
  return `shares ${switches} with the management operating system${isAllDefault ? " by default" : ""}`;
}
