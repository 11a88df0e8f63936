import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Draft } from './draft.entity.js';
import { composeDraft, textsFor } from './writing/compose-draft.js';
import { contextTexts, type DraftContext } from './writing/draft-context.js';
import { interestName } from './writing/interest-names.js';
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
  readonly context?: DraftContext | undefined;
}

/**
 * The versions of the steps that make a draft; to be raised with every change that changes what a step gives. The guard
 * records the versions of its policies with the decision.
 */
export const STEPS = { context: 1, write: 2, vary: 2, score: 2 } as const;

/** How long the steps took, in microseconds. It is no part of what a draft says: exports leave it out. */
export type StepTimings = Partial<Record<keyof typeof STEPS, number>>;

/**
 * Composes and scores a draft, with its id; pure but for its timings. How original it is, is not known yet.
 * @throws ContentError as `composeDraft` does
 */
export function makeDraft(
  template: CompiledTemplate,
  agent: DraftAgent,
  populationId: string | null,
  { seed, index, variations, context }: DraftChoice,
): NewDraft {
  const timings: StepTimings = {};
  let since = performance.now();
  const onStep = (step: keyof typeof STEPS): void => {
    const now = performance.now();
    timings[step] = Math.round((now - since) * 1_000);
    since = now;
  };
  const draft = composeDraft(template, agent, seed, index, { variations, context, onStep });
  const { terms } = textsFor(template, agent.locale);
  const named = agent.interests.map((interest) => interestName(interest, draft.language, terms));
  const { scores, ranking } = scoreDraft(draft, {
    tone: agent.tone,
    interests: [...agent.interests, ...named],
  });
  onStep('score');
  return {
    id: idFrom('draft', template, [agent.id, seed, index, draft.variations.length, ...contextKey(context)]),
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
    metadata: { ...draft.metadata, steps: STEPS, ranking },
    context: context ?? null,
    ...scores,
    originality: null,
    timings,
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
  /** What the drafts are about; null where they were asked for nothing in particular. */
  context: DraftContext | null;
  /** Who asked: a user name, or `system`. */
  actor: string;
}

/** The id of a batch, whoever asked for it. */
export function batchIdOf(
  template: CompiledTemplate,
  job: DraftBatchJob | Omit<DraftBatchJob, 'actor'>,
): string {
  const { population_id, seed, drafts_per_agent, variations, context } = job;
  return idFrom('draft_batch', template, [
    population_id,
    seed,
    drafts_per_agent,
    variations,
    ...contextKey(context),
  ]);
}

/** What an id has of a context: nothing without one. */
function contextKey(context: DraftContext | null | undefined): string[] {
  return context === null || context === undefined ? [] : [canonicalize(context) ?? ''];
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
  draft: Pick<Draft, 'caption' | 'alt_text' | 'hashtags' | 'variations' | 'seed' | 'context'>,
): { field: string; text: string }[] {
  return [
    { field: 'caption', text: draft.caption },
    { field: 'alt_text', text: draft.alt_text },
    ...draft.hashtags.map((text, index) => ({ field: `hashtags[${index}]`, text })),
    ...draft.variations.map(({ caption: text }, index) => ({ field: `variations[${index}].caption`, text })),
    // A seed of digits is a number and says nothing.
    ...(/^\d+$/u.test(draft.seed) ? [] : [{ field: 'seed', text: draft.seed }]),
    ...contextTexts(draft.context),
  ];
}
