import { Body, Controller, Get, Put } from '@nestjs/common';
import { CurrentCaller, Route, type Caller } from '../../../core/http/index.js';
import { botMaintenanceDto, BotMaintenanceDto, MaintainBotsDto } from './maintenance.dto.js';
import { BotsService } from './bots.service.js';

@Controller('bots-maintenance')
@Route.group('bots')
export class BotMaintenanceController {
  constructor(private readonly service: BotsService) {}

  @Get()
  @Route({
    summary: 'Whether all bots are left as they are for maintenance.',
    permission: 'bots:read',
    answers: { 200: BotMaintenanceDto },
  })
  async get(): Promise<BotMaintenanceDto> {
    return botMaintenanceDto(await this.service.maintenance());
  }

  @Put()
  @Route({
    summary: 'Leaves all bots as they are for maintenance, or goes on with them.',
    description:
      'While it lasts nothing is started, stopped, replaced or healed; bots that run go on running.',
    permission: 'bots:run',
    body: MaintainBotsDto,
    answers: { 200: BotMaintenanceDto },
  })
  async put(
    @Body() { paused, reason }: MaintainBotsDto,
    @CurrentCaller() { username }: Caller,
  ): Promise<BotMaintenanceDto> {
    return botMaintenanceDto(await this.service.maintain(paused ? reason : null, username));
  }
}
