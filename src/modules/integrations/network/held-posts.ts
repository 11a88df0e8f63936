import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { mayPass } from '../../compliance/index.js';
import { NetworksRepository } from './networks.repository.js';
import { PostNews } from './post-news.js';
import { StatusesRepository } from './statuses.repository.js';

const LOOK_MS = 2_000;
const BATCH = 50;

/** Publishes held posts when people have let them go. What they decide is in the database: no message can be lost. */
@Injectable()
export class HeldPosts implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<unknown> | undefined;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly networks: NetworksRepository,
    private readonly statuses: StatusesRepository,
    private readonly news: PostNews,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(HeldPosts.name);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.looking ??= this.settle()
        .catch((error: unknown) => this.logger.warn({ err: error }, 'held posts wait for the next look'))
        .finally(() => {
          this.looking = undefined;
        });
    }, LOOK_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  /** Publishes or refuses what was decided. @returns how many posts */
  async settle(): Promise<number> {
    let settled = 0;
    for (;;) {
      const batch = await this.settleBatch();
      settled += batch;
      if (batch < BATCH) return settled;
    }
  }

  private settleBatch(): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const decided = await this.statuses.decided(manager, BATCH);
      for (const status of decided) {
        const passes = mayPass(status.outcome);
        await this.statuses.setState(manager, status, passes ? 'published' : 'refused');
        const network = await this.networks.byId(manager, status.network_id);
        if (passes && network !== undefined)
          await this.news.published(manager, network, [
            Object.assign({}, status, { state: 'published' as const }),
          ]);
      }
      return decided.length;
    });
  }
}
