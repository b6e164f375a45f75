import type { DeclaredResource } from "../estate/declared";
import type { Computer } from "../estate/parts";
import { UNKNOWN } from "../estate/plain";
import { known, unknown } from "../estate/value";

/** This computer, wherever the program runs: one for each provider that says so, since a tunnel may lead anywhere. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/** The computer that a resource's provider works on; undefined when the provider does not say. */
export function computerOf({ provider }: DeclaredResource): Computer | undefined {
  if (provider === undefined) return undefined;
  const { urn, host } = provider;
  const origin = { urn, path: "host" };
  if (host === UNKNOWN) return { urn, name: unknown(origin) };
  if (typeof host !== "string" || host.trim() === "") return undefined;
  const name = host.trim();
  return { urn, name: known(LOOPBACK.test(name) ? provider.name : name, origin) };
}
