import { Controller, Get, Param, Post } from '@nestjs/common';
import { IdParams, Route } from '../../core/http/index.js';
import { JobDto, jobDto } from './dto/job.dto.js';
import { JobsService } from './jobs.service.js';

@Controller('jobs')
@Route.group('jobs')
export class JobsController {
  constructor(private readonly jobs: JobsService) {}

  @Get(':id')
  @Route({
    summary: 'The status, progress and result of a job.',
    permission: 'jobs:read',
    params: IdParams,
    answers: { 200: JobDto },
  })
  async get(@Param() { id }: IdParams): Promise<JobDto> {
    return jobDto(await this.jobs.get(id));
  }

  @Post(':id/cancel')
  @Route({
    summary: 'Cancels a job and those that wait for it.',
    description: 'A running one stops within a second or so.',
    permission: 'jobs:cancel',
    params: IdParams,
    answers: { 202: JobDto },
  })
  async cancel(@Param() { id }: IdParams): Promise<JobDto> {
    return jobDto(await this.jobs.cancel(id));
  }
}
