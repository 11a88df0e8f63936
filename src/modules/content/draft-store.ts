import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { EventsService } from '../../core/events/index.js';
import { AgentNotFound } from '../agents/index.js';
import {
  ComplianceService,
  mayPass,
  type DecisionRequest,
  type DecisionSubject,
} from '../compliance/index.js';
import { draftCreated, draftsCompleted } from './content.events.js';
import { OriginalityMeasure } from './originality-measure.js';
import { textsOf, type NewDraft } from './draft-record.js';
import { DraftsRepository, type DecidedDraft } from './drafts.repository.js';

/** What the guard is told of a single draft, besides its texts. */
export interface DraftGrounds {
  /** Whole days since its agent was made; undefined where nobody knows. */
  readonly ageDays: number | undefined;
  readonly opinions: DecisionRequest['opinions'];
}

/** Where drafts are kept: none without the guard's decision on every text of it. */
@Injectable()
export class DraftStore {
  constructor(
    private readonly compliance: ComplianceService,
    private readonly repository: DraftsRepository,
    readonly originality: OriginalityMeasure,
    private readonly events: EventsService,
  ) {}

  /**
   * What classifiers elsewhere think of a draft that is to be added, asked before its transaction; nobody is asked about one
   * that is there already.
   */
  async opinionsOn(manager: EntityManager, draft: NewDraft): Promise<DecisionRequest['opinions']> {
    const known = await this.repository.existing(manager, [draft.id]);
    return known.size > 0 ? undefined : this.compliance.opinionsOn(textsOf(draft));
  }

  /**
   * One draft with its decision, from the manager's transaction; `created` is false where it was there already. What its agent
   * and others wrote before is part of the decision, which {@link addMany} leaves out: a batch follows from its seed alone.
   * @param grounds what else the guard is told
   * @throws AgentNotFound when its population was deleted meanwhile
   */
  async addOne(
    manager: EntityManager,
    draft: NewDraft,
    actor: string,
    grounds: DraftGrounds,
  ): Promise<{ draft: DecidedDraft; created: boolean }> {
    const { population_id, agent_id } = draft;
    if (population_id !== null && !(await this.repository.holdPopulation(manager, population_id))) {
      throw new AgentNotFound(agent_id);
    }
    await this.repository.lock(manager, draft);
    const known = await this.repository.find(manager, draft.id);
    if (known !== undefined) return { draft: known, created: false };
    const originality = await this.originality.of(manager, draft);
    const { ageDays, opinions } = grounds;
    const { id: decision_id } = await this.compliance.decide(
      manager,
      subjectOf(draft),
      textsOf(draft),
      actor,
      { context: contextOf(draft, ageDays), opinions },
    );
    await this.repository.insertMissing(manager, [{ ...draft, originality, decision_id }]);
    const added = await this.repository.find(manager, draft.id);
    if (added === undefined) throw new Error(`draft ${draft.id} was not stored`);
    const { id, action } = added;
    await this.events.emit(manager, draftCreated({ draft_id: id, agent_id, population_id, action }));
    return { draft: added, created: true };
  }

  /** Tells, in the manager's transaction, that a population has its drafts. */
  async announce(manager: EntityManager, completed: Parameters<typeof draftsCompleted>[0]): Promise<void> {
    await this.events.emit(manager, draftsCompleted(completed));
  }

  /**
   * Drafts of one population, template and seed, thousands of them: decides on those that are not there yet and stores
   * them, in the manager's transaction.
   * @returns how many of those it stores the guard holds
   */
  async addMany(
    manager: EntityManager,
    of: Pick<NewDraft, 'population_id' | 'template' | 'seed'>,
    packs: Iterable<readonly NewDraft[]>,
    actor: string,
  ): Promise<number> {
    await this.repository.lock(manager, of);
    let held = 0;
    for (const pack of packs) held += await this.add(manager, pack, actor);
    return held;
  }

  private async add(manager: EntityManager, drafts: readonly NewDraft[], actor: string): Promise<number> {
    const ids = drafts.map((draft) => draft.id);
    const existing = await this.repository.existing(manager, ids);
    const fresh = drafts.filter((draft) => !existing.has(draft.id));
    if (fresh.length === 0) return 0;
    const decisions = await this.compliance.decideMany(
      manager,
      fresh.map((draft) => ({
        subject: subjectOf(draft),
        texts: textsOf(draft),
      })),
      actor,
    );
    const decided = fresh.flatMap((draft, index) => {
      const decision = decisions[index];
      return decision === undefined ? [] : [{ ...draft, decision_id: decision.id }];
    });
    await this.repository.insertMissing(manager, decided);
    return decisions.filter(({ action }) => !mayPass(action)).length;
  }
}

/** What a decision on a draft is about. */
function subjectOf({ id, agent_id, context }: NewDraft): DecisionSubject {
  return { type: 'draft', id, agentId: agent_id, campaignId: context?.campaign };
}

/** What rules may read beside the texts. */
function contextOf({ agent_id, context }: NewDraft, ageDays: number | undefined): DecisionRequest['context'] {
  return {
    agent: { id: agent_id, ...(ageDays !== undefined && { age_days: ageDays }) },
    ...(context?.campaign !== undefined && { campaign: { id: context.campaign } }),
  };
}
