import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, RequirePermission, type Caller } from '../../core/http/index.js';
import { jobPath } from '../jobs/index.js';
import { AcceptedRunDto, RunSimulationDto } from './dto/run.dto.js';
import { ScenarioDto, scenarioPath, ScenariosDto, ScenarioSummaryDto } from './dto/scenario.dto.js';
import { ScenarioLibrary } from './scenarios/scenario-library.js';
import { scenarioDigest } from './scenarios/scenario.loader.js';
import { SimulationService } from './simulation.service.js';

@ApiTags('simulations')
@Controller('simulations')
export class SimulationController {
  constructor(
    private readonly scenarios: ScenarioLibrary,
    private readonly service: SimulationService,
  ) {}

  /** The scenarios that can be run. */
  @Get()
  @RequirePermission('simulations:read')
  list(): ScenariosDto {
    return {
      synthetic: true,
      scenarios: this.scenarios.list().map((scenario) => ScenarioSummaryDto.of(scenario)),
    };
  }

  /** A scenario in full. */
  @Get(':scenario')
  @RequirePermission('simulations:read')
  get(@Param('scenario') id: string): ScenarioDto {
    const scenario = this.scenarios.get(id);
    const links = { self: scenarioPath(id), run: `${scenarioPath(id)}/run` };
    return { synthetic: true, scenario, digest: scenarioDigest(scenario), links };
  }

  /**
   * Runs a scenario. A population and drafts that it needs and that are not there are made first; the answer tells the
   * jobs, the last of which is the simulation.
   */
  @Post(':scenario/run')
  @HttpCode(202)
  @RequirePermission('simulations:run')
  async run(
    @Param('scenario') scenario: string,
    @Body() body: RunSimulationDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptedRunDto> {
    const { ticks, seed, population_id } = body;
    const request = { scenario, ticks, seed, population_id: population_id?.toLowerCase() };
    const accepted = await this.service.run(request, { id: caller.id, name: caller.username });
    void reply.header('Location', jobPath(accepted.jobs.simulation));
    return AcceptedRunDto.of(accepted);
  }
}
