import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RunFileRecord } from '../run-file.entity.js';
import { EVENTS_JSONL } from '../run-files.js';
import { RunStore } from '../run.store.js';
import type { RunWithStatus } from '../runs.repository.js';
import { RunsService } from '../runs.service.js';
import { SimulationError } from '../simulation.errors.js';
import { shippedReference } from './reference.js';
import { readRunCascades } from './run-cascades.js';
import type { Validation } from './validate.js';
import { validateOnThread } from './validation-thread.js';

/** What a run is to be held against. */
export interface ValidationRequest {
  /** Cascades with fewer nodes are left out. */
  readonly min_size: number;
  /** Real trees as CSV; without them, the aggregates that come with the product. */
  readonly trees?: string | undefined;
}

/** The longest event log that is read while somebody waits: some five million events. */
const MOST_BYTES = 1_073_741_824;
/** Validations that are kept at hand. */
const AT_HAND = 32;
/** How many may wait for their turn: one is worked out at a time. */
const MOST_WAITING = 8;

/** Holds runs against real cascades. */
@Injectable()
export class ValidationService {
  /** By what they rest on, the one that was asked for last at the end. */
  private readonly kept = new Map<string, Promise<Validation>>();
  private turn: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(
    private readonly runs: RunsService,
    private readonly store: RunStore,
  ) {}

  /**
   * Reads the cascades of a completed run from its event log and compares them: once for the same run and the same trees, and one at a time.
   * @throws SimulationError `run_not_found`, `run_not_completed`, `run_file_not_found` for a model without an event log,
   *   `trees_invalid`, `run_too_large`, `validation_busy`
   */
  async validate(
    id: string,
    request: ValidationRequest,
  ): Promise<{ run: RunWithStatus; validation: Validation }> {
    const file = await this.runs.file(id, EVENTS_JSONL);
    const run = await this.runs.get(id);
    if (Number(file.bytes) > MOST_BYTES) {
      const message = `the event log of run ${id} has ${file.bytes} bytes; logs of up to ${MOST_BYTES} are held against real cascades`;
      throw new SimulationError('conflict', 'run_too_large', message);
    }
    const key = createHash('sha256')
      .update(JSON.stringify([id, file.sha256, request.min_size, request.trees ?? null]))
      .digest('hex');
    const validation = this.kept.get(key) ?? this.inTurn(() => this.work(run, file, request));
    this.kept.delete(key);
    this.kept.set(key, validation);
    validation.catch(() => this.kept.delete(key));
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= AT_HAND) break;
      this.kept.delete(oldest);
    }
    return { run, validation: await validation };
  }

  /** One after the other: whoever asks for many holds up nobody else's requests. */
  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting >= MOST_WAITING) {
      const message = `${MOST_WAITING} runs are being held against real cascades; try again in a moment`;
      throw new SimulationError('unavailable', 'validation_busy', message);
    }
    this.waiting += 1;
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      this.waiting -= 1;
    }
  }

  private async work(
    run: RunWithStatus,
    file: RunFileRecord,
    { min_size, trees }: ValidationRequest,
  ): Promise<Validation> {
    const { stream } = await this.store.open(file);
    return validateOnThread({
      simulated: await readRunCascades(stream),
      minSize: min_size,
      reference: shippedReference(),
      trees,
      idleSessions: run.measures?.rates.idle_sessions ?? null,
    });
  }
}
