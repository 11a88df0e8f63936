import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobContext } from '../jobs/index.js';
import { RunBuilder } from './run.builder.js';
import type { SimulationJob } from './simulation.service.js';

/** The jobs of the queue simulation. */
@Injectable()
export class SimulationProcessor {
  constructor(private readonly builder: RunBuilder) {}

  @HandlesJob('simulation.run')
  run(job: SimulationJob, context: JobContext): Promise<void> {
    return this.builder.build(job, context);
  }
}
