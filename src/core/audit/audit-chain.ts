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
