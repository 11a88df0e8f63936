import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { BlobStore } from '../blobs/index.js';
import { CONFIG, type Config } from '../config/index.js';
import { AuditHead } from './audit-head.entity.js';
import type { AuditFlaw } from './head-check.js';
import { dayOf, HeadFiles, type DamagedHead } from './head-files.js';
import { HeadSigner, signedAt } from './head-signer.js';
import { latestHeads, type AuditQuery } from './latest-heads.js';

/** What is cut off within so long after it was written shows only by a gap in what people remember. */
const EVERY_MS = 60_000;

/**
 * Signs the end of the audit chain once a minute and at shutdown, into a table and into files apart from the database, so that a
 * chain that was cut off or made anew shows. It signs nothing that contradicts an earlier head.
 */
@Injectable()
export class AuditHeads implements OnModuleInit, BeforeApplicationShutdown {
  private readonly files: HeadFiles;
  private opened: HeadSigner | undefined;
  private timer: NodeJS.Timeout | undefined;
  private signing: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    store: BlobStore,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(AuditHeads.name);
    this.files = new HeadFiles(store);
    config.secrets.onChange('API_SECRET_KEY', () => {
      this.opened = undefined;
    });
  }

  onModuleInit(): void {
    this.timer = setInterval(() => void this.signQuietly(), EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.signQuietly();
  }

  /** Made where it is needed first: it reads the secret, or makes one. */
  get signer(): HeadSigner {
    this.opened ??= new HeadSigner(this.config);
    return this.opened;
  }

  /**
   * All heads, those of the table first, the newest in front, then those that only files have; each once.
   * @param kept heads that were kept elsewhere
   */
  async all(kept: readonly AuditHead[] = []): Promise<(AuditHead | DamagedHead)[]> {
    const stored = await this.dataSource
      .getRepository(AuditHead)
      .find({ order: { sequence: 'DESC', key_id: 'ASC' } });
    const others = [...(await this.files.read()), ...kept];
    const whole = [...stored, ...others.filter((head) => 'sequence' in head)];
    const once = new Map(whole.map((head) => [identityOf(head), head]));
    return [...once.values(), ...others.filter((head) => 'place' in head)];
  }

  /** How many days have heads in the table and no file here: it was deleted, or stands with another machine's files. */
  async daysWithoutFile(): Promise<number> {
    const days = await this.files.days();
    const stored = await this.dataSource.query<Pick<AuditHead, 'signed_at'>[]>(
      `SELECT DISTINCT date_trunc('day', signed_at, 'UTC') AS signed_at FROM audit_heads`,
    );
    return stored.filter((head) => !days.has(dayOf(head))).length;
  }

  /**
   * Signs the end of the chain, if there is something new.
   * @returns what contradicts an earlier head, in which case nothing is signed
   */
  async sign(): Promise<AuditFlaw | undefined> {
    const signing = this.signing.then(() => this.signOnce());
    this.signing = signing.catch(() => undefined);
    return signing;
  }

  private async signOnce(): Promise<AuditFlaw | undefined> {
    if (await this.isSigned()) return undefined;
    const { manager } = this.dataSource;
    const query: AuditQuery = (sql, parameters) => manager.query<object[]>(sql, parameters);
    const { end, flaw, previousKey } = await latestHeads(query, this.files, this.signer);
    if (flaw !== undefined || end === undefined) return flaw;
    await this.keep(this.signer.sign(end, previousKey, new Date()));
    return undefined;
  }

  /** Whether there is nothing new since our key signed last. */
  private async isSigned(): Promise<boolean> {
    const [row] = await this.dataSource.query<{ signed: boolean }[]>(
      `SELECT EXISTS (
         SELECT 1 FROM audit_heads AS head
         WHERE head.sequence = audit.sequence AND head.hash = audit.hash AND key_id = $1) AS signed
       FROM audit ORDER BY sequence DESC LIMIT 1`,
      [this.signer.keyId],
    );
    return row?.signed ?? false;
  }

  private async keep(head: AuditHead): Promise<void> {
    await this.files.put(head);
    await this.dataSource.query(
      `INSERT INTO audit_heads (sequence, key_id, public_key, previous_key, hash, signed_at, signature)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
      [
        head.sequence,
        head.key_id,
        head.public_key,
        head.previous_key,
        head.hash,
        head.signed_at,
        head.signature,
      ],
    );
  }

  private async signQuietly(): Promise<void> {
    try {
      const flaw = await this.sign();
      if (flaw !== undefined)
        this.logger.error({ ...flaw }, 'the audit was tampered with: azt3knet audit verify');
    } catch (error) {
      this.logger.warn({ error: (error as Error).message }, 'the end of the audit stays unsigned for now');
    }
  }
}

function identityOf(head: AuditHead): string {
  return JSON.stringify([head.sequence, head.key_id, head.hash, signedAt(head), head.signature]);
}
