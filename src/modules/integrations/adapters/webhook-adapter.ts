import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { EgressClient, EgressError, retryAfterMs, type EgressChannel } from '../../../core/egress/index.js';
import { signWebhook } from '../../../core/webhooks/index.js';
import { mayPass } from '../../compliance/index.js';
import { ContentService } from '../../content/index.js';
import { draftText } from '../network/draft-text.js';
import {
  AdapterError,
  type AdapterEvent,
  type AdapterTraits,
  type DeleteRequest,
  type IncomingMessage,
  type PlatformAdapter,
  type PublishRequest,
  type ReactRequest,
  type Receipt,
  type RemotePost,
  type ReplyRequest,
} from './adapter.js';

const TIMEOUT_MS = 10_000;
const ANSWER_MAX = 65_536;
/** Seconds that a receiver is left in peace which does not say how many, and at most. */
const WAIT = 60;
const WAIT_MAX = 86_400;
/** Pauses before a message is sent again, in milliseconds; who plans tries again after that. */
const PAUSES_MS = [500, 2_000, 8_000];

const Message = z.object({
  type: z.enum(['post.published', 'post.removed', 'post.failed']),
  data: z.object({ id: z.string().min(1).max(200), reason: z.string().max(1_000).optional() }),
});
const EVENTS = { 'post.published': 'published', 'post.removed': 'removed', 'post.failed': 'failed' } as const;

/**
 * Sends what is published to a server of the operator’s as signed messages (Standard Webhooks): to `AZT3KNET_WEBHOOK_URL`, and
 * only if `EGRESS_ALLOW` lists its host. The id of a message follows from account and key: a receiver knows one that comes
 * again, and answers 409 to it.
 */
@Injectable()
export class WebhookAdapter implements PlatformAdapter {
  readonly name = 'webhook';
  readonly traits: AdapterTraits = {
    textMax: 100_000,
    replies: true,
    reactions: true,
    deletion: true,
    fetching: false,
    finding: false,
    quotas: [{ per: 'adapter', acts: 'all', limit: 600, windowSeconds: 60 }],
  };
  private readonly channel: EgressChannel;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    egress: EgressClient,
    private readonly content: ContentService,
  ) {
    // Repeated here, where it is known that a message may come twice.
    this.channel = egress.channel('webhook', { timeoutMs: TIMEOUT_MS, maxBytes: ANSWER_MAX, retries: 0 });
  }

  publish(request: PublishRequest): Promise<Receipt> {
    return this.post('post.publish', request, {});
  }

  reply(request: ReplyRequest): Promise<Receipt> {
    return this.post('post.reply', request, { in_reply_to: request.inReplyTo });
  }

  react(request: ReactRequest): Promise<Receipt> {
    const { target, kind } = request;
    return this.send('post.react', request, { target, kind });
  }

  async delete(request: DeleteRequest): Promise<void> {
    await this.send('post.delete', request, { target: request.target });
  }

  fetch(): Promise<RemotePost | undefined> {
    return Promise.reject(new AdapterError('unsupported', 'fetch_unsupported', 'a webhook cannot be asked'));
  }

  find(): Promise<Receipt | undefined> {
    return Promise.reject(new AdapterError('unsupported', 'find_unsupported', 'a webhook cannot be asked'));
  }

  /** @throws AdapterError `message_invalid` */
  receive({ body }: IncomingMessage): AdapterEvent[] {
    const parsed = Message.safeParse(body);
    if (!parsed.success)
      throw new AdapterError(
        'refused',
        'message_invalid',
        'expected type post.published, post.removed or post.failed, and data.id',
      );
    const { type, data } = parsed.data;
    return [{ type: EVENTS[type], remoteId: data.id, reason: data.reason ?? null }];
  }

  private async post(type: string, request: PublishRequest, more: object): Promise<Receipt> {
    const draft = await this.content.get(request.draftId).catch((error: unknown) => {
      throw new AdapterError('not_found', 'draft_not_found', (error as Error).message);
    });
    if (draft.agent_id !== request.account.agentId)
      throw new AdapterError('refused', 'draft_of_another', `draft ${draft.id} is another agent’s`);
    if (!mayPass(draft.action))
      throw new AdapterError(
        'refused',
        'post_blocked',
        `the guard says ${draft.action} of draft ${draft.id}`,
      );
    return this.send(type, request, {
      draft_id: draft.id,
      decision_id: draft.decision_id,
      labels: draft.labels,
      language: draft.language,
      text: draftText(draft),
      ...more,
    });
  }

  private async send(
    type: string,
    { account, key, destination, signal }: Omit<PublishRequest, 'draftId'>,
    data: object,
  ): Promise<Receipt> {
    const id = `msg_${createHash('sha256')
      .update(JSON.stringify([type, account.agentId, key]))
      .digest('hex')
      .slice(0, 40)}`;
    const body = JSON.stringify({
      type,
      synthetic: true,
      data: { agent_id: account.agentId, destination: destination ?? null, ...data },
    });
    for (let attempt = 0; ; attempt += 1) {
      signal?.throwIfAborted();
      const pause = PAUSES_MS[attempt];
      try {
        return await this.attempt(id, body);
      } catch (error) {
        const again = error instanceof AdapterError && error.fault === 'unavailable' && pause !== undefined;
        if (!again) throw error;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  private async attempt(id: string, body: string): Promise<Receipt> {
    const { url, secrets } = this.config.webhook;
    if (url === undefined || secrets.length === 0)
      throw new AdapterError(
        'unsupported',
        'webhook_not_configured',
        'set AZT3KNET_WEBHOOK_URL and AZT3KNET_WEBHOOK_SECRETS',
      );
    const timestamp = Math.floor(Date.now() / 1_000);
    const headers = {
      ...signWebhook({ id, timestamp, body }, secrets),
      'content-type': 'application/json',
    };
    let response: Response;
    try {
      response = await this.channel.fetch(url, { method: 'POST', headers, body });
    } catch (error) {
      if (!(error instanceof EgressError)) throw error;
      const fault = error.kind === 'unavailable' ? 'unavailable' : 'refused';
      throw new AdapterError(fault, error.code, error.message, undefined, { cause: error });
    }
    return receiptOf(id, response);
  }
}

async function receiptOf(id: string, response: Response): Promise<Receipt> {
  const { status } = response;
  await response.body?.cancel();
  if (status === 429) {
    const asked = Math.ceil((retryAfterMs(response.headers) ?? 0) / 1_000);
    const wait = asked > 0 ? Math.min(asked, WAIT_MAX) : WAIT;
    throw new AdapterError(
      'rate_limited',
      'webhook_rate_limited',
      `the receiver wants ${wait} s of peace`,
      wait,
    );
  }
  if (status >= 500 || status === 408)
    throw new AdapterError('unavailable', 'webhook_failed', `the receiver answered ${status}`);
  // That it came before is what a receiver may say to the second of two.
  if (status === 409) return { state: 'published', remoteId: id, url: null, created: false };
  if (status >= 300) throw new AdapterError('refused', 'webhook_refused', `the receiver answered ${status}`);
  return { state: 'published', remoteId: id, url: null, created: true };
}
