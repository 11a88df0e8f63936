import type { DomainEvent } from '../../core/events/index.js';
import type { Action } from '../compliance/index.js';
import type { DraftBatch } from './draft-batch.entity.js';
import type { DecidedDraft } from './drafts.repository.js';

/** One agent has a new draft; on topic `agents.<id>`. */
export type DraftCreated = DomainEvent<
  'draft.created',
  { draft_id: string; agent_id: string; population_id: string | null; action: Action }
>;

/** A draft is gone; on topic `agents.<id>`. */
export type DraftDeleted = DomainEvent<
  'draft.deleted',
  { draft_id: string; agent_id: string; population_id: string | null }
>;

/** A population has its drafts; on topic `populations.<id>`. */
export type DraftsCompleted = DomainEvent<
  'drafts.completed',
  { population_id: string; template: string; seed: string; drafts: number; job_id: string }
>;

export function draftCreated(draft: DecidedDraft): DraftCreated {
  return {
    topic: `agents.${draft.agent_id}`,
    type: 'draft.created',
    payload: {
      draft_id: draft.id,
      agent_id: draft.agent_id,
      population_id: draft.population_id,
      action: draft.action,
    },
  };
}

export function draftDeleted({
  id,
  agent_id,
  population_id,
}: Pick<DecidedDraft, 'id' | 'agent_id' | 'population_id'>): DraftDeleted {
  return {
    topic: `agents.${agent_id}`,
    type: 'draft.deleted',
    payload: { draft_id: id, agent_id, population_id },
  };
}

export function draftsCompleted(
  batch: Pick<DraftBatch, 'population_id' | 'template' | 'seed'>,
  drafts: number,
  jobId: string,
): DraftsCompleted {
  const { population_id, template, seed } = batch;
  return {
    topic: `populations.${population_id}`,
    type: 'drafts.completed',
    payload: { population_id, template, seed, drafts, job_id: jobId },
  };
}
