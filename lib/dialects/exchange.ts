import type { Reader } from "../estate/reader";
import { absent, ifKnown, known, map, type Known, type Value } from "../estate/value";
import {
  exchangeRolesIn,
  isMultiRole,
  resolveDeclaredVersion,
  resolveExchangeRole,
  type DeclaredVersion,
} from "../tables/exchange";

export function readExchangeVersion(reader: Reader, name: string): Value<DeclaredVersion> {
  return reader.resolved(name, resolveDeclaredVersion);
}

/**
 * The roles of a server, each once; an empty list is as good as none. What a server of all roles has beyond those of
 * every version depends on the version.
 */
export function readExchangeRoles(
  reader: Reader,
  name: string,
  declared: Value<DeclaredVersion>,
): Value<readonly Value<string>[]> {
  const version = ifKnown(declared)?.id;
  const split = (text: Known<string>): readonly Value<string>[] => {
    const names = exchangeRolesIn(text.value, version).map((one) => known(one.trim(), text.origin));
    return declared.state === "unknown" && isMultiRole(text.value) ? [...names, declared] : names;
  };
  const roles = reader.resolvedList(name, (text) => resolveExchangeRole(text, version), split);
  return ifKnown(roles)?.length === 0 ? absent(roles.origin) : map(roles, distinct);
}

function distinct(roles: readonly Value<string>[]): readonly Value<string>[] {
  const seen = new Set<unknown>();
  return roles.filter((role) => {
    const key = ifKnown(role) ?? role;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
