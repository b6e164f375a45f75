import type { DeclaredResource } from "../lib/estate/declared";
import { isPlainArray, isPlainObject, UNKNOWN, type Plain } from "../lib/estate/plain";

/** An estate of which one value is known only after the deployment. */
export interface HiddenValue {
  /** Which value that is, for the message of a test. */
  readonly place: string;
  readonly hidden: readonly DeclaredResource[];
}

/** Larger estates repeat what smaller ones have. */
const MOST_RESOURCES = 10;
const MOST_VALUES = 40;

/**
 * Estates in each of which one value is unknown: all values in turn, or some of many. Names stay known, since findings are
 * compared by them.
 */
export function someUnknownValues(estate: readonly DeclaredResource[]): readonly HiddenValue[] {
  if (estate.length > MOST_RESOURCES) return [];
  const all = estate.flatMap((resource, index) =>
    variants(resource.properties).flatMap(({ path, value }): readonly HiddenValue[] =>
      path !== ".name" && isPlainObject(value)
        ? [{ place: `${resource.name}${path}`, hidden: estate.with(index, { ...resource, properties: value }) }]
        : [],
    ),
  );
  const step = Math.max(1, Math.floor(all.length / MOST_VALUES));
  return all.filter((_, index) => index % step === 0);
}

interface Variant {
  readonly path: string;
  readonly value: Plain;
}

/** A value with each part of it unknown in turn, and with parts of its parts. */
function variants(value: Plain): readonly Variant[] {
  if (isPlainArray(value)) {
    return value.flatMap((item, index) =>
      partVariants(item).map(({ path, value: part }) => ({
        path: `[${String(index)}]${path}`,
        value: value.with(index, part),
      })),
    );
  }
  // Nobody may look at a property that fails.
  if (!isPlainObject(value) || hasAccessors(value)) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    partVariants(part ?? null).map((variant) => ({
      path: `.${key}${variant.path}`,
      value: { ...value, [key]: variant.value },
    })),
  );
}

function hasAccessors(value: object): boolean {
  return Object.values(Object.getOwnPropertyDescriptors(value)).some((property) => "get" in property);
}

function partVariants(part: Plain): readonly Variant[] {
  return [{ path: "", value: UNKNOWN }, ...variants(part)];
}

/** Rules that rightly say something else while a value is not known, and why. */
const EXPECTED: Readonly<Record<"finds" | "passes", Readonly<Record<string, string>>>> = {
  finds: {
    "azure-local-node-addresses": "a problem of several nodes is reported at the first of those that are known",
    "backup-agent-placement": "the problem is reported at the job while that of the agent is not known",
    "domain-controllers": "a machine whose role is not known is said beside what is wrong with the others",
    "guest-tpm": "the same guest in generation 1 is reported by guest-os-supported",
    "shared-disk": "the problem is reported at the last of those that are known",
    "names-unique": "the problem is reported at the last of those that are known",
    "guest-disk-count": "its cases have a malformed generation, in place of which each generation is judged",
    "host-virtual-processors": "no document has the number of Windows Server 2008, which is smaller than the others",
    "live-migration-order": "orders are compared with the first that is known",
    "network-purpose-supported": "the problem is reported at the nodes while that of the cluster is not known",
    "vmm-ports": "a port is not opened where it is no longer known to be denied",
  },
  passes: {
    estate: "what is not known is not malformed",
    "exchange-dag-anti-affinity": "a class name keeps servers apart, unless both are known to be on one host",
    "exchange-processor-ratio": "exchange-supported-scenario reports it with the stricter limit of Unified Messaging",
    "guest-disk-size": "a disk whose size is missing is judged by its format alone",
    "live-migration-order": "orders are compared with the first that is known",
    "network-purpose-supported": "a cluster of unknown networks is asked for them by the other rules of networks",
  },
};

export function isExpected(rule: string, outcome: "finds" | "passes"): boolean {
  return EXPECTED[outcome][rule] !== undefined;
}
