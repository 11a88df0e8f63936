import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BlobStore, PendingBlobs, type BlobContent, type ByteRange } from '../../core/blobs/index.js';
import { CONFIG, type Config } from '../../core/config/index.js';
import { AfterCommit } from '../../core/database/index.js';
import { openScratch } from '../../core/files/index.js';
import type { RunFileRecord } from './run-file.entity.js';
import type { RunFile } from './run-files.js';

/** A file of a run in the storage, which has no row yet. */
export type StoredRunFile = RunFile & { blob_key: string };

/** The files of runs: written in a folder of this machine, kept in the storage. */
@Injectable()
export class RunStore {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly blobs: BlobStore,
    private readonly afterCommit: AfterCommit,
  ) {}

  /** A new folder to write a run into. */
  openScratch(runId: string): string {
    return openScratch(this.config.dataDir, runId);
  }

  /** Deletes files when the transaction that deletes their rows has committed; what cannot be deleted then is swept later. */
  removeAfter(manager: EntityManager, files: readonly { readonly blob_key: string }[]): void {
    if (files.length === 0) return;
    this.afterCommit.add(manager, () => {
      void Promise.allSettled(files.map(({ blob_key }) => this.blobs.delete(blob_key)));
    });
  }

  async discard(scratch: string): Promise<void> {
    await rm(scratch, { recursive: true, force: true });
  }

  /**
   * Puts the files of a run into the storage, under keys of this attempt's own; a second attempt at the same run never
   * touches what the first has put.
   */
  async put(
    runId: string,
    scratch: string,
    files: readonly RunFile[],
    signal: AbortSignal,
  ): Promise<{ stored: StoredRunFile[]; pending: PendingBlobs }> {
    const pending = new PendingBlobs(this.blobs);
    const attempt = randomBytes(6).toString('hex');
    const stored: StoredRunFile[] = [];
    try {
      for (const file of files) {
        signal.throwIfAborted();
        const key = `runs/${runId}/${attempt}/${file.name}`;
        const content = createReadStream(join(scratch, file.name), { signal });
        const { sha256 } = await pending.put(key, content, file.media_type);
        if (sha256 !== file.sha256) throw new Error(`${key} was changed while it was stored`);
        stored.push({ ...file, blob_key: key });
      }
    } catch (error) {
      await pending.discard();
      throw error;
    }
    return { stored, pending };
  }

  /** Puts a text into the storage as a file of a run. */
  async putText(
    runId: string,
    { name, media_type, text }: { name: string; media_type: string; text: string },
  ): Promise<{ stored: StoredRunFile; pending: PendingBlobs }> {
    const pending = new PendingBlobs(this.blobs);
    const blob_key = `runs/${runId}/${randomBytes(6).toString('hex')}/${name}`;
    const { bytes, sha256 } = await pending.put(blob_key, [text], media_type);
    return { stored: { name, media_type, bytes, sha256, blob_key }, pending };
  }

  /** Whether a file is there in its whole length. */
  async isWhole({ blob_key, bytes }: RunFileRecord): Promise<boolean> {
    return (await this.blobs.stat(blob_key))?.bytes === Number(bytes);
  }

  /** @throws BlobNotFound */
  open({ blob_key }: RunFileRecord, range?: ByteRange): Promise<BlobContent> {
    return this.blobs.get(blob_key, range);
  }

  /** Where an operator finds a file: a path or an `s3://` URL. */
  locate({ blob_key }: RunFileRecord): string {
    return this.blobs.locate(blob_key);
  }
}
