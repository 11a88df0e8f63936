import { Body, Controller, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Route } from '../../core/http/index.js';
import { BacktestService } from './backtest/backtest.service.js';
import { BacktestBody, backtestDto, BacktestDto, candidateOf } from './dto/backtest.dto.js';

@Controller('compliance')
@Route.group('compliance')
export class BacktestsController {
  constructor(private readonly backtests: BacktestService) {}

  @Post('backtest')
  @Route({
    summary: 'Says what a version of a policy would decide, beside what those in force do.',
    description: 'On given texts, or page by page on what was decided before; nothing is kept.',
    permission: 'compliance:read',
    body: BacktestBody,
    answers: { 200: BacktestDto },
  })
  async run(@Body() body: BacktestBody, @Req() request: FastifyRequest): Promise<BacktestDto> {
    const candidate = candidateOf(body);
    const { signal, close } = hangUp(request);
    try {
      const page =
        body.texts === undefined
          ? await this.backtests.onDecisions(candidate, body, signal)
          : await this.backtests.onTexts(candidate, body.texts, signal);
      return backtestDto(page);
    } finally {
      close();
    }
  }
}

/** A signal for whoever asked hanging up; `close` ends the listening. */
function hangUp({ raw: { socket } }: FastifyRequest): { signal: AbortSignal; close: () => void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  socket.once('close', abort);
  // Who has hung up meanwhile says so no more.
  if (socket.destroyed) abort();
  return { signal: controller.signal, close: () => socket.off('close', abort) };
}
