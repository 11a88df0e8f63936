import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { NetworkError } from '../integrations.errors.js';
import { AccountsRepository } from './accounts.repository.js';
import type { NetworkActor } from './interactions.service.js';
import { PostNews } from './post-news.js';
import { RelationsRepository, type Relationship, type RelationOptions } from './relations.repository.js';
import type { RelationKind } from './relation.entity.js';

/** What accounts are to each other. */
@Injectable()
export class RelationsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly accounts: AccountsRepository,
    private readonly relations: RelationsRepository,
    private readonly news: PostNews,
  ) {}

  /** Those of some accounts that an account follows, by their ids. */
  async followed({ network, account }: NetworkActor, ids: readonly string[]): Promise<Set<string>> {
    const found = await this.relations.relationships(this.dataSource.manager, network.id, account.id, ids);
    return new Set(found.filter(({ following }) => following).map(({ id }) => id));
  }

  /** @throws NetworkError `account_not_found`; that nobody follows who blocks him, or oneself */
  follow(actor: NetworkActor, target: string, options: RelationOptions): Promise<Relationship> {
    return this.change(actor, target, async (manager, relation) => {
      const [before] = await this.relations.relationships(manager, actor.network.id, actor.account.id, [
        target,
      ]);
      if (before?.blocked_by === true || before?.blocking === true)
        throw NetworkError.forbidden('one of the two accounts blocks the other');
      const isNew = await this.relations.put(manager, { ...relation, kind: 'follow' }, options);
      if (!isNew) return;
      await this.relations.countFollow(manager, actor.network.id, actor.account.id, target, 1);
      const from = actor.account.id;
      await this.news.notify(manager, actor.network, { type: 'follow', from, to: [target], status: null });
    });
  }

  unfollow(actor: NetworkActor, target: string): Promise<Relationship> {
    return this.change(actor, target, (manager, { from, to }) => this.endFollow(manager, actor, from, to));
  }

  /** Ends that another account follows this one. */
  removeFollower(actor: NetworkActor, follower: string): Promise<Relationship> {
    return this.change(actor, follower, (manager, { from, to }) => this.endFollow(manager, actor, to, from));
  }

  /** Blocks another account; neither follows the other from then on. */
  block(actor: NetworkActor, target: string): Promise<Relationship> {
    return this.change(actor, target, async (manager, relation) => {
      const { from, to } = relation;
      await this.relations.put(manager, { ...relation, kind: 'block' });
      await this.endFollow(manager, actor, from, to);
      await this.endFollow(manager, actor, to, from);
    });
  }

  mute(actor: NetworkActor, target: string, options: RelationOptions): Promise<Relationship> {
    return this.change(actor, target, async (manager, relation) => {
      await this.relations.put(manager, { ...relation, kind: 'mute' }, options);
    });
  }

  /** Ends a block or a mute. */
  end(actor: NetworkActor, kind: Exclude<RelationKind, 'follow'>, target: string): Promise<Relationship> {
    return this.change(actor, target, async (manager, relation) => {
      await this.relations.remove(manager, { ...relation, kind });
    });
  }

  private async endFollow(
    manager: EntityManager,
    { network }: NetworkActor,
    from: string,
    to: string,
  ): Promise<void> {
    const ended = await this.relations.remove(manager, { network: network.id, kind: 'follow', from, to });
    if (ended) await this.relations.countFollow(manager, network.id, from, to, -1);
  }

  private change(
    { network, account }: NetworkActor,
    target: string,
    work: (manager: EntityManager, relation: { network: number; from: string; to: string }) => Promise<void>,
  ): Promise<Relationship> {
    return this.dataSource.transaction(async (manager) => {
      const other = await this.accounts.byId(manager, network.id, target);
      if (other === undefined) throw NetworkError.notFound('account', target);
      if (other.id === account.id) throw NetworkError.forbidden('an account has no such relation to itself');
      await work(manager, { network: network.id, from: account.id, to: other.id });
      const [now] = await this.relations.relationships(manager, network.id, account.id, [other.id]);
      return now as Relationship;
    });
  }
}
