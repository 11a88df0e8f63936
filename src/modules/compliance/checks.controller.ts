import { Body, Controller, Post } from '@nestjs/common';
import { Route } from '../../core/http/index.js';
import { ComplianceService } from './compliance.service.js';
import { CheckBody, checkDto, CheckDto } from './dto/check.dto.js';

@Controller('compliance')
@Route.group('compliance')
export class ChecksController {
  constructor(private readonly compliance: ComplianceService) {}

  @Post('check')
  @Route({
    summary: 'Says what the guard would decide on some texts.',
    description: 'Nothing is kept: a decision is made, and audited, where a text becomes part of something.',
    permission: 'compliance:check',
    body: CheckBody,
    answers: { 200: CheckDto },
  })
  async check(@Body() { texts, context }: CheckBody): Promise<CheckDto> {
    return checkDto(await this.compliance.assess(texts, { context }));
  }
}
