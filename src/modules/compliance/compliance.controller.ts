import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePermission, UuidPipe } from '../../core/http/index.js';
import { ComplianceService } from './compliance.service.js';
import { DecisionDto } from './dto/decision.dto.js';

@ApiTags('compliance')
@Controller('decisions')
export class ComplianceController {
  constructor(private readonly compliance: ComplianceService) {}

  /** What the guard decided on a subject, with the rules and places that made it so. */
  @Get(':id')
  @RequirePermission('compliance:read')
  async get(@Param('id', UuidPipe) id: string): Promise<DecisionDto> {
    return DecisionDto.of(await this.compliance.get(id));
  }
}
