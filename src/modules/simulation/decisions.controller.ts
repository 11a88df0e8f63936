import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { IdParams, Route } from '../../core/http/index.js';
import { TurnsService } from './deciders/turns.service.js';
import {
  AwaitedDecisionsDto,
  awaitedDecisionsDto,
  DecisionsQueryDto,
  DecisionsRequestDto,
  HandedInDto,
  handedInDto,
} from './dto/decisions.dto.js';

@Controller('runs')
@Route.group('simulations')
export class DecisionsController {
  constructor(private readonly turns: TurnsService) {}

  @Get(':id/decisions')
  @Route({
    summary: 'The tick that a run waits for: what its agents see, and what they can do.',
    description:
      'Of runs whose scenario has deciders of the kind `external`. 409 `run_not_waiting` while the run does something else: it goes on, or ' +
      'has ended. The event `run.waiting` tells of each tick.',
    permission: 'simulations:read',
    params: IdParams,
    query: DecisionsQueryDto,
    answers: { 200: AwaitedDecisionsDto },
  })
  async awaited(@Param() { id }: IdParams, @Query() query: DecisionsQueryDto): Promise<AwaitedDecisionsDto> {
    return awaitedDecisionsDto(await this.turns.current(id), query);
  }

  @Post(':id/decisions')
  @HttpCode(200)
  @Route({
    summary: 'Hands in what agents do in the tick that a run waits for.',
    description:
      'For some of the agents or for all; once for each. The same again changes nothing, also when the tick is past. When nobody is missing, ' +
      'the run goes on.',
    permission: 'simulations:run',
    params: IdParams,
    body: DecisionsRequestDto,
    answers: { 200: HandedInDto },
  })
  async handIn(
    @Param() { id }: IdParams,
    @Body() { tick, decisions }: DecisionsRequestDto,
  ): Promise<HandedInDto> {
    return handedInDto(id, tick, await this.turns.handIn(id, tick, decisions));
  }
}
