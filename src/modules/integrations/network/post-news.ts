import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { EventsService } from '../../../core/events/index.js';
import { networkDeleted, networkNotified, networkPosted } from './network.events.js';
import type { Network } from './network.entity.js';
import { NotificationsRepository, type NewNotification } from './notifications.repository.js';
import type { NetworkStatus } from './status.entity.js';
import { StatusesRepository } from './statuses.repository.js';

/** Counts what appears and disappears, and tells those whom it concerns, in the transaction that makes it so. */
@Injectable()
export class PostNews {
  constructor(
    private readonly statuses: StatusesRepository,
    private readonly notifications: NotificationsRepository,
    private readonly events: EventsService,
  ) {}

  /** Posts are to be seen from now on. */
  async published(
    manager: EntityManager,
    network: Network,
    statuses: readonly NetworkStatus[],
  ): Promise<void> {
    await this.statuses.count(manager, network.id, statuses, 1);
    const ids = statuses.map(({ id }) => id);
    const mentioned = await this.statuses.mentioned(manager, network.id, ids);
    const authors = statuses.flatMap(({ visibility, account_id }) =>
      visibility === 'direct' ? [] : account_id,
    );
    const listening = await this.notifications.listeners(manager, network.id, authors);
    for (const { id, account_id: from, in_reply_to_account_id: answered, visibility } of statuses) {
      const told = [...new Set([...(mentioned.get(id) ?? []), ...(answered === null ? [] : [answered])])];
      await this.notify(manager, network, { type: 'mention', from, to: told, status: id });
      if (visibility === 'direct') continue;
      const to = (listening.get(from) ?? []).filter((listener) => !told.includes(listener));
      await this.notify(manager, network, { type: 'status', from, to, status: id });
    }
    const posted = statuses.map(({ id, account_id }) =>
      networkPosted({ network: network.name, status_id: id, account_id }),
    );
    await this.events.emit(manager, ...posted);
  }

  /** A boost is to be seen from now on. @param author of the original */
  async boosted(
    manager: EntityManager,
    network: Network,
    boost: NetworkStatus,
    author: string,
  ): Promise<void> {
    await this.statuses.count(manager, network.id, [boost], 1);
    const { account_id: from, reblog_of_id: status, id } = boost;
    await this.notify(manager, network, { type: 'reblog', from, to: [author], status });
    await this.events.emit(
      manager,
      networkPosted({ network: network.name, status_id: id, account_id: from }),
    );
  }

  /** A post or a boost is about to be deleted. */
  async gone(manager: EntityManager, network: Network, status: NetworkStatus): Promise<void> {
    if (status.state !== 'published') return;
    await this.statuses.count(manager, network.id, [status], -1);
    const { id: status_id, account_id, visibility, reblog_of_id } = status;
    // Whoever hears of it cannot ask any more what it was.
    const { tags, mentioned, media } = await this.statuses.about(manager, network.id, status_id);
    await this.events.emit(
      manager,
      networkDeleted({
        network: network.name,
        status_id,
        account_id,
        visibility,
        boost: reblog_of_id !== null,
        media,
        tags,
        mentioned,
      }),
    );
  }

  /** Tells some accounts something. */
  async notify(
    manager: EntityManager,
    network: Network,
    news: Omit<NewNotification, 'network'>,
  ): Promise<void> {
    const told = await this.notifications.add(manager, { network: network.id, ...news });
    if (told.length === 0) return;
    await this.events.emit(
      manager,
      ...told.map(({ id, account_id }) =>
        networkNotified({ network: network.name, notification_id: id, account_id }),
      ),
    );
  }
}
