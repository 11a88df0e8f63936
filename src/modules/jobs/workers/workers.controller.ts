import { Body, Controller, Get, Param, Patch } from '@nestjs/common';
import { CurrentCaller, Route, type Caller } from '../../../core/http/index.js';
import {
  given,
  QueueDto,
  queueDto,
  QueueListDto,
  QueueParams,
  UpdateQueueDto,
  UpdateWorkerDto,
  WorkerDto,
  workerDto,
  WorkerListDto,
  WorkerParams,
} from './workers.dto.js';
import { WorkersService, type QueueChange, type WorkerChange } from './workers.service.js';

@Controller('workers')
@Route.group('jobs')
export class WorkersController {
  constructor(private readonly service: WorkersService) {}

  @Get()
  @Route({
    summary: 'Processes that do jobs, the oldest first.',
    permission: 'workers:read',
    answers: { 200: WorkerListDto },
  })
  async list(): Promise<WorkerListDto> {
    return { synthetic: true, workers: (await this.service.workers()).map(workerDto) };
  }

  @Patch(':id')
  @Route({
    summary: 'Says what is wanted of a worker: to drain, to go on, to do fewer jobs at once.',
    description:
      'It reads that within a second or so. A worker that drains takes no more jobs, finishes those that it has, and idles until it is stopped or wanted again.',
    permission: 'workers:manage',
    params: WorkerParams,
    body: UpdateWorkerDto,
    answers: { 200: WorkerDto },
  })
  async update(
    @Param() { id }: WorkerParams,
    @Body() body: UpdateWorkerDto,
    @CurrentCaller() { username }: Caller,
  ): Promise<WorkerDto> {
    return workerDto(await this.service.changeWorker(id, given(body) as WorkerChange, username));
  }
}

@Controller('queues')
@Route.group('jobs')
export class QueuesController {
  constructor(private readonly service: WorkersService) {}

  @Get()
  @Route({
    summary: 'The queues of jobs, and what is wanted of them.',
    permission: 'workers:read',
    answers: { 200: QueueListDto },
  })
  async list(): Promise<QueueListDto> {
    return { synthetic: true, queues: (await this.service.queues()).map(queueDto) };
  }

  @Patch(':queue')
  @Route({
    summary: 'Pauses or resumes a queue, or says how many of its jobs each worker does at once.',
    description: 'Workers read that within a second or so; jobs that they have go on.',
    permission: 'workers:manage',
    params: QueueParams,
    body: UpdateQueueDto,
    answers: { 200: QueueDto },
  })
  async update(
    @Param() { queue }: QueueParams,
    @Body() body: UpdateQueueDto,
    @CurrentCaller() { username }: Caller,
  ): Promise<QueueDto> {
    return queueDto(await this.service.changeQueue(queue, given(body) as QueueChange, username));
  }
}
