import { Controller, Get, Query } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Route } from '../http/index.js';
import { auditNames, auditPage } from './audit-list.js';
import { AuditListDto, AuditQueryDto, auditRecordDto } from './audit.dto.js';

@Controller('audit')
@Route.group('audit')
export class AuditController {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  @Get()
  @Route({
    summary: 'What was done, and by whom, the newest first unless another order is asked for.',
    permission: 'audit:read',
    query: AuditQueryDto,
    answers: { 200: AuditListDto },
  })
  async list(@Query() { sort, limit, cursor, ...filter }: AuditQueryDto): Promise<AuditListDto> {
    const { manager } = this.dataSource;
    const { rows, next } = await auditPage(manager, filter, { sort, limit, cursor });
    const records = rows.map((row) => auditRecordDto(row));
    const missed = rows.length === 0 && cursor === undefined && Object.keys(filter).length > 0;
    return {
      synthetic: true,
      records,
      next_cursor: next,
      ...(missed && { known: await auditNames(manager) }),
    };
  }
}
