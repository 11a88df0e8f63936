import { AppError } from '../errors/index.js';

/** None of what can be sent is wanted. */
export class NotAcceptableError extends AppError {
  constructor(offered: readonly string[]) {
    const message = `can be ${offered.join(' or ')}`;
    super('not_acceptable', 'not_acceptable', `Accept: ${message}`, [{ field: 'Accept', message }]);
  }
}

/** How much a media range wants a media type: its weight when it covers it, with how exactly it does so. */
function wish(range: string, type: string): { exact: number; weight: number } | undefined {
  const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const exact = [type, `${type.split('/')[0]}/*`, '*/*'].indexOf(name);
  if (exact === -1) return undefined;
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
  return { exact, weight: /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight) ? Number(weight) : 0 };
}

/**
 * The media type that an `Accept` header wants most; the earlier one of equals.
 * @throws NotAcceptableError when it wants none of them
 */
export function preferred<Type extends string>(accept: string | undefined, offered: readonly Type[]): Type {
  const ranges = (accept ?? '*/*').slice(0, 1_000).split(',');
  const weights = offered.map((type) => {
    const wishes = ranges.flatMap((range) => wish(range, type) ?? []);
    return wishes.toSorted((a, b) => a.exact - b.exact)[0]?.weight ?? 0;
  });
  const most = Math.max(...weights);
  const chosen = offered[weights.indexOf(most)];
  if (most === 0 || chosen === undefined) throw new NotAcceptableError(offered);
  return chosen;
}
