import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { EventsService } from '../../core/events/index.js';
import { AgentNotFound } from '../agents/index.js';
import { ComplianceService } from '../compliance/index.js';
import { draftCreated, draftsCompleted } from './content.events.js';
import { OriginalityMeasure } from './originality-measure.js';
import { textsOf, type NewDraft } from './draft-record.js';
import { DraftsRepository, type DecidedDraft } from './drafts.repository.js';

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
   * One draft with its decision, from the manager's transaction; `created` is false where it was there already.
   * @throws AgentNotFound when its population was deleted meanwhile
   */
  async addOne(
    manager: EntityManager,
    draft: NewDraft,
    actor: string,
  ): Promise<{ draft: DecidedDraft; created: boolean }> {
    const { population_id, agent_id } = draft;
    if (population_id !== null && !(await this.repository.holdPopulation(manager, population_id))) {
      throw new AgentNotFound(agent_id);
    }
    await this.repository.lock(manager, draft);
    const known = await this.repository.find(manager, draft.id);
    if (known !== undefined) return { draft: known, created: false };
    const originality = await this.originality.of(manager, draft);
    await this.add(manager, [{ ...draft, originality }], actor);
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
   */
  async addMany(
    manager: EntityManager,
    of: Pick<NewDraft, 'population_id' | 'template' | 'seed'>,
    packs: Iterable<readonly NewDraft[]>,
    actor: string,
  ): Promise<void> {
    await this.repository.lock(manager, of);
    for (const pack of packs) await this.add(manager, pack, actor);
  }

  private async add(manager: EntityManager, drafts: readonly NewDraft[], actor: string): Promise<void> {
    const ids = drafts.map((draft) => draft.id);
    const existing = await this.repository.existing(manager, ids);
    const fresh = drafts.filter((draft) => !existing.has(draft.id));
    if (fresh.length === 0) return;
    const decisions = await this.compliance.decideMany(
      manager,
      fresh.map((draft) => ({
        subject: { type: 'draft', id: draft.id, agentId: draft.agent_id, ...campaignOf(draft) },
        texts: textsOf(draft),
      })),
      actor,
    );
    const decided = fresh.flatMap((draft, index) => {
      const decision = decisions[index];
      return decision === undefined ? [] : [{ ...draft, decision_id: decision.id }];
    });
    await this.repository.insertMissing(manager, decided);
  }
}

/** The campaign that the guard is told of. */
function campaignOf({ context }: NewDraft): { campaignId?: string } {
  return context?.campaign === undefined ? {} : { campaignId: context.campaign };
}
