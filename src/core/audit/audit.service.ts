import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AUDIT_LOCK } from '../database/index.js';
import { flawOf, GENESIS, link, WRONG_CONTENT, type AuditEntry } from './audit-chain.js';
import type { AuditHead } from './audit-head.entity.js';
import { AuditHeads } from './audit-heads.service.js';
import { AuditRecord } from './audit.entity.js';
import { checkHeads, type AuditFlaw } from './head-check.js';
import { HeadKeys } from './head-keys.js';

/** What a verification found. */
export interface AuditVerification {
  intact: boolean;
  /** Records that were checked and found good. */
  records: number;
  /** Hash of the last good record: keep it elsewhere, and a later truncation shows. */
  head: string;
  /** What it was compared with. */
  heads: {
    /** Of our key, and of those that were before it. */
    signed: number;
    /** Of them, how many an earlier key has signed. */
    earlier_keys: number;
    /** Of keys that nobody vouches for; they say nothing here. */
    other_keys: number;
    /** Days with heads in the table of which there is no file. */
    days_without_file: number;
  };
  /** The first record that does not hold or is missing, or the head that is forged, and why. */
  broken?: AuditFlaw;
}

const PAGE = 5_000;
/** No record has a smaller number, ours or not. */
const BEFORE_ALL = '-9223372036854775808';

/** The append-only, hash-chained record of everything that must be answerable. */
@Injectable()
export class AuditService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly heads: AuditHeads,
  ) {}

  /**
   * Appends entries in the manager's transaction. Writers queue for the chain's end until they commit, so call this
   * late in a transaction.
   */
  async append(manager: EntityManager, ...entries: AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await this.take(manager);
    const [last] = await manager.query<{ sequence: string; hash: string }[]>(
      'SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1',
    );
    const records = link(entries, last ?? { sequence: '0', hash: GENESIS }, new Date());
    const column = <K extends keyof AuditRecord>(name: K): AuditRecord[K][] =>
      records.map((record) => record[name]);
    await manager.query(
      `INSERT INTO audit (sequence, occurred_at, actor, action, subject_type, subject_id, data, previous_hash, hash)
       SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[],
                            $7::jsonb[], $8::text[], $9::text[])`,
      [
        column('sequence'),
        column('occurred_at'),
        column('actor'),
        column('action'),
        column('subject_type'),
        column('subject_id'),
        column('data').map((data) => JSON.stringify(data)),
        column('previous_hash'),
        column('hash'),
      ],
    );
  }

  /**
   * Takes the chain's end before anything is appended. For transactions that record the change of a row which others change
   * after they have appended, such as the row of a job: the two would wait for each other.
   */
  async take(manager: EntityManager): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [AUDIT_LOCK]);
  }

  /**
   * Walks the whole chain up to the first record that does not hold, and compares it with every head that was signed.
   * @param kept heads that were kept elsewhere
   */
  async verify(kept: readonly AuditHead[] = []): Promise<AuditVerification> {
    // Before the records: what was signed is there.
    const heads = await this.heads.all(kept);
    const whole = heads.filter((head) => 'sequence' in head);
    const named = new Set(whole.map(({ sequence }) => sequence));
    const hashes = new Map<string, string>();
    const walked = await this.walk(({ sequence, hash }) => {
      if (named.has(sequence)) hashes.set(sequence, hash);
    });
    const { counts, flaw } = checkHeads(
      heads,
      new HeadKeys(this.heads.signer.publicKey, whole),
      (sequence) => hashes.get(sequence),
      walked.records,
    );
    const broken = walked.broken ?? flaw;
    return {
      intact: broken === undefined,
      records: walked.records,
      head: walked.head,
      heads: {
        signed: counts.ours + counts['an earlier key'],
        earlier_keys: counts['an earlier key'],
        other_keys: counts['another key'],
        days_without_file: await this.heads.daysWithoutFile(),
      },
      ...(broken !== undefined && { broken }),
    };
  }

  private async walk(
    each: (record: AuditRecord) => void,
  ): Promise<{ records: number; head: string; broken?: AuditFlaw }> {
    let head = GENESIS;
    let records = 0;
    let after = BEFORE_ALL;
    for (;;) {
      const page = await this.dataSource
        .getRepository(AuditRecord)
        .query<(AuditRecord & { finer: boolean })[]>(
          `SELECT *, occurred_at <> date_trunc('milliseconds', occurred_at) AS finer FROM audit
           WHERE sequence > $1 ORDER BY sequence LIMIT $2`,
          [after, PAGE],
        );
      for (const { finer, ...record } of page) {
        const reason = finer
          ? WRONG_CONTENT
          : flawOf(record, { sequence: String(records + 1), previousHash: head });
        if (reason !== undefined) {
          return { records, head, broken: { where: 'record', sequence: record.sequence, reason } };
        }
        each(record);
        head = record.hash;
        after = record.sequence;
        records += 1;
      }
      if (page.length < PAGE) return { records, head };
    }
  }
}
