import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Page, PageRequest } from '../../../core/database/index.js';
import { etagOf, requireMatch } from '../../../core/http/index.js';
import { AgentsService, PopulationNotPersisted } from '../../agents/index.js';
import { TemplateLibrary } from '../../content/index.js';
import { AdapterRegistry } from '../../integrations/index.js';
import { SchedulerError } from '../scheduler.errors.js';
import { DayShape } from '../planning/rhythm.js';
import type { PublicationState } from '../publications/publication.rules.js';
import { CampaignRecord } from './campaign.record.js';
import type { Campaign } from './campaign.entity.js';
import { stateAfter, type CampaignAct } from './campaign.rules.js';
import {
  CampaignsRepository,
  type CampaignFilter,
  type CampaignSort,
  type CampaignTerms,
} from './campaigns.repository.js';

const DAYS_MAX = 366;
/** Further ahead it is a slip of the pen. */
const YEARS_AHEAD_MAX = 10;
const DAY_MS = 86_400_000;

/** What is asked for: a population by any of its names, templates with or without their versions. */
export interface CampaignRequest extends Omit<CampaignTerms, 'population_id'> {
  population: string;
}

/** Makes campaigns and moves them on. */
@Injectable()
export class CampaignsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: CampaignsRepository,
    private readonly agents: AgentsService,
    private readonly templates: TemplateLibrary,
    private readonly adapters: AdapterRegistry,
    private readonly record: CampaignRecord,
  ) {}

  /** How many publications of a campaign there are in each state that any is in. */
  publications({ id }: Campaign): Promise<Partial<Record<PublicationState, number>>> {
    return this.repository.publications(this.dataSource.manager, id);
  }

  /** @param reference an id or a name @throws SchedulerError `campaign_not_found` */
  async get(reference: string): Promise<Campaign> {
    return found(await this.repository.find(this.dataSource.manager, reference), reference);
  }

  /** @throws InvalidCursor, PopulationNotFound */
  async list(filter: CampaignFilter, request: PageRequest<CampaignSort>): Promise<Page<Campaign>> {
    const population = filter.population && (await this.agents.populationIdOf(filter.population));
    return this.repository.page(this.dataSource.manager, { ...filter, population }, request);
  }

  /**
   * Makes a campaign, which does nothing until it is started. No agent joins a persisted population: one for nobody is refused.
   * @throws SchedulerError `campaign_exists`, `campaign_invalid`; PopulationNotFound, PopulationNotPersisted;
   *   DocumentStoreError `template_not_found`; NetworkError `adapter_not_found`
   */
  async create(request: CampaignRequest, actor: string): Promise<Campaign> {
    const terms = await this.termsOf(request);
    return this.dataSource.transaction(async (manager) => {
      const made = await this.repository.insert(manager, randomUUID(), terms, actor);
      if (made === undefined) throw nameTaken(terms.name);
      await this.record.changed(manager, made, 'campaign.create', actor);
      return made;
    });
  }

  /**
   * Changes a campaign that has not been started.
   * @param change what is different; the rest stays
   * @throws as `create` does; SchedulerError `campaign_not_editable`; PreconditionFailedError
   */
  async update(
    reference: string,
    change: Partial<CampaignRequest>,
    ifMatch: string,
    actor: string,
  ): Promise<Campaign> {
    const before = await this.get(reference);
    const terms = await this.termsOf(Object.assign({}, before, { population: before.population_id }, change));
    return this.dataSource.transaction(async (manager) => {
      const campaign = found(await this.repository.find(manager, before.id, true), reference);
      requireMatch(ifMatch, etagOf(campaign.version));
      // What was filled in came from that version.
      requireMatch(etagOf(before.version), etagOf(campaign.version));
      if (campaign.state !== 'draft') {
        const message = `the campaign is ${campaign.state}; only a draft can be changed`;
        throw new SchedulerError('conflict', 'campaign_not_editable', message);
      }
      const changed = await this.repository.update(manager, campaign.id, terms);
      if (changed === undefined) throw nameTaken(terms.name);
      await this.record.changed(manager, changed, 'campaign.update', actor);
      return changed;
    });
  }

  /**
   * Starts, pauses, resumes or cancels. Once started, or resumed, it goes on in the name of whoever did so, as long as he may.
   * @param userId who asks, where it is a user
   * @throws SchedulerError `campaign_not_found`, `transition_impossible`; `campaign_empty` where its audience is nobody
   */
  async act(reference: string, act: CampaignAct, actor: string, userId?: string): Promise<Campaign> {
    return this.dataSource.transaction(async (manager) => {
      const campaign = found(await this.repository.find(manager, reference, true), reference);
      const state = stateAfter(campaign.state, act);
      if (act === 'start' && campaign.ends_at.getTime() <= Date.now())
        throw SchedulerError.field('ends_at', 'is over; change it before you start the campaign');
      if (act === 'start' && !(await this.hasAudience(campaign))) {
        const message = `no agent of the population is in the audience of ${campaign.name}: change the audience first`;
        throw new SchedulerError('conflict', 'campaign_empty', message, [{ field: 'audience', message }]);
      }
      const by = act === 'start' || act === 'resume' ? userId : undefined;
      const moved = await this.repository.setState(manager, campaign.id, state, by);
      await this.record.changed(manager, moved, `campaign.${act}`, actor);
      return moved;
    });
  }

  /** Deletes a campaign that is not at work, with its publications. @throws SchedulerError `campaign_active` */
  async delete(reference: string, actor: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const campaign = found(await this.repository.find(manager, reference, true), reference);
      const { id, name, state } = campaign;
      if (state === 'running' || state === 'paused')
        throw new SchedulerError(
          'conflict',
          'campaign_active',
          `the campaign ${name} is ${state}; cancel it first`,
        );
      await this.repository.delete(manager, id);
      await this.record.deleted(manager, campaign, actor);
    });
  }

  private async hasAudience({
    population_id,
    audience,
  }: Pick<Campaign, 'population_id' | 'audience'>): Promise<boolean> {
    const request = { sort: 'position', limit: 1 } as const;
    return (await this.agents.listOf(population_id, audience, request)).rows.length > 0;
  }

  private async termsOf({ population, ...request }: CampaignRequest): Promise<CampaignTerms> {
    const { starts_at, ends_at, approval, adapter, audience } = request;
    requireTimes(starts_at, ends_at);
    const { quiet_hours, rhythm } = request;
    if (new DayShape(rhythm ?? undefined, quiet_hours).weight() === 0)
      throw SchedulerError.field(
        quiet_hours === null ? 'rhythm' : 'quiet_hours',
        'leaves no minute of the day to publish in; some hour that is not quiet needs a rhythm above 0',
      );
    if (approval.rule === 'sample' && approval.percent === undefined)
      throw SchedulerError.field('approval.percent', 'is needed with the rule sample: how many of a hundred');
    if (approval.rule !== 'sample' && approval.percent !== undefined)
      throw SchedulerError.field('approval.percent', 'goes with the rule sample, and with no other');
    const { id, persisted } = await this.agents.population(population);
    if (!persisted) throw new PopulationNotPersisted(id);
    if (!(await this.hasAudience({ population_id: id, audience })))
      throw SchedulerError.field('audience', 'no agent of the population is in it; loosen its conditions');
    this.adapters.get(adapter);
    const templates: string[] = [];
    for (const reference of request.templates) {
      const { value } = await this.templates.get(reference);
      if (value.variables.some((each) => each.startsWith('thread.')))
        throw SchedulerError.field('templates', `${reference} answers posts; a campaign begins them`);
      templates.push(`${value.id}@${value.version}`);
    }
    return { ...request, templates, population_id: id };
  }
}

/** @throws SchedulerError `campaign_invalid` */
function requireTimes(from: Date, to: Date): void {
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (days <= 0 || days > DAYS_MAX)
    throw SchedulerError.field('ends_at', `must be after starts_at, at most ${DAYS_MAX} days`);
  const latest = new Date();
  latest.setUTCFullYear(latest.getUTCFullYear() + YEARS_AHEAD_MAX);
  const tooLate = `must be at most ${YEARS_AHEAD_MAX} years from now: ${latest.toISOString()} or before`;
  if (from > latest) throw SchedulerError.field('starts_at', tooLate);
  if (to > latest) throw SchedulerError.field('ends_at', tooLate);
}

function found(campaign: Campaign | undefined, reference: string): Campaign {
  if (campaign === undefined) throw SchedulerError.notFound('campaign', reference);
  return campaign;
}

function nameTaken(name: string): SchedulerError {
  const message = `there is a campaign ${name}`;
  return new SchedulerError('conflict', 'campaign_exists', message, [{ field: 'name', message }]);
}
