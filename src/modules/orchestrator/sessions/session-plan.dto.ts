import { z } from 'zod';
import {
  API_PREFIX,
  links,
  page,
  pageQuery,
  sortBy,
  synthetic,
  time,
  uuid,
  wire,
} from '../../../core/http/index.js';
import { populationId } from '../../agents/index.js';
import type { SessionPlan } from './session.entity.js';
import { SESSION_PLAN_SORTS, type SessionCounts } from './session-plans.repository.js';
import { ACT_KINDS, ACT_STATES, SESSION_PLAN_STATES, SESSION_STATES } from './session.rules.js';

export function sessionPlanPath(id: string): string {
  return `/${API_PREFIX}/session-plans/${id}`;
}

const fields = {
  synthetic,
  id: uuid,
  state: z.enum(SESSION_PLAN_STATES),
  population_id: uuid.nullable().meta({ description: 'Null where agents were named.' }),
  network: z.string().meta({ examples: ['main'] }),
  seed: z.string().meta({ examples: ['20241005'] }),
  starts_at: time.meta({ description: 'In the time of the agents.' }),
  ends_at: time,
  begun_at: time.meta({ description: 'When `starts_at` is by the clock of the server.' }),
  speed: z.int().meta({ examples: [1] }),
  planned: z.int().meta({ description: 'How many sessions there are.', examples: [42] }),
  behaviour: z.record(z.string(), z.int()).meta({ examples: [{ lurk_percent: 33 }] }),
  acts_per_day: z.int().meta({ examples: [50] }),
  reply_template: z
    .string()
    .nullable()
    .meta({ examples: ['thread_reply@1.0.0'] }),
  planned_by: z.string().meta({ examples: ['admin'] }),
  created_at: time,
  finished_at: time.nullable(),
  links,
};

export const SessionPlanDto = wire(
  'SessionPlan',
  z.strictObject(fields).describe('When some agents are on line in a span of time.'),
);
export type SessionPlanDto = z.infer<typeof SessionPlanDto>;

export const CountedSessionPlanDto = wire(
  'CountedSessionPlan',
  z
    .strictObject({
      ...fields,
      sessions: z.partialRecord(z.enum(SESSION_STATES), z.int()).meta({
        description: 'How many are in each state that any is in.',
        examples: [{ planned: 30, open: 2, ended: 10 }],
      }),
      acts: z.partialRecord(z.enum(ACT_KINDS), z.partialRecord(z.enum(ACT_STATES), z.int())).meta({
        description: 'What was done, and what not, by kind.',
        examples: [{ favourite: { done: 12 } }],
      }),
    })
    .describe('A plan of sessions, and how far it has come.'),
);
export type CountedSessionPlanDto = z.infer<typeof CountedSessionPlanDto>;

export const SessionPlanListDto = page('SessionPlanList', 'plans', SessionPlanDto);
export type SessionPlanListDto = z.infer<typeof SessionPlanListDto>;

export const SessionPlansQueryDto = pageQuery({
  state: z.enum(SESSION_PLAN_STATES).optional(),
  population: populationId.optional(),
  sort: sortBy(SESSION_PLAN_SORTS, '-created_at'),
});
export type SessionPlansQueryDto = z.infer<typeof SessionPlansQueryDto>;

export function sessionPlanDto(plan: SessionPlan): SessionPlanDto {
  const { id, state, population_id, network, seed, speed, terms, actor } = plan;
  return {
    synthetic: true,
    id,
    state,
    population_id,
    network,
    seed,
    starts_at: plan.starts_at.toISOString(),
    ends_at: plan.ends_at.toISOString(),
    begun_at: plan.begun_at.toISOString(),
    speed,
    planned: plan.sessions,
    behaviour: { ...terms.behaviour },
    acts_per_day: terms.acts_per_day,
    reply_template: terms.reply_template,
    planned_by: actor,
    created_at: plan.created_at.toISOString(),
    finished_at: plan.finished_at?.toISOString() ?? null,
    links: { self: sessionPlanPath(id), sessions: `/${API_PREFIX}/agent-sessions?plan=${id}` },
  };
}

export function countedSessionPlanDto(plan: SessionPlan, counts: SessionCounts): CountedSessionPlanDto {
  return { ...sessionPlanDto(plan), ...counts };
}
