import { EgressError } from '../../../../core/egress/index.js';
import { LaunchRefused } from '../executor.js';
import { storable } from '../storable.js';
import { ClusterUnusable } from './cluster.js';

/** What of an error of the client is looked at; it has no type that could be imported without loading all of it. */
interface Answered {
  code?: unknown;
  body?: unknown;
}

/** The status of an answer that was no success; undefined: there was none. */
export function statusOf(error: unknown): number | undefined {
  const { code } = (error ?? {}) as Answered;
  return typeof code === 'number' ? code : undefined;
}

function messageOf(error: unknown): string {
  const { body } = error as Answered;
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    if (typeof message === 'string') return storable(message, 500);
  } catch {
    // No status of Kubernetes.
  }
  return storable(text, 200);
}

/** An error of the API server in one word and one sentence. */
export function reasonOf(error: unknown): { reason: string; message: string } {
  const status = statusOf(error);
  if (status === undefined) {
    const { message } = error as Error;
    return error instanceof ClusterUnusable
      ? { reason: 'ClusterUnusable', message }
      : { reason: 'ApiServerUnavailable', message: `the API server does not answer: ${message}` };
  }
  const said = messageOf(error);
  const message = `the API server says: ${said}`;
  if (status === 403 && /exceeded quota/i.test(said)) return { reason: 'QuotaExceeded', message };
  if (status === 401) return { reason: 'Unauthorized', message };
  if (status === 403) return { reason: 'Forbidden', message };
  if (status === 404) return { reason: 'NamespaceMissing', message };
  if (status === 409) return { reason: 'Conflict', message };
  if (status === 422 || status === 400) return { reason: 'ObjectRefused', message };
  return { reason: status === 429 || status >= 500 ? 'ApiServerUnavailable' : 'ApiServerRefused', message };
}

/** @throws what is no answer of a cluster, and none that does not come */
export function refusalOf(error: unknown): LaunchRefused {
  if (error instanceof LaunchRefused) return error;
  const isTold =
    statusOf(error) !== undefined || error instanceof EgressError || error instanceof ClusterUnusable;
  if (!isTold) throw error;
  const { reason, message } = reasonOf(error);
  return new LaunchRefused(reason, message);
}
