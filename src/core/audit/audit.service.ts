import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AUDIT_LOCK } from '../database/index.js';
import { flawOf, GENESIS, link, type AuditEntry } from './audit-chain.js';
import { AuditRecord } from './audit.entity.js';

/** What a verification found. */
export interface AuditVerification {
  intact: boolean;
  /** Records that were checked and found good. */
  records: number;
  /** Hash of the last good record: keep it elsewhere, and a later truncation shows. */
  head: string;
  /** The first record that does not hold, and why. */
  broken?: { sequence: string; reason: string };
}

const PAGE = 5_000;

/** The append-only, hash-chained record of everything that must be answerable. */
@Injectable()
export class AuditService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

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

  /** Walks the whole chain and stops at the first record that does not hold. */
  async verify(onProgress?: (records: number) => void): Promise<AuditVerification> {
    let head = GENESIS;
    let records = 0;
    for (;;) {
      const page = await this.dataSource
        .getRepository(AuditRecord)
        .query<AuditRecord[]>('SELECT * FROM audit WHERE sequence > $1 ORDER BY sequence LIMIT $2', [
          records,
          PAGE,
        ]);
      for (const record of page) {
        const reason = flawOf(record, { sequence: String(records + 1), previousHash: head });
        if (reason !== undefined) {
          return { intact: false, records, head, broken: { sequence: record.sequence, reason } };
        }
        head = record.hash;
        records += 1;
      }
      onProgress?.(records);
      if (page.length < PAGE) return { intact: true, records, head };
    }
  }
}
