import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { Config } from '../config/index.js';
import { randomSecret, secretFile } from './secret-file.js';

/** The secret of the API, `API_SECRET_KEY` or one generated into the data folder, as a key. */
export function apiSecret({ auth, dataDir }: Pick<Config, 'auth' | 'dataDir'>): KeyObject {
  const secret = auth.secret ?? secretFile(dataDir, 'api-secret-key', () => randomSecret(48));
  return createSecretKey(Buffer.from(secret, 'utf8'));
}

/** A key of 256 bits of the same secret for another purpose: what is signed for one says nothing in another (RFC 5869). */
export function derivedKey(config: Pick<Config, 'auth' | 'dataDir'>, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', apiSecret(config), '', `azt3knet ${purpose}`, 32)));
}
