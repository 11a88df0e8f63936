import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentCaller, Route, type Caller } from '../../../core/http/index.js';
import { ApprovalsService } from './approvals.service.js';
import {
  ApproveDto,
  judgedPublicationDto,
  JudgedPublicationDto,
  publicationDto,
  PublicationListDto,
  PublicationParams,
  PublicationsQueryDto,
  RejectDto,
} from './publication.dto.js';

@Controller('publications')
@Route.group('campaigns')
export class CampaignPublicationsController {
  constructor(private readonly service: ApprovalsService) {}

  @Get()
  @Route({
    summary: 'Publications of campaigns, the next due first unless another order is asked for.',
    description: 'Those that wait for people: `state=awaiting_approval`.',
    permission: 'campaigns:read',
    query: PublicationsQueryDto,
    answers: { 200: PublicationListDto },
  })
  async list(@Query() { sort, limit, cursor, ...filter }: PublicationsQueryDto): Promise<PublicationListDto> {
    const { rows, next } = await this.service.list(filter, { sort, limit, cursor });
    return { synthetic: true, publications: rows.map(publicationDto), next_cursor: next };
  }

  @Get(':id')
  @Route({
    summary: 'A publication, and what people said about it.',
    permission: 'campaigns:read',
    params: PublicationParams,
    answers: { 200: JudgedPublicationDto },
  })
  async get(@Param() { id }: PublicationParams): Promise<JudgedPublicationDto> {
    return judgedPublicationDto(await this.service.get(id));
  }

  @Post(':id/approve')
  @Route({
    summary: 'Approves a publication that waits for it.',
    description: 'Each person once; it goes out when as many as it needs have approved it.',
    permission: 'campaigns:approve',
    params: PublicationParams,
    body: ApproveDto,
    answers: { 200: JudgedPublicationDto },
  })
  async approve(
    @Param() { id }: PublicationParams,
    @Body() { reason }: ApproveDto,
    @CurrentCaller() caller: Caller,
  ): Promise<JudgedPublicationDto> {
    return judgedPublicationDto(await this.service.judge(id, 'approve', reason ?? null, caller));
  }

  @Post(':id/reject')
  @Route({
    summary: 'Rejects a publication that waits for approval, which cancels it.',
    permission: 'campaigns:approve',
    params: PublicationParams,
    body: RejectDto,
    answers: { 200: JudgedPublicationDto },
  })
  async reject(
    @Param() { id }: PublicationParams,
    @Body() { reason }: RejectDto,
    @CurrentCaller() caller: Caller,
  ): Promise<JudgedPublicationDto> {
    return judgedPublicationDto(await this.service.judge(id, 'reject', reason, caller));
  }
}
