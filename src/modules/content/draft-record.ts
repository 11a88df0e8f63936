import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Draft } from './draft.entity.js';
import type { ModelWriter } from '../../core/llm/index.js';
import type { DraftWriting, WritingRecord } from './models/post-writer.js';
import { composeDraft, textsFor, type ComposedDraft } from './writing/compose-draft.js';
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
const STEPS = { context: 1, write: 2, vary: 2, score: 2 } as const;
/** Those of drafts that a model writes: what it gives is in the prompt's version. */
const MODEL_STEPS = { ...STEPS, write: 1, vary: 1 } as const;
export type StepVersions = Readonly<Record<keyof typeof STEPS, number>>;

/** How long the steps took, in microseconds. It is no part of what a draft says: exports leave it out. */
export type StepTimings = Partial<Record<keyof typeof STEPS, number>>;

/** What a draft is made of, beside its texts. */
export interface DraftOf {
  readonly template: CompiledTemplate;
  readonly agent: DraftAgent;
  readonly populationId: string | null;
  readonly choice: DraftChoice;
}

/**
 * Composes and scores a draft by rules, with its id; pure but for its timings. How original it is, is not known yet.
 * @throws ContentError as `composeDraft` does
 */
export function makeDraft(
  template: CompiledTemplate,
  agent: DraftAgent,
  populationId: string | null,
  choice: DraftChoice,
): NewDraft {
  const { seed, index, variations, context } = choice;
  const clock = new StepClock();
  const onStep = (step: 'write' | 'vary'): void => clock.done(step);
  const draft = composeDraft(template, agent, seed, index, { variations, context, onStep });
  return recordOf({ template, agent, populationId, choice }, draft, clock);
}

/** A draft whose words a model wrote, as far as they could be taken. */
export function recordOfWritten(
  of: DraftOf,
  { draft, record }: { draft: ComposedDraft; record: WritingRecord },
  clock: StepClock,
): NewDraft {
  return recordOf(of, draft, clock, record);
}

/** The id of a draft: the same for the same request, whoever makes it. @param variations how many it has */
export function draftIdOf(
  { template, agent, choice: { seed, index, context } }: DraftOf,
  variations: number,
  writer?: ModelWriter,
): string {
  return idFrom('draft', template, [
    agent.id,
    seed,
    index,
    variations,
    ...contextKey(context),
    ...writerKey(writer),
  ]);
}

function recordOf(of: DraftOf, draft: ComposedDraft, clock: StepClock, writing?: WritingRecord): NewDraft {
  const { template, agent, populationId, choice } = of;
  const { terms } = textsFor(template, agent.locale);
  const named = agent.interests.map((interest) => interestName(interest, draft.language, terms));
  const { scores, ranking } = scoreDraft(draft, {
    tone: agent.tone,
    interests: [...agent.interests, ...named],
  });
  clock.done('score');
  const steps = writing === undefined ? STEPS : MODEL_STEPS;
  return {
    id: draftIdOf(of, draft.variations.length, writing?.writer),
    agent_id: agent.id,
    population_id: populationId,
    template: template.id,
    template_version: template.version,
    language: draft.language,
    seed: choice.seed,
    caption: draft.caption,
    alt_text: draft.altText,
    hashtags: [...draft.hashtags],
    variations: [...draft.variations],
    metadata: { ...draft.metadata, steps, ranking, ...(writing !== undefined && { writing }) },
    context: choice.context ?? null,
    ...scores,
    originality: null,
    timings: clock.timings,
  };
}

/** Times the steps of a draft, one after the other. */
export class StepClock {
  readonly timings: StepTimings = {};
  private since = performance.now();

  /** What has passed since the step before, or since the beginning, was this step's. */
  done(step: keyof StepTimings): void {
    const now = performance.now();
    this.timings[step] = Math.round((now - this.since) * 1_000);
    this.since = now;
  }
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
  /** Who writes, where it is a language model: as which one, and where its answers are kept. */
  writing?: DraftWriting;
  /** The text of the post that is answered, for a model to read. */
  post?: string;
  /** Who asked: a user name, or `system`. */
  actor: string;
}

/** The id of a batch, whoever asked for it. */
export function batchIdOf(
  template: CompiledTemplate,
  job: Omit<DraftBatchJob, 'actor'> & { actor?: string },
): string {
  const { population_id, seed, drafts_per_agent, variations, context, writing } = job;
  return idFrom('draft_batch', template, [
    population_id,
    seed,
    drafts_per_agent,
    variations,
    ...contextKey(context),
    ...writerKey(writing?.writer),
  ]);
}

/** What an id has of a context: nothing without one. */
function contextKey(context: DraftContext | null | undefined): string[] {
  return context === null || context === undefined ? [] : [canonicalize(context) ?? ''];
}

/** What an id has of who writes: nothing where rules do. */
function writerKey(writer: ModelWriter | undefined): string[] {
  return writer === undefined ? [] : [canonicalize(writer) ?? ''];
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
