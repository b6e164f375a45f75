import { ipv4Number, sizeOf, type AddressRange } from "../../../lib/estate/ipv4";
import type { AddressPool } from "../../../lib/estate/network-facts";
import { combine, unknown, type Known, type Unknown, type Value } from "../../../lib/estate/value";

/** Pools of IPv4 addresses as far as they are known. */
export interface KnownPools {
  /** In the order in which they are declared; one that ends before it starts has no address. */
  readonly ranges: readonly Known<AddressRange>[];
  /** What is not known of the others. */
  readonly open: readonly Unknown[];
}

export function knownPools(pools: readonly AddressPool[]): KnownPools {
  const ranges = pools.map(rangeOfPool);
  return {
    ranges: ranges.filter((range) => range.state === "known"),
    open: ranges.filter((range) => range.state === "unknown"),
  };
}

function rangeOfPool({ from, to }: AddressPool): Value<AddressRange> {
  const range = combine({ from, to }, from.origin, ({ from: first, to: last }) => {
    const [one, other] = [ipv4Number(first), ipv4Number(last)];
    return one === undefined || other === undefined ? undefined : { first: one, last: other };
  });
  if (range.state !== "known") return range;
  const { value } = range;
  return value === undefined
    ? { ...unknown(range.origin), what: "an address that is not of IPv4" }
    : { ...range, value };
}

/** Without those that end before they start. */
export function filledRanges({ ranges }: KnownPools): readonly Known<AddressRange>[] {
  return ranges.filter(({ value }) => sizeOf(value) > 0);
}

/** Two ranges with addresses in common, the first pair by address. */
export function firstOverlap<R extends { readonly value: AddressRange }>(
  ranges: readonly R[],
): readonly [R, R] | undefined {
  const sorted = [...ranges].sort((one, other) => one.value.first - other.value.first);
  let widest: R | undefined;
  for (const range of sorted) {
    if (widest !== undefined && range.value.first <= widest.value.last) return [widest, range];
    if (widest === undefined || range.value.last > widest.value.last) widest = range;
  }
  return undefined;
}
