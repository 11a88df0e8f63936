import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../core/config/index.js';
import { AgentsService } from '../agents/index.js';
import { ContentError } from './content.errors.js';
import { cursorOf, idOfCursor, seedOf } from './content.rules.js';
import { makeDraft } from './draft-record.js';
import { DraftStore } from './draft-store.js';
import { DraftsRepository, type DecidedDraft, type DraftFilter } from './drafts.repository.js';
import { TemplateLibrary } from './templates/template-library.js';

/** A draft to write as one agent. */
export interface DraftRequest {
  agent: string;
  /** The current version of a template by its name, or `name@version`. */
  template: string;
  seed?: string | undefined;
  variations?: number | undefined;
}

/** A page of a list; `nextCursor` is null on the last. */
export interface DraftPage {
  drafts: DecidedDraft[];
  nextCursor: string | null;
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

  /** A page of the drafts that meet a filter, in the order of their ids. @throws ContentError `cursor_invalid` */
  async list(filter: DraftFilter, limit: number, cursor?: string): Promise<DraftPage> {
    const after = cursor === undefined ? undefined : idOfCursor(cursor);
    const drafts = await this.repository.page(this.dataSource.manager, filter, after, limit + 1);
    const more = drafts.length > limit;
    if (more) drafts.pop();
    const last = drafts.at(-1);
    return { drafts, nextCursor: more && last !== undefined ? cursorOf(last.id) : null };
  }
}
