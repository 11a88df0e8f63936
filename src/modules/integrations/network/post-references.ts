import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { NetworkError } from '../integrations.errors.js';
import type { NetworkAccount } from './account.entity.js';
import { AccountsRepository } from './accounts.repository.js';
import type { NetworkMedia } from './media.entity.js';
import { MediaRepository } from './media.repository.js';
import type { Network } from './network.entity.js';
import type { NetworkStatus } from './status.entity.js';
import { StatusesRepository } from './statuses.repository.js';
import { TimelinesRepository } from './timelines.repository.js';

/** A post that refers to others. */
export interface Referring {
  network: Network;
  account: NetworkAccount;
  inReplyTo: string | null;
  mediaIds: readonly string[];
}

/** Finds what a post refers to: what it answers, shows and names. */
@Injectable()
export class PostReferences {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly statuses: StatusesRepository,
    private readonly timelines: TimelinesRepository,
    private readonly uploads: MediaRepository,
  ) {}

  /** What a post answers; of a boost what is boosted. @throws NetworkError `status_not_found` */
  async parent(
    manager: EntityManager,
    { network, account, inReplyTo }: Referring,
  ): Promise<NetworkStatus | undefined> {
    if (inReplyTo === null) return undefined;
    const viewer = { network: network.id, account: account.id };
    const visible = await this.timelines.visible(manager, viewer, [inReplyTo]);
    const parent = visible.has(inReplyTo)
      ? await this.statuses.byId(manager, network.id, inReplyTo)
      : undefined;
    if (parent === undefined) throw NetworkError.notFound('status', inReplyTo);
    if (parent.reblog_of_id === null) return parent;
    return this.statuses.byId(manager, network.id, parent.reblog_of_id);
  }

  /** Uploads that a post is to show, held until the transaction ends. @throws NetworkError when one is not to be had */
  async media(manager: EntityManager, { network, account, mediaIds }: Referring): Promise<NetworkMedia[]> {
    if (mediaIds.length === 0) return [];
    const media = await this.uploads.unused(manager, network.id, account.id, mediaIds);
    if (media.length === new Set(mediaIds).size) return media;
    throw NetworkError.field('media_ids', 'must be uploads of this account that no other post shows');
  }

  /** Makes uploads the post's. */
  async attach(manager: EntityManager, { network, mediaIds }: Referring, id: string): Promise<void> {
    if (mediaIds.length > 0) await this.uploads.attach(manager, network.id, id, mediaIds);
  }

  /** Ids of the accounts with these names, by name. */
  async named(
    manager: EntityManager,
    network: Network,
    usernames: readonly string[],
  ): Promise<Map<string, string>> {
    if (usernames.length === 0) return new Map();
    return this.accounts.idsOf(manager, network.id, usernames);
  }
}
