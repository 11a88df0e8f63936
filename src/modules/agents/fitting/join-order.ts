/** Tables in an order in which each shares with all before it what it shares with one of them. */
export interface JoinOrder {
  /** Places of tables; every one after the core meets what was there in one table before it. */
  readonly order: readonly number[];
  /** Places of the tables that form rings, and have to be fitted together. */
  readonly ring: readonly number[];
}

/**
 * Orders sets of attributes by taking off ears: sets that share with all others only what they share with one of them.
 * Where nothing is left but `root`, the sets have no ring. Source: M. H. Graham, "On the universal relation"
 * (University of Toronto, 1979); C. T. Yu and M. Z. Özsoyoğlu, COMPSAC 1979.
 * @param root a set that is never taken off
 */
export function joinOrder(sets: readonly (readonly number[])[], root: number | undefined): JoinOrder {
  const left = new Set(sets.keys());
  const taken: number[] = [];
  for (let found = true; found && left.size > 1;) {
    const ear = [...left].toReversed().find((place) => place !== root && isEar(sets, left, place));
    found = ear !== undefined;
    if (ear === undefined) break;
    left.delete(ear);
    taken.unshift(ear);
  }
  return left.size > 1 ? { order: taken, ring: [...left] } : { order: [...left, ...taken], ring: [] };
}

function isEar(sets: readonly (readonly number[])[], left: ReadonlySet<number>, place: number): boolean {
  const others = [...left]
    .filter((other) => other !== place)
    .map((other) => sets[other] as readonly number[]);
  const shared = (sets[place] as readonly number[]).filter((attribute) =>
    others.some((other) => other.includes(attribute)),
  );
  return others.some((other) => shared.every((attribute) => other.includes(attribute)));
}
