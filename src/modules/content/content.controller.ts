import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CurrentCaller, IdParams, Route, type Caller } from '../../core/http/index.js';
import { jobPath } from '../jobs/index.js';
import { targetOf } from './content.rules.js';
import { ContentService } from './content.service.js';
import { DraftBatchesService } from './draft-batches.service.js';
import { draftBatchDto, DraftBatchDto } from './dto/draft-batch.dto.js';
import {
  CreateDraftDto,
  draftDto,
  DraftDto,
  DraftPageDto,
  draftPath,
  ListDraftsDto,
} from './dto/draft.dto.js';

@Controller('content')
@Route.group('content')
export class ContentController {
  constructor(
    private readonly content: ContentService,
    private readonly batches: DraftBatchesService,
  ) {}

  @Post('draft')
  @Route({
    summary:
      'Writes a draft as one agent, or accepts a job that writes drafts for every agent of a population.',
    description: 'Where the same was asked before, the answer is 200 with what is there.',
    permission: 'drafts:create',
    body: CreateDraftDto,
    answers: { 200: z.union([DraftDto, DraftBatchDto]), 201: DraftDto, 202: DraftBatchDto },
  })
  async draft(
    @Body() body: CreateDraftDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftDto | DraftBatchDto> {
    const { template, seed, variations } = body;
    const target = targetOf(body);
    if ('agent' in target) {
      const { draft, created } = await this.content.draft(
        { ...target, template, seed, variations },
        caller.username,
      );
      reply.status(created ? 201 : 200).header('location', draftPath(draft.id));
      return draftDto(draft);
    }
    const { batch, accepted } = await this.batches.submit(
      { ...target, template, seed, variations },
      { id: caller.id, name: caller.username },
    );
    reply.status(accepted ? 202 : 200).header('location', jobPath(batch.job_id));
    return draftBatchDto(batch);
  }

  @Get('drafts')
  @Route({
    summary: 'A page of drafts, in the order of their ids.',
    permission: 'drafts:read',
    query: ListDraftsDto,
    answers: { 200: DraftPageDto },
  })
  async list(@Query() { limit, cursor, ...filter }: ListDraftsDto): Promise<DraftPageDto> {
    const { drafts, nextCursor } = await this.content.list(filter, limit, cursor);
    return { synthetic: true, drafts: drafts.map((draft) => draftDto(draft)), next_cursor: nextCursor };
  }

  @Get('drafts/:id')
  @Route({
    summary: 'A draft with its scores and the guard’s decision.',
    permission: 'drafts:read',
    params: IdParams,
    answers: { 200: DraftDto },
  })
  async get(@Param() { id }: IdParams): Promise<DraftDto> {
    return draftDto(await this.content.get(id));
  }
}
