import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { BlobStore, PendingBlobs, type BlobContent } from '../../../core/blobs/index.js';
import { RetentionService } from '../../../core/retention/index.js';
import { NetworkError } from '../integrations.errors.js';
import type { NetworkActor } from './interactions.service.js';
import type { NetworkMedia } from './media.entity.js';
import { MediaRepository } from './media.repository.js';
import { isNetworkId } from './paging.js';
import { pictureOf, PIXELS_MAX } from './picture.rules.js';

/** The largest upload, in bytes. */
export const MEDIA_BYTES_MAX = 8 * 1_024 * 1_024;
export const DESCRIPTION_MAX = 1_500;
/** Uploads that no post shows are kept so long. */
const UNUSED_DAYS = 1;
/** As many of them an account may have, and bytes in all. */
const UNUSED_MAX = 24;
const UNUSED_BYTES_MAX = 64 * 1_024 * 1_024;
const NAME = /^[\w-]{22}$/;

/** Pictures: what they are is found in their bytes, and nothing that an uploader calls them is believed. */
@Injectable()
export class MediaService implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly blobs: BlobStore,
    private readonly repository: MediaRepository,
    private readonly retention: RetentionService,
  ) {}

  onModuleInit(): void {
    this.retention.register({
      name: 'network_media',
      days: UNUSED_DAYS,
      run: (days, dryRun) => this.sweep(days, dryRun),
    });
  }

  /**
   * Keeps a picture for a post to come.
   * @throws NetworkError when it is none that is taken or too large, or when too many wait for a post
   */
  async upload(actor: NetworkActor, bytes: Uint8Array, description: string): Promise<NetworkMedia> {
    if (bytes.length > MEDIA_BYTES_MAX)
      throw NetworkError.field('file', `must have at most ${MEDIA_BYTES_MAX} bytes`);
    const picture = pictureOf(bytes);
    if (picture === undefined) throw NetworkError.field('file', 'must be a PNG, JPEG, GIF or WebP picture');
    if (picture.width * picture.height > PIXELS_MAX)
      throw NetworkError.field('file', `must have at most ${PIXELS_MAX} pixels`);
    requireDescription(description);
    const { network, account } = actor;
    // Before anything is stored; and once more when it is, for those that came at once.
    await this.requireRoom(this.dataSource.manager, actor, bytes.length);
    const pending = new PendingBlobs(this.blobs);
    const name = randomBytes(16).toString('base64url');
    try {
      // A name may not begin as an option of a program does.
      const stored = await pending.put(`network/m${name}`, [bytes], picture.mediaType);
      const media = await this.dataSource.transaction(async (manager) => {
        await this.repository.lockUploads(manager, network.id, account.id);
        await this.requireRoom(manager, actor, stored.bytes);
        return this.repository.insert(manager, {
          network_id: network.id,
          account_id: account.id,
          media_type: picture.mediaType,
          bytes: String(stored.bytes),
          sha256: stored.sha256,
          width: picture.width,
          height: picture.height,
          description,
          blob_key: stored.key,
        });
      });
      pending.handOver();
      return media;
    } catch (error) {
      await pending.discard();
      throw error;
    }
  }

  /** An upload of the account's own. @throws NetworkError `media_not_found` */
  async own({ network, account }: NetworkActor, id: string): Promise<NetworkMedia> {
    const media = isNetworkId(id)
      ? await this.repository.own(this.dataSource.manager, network.id, account.id, id)
      : undefined;
    if (media === undefined) throw NetworkError.notFound('media', id);
    return media;
  }

  /** Says what an upload shows, until a post shows it: the guard reads it with the post. @throws NetworkError */
  async describe(actor: NetworkActor, id: string, description: string): Promise<NetworkMedia> {
    requireDescription(description);
    const media = await this.own(actor, id);
    if (media.status_id !== null) throw NetworkError.field('description', 'belongs to a post by now');
    await this.repository.describe(this.dataSource.manager, media, description);
    return Object.assign({}, media, { description });
  }

  /** Forgets an upload that no post shows. @throws NetworkError `media_not_found`; that a post shows it */
  async remove(actor: NetworkActor, id: string): Promise<void> {
    const media = await this.own(actor, id);
    const isGone = await this.repository.deleteOwn(this.dataSource.manager, media);
    if (!isGone) throw NetworkError.field('id', 'belongs to a post by now; delete the post');
    // What cannot be removed now is swept later.
    await Promise.allSettled([this.blobs.delete(media.blob_key)]);
  }

  /** A picture by the name in its URL. @throws NetworkError `media_not_found` */
  async open(name: string): Promise<{ media: NetworkMedia; content: BlobContent }> {
    const media = NAME.test(name)
      ? await this.repository.byKey(this.dataSource.manager, `network/m${name}`)
      : undefined;
    if (media === undefined) throw NetworkError.notFound('media', name);
    return { media, content: await this.blobs.get(media.blob_key) };
  }

  private async requireRoom(
    manager: EntityManager,
    { network, account }: NetworkActor,
    more: number,
  ): Promise<void> {
    const { count, bytes } = await this.repository.unusedOf(manager, network.id, account.id);
    if (count < UNUSED_MAX && bytes + more <= UNUSED_BYTES_MAX) return;
    throw NetworkError.field(
      'file',
      `at most ${UNUSED_MAX} uploads and ${UNUSED_BYTES_MAX} bytes may wait for a post; post them, delete some, or wait a day`,
    );
  }

  private async sweep(days: number, dryRun: boolean): Promise<number> {
    const { manager } = this.dataSource;
    if (dryRun) return this.repository.countUnused(manager, days);
    const keys = await this.repository.deleteUnused(manager, days);
    await Promise.allSettled(keys.map((key) => this.blobs.delete(key)));
    return keys.length;
  }
}

/** The name of a picture in its URL. */
export function mediaName({ blob_key }: Pick<NetworkMedia, 'blob_key'>): string {
  return blob_key.slice('network/m'.length);
}

function requireDescription(description: string): void {
  if (description.length > DESCRIPTION_MAX)
    throw NetworkError.field('description', `must have at most ${DESCRIPTION_MAX} characters`);
}
