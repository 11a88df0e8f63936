import { Controller, Get, Query } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Route } from '../../core/http/index.js';
import { StatisticsDto, statisticsDto, StatisticsQuery, windowOf } from './dto/statistics.dto.js';
import { PolicyLibrary } from './policy/policy-library.js';
import { StatisticsRepository } from './statistics.repository.js';

@Controller('compliance')
@Route.group('compliance')
export class StatisticsController {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly statistics: StatisticsRepository,
    private readonly policies: PolicyLibrary,
  ) {}

  @Get('statistics')
  @Route({
    summary: 'How often the guard decided what, by day, rule, kind of subject and agent.',
    description: 'The last 30 days, unless other times are given.',
    permission: 'compliance:read',
    query: StatisticsQuery,
    answers: { 200: StatisticsDto },
  })
  async get(@Query() query: StatisticsQuery): Promise<StatisticsDto> {
    const filter = { ...query, ...windowOf(query, new Date()) };
    const found = statisticsDto(filter, await this.statistics.counts(this.dataSource.manager, filter));
    // What nobody has heard of is a slip of the hand; a policy of long ago has its decisions.
    if (found.decisions === 0 && query.policy !== undefined) await this.policies.requireKnown(query.policy);
    return found;
  }
}
