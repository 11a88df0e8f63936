import { Injectable } from '@nestjs/common';
import { AppError } from '../../../core/errors/index.js';
import { ContentService, type DecidedDraft } from '../../content/index.js';
import { PostRefusedError } from '../integrations.errors.js';
import { AccountsService } from '../network/accounts.service.js';
import { draftText } from '../network/draft-text.js';
import { InteractionsService, type NetworkActor } from '../network/interactions.service.js';
import type { Network } from '../network/network.entity.js';
import { MAIN_NETWORK, NetworksService } from '../network/networks.service.js';
import { isNetworkId } from '../network/paging.js';
import { NetworkPlaces } from '../network/places.js';
import { PostsService, type Posted, type PostRequest } from '../network/posts.service.js';
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

  async publishAll(requests: readonly PublishRequest[]): Promise<(Receipt | AdapterError)[]> {
    for (const { signal } of requests) signal?.throwIfAborted();
    const asked = requests.map((request, nth) => ({
      nth,
      request,
      name: request.destination ?? MAIN_NETWORK,
    }));
    const outcomes: (Receipt | AdapterError)[] = [];
    for (const name of new Set(asked.map((each) => each.name))) {
      const group = asked.filter((each) => each.name === name);
      const network = await outcomeOf(() => this.networks.get(name));
      const made =
        network instanceof AdapterError
          ? group.map(() => network)
          : await this.postAll(
              network,
              group.map(({ request }) => request),
            );
      for (const [at, { nth }] of group.entries()) outcomes[nth] = made[at] as Receipt | AdapterError;
    }
    return outcomes;
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
    request.signal?.throwIfAborted();
    return asAdapter(async () => {
      const network = await this.networks.get(request.destination ?? MAIN_NETWORK);
      const [receipt] = await this.postAll(network, [request], inReplyTo);
      if (receipt instanceof AdapterError) throw receipt;
      return receipt as Receipt;
    });
  }

  private async postAll(
    network: Network,
    requests: readonly PublishRequest[],
    inReplyTo: string | null = null,
  ): Promise<(Receipt | AdapterError)[]> {
    const accounts = await this.accounts.ofAgents(
      network,
      requests.map(({ account }) => account.agentId),
    );
    const drafts = await this.content.getAll(requests.map(({ draftId }) => draftId));
    const asked = requests.map((request) => {
      const account = accounts.get(request.account.agentId);
      const draft = drafts.get(request.draftId);
      if (account instanceof AppError) return adapterError(account);
      if (account === undefined || draft === undefined)
        return new AdapterError('not_found', 'draft_not_found', `there is no draft ${request.draftId}`);
      if (draft.agent_id !== request.account.agentId)
        return new AdapterError('refused', 'draft_of_another', `draft ${draft.id} is another agent’s`);
      return requestOf({ network, account }, draft, keyOf(request.key), inReplyTo);
    });
    const posted = await this.posts.postAll(
      network,
      asked.filter((each): each is PostRequest => !(each instanceof AdapterError)),
      'adapter',
    );
    return asked.map((each) => {
      if (each instanceof AdapterError) return each;
      const outcome = posted.shift() as Posted | AppError;
      if (outcome instanceof AppError) return adapterError(outcome);
      if ('deleted' in outcome) return this.receiptOf(each, { id: outcome.deleted }, 'published', false);
      const { status, created } = outcome;
      return status.state === 'refused'
        ? new AdapterError('refused', 'post_blocked', 'people have decided against it')
        : this.receiptOf(each, status, status.state, created);
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

/** A draft as a post of its agent's. */
function requestOf(
  actor: NetworkActor,
  draft: DecidedDraft,
  key: string,
  inReplyTo: string | null,
): PostRequest {
  return {
    ...actor,
    text: draftText(draft),
    spoilerText: '',
    sensitive: false,
    visibility: 'public',
    language: draft.language,
    inReplyTo,
    mediaIds: [],
    key,
    application: 'Azt3kNet',
    draft: { id: draft.id, decisionId: draft.decision_id, action: draft.action },
  };
}

/** What goes wrong, as adapters say it. */
async function asAdapter<T>(work: () => Promise<T>): Promise<T> {
  const outcome = await outcomeOf(work);
  if (outcome instanceof AdapterError) throw outcome;
  return outcome;
}

/** The same, with the error as the outcome. @throws what nobody has foreseen */
async function outcomeOf<T>(work: () => Promise<T>): Promise<T | AdapterError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return adapterError(error);
    throw error;
  }
}

/** An error, as adapters say it: what is not final may go well another time. */
function adapterError(error: AppError): AdapterError {
  if (error instanceof AdapterError) return error;
  const { code, message, kind } = error;
  const isFinal = error instanceof PostRefusedError || kind === 'invalid' || kind === 'forbidden';
  const fault = isFinal ? 'refused' : kind === 'not_found' ? 'not_found' : 'unavailable';
  return new AdapterError(fault, code, message, undefined, { cause: error });
}
