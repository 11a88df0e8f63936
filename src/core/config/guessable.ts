import type { FieldIssue } from '../errors/index.js';
import type { Environment } from './config.schema.js';

/** What examples, defaults and hasty people make secrets of; the longer ones come first. */
const WORDS = `
  123456789 12345678 development placeholder 1234567 production qwertyuiop azt3knet changeit changeme insecure password
  postgres 123456 abcdef access admin change default example letmein minio please qwerty replace secret string 12345 1234
  abc123 local redis super token user root test demo your fill pass prod this very with 123 abc api dev jwt key lab
  not pwd new the foo bar xxx in me my to a
`
  .trim()
  .split(/\s+/);

/** What is left of a secret once the words are gone has to have so many different characters. */
const FEWEST_CHARACTERS = 5;
const SHORTEST_STORAGE_SECRET = 12;

/** Whether a secret is a default, a placeholder, or made of the words that such are made of. */
export function isGuessable(secret: string): boolean {
  let rest = secret.toLowerCase();
  for (const word of WORDS) rest = rest.replaceAll(word, '');
  return new Set(rest.replaceAll(/[^\p{L}\p{N}]/gu, '')).size < FEWEST_CHARACTERS;
}

const REASON = 'is a default or easily guessed, which the production environment does not start with';

function passwordOf(url: string | undefined): string | undefined {
  const password = url === undefined ? undefined : URL.parse(url)?.password;
  return password === undefined || password === '' ? undefined : decoded(password);
}

/** A password that is no proper percent-encoding is taken as it stands, as the drivers do. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Secrets that everybody knows: nothing is to be published with one. */
export function guessableSecrets(environment: Environment): FieldIssue[] {
  if (environment.AZT3KNET_ENVIRONMENT !== 'production') return [];
  const { MINIO_SECRET_KEY: storage } = environment;
  const secrets: [field: string, secret: string | undefined][] = [
    ['DATABASE_URL', passwordOf(environment.DATABASE_URL)],
    ['DATABASE_OWNER_URL', passwordOf(environment.DATABASE_OWNER_URL)],
    ['REDIS_URL', passwordOf(environment.REDIS_URL)],
    ['MINIO_SECRET_KEY', storage],
    ['API_SECRET_KEY', environment.API_SECRET_KEY],
    ['AZT3KNET_ADMIN_PASSWORD', environment.AZT3KNET_ADMIN_PASSWORD],
  ];
  const issues = secrets
    .filter(([, secret]) => secret !== undefined && isGuessable(secret))
    .map(([field]) => ({ field, message: REASON }));
  if (storage === undefined || storage.length >= SHORTEST_STORAGE_SECRET) return issues;
  const message = `expected at least ${SHORTEST_STORAGE_SECRET} characters in the production environment`;
  return [...issues, { field: 'MINIO_SECRET_KEY', message }];
}
