import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Caller } from '../../../core/http/index.js';
import { AgentsService, PopulationNotPersisted, type Requester } from '../../agents/index.js';
import { JobsService, type Job } from '../../jobs/index.js';
import { RunHistory } from '../../simulation/index.js';
import { networkPath } from '../dto/network.dto.js';
import { NetworkError } from '../integrations.errors.js';
import { NetworksService } from '../network/networks.service.js';

/** What a job of `network.populate` is told. */
export interface PopulateJob {
  network: string;
  population_id: string;
  limit: number | null;
  actor: string;
}

/** What a job of `network.project` is told. */
export interface ProjectJob {
  network: string;
  run_id: string;
  population_id: string;
  /** The last tick that is shown. */
  tick: number;
  open: boolean;
  actor: string;
}

/** A run to show. */
export interface ProjectionRequest {
  runId: string;
  tick?: number | undefined;
  name?: string | undefined;
  open: boolean;
}

/** Accepts long work on networks. */
@Injectable()
export class NetworkJobs {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly networks: NetworksService,
    private readonly agents: AgentsService,
    private readonly history: RunHistory,
    private readonly jobs: JobsService,
  ) {}

  /** @throws NetworkError `network_not_found`; PopulationNotFound, PopulationNotPersisted */
  async populate(name: string, population: string, limit: number | undefined, caller: Caller): Promise<Job> {
    const { id, persisted } = await this.agents.population(population);
    if (!persisted) throw new PopulationNotPersisted(id);
    const requester = { id: caller.id, name: caller.username };
    const network = await this.networks.get(name);
    return this.dataSource.transaction((manager) =>
      this.populateWithin(manager, network.name, id, limit ?? null, requester),
    );
  }

  /** Accepts, in the manager's transaction, the job that gives the agents of a persisted population accounts. */
  populateWithin(
    manager: EntityManager,
    network: string,
    population_id: string,
    limit: number | null,
    { id, name: actor }: Requester,
  ): Promise<Job> {
    const payload: PopulateJob = { network, population_id, limit, actor };
    return this.submit(manager, 'population', 'network.populate', payload, id);
  }

  /** @throws NetworkError `network_exists`; SimulationError when the run is not there, not completed or without people */
  async project(
    { runId, tick, name, open }: ProjectionRequest,
    caller: Caller,
  ): Promise<{ network: string; job: Job }> {
    const run = await this.history.run(runId);
    const last = run.ticks - 1;
    if (tick !== undefined && tick > last)
      throw NetworkError.field('tick', `must be at most ${last}: the run has ${run.ticks} ticks, from 0`);
    const network = name ?? `run-${runId.slice(0, 8)}${tick === undefined ? '' : `-t${tick}`}`;
    if ((await this.networks.find(network)) !== undefined)
      throw new NetworkError(
        'conflict',
        'network_exists',
        `there is a network ${network}; give another name, or delete it first`,
      );
    const payload: ProjectJob = {
      network,
      run_id: runId,
      population_id: run.population_id,
      tick: tick ?? last,
      open,
      actor: caller.username,
    };
    const job = await this.dataSource.transaction((manager) =>
      this.submit(manager, 'simulation', 'network.project', payload, caller.id),
    );
    return { network, job };
  }

  private submit(
    manager: EntityManager,
    queue: 'population' | 'simulation',
    name: 'network.populate' | 'network.project',
    payload: PopulateJob | ProjectJob,
    createdBy: string | undefined,
  ): Promise<Job> {
    const links = { network: networkPath(payload.network) };
    return this.jobs.submit(manager, { queue, name, payload, links, createdBy });
  }
}
