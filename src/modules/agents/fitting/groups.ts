/** People who have the same levels of some attributes. */
export interface Groups {
  /** For each person, the group. */
  readonly of: Int32Array;
  /** For each group, a number that stands for its levels. */
  readonly keys: readonly number[];
  readonly sizes: Int32Array;
}

/** Groups people by the levels that they have of some attributes; groups are in the order of their keys. */
export function groupPeople(
  count: number,
  levels: readonly Uint8Array[],
  radixes: readonly number[],
): Groups {
  const keyOf = new Float64Array(count);
  for (const [place, column] of levels.entries()) {
    const radix = radixes[place] as number;
    for (let person = 0; person < count; person += 1)
      keyOf[person] = (keyOf[person] as number) * radix + (column[person] as number);
  }
  const keys = [...new Set(keyOf)].toSorted((a, b) => a - b);
  const groupOf = new Map(keys.map((key, group) => [key, group]));
  const of = new Int32Array(count);
  const sizes = new Int32Array(keys.length);
  for (let person = 0; person < count; person += 1) {
    const group = groupOf.get(keyOf[person] as number) as number;
    of[person] = group;
    sizes[group] = (sizes[group] as number) + 1;
  }
  return { of, keys, sizes };
}

/** The key of levels, as {@link groupPeople} makes it. */
export function keyOfLevels(levels: ArrayLike<number>, radixes: readonly number[]): number {
  return radixes.reduce((key, radix, place) => key * radix + (levels[place] as number), 0);
}

/** The levels that a key stands for. */
export function levelsOfKey(key: number, radixes: readonly number[]): number[] {
  const levels: number[] = [];
  let rest = key;
  for (const radix of radixes.toReversed()) {
    levels.unshift(rest % radix);
    rest = Math.floor(rest / radix);
  }
  return levels;
}
