const RANGE = /^(-?\d{1,9})(?:(?:\.\.|-)(-?\d{1,9}))?$/u;

/** Both ends of a range such as `18-24`, `-5..5` or `7`; undefined for what is none. */
export function rangeOf(level: string): readonly [from: number, to: number] | undefined {
  const match = RANGE.exec(level);
  if (match === null) return undefined;
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  return from <= to ? [from, to] : undefined;
}
