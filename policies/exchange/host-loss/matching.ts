/** Items that have too few places between them: each needs a place of its own, and these are all they may take. */
export interface Crowd<I, P> {
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
export function crowds<I, P>(items: readonly I[], placesOf: (item: I) => readonly P[]): readonly Crowd<I, P>[] {
  const holders = new Map<P, I>();
  const found: { items: Set<I>; places: Set<P> }[] = [];
  for (const item of items) {
    const tried = new Set<P>();
    if (settle(item, placesOf, holders, tried) || tried.size === 0) continue;
    const crowd = { items: new Set([item]), places: tried };
    for (const [place, holder] of holders) if (tried.has(place)) crowd.items.add(holder);
    // Crowds that share a place are one problem.
    for (const other of found.filter(({ places }) => [...places].some((place) => tried.has(place)))) {
      other.items.forEach((one) => crowd.items.add(one));
      other.places.forEach((place) => crowd.places.add(place));
      found.splice(found.indexOf(other), 1);
    }
    found.push(crowd);
  }
  return found.map((crowd) => ({ items: items.filter((item) => crowd.items.has(item)), places: [...crowd.places] }));
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
