import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CampaignState } from '../campaigns/campaign.rules.js';
import type { CampaignCaps } from '../planning/planner.js';
import type { Publication } from './publication.entity.js';
import type { PublicationState } from './publication.rules.js';

/** How long a worker holds a publication without saying that it lives, in seconds. */
export const LEASE_SECONDS = 20;

/** A publication that this worker holds, with what its campaign says of it. */
export type HeldPublication = Publication & {
  adapter: string;
  destination: string | null;
  caps: CampaignCaps;
  /** Whether an earlier attempt has begun and not told how it ended. */
  unknown: boolean;
  campaign_state: CampaignState;
  /** Of its agent, by now; null where nobody has said anything of it. */
  agent_state: 'active' | 'suspended' | 'retired' | null;
  /** Whether the guard lets its draft out, by now. */
  passing: boolean;
  /** Whether its time is over. */
  late: boolean;
};

/** What became of a held publication. */
export interface PublicationOutcome {
  id: string;
  /** The lease that it was held by. */
  token: string;
  state: PublicationState;
  remote_id?: string | null;
  url?: string | null;
  reason?: string | null;
  draft_id?: string;
  decision_id?: string;
  /** Seconds until somebody takes it up again. */
  wait?: number;
  /** Whether the attempt is not to count. */
  uncounted?: boolean;
  /** Whether it has failed without anybody knowing what the platform has of it. */
  uncertain?: boolean;
}

const PASSING = `EXISTS (SELECT 1 FROM decision_outcomes o WHERE o.id = p.decision_id AND o.action IN ('allow', 'label'))`;
const OPEN = `('planned', 'drafted', 'awaiting_approval', 'due')`;
/** Suspended and retired agents publish nothing. */
const FREE = `NOT EXISTS (SELECT 1 FROM agent_lifecycles l WHERE l.agent_id = p.agent_id AND l.state <> 'active')`;
const CAMPAIGN = 'c.adapter, c.destination, c.caps, c.state AS campaign_state';
const STANDING = `(SELECT l.state FROM agent_lifecycles l WHERE l.agent_id = p.agent_id) AS agent_state, ${PASSING} AS passing,
  p.expires_at <= now() AS late`;

/** The leases of publications and what is done under them. Times are those of the database. */
@Injectable()
export class DeliveryRepository {
  /** Takes publications to write the drafts of. */
  async claimPlanned(manager: EntityManager, limit: number): Promise<HeldPublication[]> {
    return this.claim(
      manager,
      limit,
      `p.state = 'planned' AND p.not_before <= now() AND p.expires_at > now() AND c.state = 'running' AND ${FREE}`,
      `lease_token = p.lease_token + 1, not_before = now() + interval '1 minute'`,
      'p.not_before',
    );
  }

  /** Whether there may be something to take: a look that costs little, and can be had many times a second. */
  async anyWaits(manager: EntityManager): Promise<boolean> {
    const [row] = await manager.query<{ waits: boolean }[]>(
      `SELECT EXISTS (SELECT FROM publications WHERE state = 'due' AND not_before <= now())
         OR EXISTS (SELECT FROM publications WHERE state = 'publishing' AND leased_until <= now()) AS waits`,
    );
    return row?.waits === true;
  }

  /** Takes publications that are due and may go out: with a decision that lets them, of a campaign that runs. */
  async claimDue(manager: EntityManager, adapter: string, limit: number): Promise<HeldPublication[]> {
    return this.claim(
      manager,
      limit,
      `p.state = 'due' AND p.not_before <= now() AND p.expires_at > now() AND c.state = 'running' AND c.adapter = $2
         AND ${PASSING} AND ${FREE}`,
      `state = 'publishing', lease_token = p.lease_token + 1, attempts = p.attempts + 1,
       leased_until = now() + interval '${LEASE_SECONDS} s'`,
      'p.due_at, p.id',
      adapter,
    );
  }

  /** Takes over publications of workers that have not said for a while that they live: nobody knows what became of these. */
  async claimAbandoned(manager: EntityManager, adapter: string, limit: number): Promise<HeldPublication[]> {
    const held = await this.claim(
      manager,
      limit,
      `p.state = 'publishing' AND p.leased_until <= now() AND c.adapter = $2`,
      `lease_token = p.lease_token + 1, attempts = p.attempts + 1, leased_until = now() + interval '${LEASE_SECONDS} s'`,
      'p.leased_until',
      adapter,
    );
    return held.map((each) => Object.assign(each, { unknown: true }));
  }

  private async claim(
    manager: EntityManager,
    limit: number,
    condition: string,
    change: string,
    order: string,
    ...values: string[]
  ): Promise<HeldPublication[]> {
    const [rows] = await manager.query<[HeldPublication[], number]>(
      `WITH ready AS MATERIALIZED (
         SELECT p.id AS ready_id, ${CAMPAIGN}, ${STANDING} FROM publications p JOIN campaigns c ON c.id = p.campaign_id
         WHERE ${condition} ORDER BY ${order} LIMIT $1 FOR UPDATE OF p SKIP LOCKED)
       UPDATE publications p SET ${change} FROM ready WHERE p.id = ready_id
       RETURNING p.*, ready.adapter, ready.destination, ready.caps, ready.campaign_state, ready.agent_state, ready.passing,
         ready.late, false AS unknown`,
      [limit, ...values],
    );
    return rows;
  }

  /** Says that this worker lives and is still publishing these. */
  async renew(
    manager: EntityManager,
    held: readonly Pick<Publication, 'id' | 'lease_token'>[],
  ): Promise<void> {
    await manager.query(
      `UPDATE publications p SET leased_until = now() + interval '${LEASE_SECONDS} s'
       FROM unnest($1::uuid[], $2::bigint[]) AS held (id, token)
       WHERE p.id = held.id AND p.lease_token = held.token AND p.state = 'publishing'`,
      [held.map(({ id }) => id), held.map(({ lease_token }) => lease_token)],
    );
  }

  /**
   * Keeps what became of held publications; of those whose lease another has taken since, nothing.
   * @param from the state that they were held in
   * @returns those that were kept
   */
  async settle(
    manager: EntityManager,
    from: 'planned' | 'publishing',
    outcomes: readonly PublicationOutcome[],
  ): Promise<Publication[]> {
    const ordered = outcomes.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const [rows] = await manager.query<[Publication[], number]>(
      `UPDATE publications p SET
         state = r.state, reason = r.reason,
         remote_id = coalesce(r.remote_id, p.remote_id), url = coalesce(r.url, p.url),
         draft_id = coalesce(r.draft_id, p.draft_id), decision_id = coalesce(r.decision_id, p.decision_id),
         attempts = CASE WHEN r.uncounted THEN greatest(0, p.attempts - 1) ELSE p.attempts END,
         not_before = CASE WHEN r.state = 'due' AND p.state = 'planned' THEN p.due_at
                           ELSE now() + coalesce(r.wait, 0) * interval '1 s' END,
         leased_until = CASE WHEN r.state = 'publishing' THEN now() + coalesce(r.wait, 0) * interval '1 s' END,
         waiting_since = CASE WHEN r.state = 'awaiting_approval' THEN now() ELSE p.waiting_since END,
         published_at = CASE WHEN r.state = 'published' THEN now() END,
         reconcile_at = CASE WHEN r.state = 'published' OR r.uncertain THEN now() + interval '10 minutes' END
       FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, token bigint, state text, reason text, remote_id text, url text,
         draft_id uuid, decision_id uuid, wait double precision, uncounted boolean, uncertain boolean)
       WHERE p.id = r.id AND p.lease_token = r.token AND p.state = $2
       RETURNING p.*`,
      [JSON.stringify(ordered), from],
    );
    return rows;
  }

  /** Moves on what waited for the guard's people, now that they have decided. */
  async settleDrafted(manager: EntityManager, limit: number): Promise<Publication[]> {
    return this.sweep(
      manager,
      limit,
      `SELECT p.id AS found_id, o.action FROM publications p JOIN decision_outcomes o ON o.id = p.decision_id
       WHERE p.state = 'drafted' AND o.action IN ('allow', 'label', 'block')`,
      `state = CASE WHEN found.action = 'block' THEN 'failed' WHEN p.approvals_needed > 0 THEN 'awaiting_approval' ELSE 'due' END,
       reason = CASE WHEN found.action = 'block' THEN 'people have decided against the draft' END,
       not_before = p.due_at, waiting_since = now()`,
    );
  }

  /** Cancels what is left of cancelled campaigns. */
  async cancelLeft(manager: EntityManager, limit: number): Promise<Publication[]> {
    return this.sweep(
      manager,
      limit,
      `SELECT p.id AS found_id FROM publications p JOIN campaigns c ON c.id = p.campaign_id
       WHERE c.state = 'cancelled' AND p.state IN ${OPEN}`,
      `state = 'cancelled', reason = 'the campaign was cancelled'`,
    );
  }

  /** Ends what is too late. What is being published is not: it is known soon whether it is. */
  async expireLate(manager: EntityManager, limit: number): Promise<Publication[]> {
    return this.sweep(
      manager,
      limit,
      `SELECT p.id AS found_id, l.state AS kept FROM publications p
       LEFT JOIN agent_lifecycles l ON l.agent_id = p.agent_id AND l.state <> 'active'
       WHERE p.state IN ${OPEN} AND p.expires_at <= now()`,
      `reason = 'too late: ' || CASE WHEN found.kept IS NOT NULL THEN 'its agent is ' || found.kept
         ELSE 'it was still ' || CASE p.state WHEN 'awaiting_approval' THEN 'waiting for approval'
           WHEN 'drafted' THEN 'waiting for the guard' ELSE p.state END END, state = 'expired'`,
    );
  }

  /** Marks those who wait for approval and are near their time, each once for a reminder and once for an escalation. */
  async remind(manager: EntityManager, limit: number): Promise<Publication[]> {
    return this.sweep(
      manager,
      limit,
      `SELECT p.id AS found_id, now() >= p.waiting_since + (p.expires_at - p.waiting_since) * 0.8 AS late
       FROM publications p JOIN campaigns c ON c.id = p.campaign_id
       WHERE p.state = 'awaiting_approval' AND c.state = 'running' AND (
         (p.reminded_at IS NULL AND now() >= p.waiting_since + (p.expires_at - p.waiting_since) * 0.5)
         OR (p.escalated_at IS NULL AND now() >= p.waiting_since + (p.expires_at - p.waiting_since) * 0.8))`,
      `reminded_at = coalesce(p.reminded_at, now()), escalated_at = CASE WHEN found.late THEN now() END`,
    );
  }

  private async sweep(
    manager: EntityManager,
    limit: number,
    find: string,
    change: string,
  ): Promise<Publication[]> {
    const [rows] = await manager.query<[Publication[], number]>(
      `WITH found AS MATERIALIZED (${find} LIMIT $1 FOR UPDATE OF p SKIP LOCKED)
       UPDATE publications p SET ${change} FROM found WHERE p.id = found_id RETURNING p.*`,
      [limit],
    );
    return rows;
  }
}
