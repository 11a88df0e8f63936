import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentCaller, IdParams, itemResult, Route, type Caller } from '../../core/http/index.js';
import { JobDto, jobDto } from './dto/job.dto.js';
import {
  CancelJobsDto,
  CancelledJobsDto,
  CHANGE_MAX,
  JobListDto,
  JobsQueryDto,
  RedriveJobsDto,
  RedrivenJobsDto,
} from './dto/list-jobs.dto.js';
import type { Job } from './job.entity.js';
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
    const asked = { ids, filter: filter && { ...filter, status: ['queued', 'running'] as const } };
    return this.each(asked, caller, (id) => this.jobs.cancel(id, caller.username));
  }

  @Post('redrive')
  @Route({
    summary:
      'Puts many jobs that failed back in their queues: dead letters by a filter, or some by their ids.',
    description: 'What cannot be retried is told with its reason and stops no other.',
    permission: 'jobs:retry',
    body: RedriveJobsDto,
    answers: { 200: RedrivenJobsDto },
  })
  async redrive(
    @Body() { ids, filter }: RedriveJobsDto,
    @CurrentCaller() caller: Caller,
  ): Promise<RedrivenJobsDto> {
    const asked = { ids, filter: filter && { ...filter, dead_letter: true } };
    return this.each(asked, caller, (id) => this.jobs.retry(id, caller.username));
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

  @Post(':id/retry')
  @Route({
    summary:
      'Puts a job that failed or was cancelled back in its queue, with those that ended because of it.',
    description: 'It has all its attempts again.',
    permission: 'jobs:retry',
    params: IdParams,
    answers: { 202: JobDto },
  })
  async retry(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<JobDto> {
    return jobDto(await this.jobs.retry(id, caller.username));
  }

  /** Does something to jobs one by one; those of a filter the oldest first, since those that wait for them go with them. */
  private async each(
    { ids, filter }: { ids: readonly string[] | undefined; filter: JobFilter | undefined },
    caller: Caller,
    work: (id: string) => Promise<Job>,
  ): Promise<CancelledJobsDto> {
    const found =
      filter === undefined
        ? undefined
        : await this.jobs.list(namingCaller(filter, caller), { sort: 'created_at', limit: CHANGE_MAX });
    const results: CancelledJobsDto['results'] = [];
    for (const id of new Set(ids ?? found?.rows.map((job) => job.id))) {
      const { value, problem } = await itemResult(() => work(id));
      results.push({ job_id: id, status: problem?.status ?? 202, job: value && jobDto(value), problem });
    }
    return { synthetic: true, results, more: (found?.next ?? null) !== null };
  }
}

function namingCaller(filter: JobFilter, { id }: Caller): JobFilter {
  return filter.created_by === 'me' ? { ...filter, created_by: id } : filter;
}
