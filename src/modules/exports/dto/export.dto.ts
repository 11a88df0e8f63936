import { z } from 'zod';
import {
  API_PREFIX,
  links,
  page,
  pageQuery,
  sortBy,
  synthetic,
  time,
  uuid,
  wire,
} from '../../../core/http/index.js';
import { EXPORT_SORTS } from '../exports.repository.js';
import { kindOf, type Export } from '../export.entity.js';
import type { LinkProof } from '../export-links.js';
import type { PublicUrl } from '../public-url.js';

const LINK_SECONDS_MAX = 30 * 86_400;

export function exportPath(id: string): string {
  return `/${API_PREFIX}/exports/${id}`;
}

/** The list of the exports of a batch of drafts. */
export function batchExportsPath(draftBatchId: string): string {
  return `/${API_PREFIX}/exports?draft_batch_id=${draftBatchId}`;
}

const sha256 = z
  .string()
  .regex(/^[\da-f]{64}$/)
  .meta({
    description: 'Of the file, in hexadecimal.',
    examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  });

export const ExportDto = wire(
  'Export',
  z
    .strictObject({
      synthetic,
      id: uuid,
      kind: z.enum(['population', 'drafts']).meta({ description: 'What it was made of.' }),
      population_id: uuid.nullable(),
      draft_batch_id: uuid.nullable(),
      format: z.string().meta({ examples: ['jsonl'] }),
      media_type: z.string().meta({ examples: ['application/x-ndjson; charset=utf-8'] }),
      bytes: z.string().meta({ description: 'Size of the file.', examples: ['412345'] }),
      sha256,
      created_at: time,
      expires_at: time
        .nullable()
        .meta({ description: 'When it may be deleted; null when exports are kept.', examples: [null] }),
      links,
    })
    .describe('A file made of a population or of drafts.'),
);
export type ExportDto = z.infer<typeof ExportDto>;

export function exportDto(row: Export, expiresAt: Date | null): ExportDto {
  const { id, population_id, draft_batch_id, format, media_type, bytes, created_at } = row;
  const self = exportPath(id);
  return {
    synthetic: true,
    id,
    kind: kindOf(row),
    population_id,
    draft_batch_id,
    format,
    media_type,
    bytes,
    sha256: row.sha256,
    created_at: created_at.toISOString(),
    expires_at: expiresAt?.toISOString() ?? null,
    links: { self, file: `${self}/file`, manifest: `${self}/manifest`, links: `${self}/links` },
  };
}

export const ExportList = page('ExportList', 'exports', ExportDto);
export type ExportList = z.infer<typeof ExportList>;

export const ExportQuery = pageQuery({
  population_id: uuid.optional(),
  draft_batch_id: uuid.optional(),
  // Of populations and of drafts.
  format: z
    .enum(['json', 'jsonl', 'csv', 'parquet'])
    .optional()
    .meta({ examples: ['csv'] }),
  sort: sortBy(EXPORT_SORTS, '-created_at'),
});
export type ExportQuery = z.infer<typeof ExportQuery>;

export const CreateLink = wire(
  'CreateExportLink',
  z
    .strictObject({
      expires_in_seconds: z
        .int()
        .min(1)
        .max(LINK_SECONDS_MAX)
        .default(3_600)
        .meta({ description: 'Life of the link, up to 30 days.', examples: [3600] }),
    })
    .describe('How long a link lasts.'),
);
export type CreateLink = z.infer<typeof CreateLink>;

export const LinkQuery = z.strictObject({
  expires: z
    .int()
    .min(0)
    .max(99_999_999_999)
    .meta({ description: 'Seconds since 1970.', examples: [1768473000] }),
  signature: z
    .string()
    .max(100)
    .meta({ examples: ['mJ1oW1Yl3m0mC0lFAN3vC6q8zj1xv0mXy0m3d0b3k1A'] }),
});
export type LinkQuery = z.infer<typeof LinkQuery>;

export const ExportLinkDto = wire(
  'ExportLink',
  z
    .strictObject({
      synthetic,
      export_id: uuid,
      url: z.string().meta({
        description:
          'Whoever holds it may GET the file, without a token, until it expires. The same as `href` where the server listens everywhere and has no API_PUBLIC_URL.',
        examples: ['http://localhost:8000/api/v1/shared/exports/0b7f7a52-…?expires=1768473000&signature=…'],
      }),
      href: z.string().meta({ description: 'Its path on the server.' }),
      expires_at: time,
    })
    .describe('An expiring link to the file of an export.'),
);
export type ExportLinkDto = z.infer<typeof ExportLinkDto>;

export function exportLinkDto(
  id: string,
  { expires, signature }: LinkProof,
  publicUrl: PublicUrl,
): ExportLinkDto {
  const href = `/${API_PREFIX}/shared/exports/${id}?expires=${expires}&signature=${signature}`;
  return {
    synthetic: true,
    export_id: id,
    url: publicUrl.of(href),
    href,
    expires_at: new Date(expires * 1000).toISOString(),
  };
}
