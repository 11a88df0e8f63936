import type { Population } from './population.entity.js';

export const MAX_NAME_LENGTH = 64;

const ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u;
const DIGEST = /^[\da-f]{64}$/u;
const NAME = /^[a-z][a-z\d]*(?:[._-][a-z\d]+)*$/u;

/** What a name looks like, for people. */
export const NAME_FORM = `1 to ${MAX_NAME_LENGTH} of a-z, 0-9 and single . _ - between them, beginning with a letter`;

/** Whether a text can be the name of a population; what is an id or a digest cannot. */
export function isPopulationName(text: string): boolean {
  return text.length <= MAX_NAME_LENGTH && NAME.test(text) && !ID.test(text) && !DIGEST.test(text);
}

/** The column that a reference in lower case is looked for in: the id, the digest or the name of a population. */
export function referenceColumn(reference: string): keyof Pick<Population, 'id' | 'digest' | 'name'> {
  if (DIGEST.test(reference)) return 'digest';
  return ID.test(reference) ? 'id' : 'name';
}
