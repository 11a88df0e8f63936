import { Injectable } from '@nestjs/common';
import { EVENTS_JSONL } from '../run-files.js';
import { RunStore } from '../run.store.js';
import type { RunWithStatus } from '../runs.repository.js';
import { RunsService } from '../runs.service.js';
import { readTrees } from './read-trees.js';
import { shippedReference } from './reference.js';
import { readRunCascades } from './run-cascades.js';
import { validate, type Validation } from './validate.js';

/** What a run is to be held against. */
export interface ValidationRequest {
  /** Cascades with fewer nodes are left out. */
  readonly min_size: number;
  /** Real trees as CSV; without them, the aggregates that come with the product. */
  readonly trees?: string | undefined;
}

/** Holds runs against real cascades. */
@Injectable()
export class ValidationService {
  constructor(
    private readonly runs: RunsService,
    private readonly store: RunStore,
  ) {}

  /**
   * Reads the cascades of a completed run from its event log and compares them.
   * @throws SimulationError `run_not_found`, `run_not_completed`, `run_file_not_found` for a model without an event log,
   *   `trees_invalid`
   */
  async validate(
    id: string,
    request: ValidationRequest,
  ): Promise<{ run: RunWithStatus; validation: Validation }> {
    const trees = request.trees === undefined ? undefined : readTrees(request.trees);
    const file = await this.runs.file(id, EVENTS_JSONL);
    const run = await this.runs.get(id);
    const { stream } = await this.store.open(file);
    const validation = validate({
      simulated: await readRunCascades(stream),
      minSize: request.min_size,
      reference: shippedReference(),
      trees,
      idleSessions: run.measures?.rates.idle_sessions ?? null,
    });
    return { run, validation };
  }
}
