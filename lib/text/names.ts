/** Names that Windows gives, to computers, clusters, teams and networks, do not depend on case. */
export function fold(name: string): string {
  return name.toLowerCase();
}

/** The computer's own name in its full one: `hv01` of `hv01.contoso.com`; an address stays whole. */
export function label(name: string): string {
  const [first = ""] = fold(name).split(".");
  return /^[\d.]+$|:/.test(name) ? fold(name) : first;
}
