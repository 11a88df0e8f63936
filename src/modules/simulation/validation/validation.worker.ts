import { parentPort, workerData } from 'node:worker_threads';
import { SimulationError } from '../simulation.errors.js';
import { readTrees } from './read-trees.js';
import { validate, type Validation, type ValidationInput } from './validate.js';

/** What a thread is given: trees are the text that was sent. */
export type ValidationTask = Omit<ValidationInput, 'trees'> & { readonly trees: string | undefined };

/** What it answers: a validation, or why the trees are refused. */
export type ValidationAnswer =
  | { readonly validation: Validation; readonly refusal?: undefined }
  | {
      readonly validation?: undefined;
      readonly refusal: Pick<SimulationError, 'kind' | 'code' | 'message' | 'issues'>;
    };

function answer({ trees, ...task }: ValidationTask): ValidationAnswer {
  try {
    const read = trees === undefined ? undefined : readTrees(trees);
    return { validation: validate({ ...task, trees: read }) };
  } catch (error) {
    if (!(error instanceof SimulationError)) throw error;
    const { kind, code, message, issues } = error;
    return { refusal: { kind, code, message, issues } };
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a worker thread has no origin
parentPort?.postMessage(answer(workerData as ValidationTask));
