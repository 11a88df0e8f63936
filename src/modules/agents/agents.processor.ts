import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobContext } from '../jobs/index.js';
import { PopulationBuilder, type PopulationJob } from './population.builder.js';

@Injectable()
export class AgentsProcessor {
  constructor(private readonly builder: PopulationBuilder) {}

  @HandlesJob('population.generate')
  generate(payload: PopulationJob, context: JobContext): Promise<void> {
    return this.builder.build(payload, context);
  }
}
