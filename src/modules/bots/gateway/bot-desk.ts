import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { readInput } from '../../../core/http/index.js';
import { BotsError } from '../bots.errors.js';
import { BotCommandsRepository } from '../commands/bot-commands.repository.js';
import type { BotCommand } from '../registry/bot-history.entity.js';
import type { Beat } from '../reconciler/ward.js';
import { BotStatesRepository } from '../reconciler/states.repository.js';
import { botDto } from '../registry/bot.dto.js';
import { botHistoryDto } from '../registry/bot-history.dto.js';
import { BotsService } from '../registry/bots.service.js';

/** Bytes of what a bot keeps, and of the result of a command. */
const KEPT_MAX = 65_536;
const HISTORY = 50;

const ROUTES =
  'POST /beat, POST /commands/{id}, GET /self, GET and PUT /state, and the API below /api/ (docs/guides/bots.md)';

const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const small = z
  .record(z.string(), z.unknown())
  .refine((value) => JSON.stringify(value).length <= KEPT_MAX, `must have at most ${KEPT_MAX} bytes`);
const BeatBody = z.strictObject({
  requests: count,
  errors: count,
  working: z.boolean().optional(),
  progress: z.number().optional(),
  event_loop_lag_ms: z.number().min(0).optional(),
  activity: z.string().max(200).optional(),
});
const ResultBody = z.strictObject({ ok: z.boolean(), result: small.default({}) });

/** An instance of a bot that has shown its token. */
export interface Speaker {
  id: string;
  ordinal: number;
  beat(beat: Beat): Promise<void>;
  /** What it is told to do; each is taken once. */
  take(): Promise<BotCommand[]>;
}

/** Answers what bots ask their host. */
@Injectable()
export class BotDesk {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly bots: BotsService,
    private readonly states: BotStatesRepository,
    private readonly commands: BotCommandsRepository,
  ) {}

  /** @throws AppError when it asks for what is not there, or tells what cannot be read */
  answer(speaker: Speaker, method: string, path: string, body: unknown): Promise<object> {
    const [, command] = /^\/commands\/([\da-f-]{36})$/.exec(path) ?? [];
    if (command !== undefined && method === 'POST') return this.finish(speaker, command, body);
    switch (`${method} ${path}`) {
      case 'POST /beat':
        return this.beat(speaker, body);
      case 'GET /self':
        return this.self(speaker);
      case 'GET /state':
        return this.kept(speaker);
      case 'PUT /state':
        return this.keep(speaker, body);
      default:
        throw new BotsError(
          'not_found',
          'route_not_found',
          `there is no route ${JSON.stringify(`${method} ${path}`.slice(0, 100))} for bots; there are ${ROUTES}`,
        );
    }
  }

  /** A sign of life; the answer has what the bot is told to do. */
  private async beat(speaker: Speaker, body: unknown): Promise<object> {
    await speaker.beat(readInput(BeatBody, body, 'beat'));
    const commands = await speaker.take();
    return { commands: commands.map(({ id, name, arguments: given }) => ({ id, name, arguments: given })) };
  }

  private async self({ id }: Speaker): Promise<object> {
    const bot = botDto(await this.bots.get(id));
    return { bot, history: botHistoryDto(id, await this.bots.history(id, HISTORY)).transitions };
  }

  private async kept({ id }: Speaker): Promise<object> {
    return { state: await this.states.kept(this.dataSource.manager, id) };
  }

  private async keep({ id }: Speaker, body: unknown): Promise<object> {
    await this.states.keep(this.dataSource.manager, id, readInput(small, body, 'state'));
    return {};
  }

  private async finish({ id, ordinal }: Speaker, command: string, body: unknown): Promise<object> {
    const { ok, result } = readInput(ResultBody, body, 'result');
    const status = ok ? 'done' : 'failed';
    const { manager } = this.dataSource;
    if (await this.commands.finish(manager, { id, ordinal }, command, status, result)) return {};
    const found = await this.commands.find(manager, id, command);
    if (found === undefined) throw BotsError.notFound('command', command);
    const state =
      found.taken_by === null || found.taken_by === ordinal
        ? `is ${found.status}`
        : `was taken by the instance ${found.taken_by} and not by this one, which is ${ordinal}`;
    throw new BotsError('conflict', 'command_not_open', `the command ${command} ${state}`);
  }
}
