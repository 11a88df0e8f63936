import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DecisionSubject } from './decision.rules.js';
import type { TextField } from './guard/evaluate.js';
import type { GuardContext } from './guard/guard-context.js';
import { printsOf, type TextPrints } from './text-prints.js';

/** So many of the newest decisions are looked at, at most: more than any rule asks for, and some milliseconds. */
const MOST_DECISIONS = 2_000;
/** What others wrote longer ago, in days, is no coordination. */
const DAYS = 7;

type History = NonNullable<GuardContext['history']>;
type Rate = NonNullable<GuardContext['rate']>;

/** What earlier decisions say about a text and whoever writes it; one that is being made beside this one is not seen. */
@Injectable()
export class DecisionHistory {
  /** What is known of an agent's texts by now, and what they are compared with others by. */
  async of(
    manager: EntityManager,
    agentId: string,
    subject: DecisionSubject,
    texts: readonly TextField[],
  ): Promise<{ context: { history: History; rate: Rate }; prints: TextPrints }> {
    const prints = printsOf(texts);
    const { history, rate } = await this.ofAgent(manager, agentId, subject);
    const same = await this.ofText(manager, prints, agentId, subject);
    const spread = await this.ofLinks(manager, prints, agentId);
    return { context: { history: { ...history, ...same, ...spread }, rate }, prints };
  }

  /** What was decided on the agent's other texts, and how many it wrote one at a time. */
  private async ofAgent(
    manager: EntityManager,
    agentId: string,
    subject: DecisionSubject,
  ): Promise<{ history: Pick<History, 'decisions' | 'blocked' | 'reviewed'>; rate: Rate }> {
    const [row] = await manager.query<Record<string, number>[]>(
      `SELECT count(*)::int AS decisions,
              count(*) FILTER (WHERE coalesce(reviews.outcome, own.action) = 'block')::int AS blocked,
              count(*) FILTER (WHERE own.action IN ('review', 'escalate'))::int AS reviewed,
              count(*) FILTER (WHERE own.single AND own.decided_at > now() - interval '1 minute')::int AS last_minute,
              count(*) FILTER (WHERE own.single AND own.decided_at > now() - interval '1 hour')::int AS last_hour,
              count(*) FILTER (WHERE own.single AND own.decided_at > now() - interval '1 day')::int AS last_day
       FROM (SELECT id, action, decided_at, text_print IS NOT NULL AS single FROM decisions
             WHERE agent_id = $1 AND NOT (subject_type = $2 AND subject_id = $3)
             ORDER BY decided_at DESC LIMIT $4) AS own
       LEFT JOIN reviews ON reviews.id = own.id`,
      [agentId, subject.type, subject.id, MOST_DECISIONS],
    );
    const {
      decisions = 0,
      blocked = 0,
      reviewed = 0,
      last_minute = 0,
      last_hour = 0,
      last_day = 0,
    } = row ?? {};
    return { history: { decisions, blocked, reviewed }, rate: { last_minute, last_hour, last_day } };
  }

  /** How often the same text was written one at a time lately, and by how many others. */
  private async ofText(
    manager: EntityManager,
    { text }: TextPrints,
    agentId: string,
    subject: DecisionSubject,
  ): Promise<Pick<History, 'same_text' | 'same_text_agents'>> {
    const [row] = await manager.query<{ same_text: number; same_text_agents: number }[]>(
      `SELECT count(*)::int AS same_text,
              (count(DISTINCT agent_id) FILTER (WHERE agent_id <> $2))::int AS same_text_agents
       FROM (SELECT agent_id FROM decisions
             WHERE text_print = $1 AND decided_at > now() - make_interval(days => $5)
               AND NOT (subject_type = $3 AND subject_id = $4)
             ORDER BY decided_at DESC LIMIT $6) AS same`,
      [text, agentId, subject.type, subject.id, DAYS, MOST_DECISIONS],
    );
    return row ?? {};
  }

  /** How many other agents spread one of the links lately: of the link with most. */
  private async ofLinks(
    manager: EntityManager,
    { links }: TextPrints,
    agentId: string,
  ): Promise<Pick<History, 'shared_links_agents'>> {
    if (links.length === 0) return {};
    const [row] = await manager.query<{ most: number | null }[]>(
      `SELECT max(agents)::int AS most
       FROM (SELECT count(DISTINCT agent_id) AS agents
             FROM (SELECT agent_id, links FROM decisions
                   WHERE links <> '{}' AND links && $1::text[] AND agent_id <> $2
                     AND decided_at > now() - make_interval(days => $3)
                   LIMIT $4) AS others, unnest(links) AS link
             WHERE link = ANY($1::text[]) GROUP BY link) AS spread`,
      [links, agentId, DAYS, MOST_DECISIONS],
    );
    return { shared_links_agents: row?.most ?? 0 };
  }
}
