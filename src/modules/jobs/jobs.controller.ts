import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePermission, UuidPipe } from '../../core/http/index.js';
import { JobDto } from './dto/job.dto.js';
import { JobsService } from './jobs.service.js';

@ApiTags('jobs')
@Controller('jobs')
export class JobsController {
  constructor(private readonly jobs: JobsService) {}

  /** The status, progress and result of a job. */
  @Get(':id')
  @RequirePermission('jobs:read')
  async get(@Param('id', UuidPipe) id: string): Promise<JobDto> {
    return JobDto.of(await this.jobs.get(id));
  }

  /** Cancels a job and those that wait for it; a running one stops within a second or so. */
  @Post(':id/cancel')
  @HttpCode(202)
  @RequirePermission('jobs:cancel')
  async cancel(@Param('id', UuidPipe) id: string): Promise<JobDto> {
    return JobDto.of(await this.jobs.cancel(id));
  }
}
