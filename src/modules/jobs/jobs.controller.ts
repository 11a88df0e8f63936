import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentCaller, IdParams, itemResult, Route, type Caller } from '../../core/http/index.js';
import { JobDto, jobDto } from './dto/job.dto.js';
import {
  CANCEL_MAX,
  CancelJobsDto,
  CancelledJobsDto,
  JobListDto,
  JobsQueryDto,
} from './dto/list-jobs.dto.js';
import type { JobFilter } from './jobs.repository.js';
import { JobsService } from './jobs.service.js';

@Controller('jobs')
@Route.group('jobs')
export class JobsController {
  constructor(private readonly jobs: JobsService) {}

  @Get()
  @Route({
    summary: 'Jobs, the newest first.',
    permission: 'jobs:read',
    query: JobsQueryDto,
    answers: { 200: JobListDto },
  })
  async list(
    @Query() { sort, limit, cursor, ...filter }: JobsQueryDto,
    @CurrentCaller() caller: Caller,
  ): Promise<JobListDto> {
    const { rows, next } = await this.jobs.list(namingCaller(filter, caller), { sort, limit, cursor });
    return { synthetic: true, jobs: rows.map(jobDto), next_cursor: next };
  }

  @Post('bulk-cancel')
  @Route({
    summary: 'Cancels many jobs and those that wait for them.',
    description: 'What cannot be cancelled is told with its reason and stops no other.',
    permission: 'jobs:cancel',
    body: CancelJobsDto,
    answers: { 200: CancelledJobsDto },
  })
  async cancelMany(
    @Body() { ids, filter }: CancelJobsDto,
    @CurrentCaller() caller: Caller,
  ): Promise<CancelledJobsDto> {
    const chosen =
      filter === undefined ? { ids: ids ?? [], more: false } : await this.unfinished(filter, caller);
    const results: CancelledJobsDto['results'] = [];
    for (const id of new Set(chosen.ids)) {
      const { value, problem } = await itemResult(() => this.jobs.cancel(id, caller.username));
      results.push({
        job_id: id,
        status: problem?.status ?? 202,
        job: value && jobDto(value),
        problem,
      });
    }
    return { synthetic: true, results, more: chosen.more };
  }

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
  async cancel(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<JobDto> {
    return jobDto(await this.jobs.cancel(id, caller.username));
  }

  /** The unfinished jobs that meet a filter, the oldest first: those that wait for them end with them. */
  private async unfinished(
    filter: JobFilter,
    caller: Caller,
  ): Promise<{ ids: readonly string[]; more: boolean }> {
    const { rows, next } = await this.jobs.list(
      { ...namingCaller(filter, caller), status: ['queued', 'running'] },
      { sort: 'created_at', limit: CANCEL_MAX },
    );
    return { ids: rows.map(({ id }) => id), more: next !== null };
  }
}

function namingCaller(filter: JobFilter, { id }: Caller): JobFilter {
  return filter.created_by === 'me' ? { ...filter, created_by: id } : filter;
}
