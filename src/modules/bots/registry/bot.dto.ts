import { HEALING_MODES } from '../../../core/config/index.js';
import { z } from 'zod';
import {
  API_PREFIX,
  links,
  page,
  pageQuery,
  sortBy,
  synthetic,
  time,
  wire,
} from '../../../core/http/index.js';
import { BOT_STATUSES, DESIRED_STATES, REPLICAS_MAX } from './bot.rules.js';
import { summaryOf, type Measured } from './bot-summary.js';
import { BOT_SORTS, type SeenBot } from './bots.repository.js';
import type { BotRequest } from './bots.service.js';

export function botPath(id: string): string {
  return `/${API_PREFIX}/bots/${id}`;
}

export const botId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,61}[a-z0-9]$/, 'must have 2 to 63 lower-case letters, digits and dashes')
  .meta({ description: 'What it is known by.', examples: ['analytics-bot-v1'] });

export const BotParams = z.strictObject({ id: botId });
export type BotParams = z.infer<typeof BotParams>;

const name = z
  .string()
  .min(1)
  .max(100)
  .meta({ description: 'What people call it.', examples: ['Analytics Bot'] });
const description = z
  .string()
  .max(1_000)
  .meta({ examples: ['Data analysis and reporting'] });
const role = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,39}$/, 'must be a word in lower case')
  .meta({ description: 'What it is for, in one word.', examples: ['analyzer'] });
export const blueprint = z
  .string()
  .min(1)
  .max(250)
  .meta({
    description: 'The program that it runs: a path below `blueprints/`.',
    examples: ['bots/analytics_bot.py'],
  });
export const configuration = z
  .record(z.string().max(100), z.unknown())
  .meta({ description: 'As the schema of the blueprint wants it.', examples: [{}] });
const healing = z.enum(HEALING_MODES).nullable().meta({
  description: 'What self-healing does with it: observe, propose or act; null: as the installation says.',
});

export const replicas = z
  .int()
  .min(0)
  .max(REPLICAS_MAX)
  .meta({ description: 'How many processes of it run at once.', examples: [1] });

export const paused = z.boolean().meta({
  description: 'Whether it is left as it is for maintenance: neither reconciled nor healed.',
  examples: [false],
});
const cron = z
  .string()
  .min(1)
  .max(100)
  .nullable()
  .meta({ description: 'Five fields of cron, or six with seconds first; null: not by itself.' });
const schedule = z
  .strictObject({
    start: cron.default(null).meta({ examples: ['0 8 * * 1-5'] }),
    stop: cron.default(null).meta({ examples: ['0 18 * * 1-5'] }),
    timezone: z
      .string()
      .max(60)
      .default('UTC')
      .meta({ description: 'That the fields are read in.', examples: ['Europe/Madrid'] }),
  })
  .nullable()
  .meta({ description: 'Times at which it is started and stopped.', examples: [null] });

export const CreateBotDto = wire(
  'CreateBot',
  z
    .strictObject({
      id: botId,
      name,
      description: description.default(''),
      blueprint,
      role,
      configuration: configuration.default({}),
      healing: healing.default(null),
      schedule: schedule.default(null),
      replicas: replicas.default(1),
    })
    .describe('A bot to register; it does nothing until it is started.'),
);
export type CreateBotDto = z.infer<typeof CreateBotDto>;

export const UpdateBotDto = wire(
  'UpdateBot',
  z
    .strictObject({ name, description, blueprint, role, configuration, healing, paused, schedule, replicas })
    .partial()
    .describe(
      'What of a bot is different. Another configuration takes a new process, and so does naming the blueprint, which pins it as it is now.',
    ),
);
export type UpdateBotDto = z.infer<typeof UpdateBotDto>;

export function updateRequest(body: UpdateBotDto): Partial<BotRequest> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

export const status = z
  .enum(BOT_STATUSES)
  .meta({ description: 'What is seen of it.', examples: ['running'] });
const desired = z
  .enum(DESIRED_STATES)
  .meta({ description: 'What people want of it.', examples: ['running'] });
export const reason = z
  .string()
  .nullable()
  .meta({ description: 'Why; one word.', examples: ['Started'] });
export const measured = {
  uptime_seconds: z
    .number()
    .meta({ description: 'Since its process started; 0: it has none.', examples: [3600.5] }),
  cpu_load: z.number().meta({ description: 'Percent of one core.', examples: [45.2] }),
  memory_usage_mb: z
    .number()
    .meta({ description: 'Resident memory of all its processes.', examples: [256.8] }),
  requests_per_second: z.number().meta({ description: 'As it says itself.', examples: [120.5] }),
  error_rate: z
    .number()
    .meta({ description: 'Of its requests, from 0 to 1, as it says itself.', examples: [0.001] }),
  last_heartbeat: time.nullable().meta({ examples: ['2024-01-15T11:30:00Z'] }),
};

export const BotConditionDto = wire(
  'BotCondition',
  z
    .strictObject({
      type: z.string().meta({ examples: ['NetworkIsolated'] }),
      status: z.enum(['true', 'false', 'unknown']),
      reason: z.string().meta({ examples: ['OwnNamespace'] }),
      message: z.string(),
      since: time,
    })
    .describe('Something that is true of a bot besides its status, or not, or could not be made so.'),
);

export const BotDto = wire(
  'Bot',
  z
    .strictObject({
      synthetic,
      bot_id: botId,
      name,
      description,
      role,
      blueprint,
      blueprint_sha256: z.string().meta({ description: 'Of its manifest and files, pinned.' }),
      configuration,
      healing,
      paused,
      schedule,
      desired_state: desired,
      replicas,
      ready_replicas: z.int().meta({
        description: 'Of its instances, those that run and beat; others that end are not counted.',
        examples: [1],
      }),
      updated_replicas: z.int().meta({
        description:
          'Of them, those that run what is wanted now and have been in good health for long enough.',
        examples: [1],
      }),
      status,
      reason,
      revision: z
        .int()
        .meta({ description: 'Which configuration and pinned blueprint these are.', examples: [1] }),
      generation: z
        .int()
        .meta({ description: 'Grows with everything that takes a new process.', examples: [1] }),
      observed_generation: z
        .int()
        .meta({ description: 'The newest that its processes are started for.', examples: [1] }),
      conditions: z.array(BotConditionDto),
      ...measured,
      restarts: z
        .int()
        .meta({ description: 'Starts in place of a process that was there before.', examples: [0] }),
      next_start_at: time.nullable().meta({ description: 'When it is started again.' }),
      last_exit: z
        .strictObject({ code: z.int().nullable(), signal: z.string().nullable(), at: time })
        .nullable()
        .meta({ description: 'How its last process ended.' }),
      version: z.int().meta({ examples: [1] }),
      created_by: z.string().meta({ examples: ['admin'] }),
      created_at: time,
      last_updated: time.meta({ description: 'When it was looked at last.' }),
      links,
    })
    .describe('A program that runs for real: what people want of it, and what is seen of it.'),
);
export type BotDto = z.infer<typeof BotDto>;

const round = (value: number, places: number): number => Math.round(value * 10 ** places) / 10 ** places;

/** Measures as they are told. */
export function measuresDto(measures: Measured) {
  const { started_at, last_heartbeat, cpu_load, memory_usage_mb, requests_per_second, error_rate } = measures;
  return {
    uptime_seconds:
      started_at === null ? 0 : Math.max(0, round((Date.now() - Number(started_at)) / 1_000, 1)),
    cpu_load: round(cpu_load, 1),
    memory_usage_mb: round(memory_usage_mb, 1),
    requests_per_second: round(requests_per_second, 2),
    error_rate: round(error_rate, 4),
    last_heartbeat: last_heartbeat?.toISOString() ?? null,
  };
}

export function botDto(seen: SeenBot): BotDto {
  const { bot, state } = seen;
  const { id, created_at, owner_id: _owner, manifest: _manifest, configuration: given, ...more } = bot;
  const { restart_generation: _restart, ...shown } = more;
  const self = botPath(id);
  const summary = summaryOf(seen);
  return {
    synthetic: true,
    bot_id: id,
    ...shown,
    configuration: given as BotDto['configuration'],
    ready_replicas: summary.ready,
    updated_replicas: state.updated_replicas,
    status: state.status,
    reason: state.reason,
    observed_generation: state.observed_generation,
    conditions: summary.conditions,
    ...measuresDto(summary),
    restarts: state.restarts,
    next_start_at: summary.next_start_at?.toISOString() ?? null,
    last_exit: state.last_exit,
    created_at: created_at.toISOString(),
    last_updated: summary.last_updated.toISOString(),
    links: {
      self,
      instances: `${self}/instances`,
      revisions: `${self}/revisions`,
      logs: `${self}/logs`,
      metrics: `${self}/metrics`,
      history: `${self}/history`,
    },
  };
}

export const BotMetricsDto = wire(
  'BotMetrics',
  z
    .strictObject({ synthetic, bot_id: botId, ...measured })
    .describe('How a bot does, as it was measured last.'),
);
export type BotMetricsDto = z.infer<typeof BotMetricsDto>;

export function botMetricsDto(seen: SeenBot): BotMetricsDto {
  return { synthetic: true, bot_id: seen.bot.id, ...measuresDto(summaryOf(seen)) };
}

export const BotListDto = page('BotList', 'bots', BotDto);
export type BotListDto = z.infer<typeof BotListDto>;

export const BotsQueryDto = pageQuery({
  status: status.optional(),
  desired_state: desired.optional(),
  role: role.optional(),
  sort: sortBy(BOT_SORTS, '-created_at'),
});
export type BotsQueryDto = z.infer<typeof BotsQueryDto>;
