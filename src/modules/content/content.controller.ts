import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, RequirePermission, UuidPipe, type Caller } from '../../core/http/index.js';
import { jobPath } from '../jobs/index.js';
import { targetOf } from './content.rules.js';
import { ContentService } from './content.service.js';
import { DraftBatchesService } from './draft-batches.service.js';
import { DraftBatchDto } from './dto/draft-batch.dto.js';
import { CreateDraftDto, DraftDto, DraftPageDto, draftPath, ListDraftsDto } from './dto/draft.dto.js';

const PAGE = 20;

@ApiTags('content')
@ApiExtraModels(DraftDto, DraftBatchDto)
@Controller('content')
export class ContentController {
  constructor(
    private readonly content: ContentService,
    private readonly batches: DraftBatchesService,
  ) {}

  /** Writes a draft as one agent, or accepts a job that writes drafts for every agent of a population. */
  @Post('draft')
  @HttpCode(201)
  @ApiResponse({ status: 201, description: 'A new draft.', type: DraftDto })
  @ApiResponse({
    status: 200,
    description: 'The same was asked before: what is there.',
    schema: { oneOf: [{ $ref: getSchemaPath(DraftDto) }, { $ref: getSchemaPath(DraftBatchDto) }] },
  })
  @ApiResponse({ status: 202, description: 'A job that drafts for a population.', type: DraftBatchDto })
  @RequirePermission('drafts:create')
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
      return DraftDto.of(draft);
    }
    const { batch, accepted } = await this.batches.submit(
      { ...target, template, seed, variations },
      { id: caller.id, name: caller.username },
    );
    reply.status(accepted ? 202 : 200).header('location', jobPath(batch.job_id));
    return DraftBatchDto.of(batch);
  }

  /** A page of drafts, in the order of their ids. */
  @Get('drafts')
  @RequirePermission('drafts:read')
  async list(@Query() query: ListDraftsDto): Promise<DraftPageDto> {
    const { limit = PAGE, cursor, ...filter } = query;
    const page = await this.content.list(filter, limit, cursor);
    return {
      synthetic: true,
      drafts: page.drafts.map((draft) => DraftDto.of(draft)),
      next_cursor: page.nextCursor,
    };
  }

  /** A draft with its scores and the guard's decision. */
  @Get('drafts/:id')
  @RequirePermission('drafts:read')
  async get(@Param('id', UuidPipe) id: string): Promise<DraftDto> {
    return DraftDto.of(await this.content.get(id));
  }
}
