import { API_PREFIX } from '../../../core/http/index.js';
import { TABLE_NAMES } from './experiment-table-names.js';

/** The path of an experiment. */
export function experimentPath(id: string): string {
  return `/${API_PREFIX}/experiments/${id}`;
}

/** Paths of an experiment and of what it leaves, by relation name. */
export function experimentLinks(id: string): Record<string, string> {
  const self = experimentPath(id);
  return {
    experiment: self,
    results: `${self}/results`,
    report: `${self}/report`,
    ...Object.fromEntries(TABLE_NAMES.map((name) => [name, `${self}/tables/${name}`])),
  };
}
