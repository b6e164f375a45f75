import { GUEST_ADAPTER_FACTS, PORT_MIRRORINGS, type GuestAdapter } from "../../estate/model";
import type { Reader } from "../../estate/reader";
import { absent, allFacts, declaredFacts, ifKnown, map, orDefault, unknown, type Origin } from "../../estate/value";
import { ADAPTER_WEIGHT, bandwidth, dynamicUnless, onOrOff, readMacAddress, unlessZero } from "../hardware";
import type { CmdletSubject } from "./actions";
import type { MachineChange } from "./machine-change";
import type { ScriptMachine } from "./machines";

const VLAN = { minimum: 0, maximum: 4094 };

/** What Hyper-V gives an adapter for which nothing is set. */
export function newAdapter(origin: Origin): GuestAdapter {
  const none = absent(origin);
  return {
    ...allFacts(GUEST_ADAPTER_FACTS, none),
    dynamicMacAddress: orDefault(none, true),
    macAddressSpoofing: orDefault(none, false),
    portMirroring: orDefault(none, "none"),
    iovWeight: orDefault(none, 0),
  };
}

export function addAdapter({ machine, reader, origin }: MachineChange): void {
  machine.adapters.push({
    ...newAdapter(origin),
    name: orDefault(reader.text("Name"), "Network Adapter"),
    switch: reader.text("SwitchName"),
    kind: map(orDefault(reader.flag("IsLegacy"), false), (isLegacy) => (isLegacy ? "legacy" : "synthetic")),
    ...declaredMacAddress(reader),
  });
}

export function setAdapter({ machine, reader, subject, origin }: MachineChange): void {
  const changed: Partial<GuestAdapter> = {
    ...declaredMacAddress(reader),
    ...declaredFacts({
      macAddressSpoofing: onOrOff(reader, "MacAddressSpoofing"),
      portMirroring: reader.oneOf("PortMirroring", PORT_MIRRORINGS),
      iovWeight: reader.integer("IovWeight", ADAPTER_WEIGHT),
      minimumBandwidthWeight: reader.integer("MinimumBandwidthWeight", ADAPTER_WEIGHT),
      minimumBandwidthMbps: bandwidth(reader, "MinimumBandwidthAbsolute"),
      maximumBandwidthMbps: bandwidth(reader, "MaximumBandwidth"),
    }),
  };
  if (Object.keys(changed).length > 0)
    changeAdapters(machine, subject, origin, (adapter) => withoutZeros({ ...adapter, ...changed }));
}

/** 0 takes away a bandwidth that was set before. */
function withoutZeros(adapter: GuestAdapter): GuestAdapter {
  return {
    ...adapter,
    minimumBandwidthWeight: unlessZero(adapter.minimumBandwidthWeight),
    minimumBandwidthMbps: unlessZero(adapter.minimumBandwidthMbps),
    maximumBandwidthMbps: unlessZero(adapter.maximumBandwidthMbps),
  };
}

export function setVlan({ machine, reader, subject, origin }: MachineChange): void {
  const vlan = reader.integer("VlanId", VLAN);
  changeAdapters(machine, subject, origin, (adapter) => ({ ...adapter, vlan }));
}

export function connect({ machine, reader, subject, origin }: MachineChange): void {
  const to = reader.text("SwitchName");
  changeAdapters(machine, subject, origin, (adapter) => ({ ...adapter, switch: to }));
}

/** The MAC address where a command sets one, or has the host give one. */
function declaredMacAddress(reader: Reader): Partial<Pick<GuestAdapter, "macAddress" | "dynamicMacAddress">> {
  const isDynamic = reader.flag("DynamicMacAddress");
  const macAddress = readMacAddress(reader, "StaticMacAddress");
  if (macAddress.state !== "absent") return { macAddress, dynamicMacAddress: dynamicUnless(macAddress) };
  return isDynamic.state === "absent" ? {} : { macAddress, dynamicMacAddress: isDynamic };
}

/** Changes the adapters that are meant; if those are known only when the script runs, none is known any more. */
function changeAdapters(
  machine: ScriptMachine,
  { adapter: meant }: CmdletSubject,
  origin: Origin,
  change: (adapter: GuestAdapter) => GuestAdapter,
): void {
  if (meant !== undefined && typeof meant !== "string") {
    machine.unknownAdapters = unknown(origin);
    return;
  }
  const isMeant = ({ name }: GuestAdapter): boolean =>
    meant === undefined || ifKnown(name)?.toLowerCase() === meant.toLowerCase();
  // An adapter that the script has not made is one that something else declares.
  const isElsewhere = meant === undefined || !machine.adapters.some(isMeant);
  if (isElsewhere && machine.created === undefined) machine.unknownAdapters ??= unknown(origin);
  machine.adapters = machine.adapters.map((adapter) => (isMeant(adapter) ? change(adapter) : adapter));
}
