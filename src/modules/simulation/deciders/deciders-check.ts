import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../core/config/index.js';
import type { Requester } from '../../agents/index.js';
import type { Scenario } from '../scenarios/scenario.schema.js';
import { SimulationError } from '../simulation.errors.js';
import { ModelDeciders } from './model-deciders.js';
import { RecordedLogs } from './recorded-log.js';

/** Judges whether those who are to decide in a run can. */
@Injectable()
export class DecidersCheck {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly recorded: RecordedLogs,
    private readonly models: ModelDeciders,
  ) {}

  /** @throws SimulationError as {@link requireOwnTapes}, {@link RecordedLogs.check} and {@link ModelDeciders.check} */
  async check(scenario: Scenario, seed: string, requester: Requester): Promise<void> {
    this.requireOwnTapes(scenario, requester);
    await this.recorded.check(scenario);
    await this.models.check(scenario, seed);
  }

  /**
   * A cassette of a name, or the configured one, is there for everybody; `record` replaces what it has. Where recording in the configured
   * one is itself configured, nobody asks for it.
   * @throws SimulationError `cassette_forbidden` where somebody asks for it who may not
   */
  requireOwnTapes(scenario: Scenario, { permissions }: Requester): void {
    if (scenario.model === 'feedsim' || permissions?.has('cassettes:write') === true) return;
    const configured = this.config.llm;
    const place = (scenario.deciders ?? []).findIndex((each) => {
      if (each.kind !== 'llm' || each.repeats !== undefined) return false;
      const { cassette, cassette_mode } = each;
      if (cassette === undefined) return cassette_mode === 'record' && configured.cassette !== undefined;
      return (cassette_mode ?? configured.mode) === 'record';
    });
    if (place < 0) return;
    const field = `deciders[${place}].cassette_mode`;
    const message =
      'record replaces the answers of a cassette that others share, which needs the permission cassettes:write; take auto, or leave the name out where no cassette is configured';
    throw new SimulationError('forbidden', 'cassette_forbidden', `${field} ${message}`, [{ field, message }]);
  }
}
