import { Controller, Get, Param } from '@nestjs/common';
import { IdParams, Route } from '../../core/http/index.js';
import { ComplianceService } from './compliance.service.js';
import { DecisionDto, decisionDto } from './dto/decision.dto.js';

@Controller('decisions')
@Route.group('compliance')
export class ComplianceController {
  constructor(private readonly compliance: ComplianceService) {}

  @Get(':id')
  @Route({
    summary: 'What the guard decided on a subject, with the rules and places that made it so.',
    permission: 'compliance:read',
    params: IdParams,
    answers: { 200: DecisionDto },
  })
  async get(@Param() { id }: IdParams): Promise<DecisionDto> {
    return decisionDto(await this.compliance.get(id));
  }
}
