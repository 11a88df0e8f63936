import { LlmError } from '../llm.errors.js';
import type { BackendName } from '../llm.types.js';
import type { Server, Done } from './server.js';

interface Waiting {
  order: number;
  start: (server: Server) => void;
  fail: (error: unknown) => void;
}

/**
 * Gives calls to servers: in the order in which they came, each to the server of its backend with the most room, never more
 * at once than all together may have. A call that is cancelled while it waits is gone at once.
 */
export class Dispatcher {
  private readonly waiting = new Map<BackendName, Set<Waiting>>();
  private running = 0;
  private order = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param places calls at once, of all backends */
  constructor(
    readonly servers: readonly Server[],
    private readonly places: number,
  ) {}

  get active(): number {
    return this.running;
  }

  /** Calls that wait for a place. */
  waitingFor(backend: BackendName): number {
    return this.waiting.get(backend)?.size ?? 0;
  }

  /**
   * Does a piece of work at a server, as soon as one has room.
   * @throws LlmError `llm_unavailable` when every server of the backend is left alone; the reason of the signal
   */
  async run<T extends Done>(
    backend: BackendName,
    work: (url: string) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const server = await this.place(backend, signal);
    try {
      return await server.run(work, signal);
    } finally {
      this.running -= 1;
      this.dispatch();
    }
  }

  private place(backend: BackendName, signal: AbortSignal): Promise<Server> {
    signal.throwIfAborted();
    const queue = this.waiting.get(backend) ?? new Set<Waiting>();
    this.waiting.set(backend, queue);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        queue.delete(entry);
        signal.removeEventListener('abort', cancel);
      };
      const cancel = (): void => {
        leave();
        reject(signal.reason as Error);
      };
      this.order += 1;
      const entry: Waiting = {
        order: this.order,
        start: (server) => {
          leave();
          resolve(server);
        },
        fail: (error) => {
          leave();
          reject(error);
        },
      };
      queue.add(entry);
      signal.addEventListener('abort', cancel, { once: true });
      this.dispatch();
    });
  }

  /** Gives places to those that wait, as long as there are any. */
  private dispatch(): void {
    clearTimeout(this.timer);
    for (let next = this.next(); next !== undefined; next = this.next()) {
      this.running += 1;
      next.server.take();
      next.entry.start(next.server);
    }
    for (const [backend, queue] of this.waiting) this.settle(backend, queue);
  }

  /** Who has waited longest among those for whom a server has room. */
  private next(): { entry: Waiting; server: Server } | undefined {
    if (this.running >= this.places) return undefined;
    let found: { entry: Waiting; server: Server } | undefined;
    for (const [backend, queue] of this.waiting) {
      const [entry] = queue;
      if (entry === undefined || (found !== undefined && found.entry.order < entry.order)) continue;
      const server = this.roomiest(backend);
      if (server !== undefined) found = { entry, server };
    }
    return found;
  }

  private roomiest(backend: BackendName): Server | undefined {
    const free = this.of(backend).filter(({ room }) => room > 0);
    return free.toSorted((a, b) => b.room - a.room || a.lastTaken - b.lastTaken)[0];
  }

  private of(backend: BackendName): Server[] {
    return this.servers.filter((server) => server.backend === backend);
  }

  /** Those who wait for servers that are all left alone are told; for those that asked for a pause there is a time. */
  private settle(backend: BackendName, queue: Set<Waiting>): void {
    if (queue.size === 0) return;
    const servers = this.of(backend);
    if (servers.every(({ state }) => state === 'open')) {
      const ms = Math.min(...servers.map(({ openFor }) => openFor));
      const error = LlmError.broken(backend, Math.ceil(ms / 1_000));
      for (const entry of queue) entry.fail(error);
      return;
    }
    if (this.running >= this.places) return;
    // A pause, or the time that a server is left alone, may have ended since it was asked for room: nothing else would look again.
    const waits = servers.flatMap((server) => {
      const { pausedFor } = server;
      if (pausedFor > 0) return [pausedFor + 1];
      return server.room > 0 ? [0] : [];
    });
    if (waits.length > 0) this.timer = setTimeout(() => this.dispatch(), Math.min(...waits));
  }
}
