import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { NetworkError } from '../integrations.errors.js';
import type { NetworkAccount } from './account.entity.js';
import { InteractionsRepository } from './interactions.repository.js';
import type { Network } from './network.entity.js';
import { PostNews } from './post-news.js';
import { PostRemoval } from './post-removal.js';
import type { MarkKind } from './relation.entity.js';
import type { NetworkStatus } from './status.entity.js';
import { StatusesRepository } from './statuses.repository.js';
import { TimelinesRepository } from './timelines.repository.js';

/** Who does something, and where. */
export interface NetworkActor {
  network: Network;
  account: NetworkAccount;
}

/** What accounts do with posts: favourite, bookmark, boost and delete them. */
@Injectable()
export class InteractionsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly statuses: StatusesRepository,
    private readonly timelines: TimelinesRepository,
    private readonly interactions: InteractionsRepository,
    private readonly news: PostNews,
    private readonly removal: PostRemoval,
  ) {}

  /** Marks a post, or takes the mark back; a second time changes nothing. @throws NetworkError `status_not_found` */
  mark(actor: NetworkActor, kind: MarkKind, id: string, on: boolean): Promise<string> {
    return this.dataSource.transaction((manager) => this.markIn(manager, actor, kind, id, on));
  }

  /**
   * Boosts a post once.
   * @returns the id of the boost, which may have been there
   * @throws NetworkError `status_not_found`, or that it is not for others
   */
  boost(actor: NetworkActor, id: string): Promise<string> {
    return this.dataSource.transaction((manager) => this.boostIn(manager, actor, id));
  }

  /**
   * Favourites or boosts a post once for a key: a late duplicate does not bring back what was taken back since.
   * @returns the id of the boost, or of the favourite's post; whether this request did it
   * @throws as {@link InteractionsService.mark} and {@link InteractionsService.boost}
   */
  react(
    actor: NetworkActor,
    kind: 'favourite' | 'boost',
    id: string,
    key: string,
  ): Promise<{ id: string; created: boolean }> {
    const { network, account } = actor;
    return this.dataSource.transaction(async (manager) => {
      const held = [{ account: account.id, key }];
      await this.statuses.keys.lock(manager, network.id, held);
      const [spent] = await this.statuses.keys.spentOn(manager, network.id, held);
      if (spent !== undefined) return { id: spent.status_id, created: false };
      const made =
        kind === 'boost'
          ? await this.boostIn(manager, actor, id)
          : await this.markIn(manager, actor, 'favourite', id, true);
      await this.statuses.keys.spend(manager, network.id, account.id, key, made);
      return { id: made, created: true };
    });
  }

  /** Takes a boost back, if there is one. @returns the id of the post @throws NetworkError `status_not_found` */
  async unboost(actor: NetworkActor, id: string): Promise<string> {
    return this.dataSource.transaction(async (manager) => {
      const original = await this.original(manager, actor, id);
      const boost = await this.statuses.reblogOf(manager, original, actor.account.id);
      if (boost !== undefined) await this.removal.remove(manager, actor.network, boost);
      return original.id;
    });
  }

  /** Deletes a post of one's own. @throws NetworkError `status_not_found` */
  async delete({ network, account }: NetworkActor, id: string): Promise<void> {
    const blobs = await this.dataSource.transaction(async (manager) => {
      const status = await this.statuses.byId(manager, network.id, id);
      if (status?.account_id !== account.id) throw NetworkError.notFound('status', id);
      return this.removal.remove(manager, network, status);
    });
    await this.removal.removeBlobs(blobs);
  }

  private async markIn(
    manager: EntityManager,
    actor: NetworkActor,
    kind: MarkKind,
    id: string,
    on: boolean,
  ): Promise<string> {
    const status = await this.original(manager, actor, id);
    const { network, account } = actor;
    if (!on) {
      await this.interactions.unmark(manager, kind, account.id, status);
    } else if ((await this.interactions.mark(manager, kind, account.id, status)) && kind === 'favourite') {
      const news = { type: kind, from: account.id, to: [status.account_id], status: status.id } as const;
      await this.news.notify(manager, network, news);
    }
    return status.id;
  }

  private async boostIn(manager: EntityManager, actor: NetworkActor, id: string): Promise<string> {
    const { network, account } = actor;
    const original = await this.original(manager, actor, id);
    const own = original.account_id === account.id && original.visibility === 'private';
    if (!own && original.visibility !== 'public' && original.visibility !== 'unlisted')
      throw NetworkError.forbidden('only posts that everybody may see can be boosted');
    const { id: boost, created } = await this.statuses.reblog(manager, original, account.id);
    const written = created ? await this.statuses.byId(manager, network.id, boost) : undefined;
    if (written !== undefined) await this.news.boosted(manager, network, written, original.account_id);
    return boost;
  }

  /** A post that the actor may see; of a boost what is boosted. */
  private async original(
    manager: EntityManager,
    { network, account }: NetworkActor,
    id: string,
  ): Promise<NetworkStatus> {
    const viewer = { network: network.id, account: account.id };
    const visible = await this.timelines.visible(manager, viewer, [id]);
    const status = visible.has(id) ? await this.statuses.byId(manager, network.id, id) : undefined;
    const original =
      status === undefined || status.reblog_of_id === null
        ? status
        : await this.statuses.byId(manager, network.id, status.reblog_of_id);
    if (original === undefined) throw NetworkError.notFound('status', id);
    return original;
  }
}
