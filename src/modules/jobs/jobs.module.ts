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
import { JobRescue } from './workers/job-rescue.js';
import { JobQueue, Worker } from './workers/worker.entity.js';
import { WorkersRepository } from './workers/workers.repository.js';
import { WorkersService } from './workers/workers.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Job, Worker, JobQueue]), DiscoveryModule],
  providers: [
    JobsRepository,
    JobLeasesRepository,
    JobFollowersRepository,
    JobTickets,
    JobDispatcher,
    JobsService,
    JobSchedules,
    JobsRetention,
    WorkersRepository,
    WorkersService,
    JobRescue,
  ],
  exports: [
    JobsService,
    JobSchedules,
    JobDispatcher,
    JobTickets,
    JobLeasesRepository,
    WorkersRepository,
    WorkersService,
    JobRescue,
  ],
})
export class JobsModule {}
