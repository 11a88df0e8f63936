import { Injectable } from '@nestjs/common';
import { AuditService } from '../../../core/audit/index.js';
import { withLogFields } from '../../../core/logging/index.js';
import type { JobContext } from '../../jobs/index.js';
import { RunInputs } from '../run.inputs.js';
import type { FeedScenario } from '../scenarios/scenario.schema.js';
import { shippedReference } from '../validation/reference.js';
import { calibratedScenario } from './calibrated-scenario.js';
import { calibrate, type Calibration, HELD_OUT } from './calibrate.js';
import type { CalibrationJob } from './calibration.service.js';
import type { ParameterName } from './parameters.js';

/** What a calibration job made. */
export interface CalibrationJobResult extends Calibration {
  readonly synthetic: true;
  readonly seed: string;
  readonly ticks: number;
  readonly min_size: number;
  readonly reference: { readonly id: string; readonly version: string };
  /** The scenario with the best values, under a name of its own. */
  readonly scenario: FeedScenario;
}

/** Does the long work of a calibration. */
@Injectable()
export class CalibrationBuilder {
  constructor(
    private readonly inputs: RunInputs,
    private readonly audit: AuditService,
  ) {}

  /** Searches, and completes the job with what was found. Done again from the beginning after a crash, with the same result. */
  build(job: CalibrationJob, context: JobContext): Promise<CalibrationJobResult> {
    const { seed, scenario } = job;
    return withLogFields({ seed, scenario: scenario.id }, () => this.search(job, context));
  }

  private async search(job: CalibrationJob, context: JobContext): Promise<CalibrationJobResult> {
    const { scenario, seed, ticks, parameters, evaluations, min_size } = job;
    const total = evaluations + HELD_OUT;
    context.progress(0, total, 'loading');
    const { agents, drafts } = await this.inputs.people(job);
    const reference = shippedReference();
    const input = { scenario, seed, agents, drafts };
    const found = await calibrate(
      { input, ticks, parameters, evaluations, minSize: min_size, reference },
      { signal: context.signal, progress: (runs, note) => context.progress(runs, total, note) },
    );
    const { id, version } = reference;
    const values = new Map(Object.entries(found.best.values) as [ParameterName, number][]);
    const how = `${found.trials.length} runs of ${ticks} ticks with the seed ${seed}, against ${id} ${version}`;
    const result: CalibrationJobResult = {
      synthetic: true,
      seed,
      ticks,
      min_size,
      reference: { id, version },
      scenario: calibratedScenario(scenario, values, how),
      ...found,
    };
    return context.complete(async (manager) => {
      await this.audit.append(manager, {
        actor: 'system',
        action: 'simulation.calibrate',
        subject: { type: 'scenario', id: scenario.id },
        data: { job_id: context.jobId, seed, evaluations, loss: found.best.loss, values: found.best.values },
      });
      return result;
    });
  }
}
