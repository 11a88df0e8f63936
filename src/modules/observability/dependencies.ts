import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../core/config/index.js';
import { appliedMigrations, schemaDifference } from '../../core/database/index.js';
import { QUEUE_BACKEND, type QueueBackend } from '../../core/queue/index.js';

/** Something that the process cannot do its work without. */
export interface Dependency {
  name: string;
  /** How long it may take to answer. */
  timeoutMs: number;
  /** Resolves when it answers, with what people should know of it. @throws DependencyUnfit, or any error */
  ask: () => Promise<string | undefined>;
}

/** A dependency answers, but this process cannot work with it; the message is for everybody. */
export class DependencyUnfit extends Error {}

/** While an earlier question has no answer, another one would only add to the trouble of a stuck server. */
function oneAtATime(ask: () => Promise<unknown>): () => Promise<string | undefined> {
  let pending: Promise<string | undefined> | undefined;
  return () => {
    pending ??= ask()
      .then((remark) => (typeof remark === 'string' ? remark : undefined))
      .finally(() => {
        pending = undefined;
      });
    return pending;
  };
}

/**
 * Upgrades migrate before they restart anything, and migrations only add: a schema that is ahead is told of, and one that
 * is behind cannot be worked with.
 */
async function askSchema(dataSource: DataSource): Promise<string | undefined> {
  const { missing, newer } = schemaDifference(await appliedMigrations(dataSource));
  if (missing.length > 0) throw new DependencyUnfit(`the database lacks ${missing.join(', ')}`);
  return newer.length > 0 ? `a newer version added ${newer.join(', ')}` : undefined;
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
      { name: 'schema', timeoutMs: 2_000, ask: oneAtATime(() => askSchema(dataSource)) },
      { name: 'queue', timeoutMs: 2_000, ask: oneAtATime(() => queue.ping()) },
      { name: 'files', timeoutMs: 1_000, ask: oneAtATime(() => access(config.dataDir, constants.W_OK)) },
    ];
  }
}
