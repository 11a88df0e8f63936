import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, IdParams, Route, type Caller } from '../../../core/http/index.js';
import { AgentLifecycles } from '../../agents/index.js';
import type { LifecycleInput } from '../definitions/inputs.js';
import { WorkflowDto, workflowDto } from '../workflows/workflow.dto.js';
import { workflowPath } from '../workflows/workflow-path.js';
import { WorkflowsService } from '../workflows/workflows.service.js';
import { ActivateAgentDto, AgentLifecycleDto, agentLifecycleDto, AgentReasonDto } from './lifecycle.dto.js';

@Controller('agents/:id')
@Route.group('agents')
export class LifecyclesController {
  constructor(
    private readonly lifecycles: AgentLifecycles,
    private readonly workflows: WorkflowsService,
  ) {}

  @Get('lifecycle')
  @Route({
    summary: 'Whether an agent is active, suspended or retired.',
    permission: 'populations:read',
    params: IdParams,
    answers: { 200: AgentLifecycleDto },
  })
  async get(@Param() { id }: IdParams): Promise<AgentLifecycleDto> {
    return agentLifecycleDto(await this.lifecycles.get(id));
  }

  @Post('activate')
  @Route({
    summary: 'Activates an agent, or reinstates a suspended one.',
    description:
      'By the workflow `lifecycle`; with `monitor` it is watched for a while, and suspended when it behaves badly.',
    permission: 'agents:update',
    params: IdParams,
    body: ActivateAgentDto,
    bodyExample: { monitor: { seconds: 86_400 } },
    answers: { 202: WorkflowDto },
  })
  activate(
    @Param() { id }: IdParams,
    @Body() body: ActivateAgentDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkflowDto> {
    return this.start({ ...body, agent: id, act: 'activate' }, caller, reply);
  }

  @Post('suspend')
  @Route({
    summary: 'Suspends an agent: what it has to publish waits.',
    permission: 'agents:update',
    params: IdParams,
    body: AgentReasonDto,
    answers: { 202: WorkflowDto },
  })
  suspend(
    @Param() { id }: IdParams,
    @Body() { reason }: AgentReasonDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkflowDto> {
    return this.start({ agent: id, act: 'suspend', reason }, caller, reply);
  }

  @Post('retire')
  @Route({
    summary: 'Retires an agent for good: what it has to publish is withdrawn, and its accounts say so.',
    permission: 'agents:update',
    params: IdParams,
    body: AgentReasonDto,
    answers: { 202: WorkflowDto },
  })
  retire(
    @Param() { id }: IdParams,
    @Body() { reason }: AgentReasonDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkflowDto> {
    return this.start({ agent: id, act: 'retire', reason }, caller, reply);
  }

  private async start(input: LifecycleInput, caller: Caller, reply: FastifyReply): Promise<WorkflowDto> {
    const started = await this.workflows.start('lifecycle', input, caller);
    void reply.header('Location', workflowPath(started.workflow.id));
    return workflowDto(started);
  }
}
