import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../core/config/index.js';
import type { ReadDocument } from '../../../core/documents/index.js';
import { AgentsService } from '../../agents/index.js';
import { ComplianceService, type Assessment } from '../../compliance/index.js';
import { seedOf } from '../content.rules.js';
import { makeDraft, textsOf, type NewDraft } from '../draft-record.js';
import type { CompiledTemplate } from './compiled-template.js';
import { TemplateLibrary } from './template-library.js';
import type { TemplateSummary } from './template.loader.js';
import { SAMPLE_AGENT, type DraftAgent } from './variables.js';

/** What to try a template with. */
export interface PreviewRequest {
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
    @Inject(CONFIG) private readonly config: Config,
    private readonly templates: TemplateLibrary,
    private readonly agents: AgentsService,
    private readonly compliance: ComplianceService,
  ) {}

  /**
   * What a draft would be. With an agent, it is the very draft that the same seed and index would give.
   * @throws DocumentStoreError `template_not_found`; AgentNotFound; ContentError as `makeDraft` does
   */
  async preview({ template, agent, sample, seed, ...choice }: PreviewRequest): Promise<TemplatePreview> {
    const document = await this.templates.get(template);
    const writer =
      agent === undefined ? { ...SAMPLE_AGENT, ...sample } : (await this.agents.agent(agent)).profile;
    const drawn = { seed: seedOf(seed, this.config.defaultSeed), ...choice };
    const draft = makeDraft(document.value, writer, null, drawn);
    return { template: document, draft, assessment: await this.compliance.assess(textsOf(draft)) };
  }
}
