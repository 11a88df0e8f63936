import { findPii } from '../../compliance/index.js';
import type { AgentProfile } from '../agent.profile.js';
import { isLevel } from '../population.specification.js';
import { foldText } from '../generator/text.js';
import { isDeniedName } from './deny-list.js';
import { BIASES, type WrittenPerson } from './people.request.js';
import type { Refusal, WrittenField } from './writer.js';

/** What is wrong with a field that a model wrote. */
export interface FieldRefusal {
  readonly field: WrittenField;
  readonly reason: Refusal;
  /** For the model, in a sentence. */
  readonly words: string;
}

/** What of a person can be taken as far as the person alone says: the others may have the same. */
export interface CheckedPerson {
  readonly name?: string;
  readonly interests?: string[];
  readonly bio?: string;
  readonly biases?: string[];
  readonly refusals: readonly FieldRefusal[];
}

const MIN_BIO = 60;
const MAX_BIO = 160;
/** Letters and marks of any script, with what stands between the parts of a name. */
const NAME = /^\p{L}[\p{L}\p{M}]*(?:[ '’·.-]{1,2}\p{L}[\p{L}\p{M}]*)*\.?$/u;
const MAX_NAME = 80;
/** What would not be a line of text: controls, and characters that hide or turn others. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
/** Accounts, links and markup. */
const NOT_PROSE = /[@#<>{}|]|:\/\/|\bwww\./iu;

type Checked<T> = { value: T } | { reason: Refusal; words: string };

/**
 * Checks what a model wrote about one person, each field by itself.
 * @param profile what is settled about the person; its first interest stays
 */
export function checkPerson(written: WrittenPerson, profile: AgentProfile): CheckedPerson {
  const checked = {
    name: checkName(spaced(written.name)),
    interests: checkInterests(written.interests.map(spaced), profile.interests[0] as string),
    bio: checkBio(spaced(written.bio)),
    biases: checkBiases(written.biases),
  };
  const refusals = Object.entries(checked).flatMap(([field, result]): FieldRefusal[] =>
    'reason' in result ? [{ field: field as WrittenField, ...result }] : [],
  );
  const taken = Object.entries(checked).flatMap(([field, result]) =>
    'value' in result ? [[field, result.value] as const] : [],
  );
  return { ...Object.fromEntries(taken), refusals };
}

function spaced(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/gu, ' ');
}

function personal(text: string): { reason: Refusal; words: string } | undefined {
  const [found] = findPii(text);
  return found && { reason: 'personal_data', words: `it has personal data in it (${found.kind})` };
}

function checkName(name: string): Checked<string> {
  const parts = name.length > MAX_NAME || !NAME.test(name) || foldText(name).length < 2;
  if (parts) return { reason: 'form', words: 'the name is no full name' };
  if (isDeniedName(name)) return { reason: 'denied', words: 'the name is that of somebody who is known' };
  return { value: name };
}

function checkBio(bio: string): Checked<string> {
  if (bio.length < MIN_BIO || bio.length > MAX_BIO) {
    const words = `the bio has ${bio.length} characters, and must have ${MIN_BIO} to ${MAX_BIO}`;
    return { reason: 'form', words };
  }
  const found = personal(bio);
  if (found !== undefined) return { ...found, words: `the bio: ${found.words}` };
  if (UNPRINTABLE.test(bio) || NOT_PROSE.test(bio))
    return { reason: 'form', words: 'the bio has markup, hashtags, accounts or links in it' };
  return { value: bio };
}

function checkInterests(others: readonly string[], first: string): Checked<string[]> {
  const seen = new Set([first.toLowerCase()]);
  const rest = others.filter((each) => !seen.has(each.toLowerCase()) && seen.add(each.toLowerCase()));
  if (rest.length < 1 || rest.length > 4 || !rest.every(isLevel))
    return { reason: 'form', words: 'give one to four short interests besides the first' };
  const found = rest.map(personal).find((each) => each !== undefined);
  if (found !== undefined) return { ...found, words: `an interest: ${found.words}` };
  return { value: [first, ...rest] };
}

function checkBiases(biases: readonly string[]): Checked<string[]> {
  const different = [...new Set(biases)];
  if (different.length < 1 || different.length > 3 || different.some((bias) => !BIASES.includes(bias)))
    return { reason: 'form', words: 'give one to three biases of the list' };
  return { value: different };
}
