import { setTimeout } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { EventsService } from '../../../core/events/index.js';
import { experimentEnded } from './experiment.events.js';
import { ExperimentsRepository } from './experiments.repository.js';

const BATCH = 50;
const IDLE_MS = 1_000;

/**
 * Tells of the end of experiments, each once whatever the number of workers. It looks at what is, not at messages about it: the last
 * run may have been completed, failed, cancelled or lost with its process.
 */
@Injectable()
export class ExperimentEnds implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private loop: Promise<void> = Promise.resolve();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: ExperimentsRepository,
    private readonly events: EventsService,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(ExperimentEnds.name);
  }

  onApplicationBootstrap(): void {
    this.loop = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private tell(): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      for (const experiment of await this.repository.untold(manager, BATCH)) {
        const event = experimentEnded(experiment);
        if (event === undefined) continue;
        await this.repository.noteTold(manager, experiment.id);
        await this.events.emit(manager, event);
      }
    });
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.tell().catch((error: unknown) => {
        this.logger.warn({ err: error }, 'ends of experiments are told at the next look');
      });
      await setTimeout(IDLE_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  }
}
