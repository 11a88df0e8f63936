import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { isBlobKey } from '../../blobs/index.js';

const count = z.int().nonnegative();
const sha256 = z.string().regex(/^[\da-f]{64}$/);
const name = z.string().min(1).max(63);

const content = z.strictObject({
  format: z.literal('azt3knet-backup'),
  /** Everything in it is synthetic. */
  synthetic: z.literal(true),
  product_version: z.string(),
  created_at: z.iso.datetime(),
  /** Version of the server that it was taken from. */
  postgres_version: z.string(),
  /** Names of the migrations that the database had, oldest first. */
  migrations: z.array(name).min(1),
  tables: z.array(
    z.strictObject({
      name,
      columns: z.array(name).min(1),
      rows: count,
      /** Of the table as text of COPY, in the order of its primary key. */
      bytes: count,
      sha256,
    }),
  ),
  /** Objects that rows name, in the order of their sections; null: left out. */
  blobs: z.array(z.strictObject({ key: z.string().refine(isBlobKey), bytes: count, sha256 })).nullable(),
  /** What each sequence gives next. */
  sequences: z.array(z.strictObject({ name, next: z.string().regex(/^-?\d{1,19}$/) })),
});

/** What a backup holds. */
export type ManifestContent = z.infer<typeof content>;
export type TableEntry = ManifestContent['tables'][number];
export type BlobEntry = NonNullable<ManifestContent['blobs']>[number];

const manifest = content.extend({
  /** SHA-256 of the canonical JSON of all of the above, and with it of the whole archive. */
  digest: sha256,
});
export type Manifest = z.infer<typeof manifest>;

/** Completes a manifest by its digest. */
export function sealManifest(entries: ManifestContent): Manifest {
  return { ...entries, digest: digestOf(entries) };
}

/** Reads a manifest. @throws Error saying what is wrong with it */
export function readManifest(text: string): Manifest {
  const parsed = manifest.safeParse(parseJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`its manifest is not as expected at ${issue?.path.join('.') || 'the top'}`);
  }
  const { digest, ...entries } = parsed.data;
  if (digest !== digestOf(entries)) throw new Error('its manifest was changed');
  const names = entries.tables.map((table) => table.name);
  if (new Set(names).size !== names.length) throw new Error('its manifest names a table twice');
  return parsed.data;
}

function digestOf(entries: ManifestContent): string {
  return createHash('sha256')
    .update(canonicalize(entries) as string)
    .digest('hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error('its manifest is not JSON');
  }
}
