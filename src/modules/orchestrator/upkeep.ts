import { setTimeout } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { SessionUpkeep } from './sessions/session.upkeep.js';
import { WorkflowUpkeep } from './workflows/workflow.upkeep.js';

const IDLE_MS = 500;
const TROUBLE_MS = 2_000;

/** Looks after workflows and sessions, each in a loop of its own, until the process ends. */
@Injectable()
export class Upkeep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private loops: Promise<void>[] = [];

  constructor(
    private readonly workflows: WorkflowUpkeep,
    private readonly sessions: SessionUpkeep,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(Upkeep.name);
  }

  onApplicationBootstrap(): void {
    this.loops = [this.run(this.workflows), this.run(this.sessions)];
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.loops);
  }

  private async run(work: { step(): Promise<boolean> }): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      let pause = 0;
      try {
        pause = (await work.step()) ? 0 : IDLE_MS;
      } catch (error) {
        this.logger.warn({ err: error }, 'workflows and sessions wait for the next look');
        pause = TROUBLE_MS;
      }
      if (pause > 0) await setTimeout(pause, undefined, { signal, ref: false }).catch(() => {});
    }
  }
}
