import { Injectable } from '@nestjs/common';
import { AgentsService } from '../../agents/index.js';
import { TemplateLibrary } from '../../content/index.js';
import { NetworkVisits } from '../../integrations/index.js';
import type { PlannedAgent } from '../../scheduler/index.js';
import { OrchestratorError } from '../orchestrator.errors.js';

/** Together in one plan. */
const AGENTS_MAX = 5_000;
const PAGE = 1_000;

/** What of a request says whose sessions they are. */
interface SourceRequest {
  population?: string | undefined;
  agents?: readonly string[] | undefined;
  network: string;
  reply_template: string | null;
}

/** Whose sessions they are, and with which words they reply. */
@Injectable()
export class SessionSources {
  constructor(
    private readonly agents: AgentsService,
    private readonly templates: TemplateLibrary,
    private readonly visits: NetworkVisits,
  ) {}

  populationIdOf(reference: string): Promise<string> {
    return this.agents.populationIdOf(reference);
  }

  /**
   * @throws AgentNotFound, PopulationNotFound, PopulationNotPersisted; NetworkError `network_not_found`; DocumentStoreError
   *   `template_not_found`; OrchestratorError `sessions_invalid`
   */
  async of({ population, agents: ids, network, reply_template }: SourceRequest): Promise<{
    population_id: string | null;
    agents: PlannedAgent[];
    reply_template: string | null;
  }> {
    await this.visits.require(network);
    const template = reply_template === null ? null : await this.replyTemplate(reply_template);
    if (population === undefined) {
      const agents: PlannedAgent[] = [];
      for (const id of new Set(ids)) agents.push((await this.agents.agent(id)).profile);
      return { population_id: null, agents, reply_template: template };
    }
    const agents: PlannedAgent[] = [];
    let cursor: string | undefined;
    for (;;) {
      const page = await this.agents.listOf(population, {}, { sort: 'position', limit: PAGE, cursor });
      agents.push(...page.rows);
      if (agents.length > AGENTS_MAX || page.next === null) {
        if (agents.length > AGENTS_MAX)
          throw OrchestratorError.sessions(
            'population',
            `has more than ${AGENTS_MAX} agents; name up to 200 of them in agents`,
          );
        return { population_id: page.population.id, agents, reply_template: template };
      }
      cursor = page.next;
    }
  }

  private async replyTemplate(reference: string): Promise<string> {
    const { value } = await this.templates.get(reference);
    if (!value.variables.some((each) => each.startsWith('thread.')))
      throw OrchestratorError.sessions('reply_template', `${reference} does not answer posts`);
    return `${value.id}@${value.version}`;
  }
}
