import { readFileSync } from 'node:fs';
import { PROJECT_ROOT } from './project.js';

/** The version of this build, from package.json. */
export const VERSION = (
  JSON.parse(readFileSync(`${PROJECT_ROOT}/package.json`, 'utf8')) as { version: string }
).version;
