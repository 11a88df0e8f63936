import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Page, PageRequest } from '../../core/database/index.js';
import { AgentsService } from '../agents/index.js';
import { ContentError } from './content.errors.js';
import { DraftContexts, type ContextRequest } from './draft-contexts.js';
import { makeDraft } from './draft-record.js';
import { DraftStore } from './draft-store.js';
import {
  DraftsRepository,
  type DecidedDraft,
  type DraftFilter,
  type DraftSort,
} from './drafts.repository.js';
import { TemplateLibrary } from './templates/template-library.js';

/** A draft to write as one agent. */
export interface DraftRequest extends ContextRequest {
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
    private readonly contexts: DraftContexts,
    private readonly store: DraftStore,
    private readonly repository: DraftsRepository,
  ) {}

  /**
   * Writes a draft as an agent: composed, scored, decided on and stored in one transaction. The same request gives the
   * draft that is there.
   * @throws DocumentStoreError `template_not_found`; ContentError `variations_out_of_range` and what the template itself
   *   refuses, and what `DraftContexts` does; AgentNotFound
   */
  async draft(request: DraftRequest, actor: string): Promise<{ draft: DecidedDraft; created: boolean }> {
    const started = performance.now();
    const template = await this.templates.get(request.template);
    const { profile, population_id } = await this.agents.agent(request.agent);
    const seed = this.contexts.seed(request.seed);
    const context = await this.contexts.of(template.value, request, this.dataSource.manager);
    const spent = Math.round((performance.now() - started) * 1_000);
    const choice = { seed, index: 0, variations: request.variations, context };
    const draft = makeDraft(template.value, profile, population_id, choice);
    draft.timings = { context: spent, ...draft.timings };
    return this.dataSource.transaction(async (manager) => {
      await this.templates.pin(manager, template);
      return this.store.addOne(manager, draft, actor);
    });
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
