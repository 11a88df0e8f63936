import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AgentsService, PopulationNotPersisted } from '../../agents/index.js';
import { mayPass } from '../../compliance/index.js';
import { ContentService, TemplateLibrary, type DecidedDraft } from '../../content/index.js';
import { DirectPublications, type DeliveredPublication } from '../../scheduler/index.js';
import { isFinal, OrchestratorError } from '../orchestrator.errors.js';
import {
  step,
  type StepContext,
  type StepResult,
  type WorkflowDefinition,
} from '../workflows/workflow.definition.js';
import { stepKey } from '../workflows/workflow.rules.js';
import type { ContentPublicationInput } from './inputs.js';

/** Somebody's draft that is to go out. */
interface Written {
  agent_id: string;
  draft_id: string;
}

/** An agent of whom nothing goes out, and why. */
interface Refusal {
  agent_id: string;
  reason: string;
}

interface Outputs {
  audience: { population_id: string; template: string; agents: string[] };
  draft: { drafts: Written[]; refused: Refusal[] };
  review: { drafts: (Written & { decision_id: string })[]; refused: Refusal[] };
  publish: { campaign_id: string; publications: number };
}

type Context = StepContext<ContentPublicationInput, Outputs>;

/** Publications that are still under way. */
const UNDER_WAY: ReadonlySet<string> = new Set([
  'planned',
  'drafted',
  'awaiting_approval',
  'due',
  'publishing',
]);

/** Writes as agents, has the guard and people decide, publishes what passes, and looks whether it is there. */
@Injectable()
export class ContentPublication implements WorkflowDefinition {
  readonly name = 'content_publication';
  readonly needs = ['drafts:create', 'campaigns:write'] as const;
  readonly steps = [
    step<ContentPublicationInput, Outputs>('audience', (context) => this.audience(context)),
    step<ContentPublicationInput, Outputs>('draft', (context) => this.draft(context)),
    step<ContentPublicationInput, Outputs>('review', (context) => this.review(context)),
    step<ContentPublicationInput, Outputs>('publish', (context) => this.publish(context)),
    step<ContentPublicationInput, Outputs>('verify', (context) => this.verify(context)),
  ];

  constructor(
    private readonly agents: AgentsService,
    private readonly templates: TemplateLibrary,
    private readonly content: ContentService,
    private readonly publications: DirectPublications,
  ) {}

  /**
   * @throws DocumentStoreError `template_not_found`; AgentNotFound, PopulationNotFound, PopulationNotPersisted; NetworkError
   *   `adapter_not_found`; OrchestratorError `workflow_input_invalid`
   */
  async check({ template, agent, population, adapter }: ContentPublicationInput): Promise<void> {
    const { value } = await this.templates.get(template);
    if (value.variables.some((each) => each.startsWith('thread.')))
      throw OrchestratorError.field('template', `${template} answers posts; a publication begins them`);
    if (agent !== undefined) await this.agents.agent(agent);
    if (population !== undefined) {
      const { id, persisted } = await this.agents.population(population);
      if (!persisted) throw new PopulationNotPersisted(id);
    }
    this.publications.requireAdapter(adapter);
  }

  async cancelled(manager: EntityManager, workflowId: string, actor: string): Promise<void> {
    await this.publications.cancel(manager, stepKey(workflowId, 'publish', 'campaign'), actor);
  }

  /** Settles who writes from what, so that later attempts mean the same. */
  private async audience({ input }: Context): Promise<StepResult> {
    const { value } = await this.templates.get(input.template);
    const template = `${value.id}@${value.version}`;
    if (input.agent !== undefined) {
      const { population_id } = await this.agents.agent(input.agent);
      return { kind: 'done', output: { population_id, template, agents: [input.agent] } };
    }
    const population_id = (await this.agents.population(input.population ?? '')).id;
    const filter = { ...input.audience, population: population_id };
    const { rows } = await this.agents.list(filter, { sort: 'id', limit: input.most });
    const output = { population_id, template, agents: rows.map(({ id }) => id) };
    if (rows.length > 0) return { kind: 'done', output };
    return { kind: 'refuse', output, reason: 'no agent of the population is of the audience' };
  }

  /** The same agent has the same draft, however often it is tried. */
  private async draft({ input, outputs, requester, signal, key, progress }: Context): Promise<StepResult> {
    const { agents, template } = outputs.audience;
    const drafts: Written[] = [];
    const refused: Refusal[] = [];
    for (const [at, agent] of agents.entries()) {
      signal.throwIfAborted();
      progress(at, agents.length, 'drafts');
      try {
        const seed = input.seed ?? key();
        const { draft } = await this.content.draft({ agent, template, seed }, requester.name);
        drafts.push({ agent_id: agent, draft_id: draft.id });
      } catch (error) {
        if (!isFinal(error)) throw error;
        refused.push({ agent_id: agent, reason: `no draft: ${error.message}` });
      }
    }
    return { kind: 'done', output: { drafts, refused } };
  }

  /** Waits until people have decided on each draft that the guard does not decide on by itself. */
  private async review({ outputs, startWorkflow }: Context): Promise<StepResult> {
    const { drafts } = outputs.draft;
    const decided = await this.content.getAll(drafts.map(({ draft_id }) => draft_id));
    const held = [...decided.values()].filter(({ action }) => action !== 'block' && !mayPass(action));
    const [first] = held;
    if (first !== undefined)
      return {
        kind: 'wait',
        wait: async (manager) => {
          for (const { decision_id: decision } of held)
            await startWorkflow(manager, 'moderation_escalation', { decision });
          return { for: { kind: 'decision', id: first.decision_id }, memo: { held: held.length } };
        },
      };
    const refused = [...outputs.draft.refused];
    const passed: Outputs['review']['drafts'] = [];
    for (const { agent_id, draft_id } of drafts) {
      const draft = decided.get(draft_id);
      if (draft !== undefined && mayPass(draft.action))
        passed.push({ agent_id, draft_id, decision_id: draft.decision_id });
      else refused.push({ agent_id, reason: blockedBecause(draft) });
    }
    const output = { drafts: passed, refused };
    if (passed.length > 0) return { kind: 'done', output };
    return { kind: 'refuse', output, reason: `no draft goes out: ${refused[0]?.reason ?? 'there is none'}` };
  }

  private async publish({ workflowId, input, outputs, requester, key }: Context): Promise<StepResult> {
    const { drafts } = outputs.review;
    const campaignId = key('campaign');
    const request = {
      campaignId,
      name: `workflow-${workflowId}`,
      populationId: outputs.audience.population_id,
      template: outputs.audience.template,
      adapter: input.adapter,
      destination: input.destination,
      approvals: input.approvals,
      graceMinutes: input.grace_minutes,
      publications: drafts.map((each) => ({ ...each, id: key(each.agent_id) })),
    };
    return Promise.resolve({
      kind: 'done',
      output: async (manager) => {
        await this.publications.place(manager, request, requester.name);
        return { campaign_id: campaignId, publications: drafts.length };
      },
    });
  }

  /** Waits until each publication is over, and looks on the platform for those that are out. */
  private async verify({ outputs, signal }: Context): Promise<StepResult> {
    const publications = await this.publications.of(outputs.publish.campaign_id);
    const open = publications.find(({ state }) => UNDER_WAY.has(state));
    if (open !== undefined)
      return { kind: 'wait', wait: { for: { kind: 'publication', id: open.id }, memo: {} } };
    const published = [];
    const refused = [...outputs.review.refused];
    for (const each of publications) {
      const why = await this.missing(each, signal);
      if (why === undefined) published.push(shown(each));
      else refused.push({ agent_id: each.agent_id, reason: why });
    }
    const output = { published, refused };
    if (published.length > 0) return { kind: 'done', output };
    return {
      kind: 'refuse',
      output,
      reason: `nothing is out: ${refused[0]?.reason ?? 'no publication is left'}`,
    };
  }

  /** Why a publication is not on its platform; undefined where it is. */
  private async missing(publication: DeliveredPublication, signal: AbortSignal): Promise<string | undefined> {
    const { state, reason, draft_id } = publication;
    if (state !== 'published') return reason === null ? state : `${state}: ${reason}`;
    const post = await this.publications.fetch(publication, signal);
    if (post === null) return undefined;
    if (post?.state !== 'published') return 'it was published, and the platform has it no more';
    return post.draftId === null || post.draftId === draft_id
      ? undefined
      : 'the platform has another text of it';
  }
}

function shown({ id, agent_id, draft_id, remote_id, url }: DeliveredPublication): object {
  return { publication_id: id, agent_id, draft_id, remote_id, url };
}

function blockedBecause(draft: DecidedDraft | undefined): string {
  if (draft === undefined) return 'its draft was deleted';
  return draft.reviewed
    ? 'people have decided against the draft'
    : 'the guard does not let the draft through';
}
