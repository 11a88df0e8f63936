import { stringify } from 'yaml';
import { z } from 'zod';
import { pageQuery, sortBy, synthetic, time, wire } from '../http/index.js';
import type { DocumentVersion } from './document-kind.js';
import { DOCUMENT_SORT_FIELDS } from './document.rules.js';
import { MAX_DOCUMENT_BYTES } from './yaml-screen.js';

const nameText = z.string().max(100);
const versionText = z.string().max(50);
const digestText = z.string().regex(/^[0-9a-f]{16,64}$/u, 'must be 16 to 64 hexadecimal digits');

export const DocumentParams = z.strictObject({
  name: nameText.meta({ description: 'The name, or `name@version`.' }),
});
export type DocumentParams = z.infer<typeof DocumentParams>;

export const DocumentQuery = z.strictObject({
  version: versionText.optional().meta({ description: 'This version, retired or not.', examples: ['1.0.0'] }),
  sha256: digestText
    .optional()
    .meta({ description: 'The version whose SHA-256 begins so, as drafts and runs record it.' }),
});
export type DocumentQuery = z.infer<typeof DocumentQuery>;

export const RetireQuery = z.strictObject({
  version: versionText
    .optional()
    .meta({ description: 'This version alone; without it, all that were given.', examples: ['1.1.0'] }),
});
export type RetireQuery = z.infer<typeof RetireQuery>;

/** The query of a list of documents: what every kind has, and its own filters. */
export function documentsQuery<Filters extends z.ZodRawShape>(filters: Filters) {
  return pageQuery({
    name: nameText.optional().meta({ description: 'A part of the name.', examples: ['art'] }),
    tag: z
      .string()
      .max(40)
      .optional()
      .meta({ description: 'One of its tags.', examples: ['mural'] }),
    ...filters,
    sort: sortBy(DOCUMENT_SORT_FIELDS, 'name'),
  });
}

export const VersionsQuery = pageQuery({});
export type VersionsQuery = z.infer<typeof VersionsQuery>;

/** A document as it is sent. */
export const DocumentBody = wire(
  'DocumentBody',
  z
    .strictObject({
      content: z
        .string()
        .max(MAX_DOCUMENT_BYTES)
        .optional()
        .meta({ description: 'The YAML text; this or `document`.' }),
      document: z
        .record(z.string(), z.unknown())
        .optional()
        .meta({ description: 'The document as an object; this or `content`.' }),
      note: z
        .string()
        .max(500)
        .optional()
        .meta({ description: 'Why it was changed.', examples: ['Shorter captions.'] }),
    })
    .refine((body) => (body.content === undefined) !== (body.document === undefined), {
      path: ['content'],
      error: 'give exactly one of content and document',
    })
    .describe(
      'A document as YAML text or as an object. With Content-Type application/yaml the body is the text itself.',
    ),
);
export type DocumentBody = z.infer<typeof DocumentBody>;

/** The YAML text of a body. */
export function contentOf({ content, document }: Pick<DocumentBody, 'content' | 'document'>): string {
  if (content !== undefined) return content;
  // JSON is YAML: what is too long is refused as it is, before anybody writes it anew.
  const json = JSON.stringify(document);
  if (json.length > MAX_DOCUMENT_BYTES) return json;
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });
}

/** What every version of a document has on the wire. */
export const versionFields = {
  name: z.string().meta({ examples: ['street_art_campaign'] }),
  version: z.string().meta({ examples: ['1.0.0'] }),
  sha256: z.string().meta({ description: 'SHA-256 of everything in it that can change a result.' }),
  origin: z
    .enum(['stored', 'shipped'])
    .meta({ description: 'Given by a person, or coming with the product.' }),
  note: z.string().nullable(),
  created_by: z.string().nullable(),
  created_at: time.nullable().meta({ description: 'Null where it comes with the product.' }),
  retired_at: time.nullable(),
};

export const documentFields = { synthetic, ...versionFields };

/** What {@link versionFields} describes. */
export function versionDto(document: DocumentVersion) {
  const { name, version, sha256, origin, note, created_by, created_at, retired_at } = document;
  return {
    name,
    version,
    sha256,
    origin,
    note,
    created_by,
    created_at: created_at?.toISOString() ?? null,
    retired_at: retired_at?.toISOString() ?? null,
  };
}
