import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, IdParams, Route, type Caller } from '../../core/http/index.js';
import { requesterOf } from '../agents/index.js';
import { jobPath } from '../jobs/index.js';
import { BranchRunDto } from './dto/branch.dto.js';
import { AcceptedRunDto, acceptedRunDto, RunDto, runDto } from './dto/run.dto.js';
import { RunBranching } from './run-branching.js';
import { RunControl } from './run-control.js';
import { RunsService } from './runs.service.js';
import type { AcceptedRun } from './run-acceptance.js';

@Controller('runs')
@Route.group('simulations')
export class RunControlController {
  constructor(
    private readonly control: RunControl,
    private readonly branching: RunBranching,
    private readonly runs: RunsService,
  ) {}

  @Post(':id/pause')
  @Route({
    summary: 'Pauses a run that is queued or running.',
    description:
      'It stops within a second where its ticks are short, and keeps a checkpoint; until then the answer still says `running`. Its job ' +
      'is cancelled.',
    permission: 'simulations:run',
    params: IdParams,
    answers: { 200: RunDto },
  })
  async pause(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<RunDto> {
    const run = await this.control.pause(id, caller.username);
    return runDto(run, await this.runs.files(run));
  }

  @Post(':id/resume')
  @Route({
    summary: 'Lets a run go on that was paused or cancelled, or that has failed.',
    description:
      'By another job, from the last checkpoint that is whole; the result is that of a run that was never stopped.',
    permission: 'simulations:run',
    params: IdParams,
    answers: { 202: AcceptedRunDto },
  })
  async resume(
    @Param() { id }: IdParams,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptedRunDto> {
    return answer(await this.control.resume(id, requesterOf(caller)), reply);
  }

  @Post(':id/branch')
  @Route({
    summary: 'Starts a run that does as another did up to a tick, and from there on with what is changed.',
    description:
      'With the same random numbers: what the change does not touch stays the same, and `GET /runs/{id}/diff/{other}` finds where they ' +
      'part. A checkpoint that it begins at is kept as long as its run.',
    permission: 'simulations:run',
    params: IdParams,
    body: BranchRunDto,
    answers: { 202: AcceptedRunDto },
  })
  async branch(
    @Param() { id }: IdParams,
    @Body() body: BranchRunDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptedRunDto> {
    return answer(await this.branching.branch(id, body, requesterOf(caller)), reply);
  }
}

function answer(accepted: AcceptedRun, reply: FastifyReply): AcceptedRunDto {
  void reply.header('Location', jobPath(accepted.jobs.simulation));
  return acceptedRunDto(accepted);
}
