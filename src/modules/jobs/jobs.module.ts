import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { JobDispatcher } from './job-dispatcher.js';
import { Job } from './job.entity.js';
import { JobsRetention } from './jobs.retention.js';
import { JobsRepository } from './jobs.repository.js';
import { JobsService } from './jobs.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Job]), DiscoveryModule],
  providers: [JobsRepository, JobDispatcher, JobsService, JobsRetention],
  exports: [JobsService, JobDispatcher, JobsRepository],
})
export class JobsModule {}
