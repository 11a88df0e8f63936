import { setTimeout } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Executor } from '../executor/executor.js';
import { Caretaker } from './caretaker.js';
import { HostLease } from './host-lease.js';
import { WardHouse } from './ward-house.js';
import type { Crew } from './crew.js';
import { WardLost } from './wards.js';

const TICK_MS = 1_000;
const TROUBLE_MS = 3_000;

/**
 * Sees to it that what is seen of bots becomes what is wanted of them: one process of a host, by a lease in the database. It takes
 * over what runs already, and does nothing twice.
 */
@Injectable()
export class Reconciler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly executor: Executor,
    private readonly lease: HostLease,
    private readonly house: WardHouse,
    private readonly caretaker: Caretaker,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(Reconciler.name);
  }

  onApplicationBootstrap(): void {
    this.loop = this.run();
  }

  /** Ends the bots of this host with it, unless they are to go on; either way nothing is begun any more. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.loop;
    if (!this.lease.isHeld) return;
    const crews = this.house.all;
    if (this.executor.endsWithServer)
      await this.caretaker.endAll(crews, (crew, error) => this.warn(crew, error));
    await this.caretaker.flush(crews);
    this.house.leave();
    await this.lease.release();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      let pause = TICK_MS;
      try {
        await this.tick();
      } catch (error) {
        this.logger.warn({ err: error }, 'bots wait for the next attempt');
        pause = TROUBLE_MS;
      }
      await setTimeout(pause, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** One look at everything, and one step for each. */
  private async tick(): Promise<void> {
    if (!(await this.lease.take(this.house.all.length === 0))) {
      // Another process of this host looks after them.
      this.house.leave();
      return;
    }
    const crews = await this.house.gather();
    if (crews.length === 0) return;
    const look = await this.caretaker.prepare(crews);
    for (const crew of crews) {
      if (this.stopping.signal.aborted || !this.lease.isHeld) return;
      try {
        await this.caretaker.tend(crew, look);
      } catch (error) {
        if (error instanceof WardLost) await this.house.letGo(crew);
        else this.warn(crew, error);
      }
    }
    await this.caretaker.tidy(crews);
  }

  private warn({ id }: Crew, error: unknown): void {
    this.logger.warn({ err: error, bot: id }, 'a bot waits for the next attempt');
  }
}
