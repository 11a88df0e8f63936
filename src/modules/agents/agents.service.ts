import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Page, PageRequest } from '../../core/database/index.js';
import type { Caller, Permission } from '../../core/http/index.js';
import { ExportsService, type Export, type RequestedExport } from '../exports/index.js';
import { JobsService, type Job } from '../jobs/index.js';
import { profileOf, type Agent } from './agent.entity.js';
import type { AgentProfile } from './agent.profile.js';
import {
  AgentNotFound,
  ExportNotFound,
  GeneratorChanged,
  PopulationNotFound,
  PopulationNotPersisted,
} from './agents.errors.js';
import { AgentsRepository, type AgentFilter, type AgentSort } from './agents.repository.js';
import { exportPath, populationPath } from './dto/population.dto.js';
import type { PopulationJob } from './population.builder.js';
import type { Population } from './population.entity.js';
import type { PopulationFormat } from './population.export.js';
import { PopulationGuard } from './population.guard.js';
import { createGenerator } from './create-generator.js';
import type { PopulationAnswer, PopulationRequest, PreparedPopulation } from './population.request.js';
import { referenceColumn } from './population.reference.js';
import { specificationOf, type PopulationSpecification } from './population.specification.js';
import { PopulationAuthors } from './writing/population-authors.js';

/** Who asks for a population; `id` is absent on the command line. */
export interface Requester {
  id?: string;
  name: string;
  /** What they may do, where that matters beyond the route that was asked; nothing: no more than that route. */
  permissions?: ReadonlySet<Permission>;
}

/** Who calls, as those who do the work are told of him. */
export function requesterOf({ id, username, permissions }: Caller): Requester {
  return { id, name: username, permissions };
}

/** An agent of a population, with the place where it lives. */
export interface PersistedAgent {
  population_id: string;
  profile: AgentProfile;
}

const EACH_BATCH = 1_000;

@Injectable()
export class AgentsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: AgentsRepository,
    private readonly jobs: JobsService,
    private readonly guard: PopulationGuard,
    private readonly exports: ExportsService,
    private readonly authors: PopulationAuthors,
  ) {}

  /**
   * Answers a request for a population; with `persist` or `export` a job is accepted that does it.
   * @throws InvalidSpecification, PopulationTooLarge; ComplianceError when the guard refuses the specification itself
   */
  async populate(request: PopulationRequest, requester: Requester): Promise<PopulationAnswer> {
    const prepared = await this.authors.prepare(request);
    if (!prepared.persist && prepared.export === null) return prepared;
    await this.guard.requireDecent(prepared.generator, requester.name);
    const job = await this.dataSource.transaction((manager) => this.submitJob(manager, prepared, requester));
    return { ...prepared, job };
  }

  /**
   * Accepts, in the manager's transaction, the job that persists a population, unless its agents are there.
   * @returns the population, and the job where one was accepted
   * @throws InvalidSpecification; ComplianceError when the guard refuses the specification itself
   */
  async requirePersisted(
    manager: EntityManager,
    specification: PopulationSpecification,
    requester: Requester,
  ): Promise<{ id: string; seed: string; job?: Job }> {
    const generator = await createGenerator(specification);
    const { id } = generator;
    const { seed } = generator.specification;
    const there = await this.repository.findPopulation(manager, id);
    if (there?.persisted === true) return { id, seed };
    await this.guard.requireDecent(generator, requester.name);
    const job = await this.submitJob(manager, { generator, persist: true, export: null }, requester);
    return { id, seed, job };
  }

  /** The id of a population by its id, digest or name. One by its id need not be there. @throws PopulationNotFound */
  async populationIdOf(reference: string): Promise<string> {
    if (referenceColumn(reference) === 'id') return reference;
    return (await this.population(reference)).id;
  }

  /** A population by its id, digest or name. @throws PopulationNotFound */
  async population(id: string, manager: EntityManager = this.dataSource.manager): Promise<Population> {
    const population = await this.repository.findPopulation(manager, id);
    if (population === null) throw new PopulationNotFound(id);
    return population;
  }

  /** The finished exports of a population. */
  exportsOf(population: Population): Promise<Export[]> {
    return this.exports.ofSubject({ population_id: population.id });
  }

  /** @throws AgentNotFound */
  async agent(id: string, manager: EntityManager = this.dataSource.manager): Promise<PersistedAgent> {
    const agent = await this.repository.findAgent(manager, id);
    if (agent === null) throw new AgentNotFound(id);
    return { population_id: agent.population_id, profile: profileOf(agent) };
  }

  /** A page of agents, of all populations unless the filter names one. @throws InvalidCursor, PopulationNotFound */
  async list(filter: AgentFilter, request: PageRequest<AgentSort>): Promise<Page<Agent>> {
    const population = filter.population && (await this.populationIdOf(filter.population));
    return this.repository.page(this.dataSource.manager, { ...filter, population }, request);
  }

  /** A page of the agents of a population. @throws InvalidCursor, PopulationNotFound, PopulationNotPersisted */
  async listOf(
    reference: string,
    filter: AgentFilter,
    request: PageRequest<AgentSort>,
  ): Promise<Page<Agent> & { population: Population }> {
    const population = await this.population(reference);
    if (!population.persisted) throw new PopulationNotPersisted(population.id);
    return { population, ...(await this.list({ ...filter, population: population.id }, request)) };
  }

  /**
   * A page of a population's agents in their order.
   * @param after the position of the last agent that was seen; -1 for the first page
   * @throws PopulationNotFound, PopulationNotPersisted
   */
  async agents(
    id: string,
    after: number,
    limit: number,
  ): Promise<{ population: Population; agents: Agent[] }> {
    const population = await this.population(id);
    if (!population.persisted) throw new PopulationNotPersisted(population.id);
    const { manager } = this.dataSource;
    return { population, agents: await this.repository.agentsAfter(manager, population.id, after, limit) };
  }

  /** All agents of a population in their order, in arrays of up to a thousand. @throws PopulationNotPersisted */
  async *eachAgents(id: string): AsyncGenerator<AgentProfile[]> {
    let after = -1;
    for (;;) {
      const { agents } = await this.agents(id, after, EACH_BATCH);
      if (agents.length > 0) yield agents.map(profileOf);
      if (agents.length < EACH_BATCH) return;
      after = agents.at(-1)?.position ?? after;
    }
  }

  /** A finished export whose file is there. @throws PopulationNotFound, ExportNotFound */
  async export(id: string, format: PopulationFormat): Promise<Export> {
    const population = await this.population(id);
    const found = (await this.exportsOf(population)).find((each) => each.format === format);
    if (found === undefined || !(await this.exports.isWhole(found))) throw new ExportNotFound(id, format);
    return found;
  }

  /**
   * The export of a population where it is there, otherwise a job that makes it.
   * @throws PopulationNotFound; GeneratorChanged when its agents could not be made again
   */
  async requestExport(id: string, format: PopulationFormat, requester: Requester): Promise<RequestedExport> {
    const population = await this.population(id);
    const there = (await this.exportsOf(population)).find((each) => each.format === format);
    if (there !== undefined && (await this.exports.isWhole(there))) return { there };
    const generator = await createGenerator(specificationOf(population.specification));
    if (generator.id !== population.id) throw new GeneratorChanged();
    const prepared = { generator, persist: false, export: format };
    const job = await this.dataSource.transaction((manager) => this.submitJob(manager, prepared, requester));
    return { job };
  }

  private submitJob(
    manager: EntityManager,
    prepared: Pick<PreparedPopulation, 'generator' | 'persist' | 'export' | 'writing'>,
    requester: Requester,
  ): Promise<Job> {
    const { generator, persist, export: format, writing } = prepared;
    const payload: PopulationJob = {
      population_id: generator.id,
      specification: generator.specification,
      persist,
      export: format,
      ...(writing !== undefined && { tape: writing.tape }),
      actor: requester.name,
      created_by: requester.id ?? null,
    };
    return this.jobs.submit(manager, {
      queue: 'population',
      name: 'population.generate',
      payload,
      links: linksOf(payload),
      createdBy: requester.id,
    });
  }
}

/** Paths of what a population job makes. */
function linksOf({ population_id: id, persist, export: format }: PopulationJob): Record<string, string> {
  return {
    population: populationPath(id),
    ...(persist && { agents: `${populationPath(id)}/agents` }),
    ...(format !== null && { export: exportPath(id, format) }),
  };
}
