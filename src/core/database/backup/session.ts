import { finished, pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { poolConfig, type ConnectionTarget } from '../database-target.js';

const CANCEL_AGAIN_MS = 250;

/** A copy on its way out of the database. */
export interface CopyOut {
  data: AsyncGenerator<Buffer>;
  /** Once the data were read. */
  rows: () => number;
}

/** A connection for long statements: what goes on is cancelled at the server when the signal says so. */
export class Session {
  private constructor(
    readonly client: pg.ClientBase,
    private readonly pid: number,
    private readonly target: ConnectionTarget,
    private readonly signal: AbortSignal | undefined,
  ) {}

  static async of(client: pg.ClientBase, target: ConnectionTarget, signal?: AbortSignal): Promise<Session> {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    return new Session(client, rows[0]?.pid ?? 0, target, signal);
  }

  /** Does work with the connection. @throws the signal's reason when it was aborted */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const { signal } = this;
    signal?.throwIfAborted();
    const done = new AbortController();
    const onAbort = (): void => void this.cancelUntil(done.signal);
    signal?.addEventListener('abort', onAbort);
    try {
      const result = await work();
      signal?.throwIfAborted();
      return result;
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', onAbort);
      done.abort();
    }
  }

  /** Reads what a COPY … TO STDOUT gives. Whoever stops reading early leaves a connection that can be used. */
  copyOut(statement: string): CopyOut {
    const { signal } = this;
    const copy = this.client.query(copyTo(statement));
    const leave = async (): Promise<void> => {
      // Its end may come while the cancel is on its way, and is told once.
      const over = finished(copy).catch(() => undefined);
      await this.cancel();
      copy.resume();
      await over;
    };
    const read = async function* (): AsyncGenerator<Buffer> {
      let whole = false;
      try {
        for await (const part of copy.iterator({ destroyOnReturn: false })) {
          signal?.throwIfAborted();
          yield part as Buffer;
        }
        whole = true;
      } finally {
        if (!whole) await leave();
      }
    };
    return { data: read(), rows: () => copy.rowCount };
  }

  /** Feeds a COPY … FROM STDIN. */
  async copyIn(statement: string, source: AsyncIterable<Buffer>): Promise<void> {
    await pipeline(source, this.client.query(copyFrom(statement)));
  }

  /** A cancel that comes between two statements is lost: it is sent until the work has ended. */
  private async cancelUntil(done: AbortSignal): Promise<void> {
    while (!done.aborted) {
      await this.cancel();
      await setTimeout(CANCEL_AGAIN_MS, undefined, { signal: done }).catch(() => undefined);
    }
  }

  private async cancel(): Promise<void> {
    const other = new pg.Client(poolConfig(this.target));
    other.on('error', () => undefined);
    try {
      await other.connect();
      await other.query('SELECT pg_cancel_backend($1)', [this.pid]);
    } catch {
      // The server is gone, and with it the statement.
    } finally {
      await other.end().catch(() => undefined);
    }
  }
}
