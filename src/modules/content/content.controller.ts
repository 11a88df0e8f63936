import { Body, Controller, Delete, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CurrentCaller, IdParams, itemResult, Route, type Caller } from '../../core/http/index.js';
import { jobPath } from '../jobs/index.js';
import { targetOf } from './content.rules.js';
import { ContentService } from './content.service.js';
import { DraftBatchesService } from './draft-batches.service.js';
import { draftBatchDto, DraftBatchDto } from './dto/draft-batch.dto.js';
import { CreateDraftDto, draftDto, DraftDto, draftPath } from './dto/draft.dto.js';
import { CreatedDraftsDto, CreateDraftsDto, DraftPageDto, ListDraftsDto } from './dto/list-drafts.dto.js';
import { DraftRemoval } from './draft-removal.js';

@Controller('content')
@Route.group('content')
export class ContentController {
  constructor(
    private readonly content: ContentService,
    private readonly batches: DraftBatchesService,
    private readonly removal: DraftRemoval,
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
    const { agent: _agent, population: _population, drafts_per_agent: _count, ...asked } = body;
    const target = targetOf(body);
    if ('agent' in target) {
      const { draft, created } = await this.content.draft({ ...target, ...asked }, caller.username);
      reply.status(created ? 201 : 200).header('location', draftPath(draft.id));
      return draftDto(draft);
    }
    const submitted = await this.batches.submit(
      { ...target, ...asked },
      { id: caller.id, name: caller.username },
    );
    const { accepted, batch } = submitted;
    reply.status(accepted ? 202 : 200).header('location', jobPath(batch.job_id));
    return draftBatchDto(submitted);
  }

  @Post('drafts/bulk')
  @Route({
    summary: 'Writes many drafts, each as one agent.',
    description: 'Each is written or refused for itself; the results have the order of the requests.',
    permission: 'drafts:create',
    body: CreateDraftsDto,
    answers: { 200: CreatedDraftsDto },
  })
  async drafts(
    @Body() { requests }: CreateDraftsDto,
    @CurrentCaller() caller: Caller,
  ): Promise<CreatedDraftsDto> {
    const results: CreatedDraftsDto['results'] = [];
    for (const request of requests) {
      const { value, problem } = await itemResult(() => this.content.draft(request, caller.username));
      const status = problem === null ? (value.created ? 201 : 200) : problem.status;
      results.push({ status, draft: value && draftDto(value.draft), problem });
    }
    return { synthetic: true, results };
  }

  @Get('drafts')
  @Route({
    summary: 'Drafts, in the order of their ids unless another is asked for.',
    permission: 'drafts:read',
    query: ListDraftsDto,
    answers: { 200: DraftPageDto },
  })
  async list(@Query() { sort, limit, cursor, ...filter }: ListDraftsDto): Promise<DraftPageDto> {
    const { rows, next } = await this.content.list(filter, { sort, limit, cursor });
    return { synthetic: true, drafts: rows.map(draftDto), next_cursor: next };
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

  @Delete('drafts/:id')
  @Route({
    summary: 'Deletes a draft.',
    description: 'Refused with 409 when it belongs to a batch, which runs are made from.',
    permission: 'drafts:delete',
    params: IdParams,
    answers: { 204: null },
  })
  async delete(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<void> {
    await this.removal.delete(id, caller.username);
  }
}
