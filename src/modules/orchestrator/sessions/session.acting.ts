import { Injectable } from '@nestjs/common';
import { ContentService } from '../../content/index.js';
import {
  AdapterError,
  AdapterRegistry,
  NetworkVisits,
  type Receipt,
  type ReplyRequest,
} from '../../integrations/index.js';
import { ActQuotas } from '../../scheduler/index.js';
import { isFinal } from '../orchestrator.errors.js';
import type { SessionAct } from './session.entity.js';
import type { ActOutcome, PlannedSession } from './sessions.repository.js';

const ADAPTER = 'sandbox';
const DAY_SECONDS = 86_400;
/** An act waits for a quota so long, in seconds of the agents’ time; after that it is skipped. */
const PATIENCE_SECONDS = 600;
const REASON_MAX = 1_000;

/** What of an act is sent to the network. */
type ActRequest = Pick<ReplyRequest, 'account' | 'destination' | 'key' | 'signal'>;

/** Does what agents do in sessions: through the guard, the quotas and the adapter of the sandbox network, never around them. */
@Injectable()
export class SessionActing {
  constructor(
    private readonly content: ContentService,
    private readonly adapters: AdapterRegistry,
    private readonly visits: NetworkVisits,
    private readonly quotas: ActQuotas,
  ) {}

  /**
   * Does an act, once for its id, however often it is asked for.
   * @param actor in whose name a reply is drafted
   * @returns what came of it, or how many milliseconds it has to wait for a quota
   * @throws AppError of a kind that may pass
   */
  async act(
    session: PlannedSession,
    act: SessionAct,
    actor: string,
    signal: AbortSignal,
  ): Promise<ActOutcome | { waitMs: number }> {
    try {
      return act.kind === 'reply'
        ? await this.reply(session, act, actor, signal)
        : await this.within(session, act, () => this.react(session, act, signal));
    } catch (error) {
      if (error instanceof AdapterError && error.fault === 'rate_limited')
        return this.waitOrSkip(session, act, (error.retryAfter ?? 60) * 1_000);
      if (!isFinal(error)) throw error;
      return { ...about(act), state: 'refused', reason: error.message.slice(0, REASON_MAX) };
    }
  }

  /** A reply is a draft, on which the guard decides; what it holds the network shows when a person lets it. */
  private async reply(
    session: PlannedSession,
    act: SessionAct,
    actor: string,
    signal: AbortSignal,
  ): Promise<ActOutcome | { waitMs: number }> {
    const { agent_id, network, terms } = session;
    const post = await this.visits.post(network, agent_id, act.status_id);
    if (post === undefined) return { ...about(act), state: 'refused', reason: 'the post is gone' };
    const { draft } = await this.content.draft(
      { agent: agent_id, template: terms.reply_template ?? '', seed: act.id, reply_to: post },
      actor,
    );
    const written = { ...about(act), draft_id: draft.id };
    if (draft.action === 'block')
      return { ...written, state: 'refused', reason: 'the guard does not let the reply through' };
    const outcome = await this.within(session, act, () =>
      this.adapters
        .get(ADAPTER)
        .reply({ ...requestOf(session, act, signal), draftId: draft.id, inReplyTo: act.status_id }),
    );
    return 'waitMs' in outcome ? outcome : { ...outcome, draft_id: draft.id };
  }

  private async react(session: PlannedSession, act: SessionAct, signal: AbortSignal): Promise<Receipt> {
    const { kind, status_id, account_id } = act;
    if (kind === 'follow') {
      await this.visits.follow(session.network, session.agent_id, account_id);
      return { state: 'published', remoteId: account_id, url: null, created: true };
    }
    const reaction = kind === 'boost' ? 'boost' : 'favourite';
    return this.adapters
      .get(ADAPTER)
      .react({ ...requestOf(session, act, signal), target: status_id, kind: reaction });
  }

  /** Does something for which tokens are taken first, and given back where nothing came of it. */
  private async within(
    session: PlannedSession,
    act: SessionAct,
    work: () => Promise<Receipt>,
  ): Promise<ActOutcome | { waitMs: number }> {
    const { plan_id, agent_id, network, speed, terms } = session;
    const grant = await this.quotas.reserve({
      adapter: ADAPTER,
      agentId: agent_id,
      destination: network,
      act: act.kind === 'reply' ? 'publish' : 'react',
      more: [
        {
          key: `session:${plan_id}:${agent_id}`,
          limit: terms.acts_per_day,
          windowSeconds: Math.max(1, Math.ceil(DAY_SECONDS / speed)),
        },
      ],
    });
    if (!grant.granted) return this.waitOrSkip(session, act, grant.waitMs);
    try {
      const { state, remoteId, created } = await work();
      if (!created) await grant.giveBack();
      return { ...about(act), state: state === 'held' ? 'held' : 'done', remote_id: remoteId };
    } catch (error) {
      if (isFinal(error) || (error instanceof AdapterError && error.fault === 'rate_limited'))
        await grant.giveBack();
      throw error;
    }
  }

  private waitOrSkip(
    { speed }: PlannedSession,
    act: SessionAct,
    waitMs: number,
  ): ActOutcome | { waitMs: number } {
    if ((waitMs * speed) / 1_000 <= PATIENCE_SECONDS) return { waitMs };
    const seconds = Math.ceil(waitMs / 1_000);
    return { ...about(act), state: 'skipped', reason: `a quota would let it through in ${seconds} s` };
  }
}

function about({ ordinal, kind }: SessionAct): Pick<ActOutcome, 'ordinal' | 'kind'> {
  return { ordinal, kind };
}

function requestOf(
  { agent_id, network }: PlannedSession,
  { id }: SessionAct,
  signal: AbortSignal,
): ActRequest {
  return { account: { agentId: agent_id }, destination: network, key: id, signal };
}
