import { createHash, randomUUID } from 'node:crypto';
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
  type FindRequest,
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
/** What a receiver says of a message. Nothing else will do: what answers by mistake may not say that nothing has come. */
const Answer = z.discriminatedUnion('found', [
  z.object({ found: z.literal(false) }),
  z.object({
    found: z.literal(true),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .nullable()
      .default(null),
  }),
]);
const EVENTS = { 'post.published': 'published', 'post.removed': 'removed', 'post.failed': 'failed' } as const;

/**
 * Sends what is published to a server of the operator’s as signed messages (Standard Webhooks): to `AZT3KNET_WEBHOOK_URL`, and
 * only if `EGRESS_ALLOW` lists its host. The id of a message follows from account and key: a receiver knows one that comes
 * again, and answers 409 to it. It is asked what became of one at `AZT3KNET_WEBHOOK_LOOKUP_URL`, where the operator has named that.
 */
@Injectable()
export class WebhookAdapter implements PlatformAdapter {
  readonly name = 'webhook';
  readonly traits: AdapterTraits;
  private readonly channel: EgressChannel;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    egress: EgressClient,
    private readonly content: ContentService,
  ) {
    this.traits = {
      textMax: 100_000,
      replies: true,
      reactions: true,
      deletion: true,
      fetching: false,
      finding: config.webhook.lookupUrl !== undefined,
      quotas: [{ per: 'adapter', acts: 'all', limit: 600, windowSeconds: 60 }],
    };
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

  async find({ account, key, destination, signal }: FindRequest): Promise<Receipt | undefined> {
    signal?.throwIfAborted();
    const { lookupUrl } = this.config.webhook;
    if (lookupUrl === undefined)
      throw new AdapterError('unsupported', 'find_unsupported', 'set AZT3KNET_WEBHOOK_LOOKUP_URL');
    const id = messageId('post.publish', account.agentId, key);
    const data = { agent_id: account.agentId, destination: destination ?? null, id };
    const question = JSON.stringify({ type: 'post.find', synthetic: true, data });
    const answer = await this.ask(lookupUrl, question).catch(unanswered);
    return answer.found ? { state: 'published', remoteId: id, url: answer.url, created: false } : undefined;
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
    const id = messageId(type, account.agentId, key);
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
    const { url } = this.config.webhook;
    if (url === undefined) throw notConfigured();
    const response = await this.request(url, id, body);
    await response.body?.cancel();
    // That it came before is what a receiver may say to the second of two.
    if (response.status === 409) return { state: 'published', remoteId: id, url: null, created: false };
    requireAccepted(response);
    return { state: 'published', remoteId: id, url: null, created: true };
  }

  /** @throws where the answer is none */
  private async ask(url: string, question: string): Promise<z.infer<typeof Answer>> {
    // Each question is a message of its own, whatever it asks for.
    const response = await this.request(url, `msg_${randomUUID().replaceAll('-', '')}`, question);
    const body: unknown = await response.json().catch(() => undefined);
    requireAccepted(response);
    const answer = Answer.safeParse(body);
    if (!answer.success) throw new Error('expected {"found": true} or {"found": false}');
    return answer.data;
  }

  /** Sends a signed message. @throws AdapterError where there is no answer */
  private async request(url: string, id: string, body: string): Promise<Response> {
    const { secrets } = this.config.webhook;
    if (secrets.length === 0) throw notConfigured();
    const timestamp = Math.floor(Date.now() / 1_000);
    const headers = {
      ...signWebhook({ id, timestamp, body }, secrets),
      'content-type': 'application/json',
    };
    try {
      return await this.channel.fetch(url, { method: 'POST', headers, body });
    } catch (error) {
      if (!(error instanceof EgressError)) throw error;
      const fault = error.kind === 'unavailable' ? 'unavailable' : 'refused';
      throw new AdapterError(fault, error.code, error.message, undefined, { cause: error });
    }
  }
}

/** The same of the same act, so that a receiver knows a message that comes again. */
function messageId(type: string, agentId: string, key: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([type, agentId, key]))
    .digest('hex');
  return `msg_${digest.slice(0, 40)}`;
}

/** Whatever kept a question from its answer, nothing is known of what it asks for. */
function unanswered(error: unknown): never {
  if (error instanceof AdapterError && error.isPassing) throw error;
  const message = `the receiver does not say what became of it: ${(error as Error).message}`;
  throw new AdapterError('unavailable', 'webhook_unanswered', message, undefined, { cause: error });
}

function notConfigured(): AdapterError {
  return new AdapterError(
    'unsupported',
    'webhook_not_configured',
    'set AZT3KNET_WEBHOOK_URL and AZT3KNET_WEBHOOK_SECRETS',
  );
}

/** @throws AdapterError for an answer that accepts nothing */
function requireAccepted({ status, headers }: Response): void {
  if (status === 429) {
    const asked = Math.ceil((retryAfterMs(headers) ?? 0) / 1_000);
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
  if (status >= 300) throw new AdapterError('refused', 'webhook_refused', `the receiver answered ${status}`);
}
