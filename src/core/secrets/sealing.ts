import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '../errors/index.js';
import type { SealingKey } from './sealing-keys.js';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEALED = /^v1\.([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]{38,})$/;

/** A sealed value cannot be opened: it is damaged, was put in another's place, or its key is not there. */
export class SealBrokenError extends AppError {
  constructor(context: string, reason: string, options?: ErrorOptions) {
    super(
      'unavailable',
      'seal_broken',
      `the sealed value ${context} cannot be opened: ${reason}`,
      [],
      options,
    );
  }
}

/** Where a sealed value is stored, as {@link Sealing} wants it: `users.totp_secret:<id of the row>`. */
export function sealContext(table: string, column: string, id: string): string {
  return `${table}.${column}:${id}`;
}

/**
 * Encrypts credentials that are stored. A sealed value is text, `v1.<key id>.<base64url of nonce, ciphertext and tag>`; it
 * opens only with the context that it was sealed for, so that it is worth nothing in another row or column.
 */
export class Sealing {
  /** @param keys asked at every use: the first seals, all open */
  constructor(private readonly keys: () => readonly SealingKey[]) {}

  /** The ids of the keys, the one that seals first. */
  get keyIds(): string[] {
    return this.keys().map(({ id }) => id);
  }

  /** What every value that {@link isCurrent} begins with. */
  get currentPrefix(): string {
    return headerOf(this.current.id);
  }

  /** @param context where the value is stored, see {@link sealContext} */
  seal(plain: string, context: string): string {
    const { id, key } = this.current;
    const header = headerOf(id);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(header + context));
    const bytes = [nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()];
    return header + Buffer.concat(bytes).toString('base64url');
  }

  /** @throws SealBrokenError */
  open(sealed: string, context: string): string {
    const [, id, text] = SEALED.exec(sealed) ?? [];
    if (id === undefined || text === undefined)
      throw new SealBrokenError(context, 'it is not a sealed value');
    const key = this.keys().find((each) => each.id === id)?.key;
    if (key === undefined) {
      throw new SealBrokenError(context, `its key ${id} is not among AZT3KNET_ENCRYPTION_KEYS`);
    }
    const bytes = Buffer.from(text, 'base64url');
    // Texts that differ in bits that no byte has would be the same value otherwise.
    if (bytes.toString('base64url') !== text) throw new SealBrokenError(context, 'it is damaged');
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(headerOf(id) + context));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      const plain = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
      return Buffer.concat([plain, decipher.final()]).toString('utf8');
    } catch (error) {
      const reason = `it is damaged, belongs elsewhere, or its key ${id} is another than the one that sealed it`;
      throw new SealBrokenError(context, reason, { cause: error });
    }
  }

  /** Whether a value is sealed with the key that seals now. */
  isCurrent(sealed: string): boolean {
    return keyIdOf(sealed) === this.current.id;
  }

  private get current(): SealingKey {
    const [first] = this.keys();
    if (first === undefined) throw new Error('there is no key to seal with');
    return first;
  }
}

function headerOf(keyId: string): string {
  return `${VERSION}.${keyId}.`;
}

/** The id of the key that a value was sealed with; undefined: it is no sealed value. */
export function keyIdOf(sealed: string): string | undefined {
  return SEALED.exec(sealed)?.[1];
}
