import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AuditRecord } from './audit.entity.js';

/** What the first record follows. */
export const GENESIS = '0'.repeat(64);

/** What a caller says; the chain adds sequence, time and hashes. */
export interface AuditEntry {
  /** Who: a user name, `system`, or `worker`. */
  actor: string;
  /** What, dotted: `compliance.decide`. */
  action: string;
  subject: { type: string; id: string };
  data: object;
}

/** The hash of a record, from every column but the hash itself. */
export function auditHash(record: Omit<AuditRecord, 'hash'>): string {
  const text = canonicalize({ ...record, occurred_at: record.occurred_at.toISOString() });
  return createHash('sha256')
    .update(text as string)
    .digest('hex');
}

/** Links entries behind the last record of the chain. */
export function link(
  entries: readonly AuditEntry[],
  last: { sequence: string; hash: string },
  now: Date,
): AuditRecord[] {
  let sequence = BigInt(last.sequence);
  let previousHash = last.hash;
  return entries.map((entry) => {
    sequence += 1n;
    const record = {
      sequence: String(sequence),
      occurred_at: now,
      actor: entry.actor,
      action: entry.action,
      subject_type: entry.subject.type,
      subject_id: entry.subject.id,
      data: entry.data,
      previous_hash: previousHash,
    };
    previousHash = auditHash(record);
    return { ...record, hash: previousHash };
  });
}

/** Whether a time of the database is one: it has times that no Date has, `infinity` among them. */
export function isMoment(time: unknown): time is Date {
  return time instanceof Date && !Number.isNaN(time.getTime());
}

export const WRONG_CONTENT = 'its content does not match its hash';

/** Why a record does not belong where it is; undefined when it does. */
export function flawOf(
  { hash, ...record }: AuditRecord,
  expected: { sequence: string; previousHash: string },
): string | undefined {
  if (record.sequence !== expected.sequence) return `record ${expected.sequence} is missing`;
  if (record.previous_hash !== expected.previousHash) return 'it does not follow the record before it';
  return isMoment(record.occurred_at) && auditHash(record) === hash ? undefined : WRONG_CONTENT;
}

/** What a look at the end of the chain found. */
export interface AuditTail {
  /** Records that hold. */
  records: number;
  broken?: { sequence: string; reason: string };
}

/**
 * Checks the last records, which takes no longer for a long chain; that the chain before them holds is for
 * `AuditService.verify`.
 * @param query asks the database
 */
export async function verifyTail(
  query: (sql: string, parameters: unknown[]) => Promise<object[]>,
  count: number,
): Promise<AuditTail> {
  const newest = (await query('SELECT * FROM audit ORDER BY sequence DESC LIMIT $1', [
    count,
  ])) as AuditRecord[];
  let records = 0;
  let last: AuditRecord | undefined;
  for (const record of newest.toReversed()) {
    const first = last === undefined && record.sequence === '1';
    const sequence = last === undefined ? record.sequence : String(BigInt(last.sequence) + 1n);
    const previousHash = first ? GENESIS : (last?.hash ?? record.previous_hash);
    const reason = flawOf(record, { sequence, previousHash });
    if (reason !== undefined) return { records, broken: { sequence: record.sequence, reason } };
    records += 1;
    last = record;
  }
  return { records };
}
