import { setTimeout } from 'node:timers/promises';
import { Readable } from 'node:stream';
import {
  Controller,
  Get,
  Param,
  Query,
  Req,
  StreamableFile,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { file, leavePlace, Route } from '../../../core/http/index.js';
import { BotParams } from '../registry/bot.dto.js';
import type { BotLogLine } from '../registry/bot-history.entity.js';
import { BotsService } from '../registry/bots.service.js';
import { BotLogsRepository } from './bot-logs.repository.js';

const MEDIA_TYPE = 'application/x-ndjson';
const LOOK_MS = 500;

const BotLogsQuery = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,18}$/, 'must be the position of a line: a whole number')
    .optional()
    .meta({ description: 'Only lines after this position; without it, the newest.', examples: ['1042'] }),
  ordinal: z
    .int()
    .min(0)
    .max(999)
    .optional()
    .meta({ description: 'Only lines of this instance; without it, of all.', examples: [0] }),
  limit: z
    .int()
    .min(1)
    .max(2_000)
    .default(200)
    .meta({ description: 'How many lines that are there already, at most.', examples: [100] }),
  follow: z
    .int()
    .min(0)
    .max(300)
    .default(0)
    .meta({ description: 'Seconds in which new lines are told as they come.', examples: [0] }),
});
type BotLogsQuery = z.infer<typeof BotLogsQuery>;

@Controller('bots')
@Route.group('bots')
export class BotLogsController implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly bots: BotsService,
    private readonly logs: BotLogsRepository,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  @Get(':id/logs')
  @Route({
    summary: 'What a bot prints, and what its host says about it, as a stream of lines.',
    description:
      'One JSON object a line: `position`, `at`, `ordinal` (of the instance), `stream` (stdout, stderr or host) and `message`. With `follow` the stream stays ' +
      'open for so many seconds; a client goes on with `after`, the position of the last line that it has. The newest 2,000 lines are kept.',
    permission: 'bots:read',
    params: BotParams,
    query: BotLogsQuery,
    answers: { 200: file(MEDIA_TYPE) },
  })
  async read(
    @Param() { id }: BotParams,
    @Query() query: BotLogsQuery,
    @Req() request: FastifyRequest,
  ): Promise<StreamableFile> {
    await this.bots.get(id);
    if (query.follow > 0) leavePlace(request);
    return new StreamableFile(Readable.from(this.lines(id, query)), { type: MEDIA_TYPE });
  }

  private async *lines(id: string, { after, ordinal, limit, follow }: BotLogsQuery): AsyncGenerator<string> {
    const { signal } = this.stopping;
    const end = performance.now() + follow * 1_000;
    let position = after;
    for (;;) {
      const lines = await this.logs.after(this.dataSource.manager, id, { position, ordinal }, limit);
      if (lines.length > 0) yield lines.map(textOf).join('');
      position = lines.at(-1)?.id ?? position ?? '0';
      if (performance.now() >= end || signal.aborted) return;
      if (lines.length < limit) await setTimeout(LOOK_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  }
}

function textOf({ id, logged_at, ordinal, stream, message }: BotLogLine): string {
  return `${JSON.stringify({ position: id, at: logged_at.toISOString(), ordinal, stream, message })}\n`;
}
