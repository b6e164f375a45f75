import { isIPv4 } from "node:net";
import type { Resolution } from "./reader";

/** IPv4 addresses from one to another, both included, as numbers from 0 to 2³² - 1. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

const BITS = 32;

/** Undefined for what is no IPv4 address. */
export function ipv4Number(text: string): number | undefined {
  if (!isIPv4(text)) return undefined;
  return text.split(".").reduce((number, part) => number * 256 + Number(part), 0);
}

export function ipv4Text(address: number): string {
  return [24, 16, 8, 0].map((shift) => String(Math.floor(address / 2 ** shift) % 256)).join(".");
}

/** A subnet as in `10.0.0.0/24`; undefined for what is none of IPv4. */
export function subnetOfPrefix(text: string): AddressRange | undefined {
  const [, address = "", length = ""] = /^([^/]+)\/(\d{1,2})$/.exec(text) ?? [];
  const number = ipv4Number(address);
  return number === undefined || length === "" || Number(length) > BITS ? undefined : subnet(number, Number(length));
}

/** The subnet that an address is in by its mask, as in `255.255.255.0`; undefined where one of them is none of IPv4. */
export function subnetOfMask(address: string, mask: string): AddressRange | undefined {
  const number = ipv4Number(address);
  const length = prefixLength(mask);
  return number === undefined || length === undefined ? undefined : subnet(number, length);
}

/** How many bits of a mask are set; undefined where these are not the first ones. */
function prefixLength(mask: string): number | undefined {
  const number = ipv4Number(mask);
  if (number === undefined) return undefined;
  const length = BITS - Math.log2(2 ** BITS - number);
  return Number.isInteger(length) ? length : undefined;
}

function subnet(address: number, length: number): AddressRange {
  const size = 2 ** (BITS - length);
  const first = Math.floor(address / size) * size;
  return { first, last: first + size - 1 };
}

/** Negative, or 0, for a range that ends before it starts. */
export function sizeOf({ first, last }: AddressRange): number {
  return last - first + 1;
}

/** What two ranges have in common, if anything. */
export function overlapOf(one: AddressRange, other: AddressRange): AddressRange | undefined {
  const common = { first: Math.max(one.first, other.first), last: Math.min(one.last, other.last) };
  return sizeOf(common) > 0 ? common : undefined;
}

export function isWithin(inner: AddressRange, outer: AddressRange): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

export function rangeOfOne(address: number): AddressRange {
  return { first: address, last: address };
}

/** `10.0.0.4`, or `10.0.0.4 to 10.0.0.9`. */
export function describeRange({ first, last }: AddressRange): string {
  return first === last ? ipv4Text(first) : `${ipv4Text(first)} to ${ipv4Text(last)}`;
}

/** A subnet as in `10.0.0.0/24`. */
export function describeSubnet(range: AddressRange): string {
  return `${ipv4Text(range.first)}/${String(BITS - Math.log2(sizeOf(range)))}`;
}

export function resolveSubnetMask(text: string): Resolution<string> {
  if (prefixLength(text) !== undefined) return { resolved: true, value: text };
  return { resolved: false, problem: "it is not a subnet mask", allowed: "a mask such as 255.255.255.0" };
}
