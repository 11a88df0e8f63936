import { Injectable } from '@nestjs/common';
import { Metrics } from '../../core/metrics/index.js';
import { HandlesJob, type JobContext } from '../jobs/index.js';
import { PopulationBuilder, type PopulationJob } from './population.builder.js';

/** In agents. */
const SIZES = [1, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000];

@Injectable()
export class AgentsProcessor {
  private readonly sizes;

  constructor(
    private readonly builder: PopulationBuilder,
    metrics: Metrics,
  ) {
    this.sizes = metrics.histogram({
      name: 'population_size_agents',
      help: 'Agents of each population that was generated.',
      buckets: SIZES,
    });
  }

  @HandlesJob('population.generate')
  async generate(payload: PopulationJob, context: JobContext): Promise<void> {
    const { count, created } = await this.builder.build(payload, context);
    if (created) this.sizes.observe(count);
  }
}
