import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Route } from './document.js';

/** Values of what is wanted of workers and queues: no request keeps the others from having their jobs done. */
export function workerValues({ path }: Route): Record<string, readonly unknown[]> {
  if (path.startsWith('/api/v1/queues'))
    return { queue: ['content'], paused: [false], concurrency: [null, 1] };
  return path.startsWith('/api/v1/workers') ? { id: ['FRESH-WORKER'] } : {};
}

/** A worker whose process is gone. */
export async function addWorker(source: DataSource): Promise<string> {
  const id = `w-${randomUUID()}`;
  await source.query(
    `INSERT INTO workers (id, key, host, pid, queues, concurrency) VALUES ($1, 1, 'sample', 1, '{content}', 1)`,
    [id],
  );
  return id;
}
