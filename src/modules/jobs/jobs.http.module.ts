import { Module } from '@nestjs/common';
import { JobsController } from './jobs.controller.js';
import { JobsModule } from './jobs.module.js';
import { QueuesController, WorkersController } from './workers/workers.controller.js';

@Module({ imports: [JobsModule], controllers: [JobsController, WorkersController, QueuesController] })
export class JobsHttpModule {}
