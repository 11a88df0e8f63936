import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { CurrentCaller, Route, synthetic, time, uuid, wire, type Caller } from '../../../core/http/index.js';
import { BotsError } from '../bots.errors.js';
import { BotParams, botPath } from '../registry/bot.dto.js';
import { COMMAND_STATUSES, type BotCommand } from '../registry/bot-history.entity.js';
import { BotRecord } from '../registry/bot.record.js';
import { isAlive } from '../registry/bot.rules.js';
import { BotsService } from '../registry/bots.service.js';
import { BotCommandsRepository } from './bot-commands.repository.js';

const name = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be a word in lower case, such as echo')
  .meta({ description: 'What it is to do; each blueprint knows its own.', examples: ['echo'] });
const given = z
  .record(z.string().max(100), z.unknown())
  .meta({ description: 'As the command wants them.', examples: [{ text: 'hello' }] });

const ordinal = z
  .int()
  .min(0)
  .max(999)
  .nullable()
  .meta({ description: 'Which instance is to do it; null: whichever asks first.', examples: [null] });

const SendBotCommandDto = wire(
  'SendBotCommand',
  z
    .strictObject({ name, arguments: given.default({}), ordinal: ordinal.default(null) })
    .describe('Something that a bot is to do.'),
);
type SendBotCommandDto = z.infer<typeof SendBotCommandDto>;

const BotCommandParams = BotParams.extend({ command: uuid });
type BotCommandParams = z.infer<typeof BotCommandParams>;

const BotCommandDto = wire(
  'BotCommand',
  z
    .strictObject({
      synthetic,
      id: uuid,
      bot_id: z.string().meta({ examples: ['echo-bot-v1'] }),
      ordinal,
      name,
      arguments: given,
      status: z.enum(COMMAND_STATUSES),
      result: z.record(z.string(), z.unknown()).nullable().meta({ description: 'What the bot answered.' }),
      created_by: z.string().meta({ examples: ['admin'] }),
      created_at: time,
      finished_at: time.nullable(),
    })
    .describe('Something that a bot is told to do: it takes it with its next beat.'),
);
type BotCommandDto = z.infer<typeof BotCommandDto>;

@Controller('bots')
@Route.group('bots')
export class BotCommandsController {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly bots: BotsService,
    private readonly repository: BotCommandsRepository,
    private readonly record: BotRecord,
  ) {}

  @Post(':id/commands')
  @Route({
    summary: 'Tells a bot that runs to do something.',
    description: 'What it does not finish in ten minutes expires.',
    permission: 'bots:run',
    params: BotParams,
    body: SendBotCommandDto,
    answers: { 202: BotCommandDto },
  })
  async send(
    @Param() { id }: BotParams,
    @Body() body: SendBotCommandDto,
    @CurrentCaller() { username }: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BotCommandDto> {
    const { state, instances } = await this.bots.get(id);
    if (!isAlive(state.status))
      throw new BotsError('conflict', 'bot_not_running', `the bot ${id} is ${state.status}; start it first`);
    if (body.ordinal !== null && !instances.some((each) => each.ordinal === body.ordinal))
      throw BotsError.fields([
        {
          field: 'ordinal',
          message: `names none of its instances: ${instances.map((each) => each.ordinal).join(', ')}`,
        },
      ]);
    const made = await this.dataSource.transaction(async (manager) => {
      const command = { id: randomUUID(), bot_id: id, ...body, created_by: username };
      await this.record.commanded(manager, id, body.name, username);
      return this.repository.add(manager, command);
    });
    void reply.header('Location', `${botPath(id)}/commands/${made.id}`);
    return commandDto(made);
  }

  @Get(':id/commands/:command')
  @Route({
    summary: 'What became of a command.',
    permission: 'bots:read',
    params: BotCommandParams,
    answers: { 200: BotCommandDto },
  })
  async get(@Param() { id, command }: BotCommandParams): Promise<BotCommandDto> {
    const found = await this.repository.find(this.dataSource.manager, id, command);
    if (found === undefined) throw BotsError.notFound('command', command);
    return commandDto(found);
  }
}

function commandDto(command: BotCommand): BotCommandDto {
  const { id, bot_id, name: what, status, created_by } = command;
  return {
    synthetic: true,
    id,
    bot_id,
    ordinal: command.ordinal,
    name: what,
    arguments: command.arguments as BotCommandDto['arguments'],
    status,
    result: command.result as BotCommandDto['result'],
    created_by,
    created_at: command.created_at.toISOString(),
    finished_at: command.finished_at?.toISOString() ?? null,
  };
}
