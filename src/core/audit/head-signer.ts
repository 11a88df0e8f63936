import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Config } from '../config/index.js';
// Not by the index of the secrets, which write to the audit.
import { derivedKey } from '../secrets/api-secret.js';
import { isMoment } from './audit-chain.js';
import type { AuditHead } from './audit-head.entity.js';

/** What stands before the 32 bytes of a private key of Ed25519 in PKCS #8 (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Signs ends of the audit chain with a key that is derived from the API's secret. */
export class HeadSigner {
  readonly keyId: string;
  /** As heads carry it: the DER of SPKI, base64url. */
  readonly publicKey: string;
  private readonly privateKey: KeyObject;

  constructor(config: Pick<Config, 'auth' | 'dataDir'>) {
    const seed = derivedKey(config, 'audit heads').export();
    const key = Buffer.concat([PKCS8_PREFIX, seed]);
    this.privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    this.publicKey = createPublicKey(this.privateKey)
      .export({ type: 'spki', format: 'der' })
      .toString('base64url');
    this.keyId = keyIdOf(this.publicKey);
  }

  /** For who wants to check heads without the secret. */
  get publicPem(): string {
    return createPublicKey(this.privateKey).export({ type: 'spki', format: 'pem' }) as string;
  }

  /** @param previousKey the public key of before, for which this one vouches; null for the first */
  sign(end: { sequence: string; hash: string }, previousKey: string | null, at: Date): AuditHead {
    const head = {
      sequence: end.sequence,
      key_id: this.keyId,
      public_key: this.publicKey,
      previous_key: previousKey,
      hash: end.hash,
      signed_at: at,
    };
    return { ...head, signature: sign(null, signedText(head), this.privateKey).toString('base64url') };
  }
}

/** The first 16 hexadecimal digits of the SHA-256 of a public key. */
export function keyIdOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex').slice(0, 16);
}

/** Whether the signature of a head is one of this public key. */
export function isSignedBy(head: AuditHead, publicKey: string): boolean {
  if (!isMoment(head.signed_at)) return false;
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' });
    return verify(null, signedText(head), key, Buffer.from(head.signature, 'base64url'));
  } catch {
    // What stands there is no key.
    return false;
  }
}

/** When a head was signed, for people. */
export function signedAt({ signed_at }: AuditHead): string {
  return isMoment(signed_at) ? signed_at.toISOString() : 'no time';
}

function signedText(head: Omit<AuditHead, 'signature'>): Buffer {
  const { sequence, key_id, public_key, previous_key, hash, signed_at } = head;
  const signed = { sequence, key_id, public_key, previous_key, hash, signed_at: signed_at.toISOString() };
  return Buffer.from(`azt3knet audit head\n${canonicalize(signed) as string}`);
}
