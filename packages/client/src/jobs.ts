import type { ApiEvent } from './events.js';
import type { components } from './schema.js';
import { sleep } from './sleep.js';

export type Job = components['schemas']['Job'];

export interface FollowOptions {
  signal?: AbortSignal | undefined;
  /** Called with the job whenever it was looked at, the last time when it is finished. */
  onProgress?: ((job: Job) => void) | undefined;
}

/** What following a job needs of a client. */
export interface JobSource {
  job(id: string, signal: AbortSignal | undefined): Promise<Job>;
  events(topic: string, signal: AbortSignal): AsyncIterable<ApiEvent>;
}

const FINAL = new Set<string>(['completed', 'failed', 'cancelled']);
const FIRST_POLL_MS = 50;
const LAST_POLL_MS = 1_000;

export function isFinished(job: Job): boolean {
  return FINAL.has(job.status);
}

/** The job when it is finished, whichever way that is. Events wake at once; a timer covers what they miss. */
export async function followJob(
  source: JobSource,
  id: string,
  { signal, onProgress }: FollowOptions,
): Promise<Job> {
  const listening = new AbortController();
  const bell = new Bell();
  const listener = listen(source, id, bell, listening.signal);
  try {
    for (let wait = FIRST_POLL_MS; ; wait = Math.min(LAST_POLL_MS, wait * 1.5)) {
      signal?.throwIfAborted();
      const job = await source.job(id, signal);
      onProgress?.(job);
      if (isFinished(job)) return job;
      await bell.rung(wait, signal);
    }
  } finally {
    listening.abort();
    await listener;
  }
}

/** Rings for every event of the job. A server without events, or one that hangs up, leaves it to the timer. */
async function listen(source: JobSource, id: string, bell: Bell, signal: AbortSignal): Promise<void> {
  try {
    for await (const _ of source.events(`jobs.${id}`, signal)) bell.ring();
  } catch {
    // Events only make it faster.
  }
}

/** Rung while nobody waits, it is heard by who comes next. */
class Bell {
  private rings = new AbortController();

  ring(): void {
    this.rings.abort();
  }

  /** Resolves at the next ring, or after so many milliseconds. @throws the signal's reason */
  async rung(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    const signals = signal === undefined ? [this.rings.signal] : [this.rings.signal, signal];
    await sleep(milliseconds, AbortSignal.any(signals)).catch(() => undefined);
    signal?.throwIfAborted();
    if (this.rings.signal.aborted) this.rings = new AbortController();
  }
}
