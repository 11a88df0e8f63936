import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, IdParams, Route, type Caller } from '../../../core/http/index.js';
import {
  StartWorkflowDto,
  WorkflowDto,
  workflowDto,
  WorkflowListDto,
  WorkflowsQueryDto,
  workflowSummaryDto,
} from './workflow.dto.js';
import { workflowPath } from './workflow-path.js';
import { WorkflowsService } from './workflows.service.js';

const EXAMPLE = {
  workflow: 'onboarding',
  input: { specification: { gender: 'female', count: 3, country: 'MX', seed: '20241005' } },
};

@Controller('workflows')
@Route.group('workflows')
export class WorkflowsController {
  constructor(private readonly service: WorkflowsService) {}

  @Get()
  @Route({
    summary: 'Workflows, the newest first unless another order is asked for.',
    permission: 'workflows:read',
    query: WorkflowsQueryDto,
    answers: { 200: WorkflowListDto },
  })
  async list(@Query() { sort, limit, cursor, ...filter }: WorkflowsQueryDto): Promise<WorkflowListDto> {
    const { rows, next } = await this.service.list(filter, { sort, limit, cursor });
    return { synthetic: true, workflows: rows.map(workflowSummaryDto), next_cursor: next };
  }

  @Post()
  @Route({
    summary: 'Starts a workflow.',
    description:
      'It needs the permissions of what the workflow does as well. Of one about an agent or a decision there is one at a time: ' +
      'another `moderation_escalation` is the one that there is, another `lifecycle` takes its place.',
    permission: 'workflows:run',
    body: StartWorkflowDto,
    bodyExample: EXAMPLE,
    answers: { 202: WorkflowDto },
  })
  async start(
    @Body() { workflow, input }: StartWorkflowDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkflowDto> {
    const started = await this.service.start(workflow, input, caller);
    void reply.header('Location', workflowPath(started.workflow.id));
    return workflowDto(started);
  }

  @Get(':id')
  @Route({
    summary: 'A workflow with its steps.',
    permission: 'workflows:read',
    params: IdParams,
    answers: { 200: WorkflowDto },
  })
  async get(@Param() { id }: IdParams): Promise<WorkflowDto> {
    return workflowDto(await this.service.get(id));
  }

  @Post(':id/cancel')
  @Route({
    summary: 'Cancels a workflow that is not finished.',
    description:
      'It needs the permissions of what the workflow does as well. What it has done stays; what it has to publish is not ' +
      'published any more.',
    permission: 'workflows:run',
    params: IdParams,
    answers: { 200: WorkflowDto },
  })
  async cancel(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<WorkflowDto> {
    return workflowDto(await this.service.cancel(id, caller));
  }

  @Post(':id/retry')
  @Route({
    summary: 'Lets a workflow that failed or was cancelled go on with the step that it ended at.',
    permission: 'workflows:run',
    params: IdParams,
    answers: { 202: WorkflowDto },
  })
  async retry(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<WorkflowDto> {
    return workflowDto(await this.service.retry(id, caller));
  }
}
