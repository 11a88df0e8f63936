import { Controller, Get, Param, Query } from '@nestjs/common';
import { IdParams, Route } from '../../core/http/index.js';
import { ComplianceService } from './compliance.service.js';
import { DecisionDto, decisionDto, DecisionListDto, DecisionsQueryDto } from './dto/decision.dto.js';

@Controller('decisions')
@Route.group('compliance')
export class ComplianceController {
  constructor(private readonly compliance: ComplianceService) {}

  @Get()
  @Route({
    summary: 'What the guard decided, the newest first unless another order is asked for.',
    permission: 'compliance:read',
    query: DecisionsQueryDto,
    answers: { 200: DecisionListDto },
  })
  async list(@Query() { sort, limit, cursor, ...filter }: DecisionsQueryDto): Promise<DecisionListDto> {
    const { rows, next } = await this.compliance.list(filter, { sort, limit, cursor });
    return { synthetic: true, decisions: rows.map(decisionDto), next_cursor: next };
  }

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
