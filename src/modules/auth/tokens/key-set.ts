import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import canonicalize from 'canonicalize';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { apiSecret, sealContext, Sealing } from '../../../core/secrets/index.js';
import { FRESH_MS } from '../access/freshness.js';
import { SigningKeyNotFoundError } from '../auth.errors.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import type { SigningKey } from './signing-key.entity.js';
import { SigningKeysRepository } from './signing-keys.repository.js';
import { REFRESH_DAYS } from './token.lives.js';

/** As strong as 128 bits of a symmetric key (NIST SP 800-57). */
const MODULUS_BITS = 3072;

/** The keys are read again for the sake of a name that is not among them when they are older than this, in milliseconds. */
const AGAIN_MS = 20;

/** What signs tokens: the secret of the API, which has no name, or a private key. */
export interface Signer {
  kid: string | undefined;
  key: KeyObject;
}

interface Known {
  keys: readonly (SigningKey & { publicKey: KeyObject })[];
  at: number;
}

/**
 * The keys of the tokens. With an algorithm of the HS family that is the secret of the API; otherwise a set of key pairs in
 * the database, which every process reads again and again, so that a rotation needs no restart.
 */
@Injectable()
export class KeySet {
  private known: Known | undefined;
  private reading: Promise<Known> | undefined;
  private readonly privateKeys = new Map<string, KeyObject>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: SigningKeysRepository,
    private readonly sealing: Sealing,
    private readonly audit: AuditService,
    private readonly sessions: SessionsRepository,
  ) {}

  /** Asked at every use: it may change while the process runs. */
  private get secret(): KeyObject | undefined {
    return this.config.auth.algorithm.startsWith('HS') ? apiSecret(this.config) : undefined;
  }

  /** What signs now; made when there is none. */
  async signer(): Promise<Signer> {
    if (this.secret) return { kid: undefined, key: this.secret };
    return this.usable((await this.current()).keys) ?? this.make();
  }

  /** The key that a token says it was signed with; undefined when there is none, or it was revoked. */
  async verifier(kid: string | undefined): Promise<KeyObject | undefined> {
    if (this.secret) return kid === undefined ? this.secret : undefined;
    const find = ({ keys }: Known): KeyObject | undefined =>
      keys.find((key) => key.kid === kid && key.algorithm === this.config.auth.algorithm)?.publicKey;
    if (kid === undefined) return undefined;
    const known = await this.current();
    // A key that is not known may be new; who makes names up costs a reading now and then.
    return find(known) ?? (performance.now() - known.at > AGAIN_MS ? find(await this.again()) : undefined);
  }

  /** The public keys as a JWK Set (RFC 7517). */
  async publicKeys(): Promise<{ keys: JsonWebKey[] }> {
    const keys = this.secret ? [] : (await this.current()).keys;
    return {
      keys: keys.map(({ kid, algorithm, public_jwk }) => ({
        ...public_jwk,
        kid,
        use: 'sig',
        alg: algorithm,
      })),
    };
  }

  list(): Promise<SigningKey[]> {
    return this.repository.all(this.dataSource.manager);
  }

  /** Another key signs from now on. @param revoke whether what the others signed stops to hold at once, and all sessions end */
  async rotate(actor: string, revoke: boolean): Promise<SigningKey> {
    const key = await this.generate();
    await this.dataSource.transaction(async (manager) => {
      await this.repository.lock(manager);
      await this.repository.insert(manager, key);
      await this.repository.retireOthers(manager, key.kid, revoke);
      const ended = revoke ? { sessions: await this.sessions.revokeEverybody(manager, 'admin') } : {};
      await this.record(manager, actor, 'signing_key.rotate', key.kid, { revoke, ...ended });
    });
    this.known = undefined;
    return (await this.list()).find(({ kid }) => kid === key.kid) as SigningKey;
  }

  /** What a key signed does not hold any more. @throws SigningKeyNotFoundError */
  async revoke(kid: string, actor: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await this.repository.lock(manager);
      if (!(await this.repository.revoke(manager, kid))) throw new SigningKeyNotFoundError(kid);
      await this.record(manager, actor, 'signing_key.revoke', kid, {});
    });
    this.known = undefined;
  }

  private async current(): Promise<Known> {
    if (this.known !== undefined && performance.now() - this.known.at < FRESH_MS) return this.known;
    this.reading ??= this.read(this.dataSource.manager).finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  private again(): Promise<Known> {
    this.known = undefined;
    return this.current();
  }

  private async read(manager: EntityManager): Promise<Known> {
    const at = performance.now();
    const rows = await this.repository.verifying(manager, REFRESH_DAYS);
    const before = new Map(this.known?.keys.map((key) => [key.kid, key.publicKey]));
    const keys = rows.map((row) =>
      Object.assign(row, {
        publicKey: before.get(row.kid) ?? createPublicKey({ key: row.public_jwk, format: 'jwk' }),
      }),
    );
    this.known = { keys, at };
    return this.known;
  }

  /** The newest key that may sign and that this process can open: one that was sealed by another secret is left alone. */
  private usable(keys: Known['keys']): Signer | undefined {
    for (const { kid, algorithm, retired_at, private_key } of keys) {
      if (retired_at !== null || algorithm !== this.config.auth.algorithm) continue;
      const key = this.privateKeys.get(kid) ?? this.opened(kid, private_key);
      if (key === undefined) continue;
      this.privateKeys.set(kid, key);
      return { kid, key };
    }
    return undefined;
  }

  private opened(kid: string, sealed: string): KeyObject | undefined {
    try {
      return createPrivateKey(this.sealing.open(sealed, contextOf(kid)));
    } catch {
      return undefined;
    }
  }

  /** Of several processes that find no key, one makes it. */
  private async make(): Promise<Signer> {
    const key = await this.generate();
    const signer = await this.dataSource.transaction(async (manager) => {
      await this.repository.lock(manager);
      const others = this.usable((await this.read(manager)).keys);
      if (others !== undefined) return others;
      await this.repository.insert(manager, key);
      return this.usable((await this.read(manager)).keys);
    });
    this.known = undefined;
    if (signer === undefined) throw new Error('the key that was made cannot be opened');
    return signer;
  }

  private async generate(): Promise<Pick<SigningKey, 'kid' | 'algorithm' | 'public_jwk' | 'private_key'>> {
    const pair = await promisify(generateKeyPair)('rsa', { modulusLength: MODULUS_BITS });
    const jwk = pair.publicKey.export({ format: 'jwk' });
    const kid = createHash('sha256')
      .update(canonicalize(jwk) as string)
      .digest('base64url');
    // A command would take it for an option: one in 64 is made again.
    if (kid.startsWith('-')) return this.generate();
    const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const { algorithm } = this.config.auth;
    return { kid, algorithm, public_jwk: jwk, private_key: this.sealing.seal(pem, contextOf(kid)) };
  }

  private record(
    manager: EntityManager,
    actor: string,
    action: string,
    kid: string,
    data: object,
  ): Promise<void> {
    return this.audit.append(manager, { actor, action, subject: { type: 'signing_key', id: kid }, data });
  }
}

function contextOf(kid: string): string {
  return sealContext('signing_keys', 'private_key', kid);
}
