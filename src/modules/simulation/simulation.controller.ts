import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, Route, type Caller } from '../../core/http/index.js';
import { requesterOf } from '../agents/index.js';
import { jobPath } from '../jobs/index.js';
import { AcceptedRunDto, acceptedRunDto } from './dto/run.dto.js';
import { RunSimulationDto } from './dto/run-request.dto.js';
import {
  ScenarioDto,
  scenarioDto,
  ScenarioParams,
  ScenariosDto,
  scenarioSummaryDto,
} from './dto/scenario.dto.js';
import { ScenarioLibrary } from './scenarios/scenario-library.js';
import { SimulationService } from './simulation.service.js';

/** The most that this list has; GET /scenarios pages through all. */
const ALL = 1_000;

@Controller('simulations')
@Route.group('simulations')
export class SimulationController {
  constructor(
    private readonly scenarios: ScenarioLibrary,
    private readonly service: SimulationService,
  ) {}

  @Get()
  @Route({
    summary: 'The scenarios that can be run.',
    permission: 'simulations:read',
    answers: { 200: ScenariosDto },
  })
  async list(): Promise<ScenariosDto> {
    const { documents } = await this.scenarios.list({}, { limit: ALL });
    return { synthetic: true, scenarios: documents.map((scenario) => scenarioSummaryDto(scenario)) };
  }

  @Get(':scenario')
  @Route({
    summary: 'A scenario in full.',
    permission: 'simulations:read',
    params: ScenarioParams,
    answers: { 200: ScenarioDto },
  })
  async get(@Param() { scenario }: ScenarioParams): Promise<ScenarioDto> {
    const { value } = await this.scenarios.get(scenario);
    return scenarioDto(value);
  }

  @Post(':scenario/run')
  @Route({
    summary: 'Runs a scenario.',
    description:
      'A population and drafts that it needs and that are not there are made first; the answer tells the jobs, the ' +
      'last of which is the simulation.',
    permission: 'simulations:run',
    params: ScenarioParams,
    body: RunSimulationDto,
    answers: { 202: AcceptedRunDto },
  })
  async run(
    @Param() { scenario }: ScenarioParams,
    @Body() body: RunSimulationDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptedRunDto> {
    const accepted = await this.service.run({ scenario, ...body }, requesterOf(caller));
    void reply.header('Location', jobPath(accepted.jobs.simulation));
    return acceptedRunDto(accepted);
  }
}
