/** The most that a cassette keeps of a count. */
const MOST = 2_147_483_647;

/** A count as a server tells it; 0 where it tells none, or something that is none. */
export function toldCount(value: unknown): number {
  const count = typeof value === 'number' ? Math.round(value) : 0;
  return count > 0 && count <= MOST ? count : 0;
}

/** A piece of text as a server tells it; nothing where it leaves it out. @throws Error where it is something else */
export function toldText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  throw new Error('it answers with something that is no text');
}
