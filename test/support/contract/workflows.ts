import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Route } from './document.js';

/** Values of what belongs to workflows: what a request starts, ends or retries is its own. */
export function workflowValues({ path, name }: Route): Record<string, readonly unknown[]> {
  if (!path.startsWith('/api/v1/workflows')) return {};
  if (name !== 'POST /api/v1/workflows')
    return { id: [path.endsWith('/retry') ? 'FRESH-FAILEDWORKFLOW' : 'FRESH-WORKFLOW'] };
  const specification = { gender: 'female', count: 3, country: 'MX', seed: 'contract' };
  return { input: [{ specification }, { decision: 'FRESH-REVIEW' }] };
}

/** A workflow that waits for nothing that comes soon, or one that has failed. */
export async function addWorkflow(source: DataSource, state: 'waiting' | 'failed'): Promise<string> {
  const id = randomUUID();
  await source.query(
    `WITH made AS (
       INSERT INTO workflows (id, name, input, state, actor, wake_at, finished_at, reason)
       VALUES ($1, 'onboarding', '{"network":"main"}', $2, 'test', '2099-01-01', CASE WHEN $2 = 'failed' THEN now() END,
         CASE WHEN $2 = 'failed' THEN 'of the test' END) RETURNING id)
     INSERT INTO workflow_steps (workflow_id, ordinal, name, state)
     SELECT id, n - 1, step, 'pending' FROM made, unnest('{populate,audit,accounts,activate}'::text[])
       WITH ORDINALITY AS given (step, n)`,
    [id, state],
  );
  return id;
}
