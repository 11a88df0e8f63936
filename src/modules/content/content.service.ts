import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../core/config/index.js';
import type { Page, PageRequest } from '../../core/database/index.js';
import { AgentsService } from '../agents/index.js';
import { ContentError } from './content.errors.js';
import { seedOf } from './content.rules.js';
import { makeDraft } from './draft-record.js';
import { DraftStore } from './draft-store.js';
import {
  DraftsRepository,
  type DecidedDraft,
  type DraftFilter,
  type DraftSort,
} from './drafts.repository.js';
import { TemplateLibrary } from './templates/template-library.js';

const DAY_MS = 86_400_000;

/** A draft to write as one agent. */
export interface DraftRequest {
  agent: string;
  /** The current version of a template by its name, or `name@version`. */
  template: string;
  seed?: string | undefined;
  variations?: number | undefined;
  /** What it is written for, as decisions and rules call it; no part of which draft it is. */
  campaign?: string | undefined;
}

/** Writes drafts as single agents, and reads those that are there. */
@Injectable()
export class ContentService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly templates: TemplateLibrary,
    private readonly agents: AgentsService,
    private readonly store: DraftStore,
    private readonly repository: DraftsRepository,
  ) {}

  /**
   * Writes a draft as an agent: composed, scored, decided on and stored in one transaction. The same request gives the
   * draft that is there.
   * @throws DocumentStoreError `template_not_found`; ContentError `variations_out_of_range` and what the template itself
   *   refuses; AgentNotFound
   */
  async draft(request: DraftRequest, actor: string): Promise<{ draft: DecidedDraft; created: boolean }> {
    const template = await this.templates.get(request.template);
    const { profile, population_id } = await this.agents.agent(request.agent);
    const seed = seedOf(request.seed, this.config.defaultSeed);
    const { variations } = request;
    const draft = makeDraft(template.value, profile, population_id, { seed, index: 0, variations });
    const opinions = await this.store.opinionsOn(this.dataSource.manager, draft);
    const grounds = { campaign: request.campaign, ageDays: await this.ageOf(population_id), opinions };
    return this.dataSource.transaction(async (manager) => {
      await this.templates.pin(manager, template);
      return this.store.addOne(manager, draft, actor, grounds);
    });
  }

  /** Whole days since a population was made. */
  private async ageOf(populationId: string | null): Promise<number | undefined> {
    if (populationId === null) return undefined;
    const { created_at } = await this.agents.population(populationId);
    return Math.max(0, Math.floor((Date.now() - created_at.getTime()) / DAY_MS));
  }

  /** @throws ContentError `draft_not_found` */
  async get(id: string): Promise<DecidedDraft> {
    const draft = await this.repository.find(this.dataSource.manager, id);
    if (draft !== undefined) return draft;
    throw new ContentError('not_found', 'draft_not_found', `there is no draft ${id}`);
  }

  /** A page of the drafts that meet a filter. @throws InvalidCursor, PopulationNotFound */
  async list(filter: DraftFilter, request: PageRequest<DraftSort>): Promise<Page<DecidedDraft>> {
    const population = filter.population && (await this.agents.populationIdOf(filter.population));
    return this.repository.page(this.dataSource.manager, { ...filter, population }, request);
  }
}
