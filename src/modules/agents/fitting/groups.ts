/** How many keys a list of all may have: some megabytes. */
const MAX_DENSE = 4_000_000;

/** People who have the same levels of some attributes. */
export interface Groups {
  /** For each person, the group. */
  readonly of: Int32Array;
  /** For each group, its levels of the attributes. */
  readonly levels: readonly (readonly number[])[];
  readonly sizes: Int32Array;
}

/**
 * Groups people by the levels that they have of any number of attributes; groups are in the order of their levels.
 * @param radixes how many levels each attribute has
 */
export function groupPeople(
  count: number,
  levels: readonly Uint8Array[],
  radixes: readonly number[],
): Groups {
  const of = new Int32Array(count);
  let known: readonly (readonly number[])[] = [[]];
  for (const [place, column] of levels.entries())
    known = refined(of, known, column, radixes[place] as number);
  const sizes = new Int32Array(known.length);
  for (const group of of) sizes[group] = (sizes[group] as number) + 1;
  return { of, levels: known, sizes };
}

/** Splits groups by one more attribute; their numbers stay dense, so that they never outgrow what a number can tell. */
function refined(
  of: Int32Array,
  known: readonly (readonly number[])[],
  column: Uint8Array,
  radix: number,
): (readonly number[])[] {
  for (let person = 0; person < of.length; person += 1)
    of[person] = (of[person] as number) * radix + (column[person] as number);
  const keys = known.length * radix <= MAX_DENSE ? rankDense(of, known.length * radix) : rankSparse(of);
  return keys.map((key) => [...(known[Math.floor(key / radix)] as readonly number[]), key % radix]);
}

/** Replaces keys below a bound by their ranks. @returns the different keys in their order */
function rankDense(keys: Int32Array, bound: number): number[] {
  const rankOf = new Int32Array(bound).fill(-1);
  for (const key of keys) rankOf[key] = 0;
  const different: number[] = [];
  for (let key = 0; key < bound; key += 1) if (rankOf[key] === 0) rankOf[key] = different.push(key) - 1;
  for (let at = 0; at < keys.length; at += 1) keys[at] = rankOf[keys[at] as number] as number;
  return different;
}

/** The same where there are too many keys for a list of all. */
function rankSparse(keys: Int32Array): number[] {
  const different = [...new Set(keys)].toSorted((a, b) => a - b);
  const rankOf = new Map(different.map((key, rank) => [key, rank]));
  for (let at = 0; at < keys.length; at += 1) keys[at] = rankOf.get(keys[at] as number) as number;
  return different;
}

/** The place of a combination of levels in a table of attributes with so many levels. */
export function cellOfLevels(levels: ArrayLike<number>, radixes: readonly number[]): number {
  return radixes.reduce((cell, radix, place) => cell * radix + (levels[place] as number), 0);
}
