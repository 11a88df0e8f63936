import { z } from 'zod';
import { synthetic, time, uuid, wire } from '../../../core/http/index.js';
import {
  blueprint,
  BotConditionDto,
  botId,
  configuration,
  measured,
  measuresDto,
  reason,
  replicas,
  status,
} from './bot.dto.js';
import type { BotInstance, BotRevision } from './bot-instance.entity.js';
import { measuredOf } from './bot-summary.js';
import type { SeenBot } from './bots.repository.js';

const ordinal = z
  .int()
  .meta({ description: 'Its place among the instances of its bot, from 0.', examples: [0] });
const revision = z
  .int()
  .min(1)
  .meta({ description: 'From 1.', examples: [1] });

const BotInstanceDto = wire(
  'BotInstance',
  z
    .strictObject({
      ordinal,
      instance: uuid.nullable().meta({ description: 'Another for every process; null: there is none.' }),
      place: z
        .string()
        .nullable()
        .meta({
          description: 'Where it is found: a process id, or a Job of a cluster.',
          examples: ['pid 4242'],
        }),
      status,
      reason,
      ready: z.boolean().meta({ description: 'Whether it runs and beats.' }),
      retiring: z
        .enum(['Replaced', 'ScaledDown'])
        .nullable()
        .meta({ description: 'Why it is ended for good; null: it is not.' }),
      generation: z.int().meta({ description: 'Of the bot, that it runs.', examples: [1] }),
      revision,
      ...measured,
      started_at: time.nullable(),
      restarts: z.int().meta({ description: 'Starts in this place after the first.', examples: [0] }),
      failures: z.int().meta({ description: 'Ends by itself since it was well for long.', examples: [0] }),
      next_start_at: time.nullable().meta({ description: 'When it is started again.' }),
      last_exit: z
        .strictObject({ code: z.int().nullable(), signal: z.string().nullable(), at: time })
        .nullable()
        .meta({ description: 'How its last process ended.' }),
      conditions: z.array(BotConditionDto),
    })
    .describe('One of the processes of a bot that there are to be, and what is seen of it.'),
);
type BotInstanceDto = z.infer<typeof BotInstanceDto>;

export const BotInstancesDto = wire(
  'BotInstances',
  z
    .strictObject({
      synthetic,
      bot_id: botId,
      replicas,
      ready_replicas: z.int().meta({ description: 'Those that run and beat, and are to stay.' }),
      host: z.string().nullable().meta({ description: 'Who looks after all of them.' }),
      instances: z.array(BotInstanceDto),
    })
    .describe('The instances of a bot, those that end included.'),
);
export type BotInstancesDto = z.infer<typeof BotInstancesDto>;

export function botInstancesDto({ bot, state, instances }: SeenBot): BotInstancesDto {
  const all = instances.map(instanceDto);
  return {
    synthetic: true,
    bot_id: bot.id,
    replicas: bot.replicas,
    ready_replicas: all.filter(({ ready, retiring }) => ready && retiring === null).length,
    host: state.host,
    instances: all,
  };
}

function instanceDto(one: BotInstance): BotInstanceDto {
  return {
    ordinal: one.ordinal,
    instance: one.instance,
    place: one.place,
    status: one.status,
    reason: one.reason,
    ready: one.status === 'running',
    retiring: one.retiring,
    generation: one.generation,
    revision: one.revision,
    ...measuresDto(measuredOf(one)),
    started_at: one.started_at?.toISOString() ?? null,
    restarts: Math.max(0, one.starts - 1),
    failures: one.failures,
    next_start_at: one.next_start_at?.toISOString() ?? null,
    last_exit: one.last_exit,
    conditions: one.conditions,
  };
}

export const BotRevisionsDto = wire(
  'BotRevisions',
  z
    .strictObject({
      synthetic,
      bot_id: botId,
      revisions: z.array(
        z.strictObject({
          revision,
          current: z.boolean().meta({ description: 'Whether it is what is wanted now.' }),
          good: z.boolean().meta({
            description: 'Whether all replicas were in good health with it last; what fails goes back to it.',
          }),
          blueprint,
          blueprint_sha256: z.string().meta({ description: 'Of its manifest and files, pinned.' }),
          configuration,
          created_by: z.string().meta({ examples: ['admin'] }),
          created_at: time,
        }),
      ),
    })
    .describe('What a bot has run, the newest first; those in use and the newest 20 are kept.'),
);
export type BotRevisionsDto = z.infer<typeof BotRevisionsDto>;

export function botRevisionsDto({ bot, state }: SeenBot, revisions: readonly BotRevision[]): BotRevisionsDto {
  return {
    synthetic: true,
    bot_id: bot.id,
    revisions: revisions.map((each) => ({
      revision: each.revision,
      current: each.revision === bot.revision,
      good: each.revision === state.good_revision,
      blueprint: each.blueprint,
      blueprint_sha256: each.blueprint_sha256,
      configuration: each.configuration as BotRevisionsDto['revisions'][number]['configuration'],
      created_by: each.created_by,
      created_at: each.created_at.toISOString(),
    })),
  };
}

export const RollBackBotDto = wire(
  'RollBackBot',
  z
    .strictObject({
      revision: revision
        .nullable()
        .default(null)
        .meta({ description: 'Which to go back to; null: the last one in good health, or the one before.' }),
    })
    .describe('Which revision a bot is to run again.'),
);
export type RollBackBotDto = z.infer<typeof RollBackBotDto>;
