import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { Counter } from 'prom-client';
import { Metrics } from '../metrics/index.js';
import type { LiveSecrets } from './live-secrets.js';

/** What the follower follows, and how often it looks. */
export interface Followed {
  secrets: LiveSecrets;
  everySeconds: number;
}

/** Injection token of {@link Followed}. */
export const FOLLOWED = Symbol('FOLLOWED');

/** Looks at the sources of the secrets from time to time and says what has changed, never to what. */
@Injectable()
export class SecretsFollower implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running = Promise.resolve();
  private readonly looks: Counter<'outcome'>;
  private readonly toldToRestart = new Set<string>();

  constructor(
    @Inject(FOLLOWED) private readonly followed: Followed,
    metrics: Metrics,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(SecretsFollower.name);
    this.looks = metrics.counter({
      name: 'secret_refreshes_total',
      help: 'Looks at the sources of the secrets, by outcome: ok or failed.',
      labels: ['outcome'],
    });
  }

  onApplicationBootstrap(): void {
    this.next();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.running;
    clearTimeout(this.timer);
  }

  private next(): void {
    this.timer = setTimeout(() => {
      this.running = this.look().finally(() => this.next());
    }, this.followed.everySeconds * 1_000).unref();
  }

  private async look(): Promise<void> {
    const { failures, changes } = await this.followed.secrets.refresh();
    this.looks.inc({ outcome: failures.length === 0 ? 'ok' : 'failed' });
    for (const { source, reason } of failures) {
      this.logger.warn({ source, reason }, 'secrets cannot be refreshed; the old values go on');
    }
    for (const { name, from, inUse } of changes) {
      if (inUse) this.logger.info({ name, from }, 'a secret has changed and is in use');
      else this.tellToRestart(name, from);
    }
  }

  private tellToRestart(name: string, from: string): void {
    if (this.toldToRestart.has(name)) return;
    this.toldToRestart.add(name);
    this.logger.warn(
      { name, from },
      'a secret has changed: this process uses the old value until it restarts',
    );
  }
}
