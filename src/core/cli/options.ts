import { InvalidArgumentError } from 'commander';

/** Reads a whole number within bounds, as an option of commander. */
export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const accepted = max === Number.MAX_SAFE_INTEGER ? `from ${min} up` : `from ${min} to ${max}`;
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`expected a whole number ${accepted}.`);
  };
}

/** Reads a number from 0 to 1. */
export function fraction(text: string): number {
  const value = /^[\d.]{1,20}$/.test(text) ? Number(text) : NaN;
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('expected a number from 0 to 1.');
}

const UNIT_SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** Reads a length of time such as `90s`, `30m`, `12h` or `7d`; in seconds afterwards. */
export function duration(text: string): number {
  const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  if (count === undefined) throw new InvalidArgumentError('expected a time such as 90s, 30m, 12h or 7d.');
  return Number(count) * UNIT_SECONDS[unit as keyof typeof UNIT_SECONDS];
}

/** Reads a UUID; lower case afterwards. */
export function uuid(text: string): string {
  if (!/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu.test(text)) {
    throw new InvalidArgumentError('expected a UUID.');
  }
  return text.toLowerCase();
}

/** Reads a list that is separated by commas. */
export function commaList(text: string): string[] {
  return text.split(',').map((item) => item.trim());
}

/** Options under the names of the API's fields: `--drafts-per-agent` is `drafts_per_agent`. */
export function wireNames(options: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
