import { Injectable } from '@nestjs/common';
import type { Scenario } from '../scenarios/scenario.schema.js';
import { ModelDeciders } from './model-deciders.js';
import { RecordedLogs } from './recorded-log.js';

/** Judges whether those who are to decide in a run can. */
@Injectable()
export class DecidersCheck {
  constructor(
    private readonly recorded: RecordedLogs,
    private readonly models: ModelDeciders,
  ) {}

  /** @throws SimulationError and others as {@link RecordedLogs.check} and {@link ModelDeciders.check} */
  async check(scenario: Scenario, seed: string): Promise<void> {
    await this.recorded.check(scenario);
    await this.models.check(scenario, seed);
  }
}
