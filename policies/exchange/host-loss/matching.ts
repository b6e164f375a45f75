/** Items that have fewer places together than they are: each needs one of its own, and these are all that it may take. */
export interface Shortage<I, P> {
  readonly items: readonly I[];
  readonly places: readonly P[];
}

/** As many items as possible, each with a place of its own. */
export function match<I, P>(items: readonly I[], placesOf: (item: I) => readonly P[]): ReadonlyMap<I, P> {
  const holders = new Map<P, I>();
  for (const item of items) settle(item, placesOf, holders, new Set());
  return new Map([...holders].map(([place, item]) => [item, place]));
}

/**
 * Why not every item has a place of its own: the items that together have fewer places than they are, in their order.
 * Items without any place are left out. None is returned exactly when all others can be placed (Hall's theorem).
 */
export function shortages<I, P>(items: readonly I[], placesOf: (item: I) => readonly P[]): readonly Shortage<I, P>[] {
  const holders = new Map<P, I>();
  const found: { items: Set<I>; places: Set<P> }[] = [];
  for (const item of items) {
    const tried = new Set<P>();
    if (settle(item, placesOf, holders, tried) || tried.size === 0) continue;
    const shortage = { items: new Set([item]), places: tried };
    for (const [place, holder] of holders) if (tried.has(place)) shortage.items.add(holder);
    // Shortages that share a place are one problem.
    for (const other of found.filter(({ places }) => [...places].some((place) => tried.has(place)))) {
      other.items.forEach((one) => shortage.items.add(one));
      other.places.forEach((place) => shortage.places.add(place));
      found.splice(found.indexOf(other), 1);
    }
    found.push(shortage);
  }
  return found.map((shortage) => ({
    items: items.filter((item) => shortage.items.has(item)),
    places: [...shortage.places],
  }));
}

/** Gives an item a place, and those that are in the way another one, if that can be done (Kuhn's algorithm). */
function settle<I, P>(item: I, placesOf: (item: I) => readonly P[], holders: Map<P, I>, tried: Set<P>): boolean {
  for (const place of placesOf(item)) {
    if (tried.has(place)) continue;
    tried.add(place);
    const holder = holders.get(place);
    if (holder !== undefined && !settle(holder, placesOf, holders, tried)) continue;
    holders.set(place, item);
    return true;
  }
  return false;
}
