import { resolveAddresses } from "../estate/addresses";
import { declaredMacAddress, resolveMacAddress } from "../estate/mac-addresses";
import {
  NUMA_FACTS,
  type NumaTopology,
  type ResourceControl,
  type SecureBootTemplate,
  type VirtualMachine,
} from "../estate/model";
import type { Reader } from "../estate/reader";
import { absent, allFacts, known, map, meaning, orDefault, type Value } from "../estate/value";

/* What several dialects read of the virtual hardware of a machine. */

export const PERCENT = { minimum: 0, maximum: 100, unit: "%" };
/** Of the processors of one machine beside those of others. */
export const PROCESSOR_WEIGHT = { minimum: 0, maximum: 10_000 };
/** Of adapters, for SR-IOV and for bandwidth. */
export const ADAPTER_WEIGHT = { minimum: 0, maximum: 100 };
/** Processors of a virtual NUMA node, and nodes of a socket. */
export const NUMA_COUNT = { minimum: 1, maximum: 65_536 };
export const IOPS = { minimum: 0, maximum: 1_000_000_000, unit: "IOPS" };
const BITS_PER_SECOND = { minimum: 0, maximum: 1e13, unit: "bits per second" };

export function readMacAddress(reader: Reader, property: string): Value<string> {
  return declaredMacAddress(reader.resolved(property, resolveMacAddress));
}

/** Addresses that stand in one text. */
export function readAddresses(reader: Reader, property: string): Value<readonly Value<string>[]> {
  const addresses = reader.resolved(property, resolveAddresses);
  return map(addresses, (all) => all.map((address) => known(address, addresses.origin)));
}

/** A setting that Hyper-V calls On or Off. */
export function onOrOff(reader: Reader, property: string): Value<boolean> {
  return map(reader.oneOf(property, ["On", "Off"]), (word) => word === "On");
}

/** A number that is not set while it is 0. */
export function unlessZero(value: Value<number>): Value<number> {
  return meaning(value, (number) => (number === 0 ? undefined : number));
}

/** A bandwidth in bits per second, in Mbps; 0 for none. */
export function bandwidth(reader: Reader, property: string): Value<number> {
  return map(reader.decimal(property, BITS_PER_SECOND), (bits) => bits / 1e6);
}

/** With its static address an adapter has no dynamic one, unless that is declared. */
export function dynamicUnless(macAddress: Value<string>): Value<boolean> {
  return orDefault(
    map(macAddress, () => false),
    true,
  );
}

/** What Hyper-V gives a virtual machine of generation 2 that declares no firmware: secure boot, for Windows. */
export function firmwareOf(
  generation: Value<number>,
  secureBoot: Value<boolean>,
  secureBootTemplate: Value<SecureBootTemplate>,
): Pick<VirtualMachine, "secureBoot" | "secureBootTemplate"> {
  return {
    secureBoot: ofGeneration2(generation, secureBoot, true),
    secureBootTemplate: ofGeneration2(generation, secureBootTemplate, "MicrosoftWindows"),
  };
}

function ofGeneration2<T>(generation: Value<number>, declared: Value<T>, fallback: T): Value<T> {
  if (declared.state !== "absent") return declared;
  if (generation.state === "unknown") return generation;
  return generation.state === "known" && generation.value === 2 ? orDefault(declared, fallback) : declared;
}

/** What Hyper-V gives the processors of a virtual machine that declares nothing else. */
export function processorsOf(
  declared: Pick<VirtualMachine, "processorCompatibility" | "nestedVirtualization" | "resourceControl">,
): typeof declared {
  const { processorCompatibility, nestedVirtualization, resourceControl } = declared;
  const none = absent(resourceControl.origin);
  const withDefaults = (own?: ResourceControl): ResourceControl => ({
    reservePercent: orDefault(own?.reservePercent ?? none, 0),
    limitPercent: orDefault(own?.limitPercent ?? none, 100),
    weight: orDefault(own?.weight ?? none, 100),
  });
  return {
    processorCompatibility: orDefault(processorCompatibility, false),
    nestedVirtualization: orDefault(nestedVirtualization, false),
    resourceControl: orDefault(map(resourceControl, withDefaults), withDefaults()),
  };
}

/** A virtual NUMA topology of which nothing is set is the one of the host. */
export function numaOf(declared: Partial<NumaTopology> & Pick<NumaTopology, "processorsPerNode">): Value<NumaTopology> {
  const { origin } = declared.processorsPerNode;
  const first = Object.values(declared).find(({ state }) => state !== "absent");
  if (first === undefined) return absent(origin);
  return known({ ...allFacts(NUMA_FACTS, absent({ urn: origin.urn, path: "" })), ...declared }, first.origin);
}
