import { z } from 'zod';
import { uuid } from '../../../core/http/index.js';
import { agentFilters, describedPopulation, LIFECYCLE_ACTS, populationId } from '../../agents/index.js';

const network = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/u, 'must be the name of a network')
  .default('main')
  .meta({ description: 'The network that it is for.', examples: ['main'] });

/** So many agents write in one workflow; a campaign is for more. */
const AGENTS_MAX = 200;
const WEEK_MINUTES = 10_080;
const MONTH_SECONDS = 2_678_400;

const seconds = z.int().min(0).max(MONTH_SECONDS);
const reason = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .meta({ examples: ['posts the same too often'] });

export const OnboardingInput = z
  .strictObject({
    specification: describedPopulation
      .required({ seed: true })
      .optional()
      .meta({ description: 'What a new population is made from.' }),
    population: populationId
      .optional()
      .meta({ description: 'Or a population that is persisted, by its id, digest or name.' }),
    network,
  })
  .refine(({ specification, population }) => (specification === undefined) !== (population === undefined), {
    message: 'give exactly one of specification and population',
    path: ['specification'],
  });
export type OnboardingInput = z.infer<typeof OnboardingInput>;

export const ContentPublicationInput = z
  .strictObject({
    template: z
      .string()
      .min(1)
      .max(200)
      .meta({ description: '`name` or `name@version`.', examples: ['street_art_campaign'] }),
    agent: uuid.optional().meta({ description: 'Who writes.' }),
    population: populationId.optional().meta({ description: 'Or whose agents write.' }),
    audience: z.strictObject(agentFilters).default({}).meta({ description: 'Which of them.' }),
    most: z
      .int()
      .min(1)
      .max(AGENTS_MAX)
      .default(20)
      .meta({ description: 'At most so many of them, the first by their ids.' }),
    seed: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'Of the drafts; one of the workflow’s own where it is not said.' }),
    adapter: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,39}$/u)
      .default('sandbox'),
    destination: z.string().min(1).max(100).nullable().default(null),
    approvals: z
      .union([z.literal(0), z.literal(1), z.literal(2)])
      .default(0)
      .meta({ description: 'How many people have to approve each, after the guard.' }),
    grace_minutes: z
      .int()
      .min(1)
      .max(WEEK_MINUTES)
      .default(1_440)
      .meta({ description: 'How long it may take from the decision to the network.' }),
  })
  .refine(({ agent, population }) => (agent === undefined) !== (population === undefined), {
    message: 'give exactly one of agent and population',
    path: ['agent'],
  });
export type ContentPublicationInput = z.infer<typeof ContentPublicationInput>;

export const ModerationEscalationInput = z.strictObject({
  decision: uuid.meta({ description: 'The decision that waits for people.' }),
  remind_after: seconds.optional().meta({
    description: 'Seconds from the start; half of the time until its review is due where it is not said.',
    examples: [3600],
  }),
  escalate_after: seconds.optional().meta({
    description: 'Seconds from the start; when its review is due where it is not said.',
    examples: [7200],
  }),
  expire_after: seconds.optional().meta({
    description:
      'Seconds from the start; as long again after the escalation where it is not said. Needs `reviews:decide_escalated`.',
    examples: [86400],
  }),
});
export type ModerationEscalationInput = z.infer<typeof ModerationEscalationInput>;

export const LifecycleInput = z
  .strictObject({
    agent: uuid,
    act: z.enum(LIFECYCLE_ACTS).meta({ description: '`activate` reinstates a suspended agent.' }),
    reason: reason.optional().meta({ description: 'Needed to suspend and to retire.' }),
    monitor: z
      .strictObject({
        seconds: seconds.min(1).meta({ description: 'How long it is watched.', examples: [86400] }),
        every_seconds: z
          .int()
          .min(5)
          .max(86_400)
          .default(60)
          .meta({ description: 'How often; each time is a job, so at least 5 seconds apart.' }),
        most_blocked: z
          .int()
          .min(1)
          .max(1_000)
          .default(3)
          .meta({ description: 'With so many texts blocked since its activation it is suspended.' }),
      })
      .optional()
      .meta({ description: 'Only with `activate`.' }),
  })
  .refine(({ act, reason: why }) => act === 'activate' || why !== undefined, {
    message: 'is needed to suspend and to retire',
    path: ['reason'],
  })
  .refine(({ act, monitor }) => act === 'activate' || monitor === undefined, {
    message: 'goes with activate alone',
    path: ['monitor'],
  });
export type LifecycleInput = z.infer<typeof LifecycleInput>;
