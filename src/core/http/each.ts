import { AppError } from '../errors/index.js';
import { problemOf, type Problem } from './problem.js';

/** What became of one item of a request that has many. */
export type ItemResult<Value> = { value: Value; problem: null } | { value: null; problem: Problem };

/** Does the work of one item; a mistake in it is told and harms no other. @throws what is nobody's mistake */
export async function itemResult<Value>(work: () => Promise<Value>): Promise<ItemResult<Value>> {
  try {
    return { value: await work(), problem: null };
  } catch (error) {
    if (error instanceof AppError) return { value: null, problem: problemOf(error) };
    throw error;
  }
}
