import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KeyKind } from './api-key.entity.js';

// What finds a secret that was published by mistake: `azt_` or `azs_`, a name of 10 signs, a secret of 256 bits.
const FORM = /^(az[ts]_[A-Za-z0-9]{10})_[A-Za-z0-9_-]{43}$/;
const MARKS: Record<KeyKind, string> = { key: 'azt', client_secret: 'azs' };
const NAME_SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A new secret, and what is kept of it. */
export interface NewSecret {
  secret: string;
  prefix: string;
  hash: string;
}

export function newSecret(kind: KeyKind): NewSecret {
  const name = Array.from(randomBytes(10), (byte) => NAME_SIGNS[byte % NAME_SIGNS.length]).join('');
  const prefix = `${MARKS[kind]}_${name}`;
  const secret = `${prefix}_${randomBytes(32).toString('base64url')}`;
  return { secret, prefix, hash: secretHash(secret) };
}

/** The name that a secret begins with; undefined when it has not the form of one. */
export function prefixOf(secret: string): string | undefined {
  return FORM.exec(secret)?.[1];
}

/** SHA-256, hexadecimal. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Whether a secret has this hash, in a time that does not tell how much of it is right. */
export function hasHash(secret: string, hash: string): boolean {
  const [given, kept] = [Buffer.from(secretHash(secret), 'hex'), Buffer.from(hash, 'hex')];
  return given.length === kept.length && timingSafeEqual(given, kept);
}
