import { Injectable } from '@nestjs/common';
import { AppError } from '../../../core/errors/index.js';
import { ContentService } from '../../content/index.js';
import { PostRefusedError } from '../integrations.errors.js';
import { AccountsService } from '../network/accounts.service.js';
import { draftText } from '../network/draft-text.js';
import { InteractionsService, type NetworkActor } from '../network/interactions.service.js';
import { MAIN_NETWORK, NetworksService } from '../network/networks.service.js';
import { isNetworkId } from '../network/paging.js';
import { NetworkPlaces } from '../network/places.js';
import { PostsService } from '../network/posts.service.js';
import type { NetworkStatus } from '../network/status.entity.js';
import { TEXT_MAX } from '../network/text.rules.js';
import {
  AdapterError,
  type AdapterAccount,
  type AdapterTraits,
  type DeleteRequest,
  type FetchRequest,
  type FindRequest,
  type PlatformAdapter,
  type PublishRequest,
  type ReactRequest,
  type Receipt,
  type RemotePost,
  type ReplyRequest,
} from './adapter.js';

/** Publishes on the sandbox network; a destination is the name of a network, `main` where none is named. */
@Injectable()
export class SandboxAdapter implements PlatformAdapter {
  readonly name = 'sandbox';
  readonly traits: AdapterTraits = {
    textMax: TEXT_MAX,
    replies: true,
    reactions: true,
    deletion: true,
    fetching: true,
    finding: true,
    quotas: [
      { per: 'account', acts: 'publish', limit: 300, windowSeconds: 10_800 },
      { per: 'account', acts: 'react', limit: 1_500, windowSeconds: 300 },
    ],
  };

  constructor(
    private readonly networks: NetworksService,
    private readonly accounts: AccountsService,
    private readonly posts: PostsService,
    private readonly interactions: InteractionsService,
    private readonly content: ContentService,
    private readonly places: NetworkPlaces,
  ) {}

  publish(request: PublishRequest): Promise<Receipt> {
    return this.post(request, null);
  }

  reply(request: ReplyRequest): Promise<Receipt> {
    return this.post(request, idOf(request.inReplyTo));
  }

  async react({ account, destination, target, kind, key, signal }: ReactRequest): Promise<Receipt> {
    signal?.throwIfAborted();
    return asAdapter(async () => {
      const actor = await this.actor(account, destination);
      const { id, created } = await this.interactions.react(actor, kind, idOf(target), `reaction:${key}`);
      return { state: 'published', remoteId: id, url: null, created };
    });
  }

  async delete({ account, destination, target, signal }: DeleteRequest): Promise<void> {
    signal?.throwIfAborted();
    await asAdapter(async () => {
      const actor = await this.actor(account, destination);
      const status = await this.posts.find(actor.network, idOf(target));
      if (status !== undefined) await this.interactions.delete(actor, status.id);
    });
  }

  async fetch({ destination, target, signal }: FetchRequest): Promise<RemotePost | undefined> {
    signal?.throwIfAborted();
    return asAdapter(async () => {
      const network = await this.networks.get(destination ?? MAIN_NETWORK);
      if (!isNetworkId(target)) return undefined;
      const status = await this.posts.find(network, target);
      return status === undefined ? undefined : remoteOf(status);
    });
  }

  async find({ account, destination, key, signal }: FindRequest): Promise<Receipt | undefined> {
    signal?.throwIfAborted();
    return asAdapter(async () => {
      const actor = await this.actor(account, destination);
      const status = await this.posts.findByKey(actor.network, actor.account, keyOf(key));
      return status === undefined || status.state === 'refused'
        ? undefined
        : this.receiptOf(actor, status, status.state, false);
    });
  }

  /** Nobody tells of the sandbox but the sandbox: its events are in the event log. */
  receive(): [] {
    return [];
  }

  private async post(request: PublishRequest, inReplyTo: string | null): Promise<Receipt> {
    const { account, destination, key, draftId, signal } = request;
    signal?.throwIfAborted();
    return asAdapter(async () => {
      const actor = await this.actor(account, destination);
      const draft = await this.content.get(draftId);
      if (draft.agent_id !== account.agentId)
        throw new AdapterError('refused', 'draft_of_another', `draft ${draftId} is another agent’s`);
      const posted = await this.posts.post(
        {
          ...actor,
          text: draftText(draft),
          spoilerText: '',
          sensitive: false,
          visibility: 'public',
          language: draft.language,
          inReplyTo,
          mediaIds: [],
          key: keyOf(key),
          application: 'Azt3kNet',
          draft: { id: draft.id, decisionId: draft.decision_id, action: draft.action },
        },
        'adapter',
      );
      if ('deleted' in posted) return this.receiptOf(actor, { id: posted.deleted }, 'published', false);
      const { status, created } = posted;
      if (status.state === 'refused')
        throw new AdapterError('refused', 'post_blocked', 'people have decided against it');
      return this.receiptOf(actor, status, status.state, created);
    });
  }

  private receiptOf(
    { network, account }: NetworkActor,
    { id }: Pick<NetworkStatus, 'id'>,
    state: Receipt['state'],
    created: boolean,
  ): Receipt {
    const url = `${this.places.baseOf(network.name)}/@${account.username}/${id}`;
    return { state, remoteId: id, url, created };
  }

  private async actor({ agentId }: AdapterAccount, destination: string | undefined): Promise<NetworkActor> {
    const network = await this.networks.get(destination ?? MAIN_NETWORK);
    return { network, account: await this.accounts.ofAgent(network, agentId) };
  }
}

/** A key of an adapter's, apart from those that clients give. */
function keyOf(key: string): string {
  return `adapter:${key}`;
}

function idOf(target: string): string {
  if (isNetworkId(target)) return target;
  throw new AdapterError('not_found', 'status_not_found', `there is no post ${JSON.stringify(target)}`);
}

function remoteOf(status: NetworkStatus): RemotePost {
  const { id, state, draft_id, text, created_at } = status;
  return {
    remoteId: id,
    state,
    draftId: draft_id,
    text,
    replies: status.replies_count,
    boosts: status.reblogs_count,
    favourites: status.favourites_count,
    publishedAt: created_at.toISOString(),
  };
}

/** What goes wrong, as adapters say it. */
async function asAdapter<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AdapterError || !(error instanceof AppError)) throw error;
    const { code, message, kind } = error;
    const isFinal = error instanceof PostRefusedError || kind === 'invalid' || kind === 'forbidden';
    if (isFinal) throw new AdapterError('refused', code, message, undefined, { cause: error });
    if (kind === 'not_found') throw new AdapterError('not_found', code, message, undefined, { cause: error });
    throw error;
  }
}
