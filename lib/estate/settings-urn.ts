/*
 * What the settings declare is not a resource and has no URN. In the model a URN of their own stands in its place, so that
 * everything has one; findings show none.
 */

const SCHEME = "settings:";

/** @param what a place in the settings, or what they declare, as in `hosts[0]` */
export function settingsUrn(what: string): string {
  return `${SCHEME}${what}`;
}

export function isOfSettings(urn: string): boolean {
  return urn.startsWith(SCHEME);
}

/** The URN of a resource; undefined for what only the settings declare. */
export function resourceUrn(urn: string): string | undefined {
  return isOfSettings(urn) ? undefined : urn;
}
