import { AppError, type FieldIssue } from '../errors/index.js';

/** What of a refusal says how to go on. */
interface Refusal {
  code: string;
  message: string;
  errors: readonly FieldIssue[];
}

/**
 * The commands by which people let go on what the guard holds, and the one that makes it then: with the same seed it is the same.
 * @param hint words a command for the server that this one was for
 * @param words the arguments of this command
 */
export function stepsAfter(
  error: unknown,
  hint: (words: string) => string,
  words: readonly string[],
): string[] {
  const { code, message, errors } = refusalIn(error);
  // What the guard said of a field of that name comes before.
  const valueOf = (name: string): string | undefined =>
    errors.findLast(({ field }) => field === name)?.message;
  const [review, seed] = [valueOf('review_id'), valueOf('seed')];
  if (code !== 'compliance_refused' || review === undefined || seed === undefined) return [];
  const blocked = message.includes('the guard blocks it');
  return [
    blocked
      ? 'once people have let it go on, somebody else than who appeals, the same can be made:'
      : 'once people have let it go on, the same can be made:',
    ...(blocked ? [hint(`review appeal ${review} --reason "why it should"`)] : []),
    hint(`review claim ${review}`),
    hint(`review decide ${review} --verdict release --reason "why it may"`),
    `azt3knet ${withSeed(words, seed).map(quoted).join(' ')}`,
  ];
}

function refusalIn(error: unknown): Refusal {
  const { code = '', message = '', errors = [] } = error as Partial<Refusal>;
  return { code, message, errors: error instanceof AppError ? error.issues : errors };
}

/** The words of a command with this seed in the place of any other. */
function withSeed(words: readonly string[], seed: string): string[] {
  const others = words.filter((word, at) => !/^--seed(?:=|$)/u.test(word) && words[at - 1] !== '--seed');
  const end = others.includes('--') ? others.indexOf('--') : others.length;
  return others.toSpliced(end, 0, '--seed', seed);
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
