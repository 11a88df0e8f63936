import type { AuditHead } from './audit-head.entity.js';
import { checkHeads, type AuditFlaw } from './head-check.js';
import type { DamagedHead, HeadFiles } from './head-files.js';
import { HeadKeys } from './head-keys.js';
import type { HeadSigner } from './head-signer.js';

/** Asks the database. */
export type AuditQuery = (sql: string, parameters: unknown[]) => Promise<object[]>;

/** The newest heads, compared with the records that they name. */
export interface LatestHeads {
  newest?: AuditHead;
  /** The last record; undefined of an empty chain. */
  end?: { sequence: string; hash: string };
  /** The key that our next head vouches for. */
  previousKey: string | null;
  flaw?: AuditFlaw;
}

/** So many days that have a head in a file: the last one may have been written just before midnight. */
const DAYS = 2;

/** Compares the newest heads with the chain, which takes no longer for a long one. */
export async function latestHeads(
  query: AuditQuery,
  files: HeadFiles,
  signer: HeadSigner,
): Promise<LatestHeads> {
  // Before the chain's end is read: what was signed is there.
  const kept = await query(
    `(SELECT * FROM audit_heads ORDER BY sequence DESC LIMIT 1) UNION
     (SELECT * FROM audit_heads WHERE key_id = $1 ORDER BY sequence DESC LIMIT 1)`,
    [signer.keyId],
  );
  const heads: (AuditHead | DamagedHead)[] = [...(kept as AuditHead[]), ...(await files.read(DAYS))];
  const whole = heads.filter((head) => 'sequence' in head);
  const records = (await query(
    `SELECT sequence, hash FROM audit
     WHERE sequence = ANY($1::bigint[]) OR sequence = (SELECT max(sequence) FROM audit) ORDER BY sequence`,
    [whole.map(({ sequence }) => sequence)],
  )) as { sequence: string; hash: string }[];
  const hashes = new Map(records.map(({ sequence, hash }) => [sequence, hash]));
  const end = records.at(-1);
  const keys = new HeadKeys(signer.publicKey, whole);
  const own = whole.find((head) => keys.check(head) === 'ours');
  const previousKey = own === undefined ? keys.adopt(whole) : own.previous_key;
  const { flaw } = checkHeads(heads, keys, (sequence) => hashes.get(sequence), Number(end?.sequence ?? 0));
  const newest = whole.toSorted((a, b) => Number(BigInt(b.sequence) - BigInt(a.sequence)))[0];
  return { previousKey, ...(newest && { newest }), ...(end && { end }), ...(flaw && { flaw }) };
}
