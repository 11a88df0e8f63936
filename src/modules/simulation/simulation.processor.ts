import { Injectable } from '@nestjs/common';
import { BoundedLabel, Metrics } from '../../core/metrics/index.js';
import { HandlesJob, type JobContext } from '../jobs/index.js';
import { CalibrationBuilder } from './calibration/calibration.builder.js';
import type { CalibrationJob } from './calibration/calibration.service.js';
import { ExperimentStarter } from './experiments/experiment.starter.js';
import type { ExperimentJob } from './experiments/experiments.service.js';
import { RunBuilder } from './run.builder.js';
import type { SimulationJob } from './run-acceptance.js';

const KINDS = ['posts', 'exposures', 'reactions', 'comments', 'reposts'] as const;

/** The jobs of the queue simulation. */
@Injectable()
export class SimulationProcessor {
  private readonly events;
  private readonly scenarios = new BoundedLabel();

  constructor(
    private readonly builder: RunBuilder,
    private readonly calibrations: CalibrationBuilder,
    private readonly experiments: ExperimentStarter,
    metrics: Metrics,
  ) {
    this.events = metrics.counter({
      name: 'simulation_events_total',
      help: 'What happened in completed runs, by scenario and kind.',
      labels: ['scenario', 'kind'],
    });
  }

  @HandlesJob('simulation.run')
  async run(job: SimulationJob, context: JobContext): Promise<void> {
    const result = await this.builder.build(job, context);
    if (result === undefined) return;
    const scenario = this.scenarios.of(result.scenario);
    for (const kind of KINDS) this.events.inc({ scenario, kind }, result[kind]);
  }

  @HandlesJob('simulation.calibrate')
  async calibrate(job: CalibrationJob, context: JobContext): Promise<void> {
    await this.calibrations.build(job, context);
  }

  @HandlesJob('experiment.start')
  async startExperiment(job: ExperimentJob, context: JobContext): Promise<void> {
    await this.experiments.start(job, context);
  }
}
