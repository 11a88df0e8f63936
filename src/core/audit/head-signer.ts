import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Config } from '../config/index.js';
// Not by the index of the secrets, which write to the audit.
import { derivedKey } from '../secrets/api-secret.js';
import { isMoment } from './audit-chain.js';
import type { AuditHead } from './audit-head.entity.js';

/** What stands before the 32 bytes of a private key of Ed25519 in PKCS #8 (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A signature of ours, one that is not although it says so, or one of another key, which says nothing here. */
export type Signed = 'ours' | 'forged' | 'another key';

/** Signs ends of the audit chain with a key that is derived from the API's secret, and checks such signatures. */
export class HeadSigner {
  /** The first 16 hexadecimal digits of the SHA-256 of the public key. */
  readonly keyId: string;
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;

  constructor(config: Pick<Config, 'auth' | 'dataDir'>) {
    const seed = derivedKey(config, 'audit heads').export();
    const key = Buffer.concat([PKCS8_PREFIX, seed]);
    this.privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    this.publicKey = createPublicKey(this.privateKey);
    const bytes = this.publicKey.export({ type: 'spki', format: 'der' });
    this.keyId = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  }

  /** For who wants to check heads without the secret. */
  get publicPem(): string {
    return this.publicKey.export({ type: 'spki', format: 'pem' }) as string;
  }

  sign(sequence: string, hash: string, at: Date): AuditHead {
    const head = { sequence, key_id: this.keyId, hash, signed_at: at };
    return { ...head, signature: sign(null, signedText(head), this.privateKey).toString('base64url') };
  }

  check(head: AuditHead): Signed {
    if (head.key_id !== this.keyId) return 'another key';
    if (!isMoment(head.signed_at)) return 'forged';
    const signature = Buffer.from(head.signature, 'base64url');
    return verify(null, signedText(head), this.publicKey, signature) ? 'ours' : 'forged';
  }
}

/** When a head was signed, for people. */
export function signedAt({ signed_at }: AuditHead): string {
  return isMoment(signed_at) ? signed_at.toISOString() : 'no time';
}

function signedText({ sequence, key_id, hash, signed_at }: Omit<AuditHead, 'signature'>): Buffer {
  const text = canonicalize({ sequence, key_id, hash, signed_at: signed_at.toISOString() });
  return Buffer.from(`azt3knet audit head\n${text as string}`);
}
