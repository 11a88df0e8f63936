import { Body, Controller, Post } from '@nestjs/common';
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
  async run(@Body() body: BacktestBody): Promise<BacktestDto> {
    const candidate = candidateOf(body);
    const page =
      body.texts === undefined
        ? await this.backtests.onDecisions(candidate, body)
        : await this.backtests.onTexts(candidate, body.texts);
    return backtestDto(page);
  }
}
