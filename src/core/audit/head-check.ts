import type { AuditHead } from './audit-head.entity.js';
import type { DamagedHead } from './head-files.js';
import type { HeadKeys, Signed } from './head-keys.js';
import { signedAt } from './head-signer.js';

/** What does not hold, and where: in the records, at their end, or in a head. */
export interface AuditFlaw {
  where: 'record' | 'tail' | 'head';
  /** Of the first record that does not hold or is missing, or that the head is about. */
  sequence: string;
  reason: string;
}

/** What the heads say about a chain. */
export interface HeadsVerdict {
  /** How many heads are whose. */
  counts: Record<Signed, number>;
  flaw?: AuditFlaw;
}

/** Which head it is, for people. */
const named = (head: AuditHead): string => `the head of ${signedAt(head)} (record ${head.sequence})`;

/**
 * Compares heads with the chain: each of a key that is believed must name a record that is there, by its hash. The first flaw is told, in the
 * order of the records.
 * @param hashAt the hash of a record; undefined when it is not there
 * @param records how many there are
 */
export function checkHeads(
  heads: readonly (AuditHead | DamagedHead)[],
  keys: HeadKeys,
  hashAt: (sequence: string) => string | undefined,
  records: number,
): HeadsVerdict {
  let flaw: AuditFlaw | undefined;
  const counts = { ours: 0, 'an earlier key': 0, forged: 0, 'another key': 0 };
  const damaged = heads.find((head) => 'place' in head);
  const whole = heads.filter((head) => 'sequence' in head);
  for (const head of whole.toSorted((a, b) => Number(BigInt(a.sequence) - BigInt(b.sequence)))) {
    const signed = keys.check(head);
    counts[signed] += 1;
    flaw ??= flawOfHead(head, signed, hashAt(head.sequence), records);
  }
  if (damaged !== undefined) {
    flaw ??= { where: 'head', sequence: '0', reason: `${damaged.place} is no head` };
  }
  return { counts, ...(flaw !== undefined && { flaw }) };
}

function flawOfHead(
  head: AuditHead,
  signed: Signed,
  hash: string | undefined,
  records: number,
): AuditFlaw | undefined {
  const { sequence } = head;
  if (signed === 'another key') return undefined;
  if (signed === 'forged') {
    return { where: 'head', sequence, reason: `${named(head)} is forged: its signature is not ours` };
  }
  if (BigInt(sequence) > BigInt(records)) {
    const missing = String(records + 1);
    return {
      where: 'tail',
      sequence: missing,
      reason: `it was cut off, or an older backup was restored: ${named(head)} says that it was there`,
    };
  }
  if (hash === head.hash) return undefined;
  return {
    where: 'record',
    sequence,
    reason: `it is not the one that ${named(head)} names: the chain was made anew`,
  };
}
