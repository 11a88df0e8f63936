import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { BlobNotFound, BlobStore, PendingBlobs } from '../../../core/blobs/index.js';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { AfterCommit } from '../../../core/database/index.js';
import {
  CHECKPOINT_TYPE,
  type CheckpointHead,
  CheckpointUnusable,
  packEvents,
  packState,
  unpackEvents,
  unpackState,
} from './checkpoint-file.js';
import { CheckpointsRepository } from './checkpoints.repository.js';
import type { RunCheckpoint } from './run-checkpoint.entity.js';

/** A checkpoint that is to be kept. */
export interface NewCheckpoint {
  readonly head: CheckpointHead;
  /** What the engine wrote. */
  readonly state: Uint8Array;
  /** The tick of the checkpoint before, and the file of the events since. */
  readonly from: number;
  readonly events: string;
}

/** A checkpoint on this machine. */
export interface LoadedCheckpoint {
  readonly state: Uint8Array;
  /** Files of the events up to there, in their order. */
  readonly segments: readonly string[];
}

/** Keeps checkpoints of runs: their objects before their rows, so that one that is named is whole. */
@Injectable()
export class RunCheckpoints {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly blobs: BlobStore,
    private readonly repository: CheckpointsRepository,
    private readonly afterCommit: AfterCommit,
  ) {}

  /** Keeps a checkpoint, and lets go of those that are older than the last few. */
  async save(runId: string, { head, state, from, events }: NewCheckpoint): Promise<void> {
    const pending = new PendingBlobs(this.blobs);
    const folder = `runs/${runId}/checkpoints/${head.tick}.${randomBytes(6).toString('hex')}`;
    const place = { run_id: runId, tick: head.tick, from_tick: from };
    try {
      const put = async (part: RunCheckpoint['part'], source: ReturnType<typeof packEvents>) => {
        const { key, ...stored } = await pending.put(`${folder}.${part}.zst`, source, CHECKPOINT_TYPE);
        return { ...place, ...stored, part, blob_key: key };
      };
      const parts = [await put('events', packEvents(events)), await put('state', packState(head, state))];
      await this.dataSource.transaction(async (manager) => {
        const gone = await this.repository.put(manager, parts);
        gone.push(...(await this.repository.prune(manager, runId, this.config.checkpointsKept)));
        this.removeAfter(manager, gone);
        pending.handOver();
      });
    } finally {
      await pending.discard();
    }
  }

  /** The states of a run up to a tick, the latest first. */
  states(runId: string, through: number): Promise<RunCheckpoint[]> {
    return this.repository.states(this.dataSource.manager, runId, through);
  }

  /**
   * Brings a checkpoint into a folder of this machine.
   * @param expected what it must be a state of
   * @throws CheckpointUnusable where anything of it is not as it was put, or it is one of something else
   */
  async load(
    { run_id, tick, ...row }: RunCheckpoint,
    expected: Omit<CheckpointHead, 'digest' | 'tick'>,
    folder: string,
  ): Promise<LoadedCheckpoint> {
    const packed = join(folder, 'checkpoint.zst');
    await this.fetch(row, packed);
    const state = await unpackState(packed, { tick, ...expected });
    const events = await this.repository.events(this.dataSource.manager, run_id);
    const segments: string[] = [];
    for (let at = tick; at > 0;) {
      const part = events.get(at);
      if (part === undefined) throw new CheckpointUnusable(`lacks the events up to tick ${at}`);
      await this.fetch(part, packed);
      const path = join(folder, `events-${at}.bin`);
      await unpackEvents(packed, path);
      segments.unshift(path);
      at = part.from_tick;
    }
    return { state, segments };
  }

  /** Forgets the checkpoints of a run after a tick: they were no good. */
  async forgetAfter(runId: string, tick: number): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      this.removeAfter(manager, await this.repository.after(manager, runId, tick));
    });
  }

  /** Whether a run whose job stops is to go on later. */
  goesOnLater(runId: string): Promise<boolean> {
    return this.repository.goesOnLater(this.dataSource.manager, runId);
  }

  /** Keeps the latest checkpoint up to a tick as long as the run, since a branch begins there. */
  async pin(manager: EntityManager, runId: string, through: number): Promise<void> {
    await this.repository.pin(manager, runId, through);
  }

  /** The run is completed: what no branch begins at goes with the commit. */
  async finish(manager: EntityManager, runId: string): Promise<void> {
    this.removeAfter(manager, await this.repository.finish(manager, runId));
  }

  /** The runs are to be deleted: all goes with the commit. */
  async clear(manager: EntityManager, runIds: readonly string[]): Promise<void> {
    this.removeAfter(manager, await this.repository.clear(manager, runIds));
  }

  private async fetch(
    { blob_key, sha256 }: Pick<RunCheckpoint, 'blob_key' | 'sha256'>,
    path: string,
  ): Promise<void> {
    const hash = createHash('sha256');
    try {
      const { stream } = await this.blobs.get(blob_key);
      stream.on('data', (piece: Buffer) => hash.update(piece));
      await pipeline(stream, createWriteStream(path));
    } catch (error) {
      if (error instanceof BlobNotFound) throw new CheckpointUnusable(`lacks ${blob_key}`);
      throw error;
    }
    if (hash.digest('hex') !== sha256)
      throw new CheckpointUnusable(`is damaged: ${blob_key} has another SHA-256`);
  }

  private removeAfter(manager: EntityManager, keys: readonly string[]): void {
    if (keys.length === 0) return;
    // What cannot be deleted now has no row and is swept later.
    this.afterCommit.add(manager, () => {
      void Promise.allSettled(keys.map((key) => this.blobs.delete(key)));
    });
  }
}
