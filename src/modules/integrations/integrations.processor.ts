import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobContext } from '../jobs/index.js';
import { NetworksService } from './network/networks.service.js';
import type { PopulateJob, ProjectJob } from './projection/network-jobs.js';
import { ProjectionRepository } from './projection/projection.repository.js';
import { RunProjector } from './projection/run-projector.js';

/** The jobs of networks. */
@Injectable()
export class IntegrationsProcessor {
  constructor(
    private readonly networks: NetworksService,
    private readonly projector: RunProjector,
    private readonly projection: ProjectionRepository,
  ) {}

  @HandlesJob('network.populate')
  async populate({ network: name, population_id, limit }: PopulateJob, context: JobContext): Promise<void> {
    const network = await this.networks.get(name);
    await context.complete(async (manager) => {
      const agents = { populationId: population_id, limit, firstId: null };
      return { network: name, accounts: await this.projection.accounts(manager, network.id, agents) };
    });
  }

  @HandlesJob('network.project')
  async project(job: ProjectJob, context: JobContext): Promise<void> {
    await this.projector.project(job, context);
  }
}
