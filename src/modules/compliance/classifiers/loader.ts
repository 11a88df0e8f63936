import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../../core/project.js';
import { Classifiers } from './classifiers.js';
import { decodeModel } from './model-file.js';

/** The shipped model. */
export const MODEL_PATH = join(PROJECT_ROOT, 'models', 'compliance', 'classifiers.bin');

/**
 * Reads the classifiers once; keep what it returns.
 * @throws Error naming the file when it is missing, of another format, or its SHA-256 is wrong
 */
export function loadClassifiers(path = MODEL_PATH): Classifiers {
  try {
    return new Classifiers(decodeModel(readFileSync(path)));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
