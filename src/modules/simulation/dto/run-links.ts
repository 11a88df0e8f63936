import { API_PREFIX } from '../../../core/http/index.js';

/** The path of a run. */
export function runPath(id: string): string {
  return `/${API_PREFIX}/runs/${id}`;
}

/** The path of a file of a run. */
export function runFilePath(id: string, name: string): string {
  return `${runPath(id)}/files/${name}`;
}

/** Paths of a run and of what it makes, by relation name. */
export function runLinks(id: string): Record<string, string> {
  return {
    run: runPath(id),
    metrics: `${runPath(id)}/metrics`,
    report: `${runPath(id)}/report`,
    events: runFilePath(id, 'events.parquet'),
  };
}
