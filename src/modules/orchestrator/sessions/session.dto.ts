import { z } from 'zod';
import {
  API_PREFIX,
  links,
  page,
  pageQuery,
  seed,
  sortBy,
  synthetic,
  time,
  uuid,
  wire,
} from '../../../core/http/index.js';
import { populationId } from '../../agents/index.js';
import { quietHours } from '../../scheduler/index.js';
import { workflowPath } from '../workflows/workflow-path.js';
import type { AgentSession, SessionAct, SessionView } from './session.entity.js';
import { sessionPlanPath } from './session-plan.dto.js';
import { ACT_KINDS, ACT_STATES, SESSION_STATES } from './session.rules.js';
import { SESSION_SORTS } from './sessions.repository.js';
import type { SessionCourse } from './sessions.service.js';
import type { SessionRequest } from './session-plans.service.js';

const DAY_MS = 86_400_000;
const AGENTS_MAX = 200;

function sessionPath(id: string): string {
  return `/${API_PREFIX}/agent-sessions/${id}`;
}

const percent = z.int().min(0).max(100);

const BehaviourDto = wire(
  'SessionBehaviour',
  z
    .strictObject({
      lurk_percent: percent.default(33).meta({
        description: 'Of a hundred sessions so many look and do nothing.',
      }),
      posts: z.int().min(1).max(40).default(20).meta({ description: 'The most that is looked at.' }),
      acts: z.int().min(0).max(40).default(5).meta({ description: 'The most that is done.' }),
      favourite_percent: percent.default(12).meta({ description: 'Of a hundred posts that are seen.' }),
      boost_percent: percent.default(3).meta({ description: 'Of a hundred posts that are seen.' }),
      reply_percent: percent.default(3).meta({ description: 'Of a hundred posts that are seen.' }),
      follow_percent: percent.default(5).meta({ description: 'Of a hundred posts that are seen.' }),
    })
    .describe('How agents behave in their sessions.'),
);

export const PlanSessionsDto = wire(
  'PlanAgentSessions',
  z
    .strictObject({
      population: populationId.optional().meta({ description: 'Whose agents: its id, digest or name.' }),
      agents: z
        .array(uuid)
        .min(1)
        .max(AGENTS_MAX)
        .optional()
        .meta({ description: 'Or which agents, by their ids.' }),
      network: z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,62}$/u, 'must be the name of a network')
        .default('main')
        .meta({ description: 'Where they are on line.', examples: ['main'] }),
      seed,
      starts_at: time.optional().meta({ description: 'In the time of the agents; without it, now.' }),
      ends_at: time.optional().meta({
        description: 'Without it, a day after it starts.',
        examples: ['2026-01-16T10:30:00.000Z'],
      }),
      speed: z
        .int()
        .min(1)
        .max(10_000)
        .default(1)
        .meta({ description: 'With 1440, a day of the agents goes by in a minute, from now on.' }),
      quiet_hours: quietHours
        .nullable()
        .default(null)
        .meta({ description: 'When nobody is on line, by the clocks of each agent; null: never quiet.' }),
      rhythm: z
        .array(percent)
        .length(24)
        .nullable()
        .default(null)
        .meta({
          description: 'How busy each hour of an agent’s day is, from 0 to 100; null: the usual day.',
          examples: [[0, 0, 0, 0, 0, 0, 2, 5, 8, 8, 8, 9, 12, 12, 9, 8, 8, 9, 12, 14, 15, 12, 6, 2]],
        }),
      behaviour: BehaviourDto.prefault({}),
      acts_per_day: z
        .int()
        .min(1)
        .max(1_000)
        .default(50)
        .meta({ description: 'Of each agent in a day of its time, at most.' }),
      reply_template: z
        .string()
        .min(1)
        .max(200)
        .nullable()
        .default('thread_reply')
        .meta({ description: 'What replies are written from; null: nobody replies.' }),
    })
    .refine(({ population, agents }) => (population === undefined) !== (agents === undefined), {
      message: 'give exactly one of population and agents',
      path: ['population'],
    })
    .describe('Which agents are on line when, and how they behave there.'),
);
export type PlanSessionsDto = z.infer<typeof PlanSessionsDto>;

export function sessionRequest({ starts_at, ends_at, ...body }: PlanSessionsDto): SessionRequest {
  const from = starts_at === undefined ? new Date() : new Date(starts_at);
  const to = ends_at === undefined ? new Date(from.getTime() + DAY_MS) : new Date(ends_at);
  return { ...body, starts_at: from, ends_at: to };
}

const listed = {
  id: uuid,
  plan_id: uuid,
  agent_id: uuid,
  state: z.enum(SESSION_STATES),
  reason: z.string().nullable().meta({ description: 'Why it is as it is, where that is not as planned.' }),
  planned_at: time.meta({ description: 'In the time of the agent.' }),
  due_at: time.meta({ description: 'The same by the clock of the server.' }),
  opened_at: time.nullable(),
  ended_at: time.nullable(),
  links,
};

const ListedSessionDto = wire(
  'AgentSessionSummary',
  z.strictObject(listed).describe('An agent’s time on line.'),
);

const networkId = z.string().meta({ examples: ['113746891234567890'] });

const ViewDto = wire(
  'AgentSessionView',
  z
    .strictObject({
      rank: z.int().meta({ description: 'From 1, the first that was seen.', examples: [1] }),
      status_id: networkId,
      account_id: networkId.meta({ description: 'Who wrote it, or boosted it.' }),
      timeline: z.enum(['home', 'public']),
    })
    .describe('A post that an agent saw.'),
);

const ActDto = wire(
  'AgentSessionAct',
  z
    .strictObject({
      id: uuid.meta({ description: 'Its idempotency key on the network.' }),
      kind: z.enum(ACT_KINDS),
      state: z.enum(ACT_STATES),
      reason: z.string().nullable(),
      status_id: networkId.meta({ description: 'The post that it is about.' }),
      account_id: networkId.meta({ description: 'Who wrote that.' }),
      draft_id: uuid.nullable().meta({ description: 'Of a reply: what the guard decided on.' }),
      remote_id: networkId.nullable().meta({ description: 'What the network calls what came of it.' }),
      due_at: time,
      done_at: time.nullable(),
    })
    .describe('What an agent did, or was to do, with what it saw.'),
);

export const AgentSessionDto = wire(
  'AgentSession',
  z
    .strictObject({ synthetic, ...listed, views: z.array(ViewDto), acts: z.array(ActDto) })
    .describe('An agent’s time on line, with what it saw and did.'),
);
export type AgentSessionDto = z.infer<typeof AgentSessionDto>;

export const AgentSessionListDto = page('AgentSessionList', 'sessions', ListedSessionDto);
export type AgentSessionListDto = z.infer<typeof AgentSessionListDto>;

export const AgentSessionsQueryDto = pageQuery({
  plan: uuid.optional(),
  agent: uuid.optional(),
  state: z.enum(SESSION_STATES).optional(),
  sort: sortBy(SESSION_SORTS, '-planned_at'),
});
export type AgentSessionsQueryDto = z.infer<typeof AgentSessionsQueryDto>;

export function sessionSummaryDto(session: AgentSession): z.infer<typeof ListedSessionDto> {
  const { id, plan_id, agent_id, state, reason, planned_at, due_at, workflow_id } = session;
  return {
    id,
    plan_id,
    agent_id,
    state,
    reason,
    planned_at: planned_at.toISOString(),
    due_at: due_at.toISOString(),
    opened_at: session.opened_at?.toISOString() ?? null,
    ended_at: session.ended_at?.toISOString() ?? null,
    links: {
      self: sessionPath(id),
      plan: sessionPlanPath(plan_id),
      agent: `/${API_PREFIX}/agents/${agent_id}`,
      ...(workflow_id !== null && { workflow: workflowPath(workflow_id) }),
    },
  };
}

export function agentSessionDto({ session, views, acts }: SessionCourse): AgentSessionDto {
  return {
    synthetic: true,
    ...sessionSummaryDto(session),
    views: views.map(viewDto),
    acts: acts.map(actDto),
  };
}

function viewDto({ rank, status_id, account_id, timeline }: SessionView) {
  return { rank, status_id, account_id, timeline };
}

function actDto({ session_id: _session, ordinal: _ordinal, ...act }: Omit<SessionAct, 'session'>) {
  return {
    ...act,
    due_at: act.due_at.toISOString(),
    done_at: act.done_at?.toISOString() ?? null,
  };
}
