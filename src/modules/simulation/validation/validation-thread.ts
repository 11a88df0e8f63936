import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PROJECT_ROOT } from '../../../core/project.js';
import { SimulationError } from '../simulation.errors.js';
import type { Validation } from './validate.js';
import type { ValidationAnswer, ValidationTask } from './validation.worker.js';

/** A thread runs the built program, also where this one runs from its sources. */
const THREAD = join(PROJECT_ROOT, 'dist', 'program', 'validation.js');

/**
 * Reads trees and holds cascades against them on a thread of its own, so that the caller's event loop stays free. The arrays of the
 * simulated cascades go there and are empty afterwards.
 * @throws SimulationError `trees_invalid`
 */
export async function validateOnThread(task: ValidationTask): Promise<Validation> {
  const { parents, minutes, users } = task.simulated;
  const transferList = [parents.buffer, minutes.buffer, users.buffer] as ArrayBuffer[];
  const worker = new Worker(THREAD, { workerData: task, transferList });
  try {
    const { validation, refusal } = await answerOf(worker);
    if (refusal !== undefined)
      throw new SimulationError(refusal.kind, refusal.code, refusal.message, refusal.issues);
    return validation;
  } finally {
    await worker.terminate();
  }
}

function answerOf(worker: Worker): Promise<ValidationAnswer> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      reject(new Error(`a validation ended with ${code} and no answer`));
    });
  });
}
