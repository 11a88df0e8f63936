import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Page, PageRequest } from '../../core/database/index.js';
import type { WritingRequest } from '../../core/llm/index.js';
import { AgentsService } from '../agents/index.js';
import { ContentError } from './content.errors.js';
import type { ContextRequest } from './draft-contexts.js';
import { Drafter } from './drafter.js';
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
export interface DraftRequest extends ContextRequest, WritingRequest {
  agent: string;
  /** The current version of a template by its name, or `name@version`. */
  template: string;
  seed?: string | undefined;
  variations?: number | undefined;
}

/** Writes drafts as single agents, and reads those that are there. */
@Injectable()
export class ContentService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly templates: TemplateLibrary,
    private readonly agents: AgentsService,
    private readonly store: DraftStore,
    private readonly repository: DraftsRepository,
    private readonly drafter: Drafter,
  ) {}

  /**
   * Writes a draft as an agent: composed or written by a model, scored, decided on and stored. The same request gives the
   * draft that is there, and no model is asked.
   * @throws DocumentStoreError `template_not_found`; ContentError `variations_out_of_range` and what the template itself
   *   refuses, and what `DraftContexts` and `PostWriter` do; AgentNotFound
   */
  async draft(request: DraftRequest, actor: string): Promise<{ draft: DecidedDraft; created: boolean }> {
    const started = performance.now();
    const template = await this.templates.get(request.template);
    const { profile, population_id } = await this.agents.agent(request.agent);
    const seed = this.drafter.contexts.seed(request.seed);
    const { manager } = this.dataSource;
    const context = await this.drafter.contexts.of(template.value, request, manager);
    const writing = await this.drafter.prepare(request, [template.value.id, profile.id, seed]);
    const choice = { seed, index: 0, variations: request.variations, context };
    const of = { template: template.value, agent: profile, populationId: population_id, choice };
    if (writing !== undefined) {
      const known = await this.repository.find(manager, this.drafter.idOf(of, writing));
      if (known !== undefined) return { draft: known, created: false };
    }
    const post = writing && (await this.drafter.contexts.postOf(request, manager));
    const spent = Math.round((performance.now() - started) * 1_000);
    const session = writing && this.drafter.session(writing);
    const draft = await this.drafter.make(of, { writing, session, post });
    draft.timings = { context: spent, ...draft.timings };
    const opinions = await this.store.opinionsOn(manager, draft);
    const grounds = { ageDays: await this.ageOf(population_id), opinions };
    return this.dataSource.transaction(async (transaction) => {
      await this.templates.pin(transaction, template);
      return this.store.addOne(transaction, draft, actor, grounds);
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

  /** The drafts with these ids that there are, by id. */
  async getAll(ids: readonly string[]): Promise<Map<string, DecidedDraft>> {
    const drafts = await this.repository.all(this.dataSource.manager, ids);
    return new Map(drafts.map((draft) => [draft.id, draft]));
  }

  /** A page of the drafts that meet a filter. @throws InvalidCursor, PopulationNotFound */
  async list(filter: DraftFilter, request: PageRequest<DraftSort>): Promise<Page<DecidedDraft>> {
    const population = filter.population && (await this.agents.populationIdOf(filter.population));
    return this.repository.page(this.dataSource.manager, { ...filter, population }, request);
  }
}
