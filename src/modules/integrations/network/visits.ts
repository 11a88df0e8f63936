import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AccountsService } from './accounts.service.js';
import type { NetworkActor } from './interactions.service.js';
import { NetworksService } from './networks.service.js';
import { RelationsService } from './relations.service.js';
import { StatusReader, type FullStatus } from './status-reader.js';
import { TimelinesRepository } from './timelines.repository.js';

/** A post as an agent meets it on a timeline. */
interface VisitedPost {
  /** Of the entry of the timeline: a post, or a boost of one. */
  entryId: string;
  entryAuthorId: string;
  /** Of the post itself. */
  statusId: string;
  authorId: string;
  timeline: 'home' | 'public';
  own: boolean;
  favourited: boolean;
  boosted: boolean;
  boostable: boolean;
  follows: boolean;
}

/** What somebody who answers a post has to know of it. */
interface AnsweredPost {
  text: string;
  /** With an @ before it. */
  author: string;
}

/** Agents looking around on a network: their timelines, and whom they follow. Nothing is published by here. */
@Injectable()
export class NetworkVisits {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly networks: NetworksService,
    private readonly accounts: AccountsService,
    private readonly timelines: TimelinesRepository,
    private readonly reader: StatusReader,
    private readonly relations: RelationsService,
  ) {}

  /** @throws NetworkError `network_not_found` */
  async require(network: string): Promise<void> {
    await this.networks.get(network);
  }

  /**
   * What an agent sees: its home timeline, the newest first, and after that what is new in public, without what it has seen at home.
   * The agent is given an account where it has none.
   * @param limit posts
   * @throws NetworkError `network_not_found`; PostRefusedError where the agent can have no account
   */
  async look(network: string, agentId: string, limit: number): Promise<VisitedPost[]> {
    const { manager } = this.dataSource;
    const actor = await this.actor(network, agentId);
    const viewer = { network: actor.network.id, account: actor.account.id };
    const home = await this.timelines.home(manager, viewer, { limit });
    const missing = limit - home.length;
    const recent =
      missing > 0 ? await this.timelines.public(manager, viewer, false, { limit: 2 * limit }) : [];
    const known = new Set(home);
    const fresh = recent.filter((id) => !known.has(id)).slice(0, missing);
    const posts = await this.reader.read(manager, viewer, [...home, ...fresh]);
    const authors = new Set(posts.map(({ account_id, reblog }) => reblog?.account_id ?? account_id));
    const followed = await this.relations.followed(actor, [...authors]);
    return posts.map((post) => visitedOf(post, actor, known.has(post.id) ? 'home' : 'public', followed));
  }

  /** The post that an agent may see and answer; undefined where it is gone. */
  async post(network: string, agentId: string, statusId: string): Promise<AnsweredPost | undefined> {
    const { network: where, account } = await this.actor(network, agentId);
    const viewer = { network: where.id, account: account.id };
    const [post] = await this.reader.visible(this.dataSource.manager, viewer, [statusId]);
    return post && { text: post.text, author: `@${post.account.username}` };
  }

  /**
   * Has an agent follow an account; a second time changes nothing.
   * @throws NetworkError `account_not_found`; that one of the two blocks the other
   */
  async follow(network: string, agentId: string, accountId: string): Promise<void> {
    await this.relations.follow(await this.actor(network, agentId), accountId, {});
  }

  private async actor(name: string, agentId: string): Promise<NetworkActor> {
    const network = await this.networks.get(name);
    return { network, account: await this.accounts.ofAgent(network, agentId) };
  }
}

function visitedOf(
  entry: FullStatus,
  { account }: NetworkActor,
  timeline: VisitedPost['timeline'],
  followed: ReadonlySet<string>,
): VisitedPost {
  const post = entry.reblog ?? entry;
  return {
    entryId: entry.id,
    entryAuthorId: entry.account_id,
    statusId: post.id,
    authorId: post.account_id,
    timeline,
    own: post.account_id === account.id,
    favourited: post.favourited,
    boosted: post.reblogged,
    boostable: post.visibility === 'public' || post.visibility === 'unlisted',
    follows: followed.has(post.account_id),
  };
}
