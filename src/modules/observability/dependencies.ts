import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../core/config/index.js';
import { QUEUE_BACKEND, type QueueBackend } from '../../core/queue/index.js';

/** Something that the process cannot do its work without. */
export interface Dependency {
  name: string;
  /** How long it may take to answer. */
  timeoutMs: number;
  /** Resolves when it answers. */
  ask: () => Promise<void>;
}

/** While an earlier question has no answer, another one would only add to the trouble of a stuck server. */
function oneAtATime(ask: () => Promise<unknown>): () => Promise<void> {
  let pending: Promise<void> | undefined;
  return () => {
    pending ??= ask()
      .then(() => undefined)
      .finally(() => {
        pending = undefined;
      });
    return pending;
  };
}

/** What this process depends on. */
@Injectable()
export class Dependencies {
  readonly all: readonly Dependency[];

  constructor(
    @Inject(CONFIG) config: Config,
    @InjectDataSource() dataSource: DataSource,
    @Inject(QUEUE_BACKEND) queue: QueueBackend,
  ) {
    this.all = [
      { name: 'database', timeoutMs: 2_000, ask: oneAtATime(() => dataSource.query('SELECT 1')) },
      { name: 'queue', timeoutMs: 2_000, ask: oneAtATime(() => queue.ping()) },
      { name: 'files', timeoutMs: 1_000, ask: oneAtATime(() => access(config.dataDir, constants.W_OK)) },
    ];
  }
}
