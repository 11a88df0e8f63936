import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BlobStore } from '../../../core/blobs/index.js';
import { MediaRepository } from './media.repository.js';
import type { Network } from './network.entity.js';
import { PostNews } from './post-news.js';
import type { NetworkStatus } from './status.entity.js';
import { StatusesRepository } from './statuses.repository.js';

/** Deletes posts. */
@Injectable()
export class PostRemoval {
  constructor(
    private readonly statuses: StatusesRepository,
    private readonly media: MediaRepository,
    private readonly news: PostNews,
    private readonly blobs: BlobStore,
  ) {}

  /** Deletes a post in the manager's transaction. @returns the objects of its media, to remove after the commit */
  async remove(manager: EntityManager, network: Network, status: NetworkStatus): Promise<string[]> {
    const blobs = await this.media.blobsOf(manager, network.id, status.id);
    await this.news.gone(manager, network, status);
    await this.statuses.delete(manager, network.id, status.id);
    return blobs;
  }

  /** What cannot be removed now is swept later. */
  async removeBlobs(keys: readonly string[]): Promise<void> {
    await Promise.allSettled(keys.map((key) => this.blobs.delete(key)));
  }
}
