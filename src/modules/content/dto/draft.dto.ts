import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUUID, Length, Matches, Max, Min } from 'class-validator';
import { API_PREFIX } from '../../../core/http/index.js';
import { decisionPath, RuleMatchDto } from '../../compliance/index.js';
import { DRAFTS_PER_AGENT_MAX, POPULATION_ID, SEED_MAX_LENGTH } from '../content.rules.js';
import type { DecidedDraft } from '../drafts.repository.js';
import { VARIATIONS_MAX, VARIATIONS_MIN } from '../templates/template.schema.js';

/** What to draft: for one agent, or for every agent of a population. */
export class CreateDraftDto {
  /**
   * The agent to write as; either this or `population`.
   * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
   */
  @IsOptional()
  @IsUUID()
  agent?: string;

  /**
   * The population to write for, as a job, by its id or digest; either this or `agent`.
   * @example 5b8f2c1e-7f0d-4b62-8a3e-1f6a0f9f7c55
   */
  @IsOptional()
  @Matches(POPULATION_ID, { message: 'must be the id or the digest of a population' })
  @IsString()
  population?: string;

  /** @example street_art_campaign */
  @Length(1, 64)
  @IsString()
  template!: string;

  /**
   * Drives reproducibility; the configured default or a new one when it is missing.
   * @example "20241005"
   */
  @IsOptional()
  @Length(1, SEED_MAX_LENGTH)
  @IsString()
  seed?: string;

  /** How many variations of the caption; the template's own number when it is missing. */
  @IsOptional()
  @Max(VARIATIONS_MAX)
  @Min(VARIATIONS_MIN)
  @IsInt()
  variations?: number;

  /** With `population`: how many drafts each agent writes. */
  @IsOptional()
  @Max(DRAFTS_PER_AGENT_MAX)
  @Min(1)
  @IsInt()
  drafts_per_agent?: number;
}

/** Which drafts to list: all conditions together. */
export class ListDraftsDto {
  @IsOptional()
  @IsUUID()
  population?: string;

  @IsOptional()
  @IsUUID()
  agent?: string;

  /** @example street_art_campaign */
  @IsOptional()
  @Length(1, 64)
  @IsString()
  template?: string;

  /** @example "20241005" */
  @IsOptional()
  @Length(1, SEED_MAX_LENGTH)
  @IsString()
  seed?: string;

  /** The most drafts of a page; 20 when it is missing. */
  @IsOptional()
  @Max(100)
  @Min(1)
  @IsInt()
  @Type(() => Number)
  limit?: number;

  /** The `next_cursor` of the page before. */
  @IsOptional()
  @Length(1, 100)
  @IsString()
  cursor?: string;
}

/** Another caption for the same draft. */
export class VariationDto {
  caption!: string;
}

/** Scores of a draft. */
export class DraftScoresDto {
  /** How well made it is, from 0 to 1. @example 0.97 */
  quality!: number;

  /** From -1 (negative) to 1 (positive). @example 0.25 */
  sentiment!: number;

  /** How easy it is to read, from 0 to 1. @example 0.83 */
  readability!: number;
}

/** What the guard said about a draft. */
export class DraftDecisionDto {
  id!: string;

  /** What may happen to the draft. */
  action!: 'allow' | 'label' | 'review' | 'block';

  labels!: string[];

  /** Where in the draft which rule matched. */
  matches!: RuleMatchDto[];
}

/** A draft: generated content with its variations, scores and compliance decision, not yet published. */
export class DraftDto {
  synthetic!: true;

  id!: string;

  agent_id!: string;

  population_id!: string | null;

  /** @example street_art_campaign */
  template!: string;

  /** @example 1.0.0 */
  template_version!: string;

  /** @example es */
  language!: 'en' | 'es';

  /** @example 20241005 */
  seed!: string;

  caption!: string;

  /** What a picture to it would show. */
  alt_text!: string;

  /** @example ["#StreetArt", "#MexicoCity"] */
  hashtags!: string[];

  variations!: VariationDto[];

  /** How the draft came to be: generator, choices, lengths. */
  metadata!: Record<string, unknown>;

  scores!: DraftScoresDto;

  /** From 0 to 1, where 1 is clean. @example 1 */
  compliance_score!: number;

  decision!: DraftDecisionDto;

  created_at!: string;

  /** Paths of what belongs to the draft. */
  links!: Record<string, string>;

  static of(draft: DecidedDraft): DraftDto {
    return {
      synthetic: true,
      id: draft.id,
      agent_id: draft.agent_id,
      population_id: draft.population_id,
      template: draft.template,
      template_version: draft.template_version,
      language: draft.language,
      seed: draft.seed,
      caption: draft.caption,
      alt_text: draft.alt_text,
      hashtags: draft.hashtags,
      variations: draft.variations,
      metadata: { ...draft.metadata },
      scores: { quality: draft.quality, sentiment: draft.sentiment, readability: draft.readability },
      compliance_score: draft.compliance_score,
      decision: {
        id: draft.decision_id,
        action: draft.action,
        labels: draft.labels,
        matches: draft.matches,
      },
      created_at: draft.created_at.toISOString(),
      links: { self: draftPath(draft.id), decision: decisionPath(draft.decision_id) },
    };
  }
}

/** A page of drafts. */
export class DraftPageDto {
  synthetic!: true;

  drafts!: DraftDto[];

  /** The `cursor` of the next page; null on the last. */
  next_cursor!: string | null;
}

/** The path of a draft. */
export function draftPath(id: string): string {
  return `${DRAFTS_PATH}/${id}`;
}

/** The path of the list of drafts. */
export const DRAFTS_PATH = `/${API_PREFIX}/content/drafts`;
