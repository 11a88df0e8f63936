import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, Route, type Caller } from '../../../core/http/index.js';
import { jobPath } from '../../jobs/index.js';
import { ScenarioParams } from '../dto/scenario.dto.js';
import { AcceptedCalibrationDto, acceptedCalibrationDto, CalibrateDto } from './calibration.dto.js';
import { CalibrationService } from './calibration.service.js';

@Controller('simulations')
@Route.group('simulations')
export class CalibrationController {
  constructor(private readonly service: CalibrationService) {}

  @Post(':scenario/calibrate')
  @Route({
    summary: 'Searches the values of a scenario whose cascades are nearest to real ones.',
    description:
      'The result of the job has the best values, the scenario with them, their loss on draws that were not searched on, and every trial.',
    permission: 'simulations:run',
    params: ScenarioParams,
    body: CalibrateDto,
    answers: { 202: AcceptedCalibrationDto },
  })
  async calibrate(
    @Param() { scenario }: ScenarioParams,
    @Body() body: CalibrateDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptedCalibrationDto> {
    const accepted = await this.service.accept(scenario, body, { id: caller.id, name: caller.username });
    void reply.header('Location', jobPath(accepted.jobs.calibration));
    return acceptedCalibrationDto(accepted);
  }
}
