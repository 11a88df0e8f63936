import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { BlobNotFound } from './blob.errors.js';
import { ROW_AREAS } from './blob-key.js';
import { BlobStore, type BlobInfo } from './blob-store.js';

const PAGE = 500;

/** A row of the view `stored_blobs`, which has one for every object that a table names. */
interface NamedBlob {
  key: string;
  /** Null where the table does not keep it. */
  bytes: string | null;
  sha256: string | null;
}

/** An object that a row names and that is not there as it was put. */
export interface LostBlob {
  key: string;
  reason: string;
}

/** Compares what the tables name with what the storage has. */
@Injectable()
export class BlobJanitor {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    readonly store: BlobStore,
  ) {}

  /**
   * Objects that no row names, put before a moment: what a process left that died between putting an object and
   * committing its row, or between deleting a row and its object.
   * @param before some hours ago, since a row comes after its object
   * @param remove whether to delete them as well
   */
  async *orphans(before: Date, remove: boolean): AsyncGenerator<BlobInfo> {
    for (const area of ROW_AREAS) {
      for await (const page of pagesOf(this.store.list(area))) {
        const old = page.filter(({ modified }) => modified < before);
        const named = await this.named(old.map(({ key }) => key));
        for (const blob of old.filter(({ key }) => !named.has(key))) {
          if (remove) await this.store.delete(blob.key);
          yield blob;
        }
      }
    }
  }

  /**
   * Looks for the object of every row.
   * @param digests whether to read them all and compare their SHA-256; otherwise their sizes are compared
   * @returns how many rows were looked at, and those without their object
   */
  async check(digests: boolean): Promise<{ checked: number; lost: LostBlob[] }> {
    const lost: LostBlob[] = [];
    let checked = 0;
    for await (const blob of this.rows()) {
      const reason = await this.flaw(blob, digests);
      if (reason !== undefined) lost.push({ key: blob.key, reason });
      checked += 1;
    }
    return { checked, lost };
  }

  private async named(keys: readonly string[]): Promise<Set<string>> {
    const rows = await this.dataSource.query<{ key: string }[]>(
      'SELECT key FROM stored_blobs WHERE key = ANY($1)',
      [keys],
    );
    return new Set(rows.map(({ key }) => key));
  }

  private async *rows(): AsyncGenerator<NamedBlob> {
    let after = '';
    for (;;) {
      const rows = await this.dataSource.query<NamedBlob[]>(
        'SELECT key, bytes, sha256 FROM stored_blobs WHERE key > $1 ORDER BY key LIMIT $2',
        [after, PAGE],
      );
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.key;
    }
  }

  private async flaw({ key, bytes, sha256 }: NamedBlob, digests: boolean): Promise<string | undefined> {
    const found = await this.store.stat(key);
    if (found === undefined) return 'is not there';
    if (bytes !== null && found.bytes !== Number(bytes))
      return `has ${found.bytes} bytes instead of ${bytes}`;
    if (!digests || sha256 === null || sha256 === (await this.digest(key))) return undefined;
    return 'has another SHA-256';
  }

  private async digest(key: string): Promise<string | undefined> {
    try {
      const hash = createHash('sha256');
      for await (const piece of (await this.store.get(key)).stream) hash.update(piece as Buffer);
      return hash.digest('hex');
    } catch (error) {
      if (error instanceof BlobNotFound) return undefined;
      throw error;
    }
  }
}

async function* pagesOf<T>(items: AsyncIterable<T>): AsyncGenerator<T[]> {
  let page: T[] = [];
  for await (const item of items) {
    page.push(item);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  yield page;
}
