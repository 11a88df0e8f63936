import { Module } from '@nestjs/common';
import { JobsModule } from '../jobs/index.js';
import { HealingModule } from './healing.module.js';
import { DependencyCare } from './system/dependency-care.js';
import { HealingLease } from './system/healing-lease.js';
import { ModelCare } from './system/model-care.js';
import { QueueCare } from './system/queue-care.js';
import { SystemHealing } from './system/system-healing.js';
import { WorkerCare } from './system/worker-care.js';

/** What heals workers and queues. */
@Module({
  imports: [HealingModule, JobsModule],
  providers: [HealingLease, WorkerCare, QueueCare, DependencyCare, ModelCare, SystemHealing],
})
export class HealingWorkerModule {}
