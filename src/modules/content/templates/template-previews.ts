import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { ReadDocument } from '../../../core/documents/index.js';
import { AgentsService } from '../../agents/index.js';
import { ComplianceService, type Assessment } from '../../compliance/index.js';
import { DraftContexts, type ContextRequest } from '../draft-contexts.js';
import { makeDraft, textsOf, type NewDraft } from '../draft-record.js';
import type { CompiledTemplate } from './compiled-template.js';
import { TemplateLibrary } from './template-library.js';
import type { TemplateSummary } from './template.loader.js';
import { SAMPLE_AGENT, type DraftAgent } from './variables.js';

/** What to try a template with. */
export interface PreviewRequest extends ContextRequest {
  /** The template: `name`, or `name@version`. */
  template: string;
  /** An agent that is there; else the sample agent, changed as `sample` says. */
  agent?: string | undefined;
  sample?: Partial<DraftAgent> | undefined;
  seed?: string | undefined;
  index: number;
  variations?: number | undefined;
}

/** A draft that is not kept, with what the guard would say about it. */
export interface TemplatePreview {
  template: ReadDocument<CompiledTemplate, TemplateSummary>;
  draft: NewDraft;
  assessment: Assessment;
}

/** Writes drafts that nobody keeps. */
@Injectable()
export class TemplatePreviews {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly templates: TemplateLibrary,
    private readonly agents: AgentsService,
    private readonly contexts: DraftContexts,
    private readonly compliance: ComplianceService,
  ) {}

  /**
   * What a draft would be. With an agent, it is the very draft that the same seed and index would give.
   * @throws DocumentStoreError `template_not_found`; AgentNotFound; ContentError as `makeDraft` and `DraftContexts` do
   */
  async preview({ template, agent, sample, seed, ...choice }: PreviewRequest): Promise<TemplatePreview> {
    const document = await this.templates.get(template);
    const writer =
      agent === undefined ? { ...SAMPLE_AGENT, ...sample } : (await this.agents.agent(agent)).profile;
    const { index, variations } = choice;
    const context = await this.contexts.of(document.value, choice, this.dataSource.manager);
    const drawn = { seed: this.contexts.seed(seed), index, variations, context };
    const draft = makeDraft(document.value, writer, null, drawn);
    return { template: document, draft, assessment: await this.compliance.assess(textsOf(draft)) };
  }
}
