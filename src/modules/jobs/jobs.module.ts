import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { JobDispatcher } from './job-dispatcher.js';
import { Job } from './job.entity.js';
import { JobFollowersRepository } from './job-followers.repository.js';
import { JobLeasesRepository } from './job-leases.repository.js';
import { JobSchedules } from './job-schedules.js';
import { JobTickets } from './job-tickets.js';
import { JobsRetention } from './jobs.retention.js';
import { JobsRepository } from './jobs.repository.js';
import { JobsService } from './jobs.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Job]), DiscoveryModule],
  providers: [
    JobsRepository,
    JobLeasesRepository,
    JobFollowersRepository,
    JobTickets,
    JobDispatcher,
    JobsService,
    JobSchedules,
    JobsRetention,
  ],
  exports: [JobsService, JobSchedules, JobDispatcher, JobTickets, JobLeasesRepository],
})
export class JobsModule {}
