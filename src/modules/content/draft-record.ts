import { createHash } from 'node:crypto';
import type { Draft } from './draft.entity.js';
import { composeDraft } from './writing/compose-draft.js';
import { scoreDraft } from './scoring/score-draft.js';
import type { CompiledTemplate } from './templates/compiled-template.js';
import type { DraftAgent } from './templates/variables.js';

/** A draft before the guard has decided on it. */
export type NewDraft = Omit<Draft, 'decision_id' | 'created_at'>;

/** What decides, beside template and agent, which draft it is. */
export interface DraftChoice {
  readonly seed: string;
  /** Which of the agent's drafts with this seed, from 0. */
  readonly index: number;
  /** The number of variations, or the template's own. */
  readonly variations?: number | undefined;
}

/** Composes and scores a draft, with its id; pure. @throws ContentError as `composeDraft` does */
export function makeDraft(
  template: CompiledTemplate,
  agent: DraftAgent,
  populationId: string | null,
  { seed, index, variations }: DraftChoice,
): NewDraft {
  const draft = composeDraft(template, agent, seed, index, variations);
  return {
    id: idFrom('draft', template, [agent.id, seed, index, draft.variations.length]),
    agent_id: agent.id,
    population_id: populationId,
    template: template.id,
    template_version: template.version,
    language: draft.language,
    seed,
    caption: draft.caption,
    alt_text: draft.altText,
    hashtags: [...draft.hashtags],
    variations: [...draft.variations],
    metadata: draft.metadata,
    ...scoreDraft(draft),
  };
}

/** What a drafting job is told: the batch that it is to make. */
export interface DraftBatchJob {
  population_id: string;
  template: string;
  template_version: string;
  /** The first 16 digits of the SHA-256 of the template's text. */
  template_digest: string;
  seed: string;
  drafts_per_agent: number;
  variations: number | null;
  /** Who asked: a user name, or `system`. */
  actor: string;
}

/** The id of a batch, whoever asked for it. */
export function batchIdOf(
  template: CompiledTemplate,
  job: DraftBatchJob | Omit<DraftBatchJob, 'actor'>,
): string {
  const { population_id, seed, drafts_per_agent, variations } = job;
  return idFrom('draft_batch', template, [population_id, seed, drafts_per_agent, variations]);
}

/**
 * A UUID shaped as version 4 from the template and what was asked of it. The template's digest belongs to it: an edited
 * template never answers with the drafts of the earlier one.
 */
function idFrom(
  kind: 'draft' | 'draft_batch',
  { id, version, digest }: CompiledTemplate,
  asked: readonly (string | number | null)[],
): string {
  const identity = JSON.stringify([kind, id, version, digest, ...asked]);
  const bytes = createHash('sha256').update(identity).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}

/** Every text of a draft that the guard reads, under its name on the wire. */
export function textsOf(
  draft: Pick<Draft, 'caption' | 'alt_text' | 'hashtags' | 'variations' | 'seed'>,
): { field: string; text: string }[] {
  return [
    { field: 'caption', text: draft.caption },
    { field: 'alt_text', text: draft.alt_text },
    ...draft.hashtags.map((text, index) => ({ field: `hashtags[${index}]`, text })),
    ...draft.variations.map(({ caption: text }, index) => ({ field: `variations[${index}].caption`, text })),
    // A seed of digits is a number and says nothing.
    ...(/^\d+$/u.test(draft.seed) ? [] : [{ field: 'seed', text: draft.seed }]),
  ];
}
