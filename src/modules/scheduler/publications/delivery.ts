import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { setTimeout } from 'node:timers/promises';
import { PinoLogger } from 'nestjs-pino';
import { PlanWriter } from '../planning/plan-writer.js';
import { Drafting } from './drafting.js';
import { Publishing } from './publishing.js';
import { Reconciliation } from './reconciliation.js';
import { Upkeep } from './upkeep.js';

/** Pauses of a loop that has nothing to do, in milliseconds. */
const IDLE_MS = 500;
/** What is due goes out no later than after such a pause. */
const DUE_MS = 100;
const TROUBLE_MS = 2_000;
const UPKEEP_MS = 1_000;
const RECONCILE_MS = 30_000;

interface Step {
  step(): Promise<boolean>;
}

/** Runs campaigns: loops that plan, write, publish by each adapter, tidy up and look after what is out, until the process ends. */
@Injectable()
export class Delivery implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private loops: Promise<void>[] = [];

  constructor(
    private readonly planning: PlanWriter,
    private readonly drafting: Drafting,
    private readonly publishing: Publishing,
    private readonly upkeep: Upkeep,
    private readonly reconciliation: Reconciliation,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(Delivery.name);
  }

  onApplicationBootstrap(): void {
    this.loops = [
      this.loop(this.allowed(this.planning), IDLE_MS),
      this.loop(this.allowed(this.drafting), IDLE_MS),
      ...this.publishing.names.map((name) => this.loop(this.publishingBy(name), DUE_MS)),
      this.loop(this.upkeep, UPKEEP_MS),
      this.loop(this.reconciliation, RECONCILE_MS),
    ];
  }

  /** Takes nothing more, and waits for what is at work. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.loops);
  }

  private publishingBy(name: string): Step {
    const work = this.allowed({ step: () => this.publishing.stepOf(name) });
    return { step: async () => (await this.publishing.anyWaits()) && work.step() };
  }

  /** Work in the names of those who started campaigns: as long as they may. */
  private allowed(work: Step): Step {
    return {
      step: async () => {
        await this.upkeep.holdLost();
        return work.step();
      },
    };
  }

  private async loop(work: Step, idleMs: number): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      let pause = 0;
      try {
        pause = (await work.step()) ? 0 : idleMs;
      } catch (error) {
        // Leases end by themselves: whatever it was, it is taken up again.
        this.logger.warn({ err: error }, 'campaigns wait for the next attempt');
        pause = TROUBLE_MS;
      }
      if (pause > 0) await setTimeout(pause, undefined, { signal, ref: false }).catch(() => {});
    }
  }
}
