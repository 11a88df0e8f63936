import { API_PREFIX } from '../../../core/http/index.js';

export function workflowPath(id: string): string {
  return `/${API_PREFIX}/workflows/${id}`;
}
