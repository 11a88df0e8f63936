import { csvLine } from '../../core/documents/index.js';
import { VERSION } from '../../core/version.js';
import { SYNTHETIC_NOTICE, type ExportFormat } from '../agents/index.js';
import type { ModelWriter } from '../../core/llm/index.js';
import type { BatchTally } from './models/batch-tally.js';
import type { DraftBatch } from './draft-batch.entity.js';
import { mayPass } from '../compliance/index.js';
import { toxicityOf } from './scoring/toxicity.js';
import type { DraftContext } from './writing/draft-context.js';
import type { DecidedDraft } from './drafts.repository.js';

const COLUMNS = [
  'id',
  'agent_id',
  'language',
  'index',
  'generator',
  'caption',
  'alt_text',
  'hashtags',
  'variations',
  'quality',
  'sentiment',
  'readability',
  'persona_fit',
  'toxicity',
  'action',
  'labels',
  'compliance_score',
] as const;

/** A draft in an export: what was written, how it scored, what the guard said. `caption` is null where its texts are withheld. */
export type DraftRecord = Readonly<
  Record<(typeof COLUMNS)[number], string | number | readonly string[] | null>
>;

/** What all drafts of an export have in common. */
export type BatchHead = Pick<
  DraftBatch,
  'id' | 'population_id' | 'template' | 'template_version' | 'seed' | 'drafts_per_agent' | 'variations'
> & { context?: DraftContext; writer?: ModelWriter; writing?: BatchTally };

/** The texts of a draft that the guard holds, or people blocked, stay out of exports. */
export function draftRecord({ metadata, variations, ...draft }: DecidedDraft): DraftRecord {
  const passes = mayPass(draft.action);
  return {
    id: draft.id,
    agent_id: draft.agent_id,
    language: draft.language,
    index: metadata.index,
    generator: metadata.generator,
    caption: passes ? draft.caption : null,
    alt_text: passes ? draft.alt_text : null,
    hashtags: passes ? draft.hashtags : [],
    variations: passes ? variations.map(({ caption }) => caption) : [],
    quality: draft.quality,
    sentiment: draft.sentiment,
    readability: draft.readability,
    persona_fit: draft.persona_fit,
    toxicity: toxicityOf(draft.heads),
    action: draft.action,
    labels: draft.labels,
    compliance_score: draft.compliance_score,
  };
}

/**
 * The text of an export, page by page. The same drafts and decisions give the same bytes. JSON is one object
 * `{synthetic, notice, batch, drafts}` with a draft a line; JSONL is a draft a line; CSV is RFC 4180 with a header, lists
 * joined by `|`.
 */
export async function* draftExportText(
  batch: BatchHead,
  pages: AsyncIterable<readonly DraftRecord[]>,
  format: ExportFormat,
): AsyncGenerator<string> {
  if (format === 'json') {
    const head = `{"synthetic":true,"notice":${JSON.stringify(SYNTHETIC_NOTICE)}`;
    yield `${head},"batch":${JSON.stringify(batch)},"drafts":[`;
  }
  if (format === 'csv') yield csvLine(COLUMNS);
  let separator = '\n';
  for await (const records of pages) {
    if (records.length === 0) continue;
    if (format === 'csv')
      yield records.map((each) => csvLine(COLUMNS.map((name) => each[name] ?? ''))).join('');
    else if (format === 'jsonl') yield records.map((each) => `${JSON.stringify(each)}\n`).join('');
    else yield separator + records.map((each) => JSON.stringify(each)).join(',\n');
    separator = ',\n';
  }
  if (format === 'json') yield '\n]}\n';
}

/**
 * @param counts drafts in the file, and those of them whose texts are withheld
 * @param file the size and SHA-256 of the exported file
 */
export function draftExportManifest(
  batch: BatchHead,
  templateDigest: string,
  { count, withheld }: { count: number; withheld: number },
  { format, bytes, sha256 }: { format: ExportFormat; bytes: number; sha256: string },
) {
  const { id, ...specification } = batch;
  return {
    synthetic: true,
    notice: SYNTHETIC_NOTICE,
    draft_batch_id: id,
    ...specification,
    template_digest: templateDigest,
    count,
    withheld,
    format,
    bytes,
    sha256,
    product_version: VERSION,
  } as const;
}
