import { BlockList, isIP } from "node:net";
import { perText } from "../text/collections";
import type { Resolution } from "./reader";

/** What is not routed in the internet. */
const PRIVATE = [
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "::1/128",
  "fc00::/7",
  "fe80::/10",
];

/** An address, or a range such as 10.0.0.0/24. */
export function isRange(text: string): boolean {
  return parse(text) !== undefined;
}

/** Whether an address lies in a range; false for what is neither. */
export function contains(range: string, address: string): boolean {
  const network = parse(range);
  if (network?.version !== isIP(address)) return false;
  return listOf(range)?.check(address, familyOf(network.version)) ?? false;
}

/** Made once for each range: it takes longer than thousands of questions. */
const listOf = perText((range): BlockList | undefined => {
  const network = parse(range);
  if (network === undefined) return undefined;
  const list = new BlockList();
  list.addSubnet(network.address, network.length, familyOf(network.version));
  return list;
});

export function isPublic(address: string): boolean {
  return !PRIVATE.some((range) => contains(range, address));
}

/** Whether a range holds every address of its family. */
export function isEverything(text: string): boolean {
  return parse(text)?.length === 0;
}

/** Whether a range is so wide that it means the internet: half of IPv4, or what of IPv6 is given to the internet. */
export function isWholeInternet(text: string): boolean {
  const network = parse(text);
  return network !== undefined && network.length <= (network.version === 4 ? 1 : 3);
}

export function resolveAddress(text: string): Resolution<string> {
  if (isIP(text) !== 0) return { resolved: true, value: text };
  return { resolved: false, problem: "it is not an IP address", allowed: "an address such as 10.0.0.4" };
}

/** Addresses in one text, with commas between them; what may follow one is the length of its prefix. */
export function resolveAddresses(text: string): Resolution<readonly string[]> {
  const addresses = text.split(",").map((item) => item.trim().replace(/\/\d{1,3}$/, ""));
  if (addresses.every((address) => isIP(address) !== 0)) return { resolved: true, value: addresses };
  return { resolved: false, problem: "it is no list of IP addresses", allowed: "addresses such as 10.0.0.4, 10.0.0.5" };
}

interface Network {
  readonly address: string;
  readonly length: number;
  readonly version: number;
}

const parse = perText((text): Network | undefined => {
  const [, address = "", length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  if (version === 0) return undefined;
  const longest = version === 4 ? 32 : 128;
  const bits = length === undefined ? longest : Number(length);
  return bits > longest ? undefined : { address, length: bits, version };
});

function familyOf(version: number): "ipv4" | "ipv6" {
  return version === 4 ? "ipv4" : "ipv6";
}
