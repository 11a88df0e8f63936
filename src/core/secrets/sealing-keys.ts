import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Config } from '../config/index.js';
import { derivedKey } from './api-secret.js';

/** A key that stored credentials are encrypted with, and the name that they carry of it. */
export interface SealingKey {
  id: string;
  key: KeyObject;
}

/** The id of the key that is derived from the API's secret. */
export const DEFAULT_KEY_ID = 'default';

/** What a list of keys looks like, for who gave another. */
export const SEALING_KEYS_RULE =
  'expected id:key, several separated by commas; an id has 1 to 32 letters, digits, dashes or underscores and is not ' +
  `${DEFAULT_KEY_ID}, none twice, and a key is 32 bytes as base64`;

const ID = /^[A-Za-z0-9_-]{1,32}$/;
const KEY_BYTES = 32;

function keyOf(entry: string): SealingKey | undefined {
  const [id = '', text = '', ...more] = entry.trim().split(':');
  const bytes = Buffer.from(text, 'base64');
  const exact = bytes.toString('base64') === text && bytes.length === KEY_BYTES;
  if (!ID.test(id) || id === DEFAULT_KEY_ID || !exact || more.length > 0) return undefined;
  return { id, key: createSecretKey(bytes) };
}

/** Reads `id:base64,id:base64`; undefined when it is anything else, see {@link SEALING_KEYS_RULE}. */
export function parseSealingKeys(text: string): SealingKey[] | undefined {
  const keys = text.split(',').map(keyOf);
  if (keys.some((key) => key === undefined)) return undefined;
  const known = keys as SealingKey[];
  return new Set(known.map(({ id }) => id)).size === known.length ? known : undefined;
}

/**
 * The keys in force, of which the first seals and all open: those of `AZT3KNET_ENCRYPTION_KEYS`, and in the end the one of
 * the API's secret, which opens what was sealed before there were others.
 */
export function sealingKeys(config: Pick<Config, 'auth' | 'dataDir'>): SealingKey[] {
  return [...config.auth.encryptionKeys, { id: DEFAULT_KEY_ID, key: derivedKey(config, 'sealing') }];
}
