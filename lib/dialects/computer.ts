import type { DeclaredResource } from "../estate/declared";
import type { Computer } from "../estate/linked-facts";
import { UNKNOWN, type Plain } from "../estate/plain";
import { known, unknown, type Origin } from "../estate/value";

/** This computer, wherever the program runs: one for each provider that has it, since a tunnel may lead anywhere. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/** The computer that a resource's provider works on; undefined when the provider does not name one. */
export function computerOf({ provider }: DeclaredResource): Computer | undefined {
  if (provider === undefined) return undefined;
  return computerNamed(provider.host, { urn: provider.urn, path: "host" }, provider.name);
}

/**
 * The computer of a name as it was declared.
 * @param loopback what to call the computer that is reached as this one
 */
export function computerNamed(host: Plain, origin: Origin, loopback: string): Computer | undefined {
  if (host === UNKNOWN) return { urn: origin.urn, name: unknown(origin) };
  if (typeof host !== "string" || host.trim() === "") return undefined;
  const name = host.trim();
  return { urn: origin.urn, name: known(LOOPBACK.test(name) ? loopback : name, origin) };
}
