import { plain } from './words.js';

/**
 * How many letters must be changed, added, left out or swapped with their neighbour to make one word the other
 * (optimal string alignment).
 * @param most where it is more, any number above it is answered
 */
export function editDistance(from: string, to: string, most: number): number {
  if (Math.abs(from.length - to.length) > most) return most + 1;
  let [before, last] = [[] as number[], Array.from({ length: to.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= from.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let least = Math.min(
        (last[column] as number) + 1,
        (now[column - 1] as number) + 1,
        (last[column - 1] as number) + (same ? 0 : 1),
      );
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (row > 1 && column > 1 && swapped) least = Math.min(least, (before[column - 2] as number) + 1);
      now.push(least);
    }
    if (Math.min(...now) > most) return most + 1;
    [before, last] = [last, now];
  }
  return last[to.length] as number;
}

/** How many mistakes a word of this length may have to be taken for another. */
export function mistakesIn(word: string): number {
  if (word.length < 4) return 0;
  return word.length < 7 ? 1 : 2;
}

/** The words that are nearest to one, if any is near enough. */
export function nearest(word: string, among: Iterable<string>): string[] {
  let most = mistakesIn(word);
  let found: string[] = [];
  if (most === 0) return found;
  for (const each of among) {
    const distance = editDistance(word, each, most);
    if (distance > most) continue;
    if (distance < most) found = [];
    most = distance;
    found.push(each);
  }
  return found;
}

/** How a name sounds: `Análitica_Bot V1` and `analitica-bot-v1` are the same to people. */
export function soundOf(name: string): string {
  return plain(name).replaceAll(/[\s_-]+/g, '-');
}

/** The names that somebody may have meant by another: with a mistake or two, or with a part of it left out. */
export function namesNear(name: string, names: readonly string[]): string[] {
  const wanted = soundOf(name);
  const parts = partsOf(name);
  const near = names.map((each) => {
    const known = soundOf(each);
    const most = Math.max(2, Math.floor(wanted.length / 4));
    const distance = editDistance(wanted, known, most);
    if (distance <= most) return { each, rank: distance };
    const has = partsOf(each);
    if (parts.length === 0) return { each, rank: Number.POSITIVE_INFINITY };
    if (parts.every((part) => has.includes(part)) || known.startsWith(wanted))
      return { each, rank: most + 1 };
    const resembles = parts.every((part) => nearest(part, has).length > 0);
    return { each, rank: resembles ? most + 2 : Number.POSITIVE_INFINITY };
  });
  return near
    .filter(({ rank }) => Number.isFinite(rank))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ each }) => each);
}

function partsOf(name: string): string[] {
  return plain(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
}
