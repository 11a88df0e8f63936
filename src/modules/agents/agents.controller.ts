import { createReadStream } from 'node:fs';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, RequirePermission, UuidPipe, type Caller } from '../../core/http/index.js';
import { jobPath } from '../jobs/index.js';
import { profileOf } from './agent.entity.js';
import { InvalidSpecification } from './agents.errors.js';
import { AgentsService } from './agents.service.js';
import { AgentsPageQueryDto, cursorAfter, positionOf } from './dto/agents-page.dto.js';
import { ExportFormatPipe } from './dto/export-format.pipe.js';
import { ExportQueryDto, PopulateDto } from './dto/populate.dto.js';
import { AgentDto, AgentsPageDto, PopulateAnswerDto, PopulationDto } from './dto/population.dto.js';
import { PopulationIdPipe } from './dto/population-id.pipe.js';
import type { ExportFormat } from './population.export.js';

const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  json: 'application/json; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
};
const PAGE = 100;

@ApiTags('agents')
@Controller()
export class AgentsController {
  constructor(private readonly service: AgentsService) {}

  /**
   * Makes a population of synthetic agents. With `preview`, the first agents come back; with `persist` or `export`, the
   * answer is 202 with the job that stores or exports them all; without any, all agents come back, up to the limit.
   */
  @Post('populate')
  @HttpCode(200)
  @ApiOkResponse({ type: PopulateAnswerDto })
  @ApiAcceptedResponse({ type: PopulateAnswerDto })
  @RequirePermission('populations:create')
  async populate(
    @Body() body: PopulateDto,
    @Query() query: ExportQueryDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PopulateAnswerDto> {
    if ((query.export ?? body.export) !== (body.export ?? query.export)) {
      throw new InvalidSpecification([
        { field: 'export', message: 'differs between the query and the body' },
      ]);
    }
    if (query.export !== undefined) body.export = query.export;
    const answer = await this.service.populate(body, { id: caller.id, name: caller.username });
    if (answer.job) void reply.status(202).header('Location', jobPath(answer.job.id));
    return PopulateAnswerDto.of(answer);
  }

  /** A population that was persisted or exported, by its id or the digest of its specification. */
  @Get('populations/:id')
  @RequirePermission('populations:read')
  async population(@Param('id', PopulationIdPipe) id: string): Promise<PopulationDto> {
    const population = await this.service.population(id);
    return PopulationDto.of(population, await this.service.exportsOf(population));
  }

  /** The agents of a persisted population, in their order. */
  @Get('populations/:id/agents')
  @RequirePermission('populations:read')
  async agents(
    @Param('id', PopulationIdPipe) id: string,
    @Query() { limit = PAGE, cursor }: AgentsPageQueryDto,
  ): Promise<AgentsPageDto> {
    const { population, agents } = await this.service.agents(id, positionOf(cursor), limit);
    const last = agents.at(-1)?.position;
    const more = last !== undefined && last < population.count - 1;
    return {
      synthetic: true,
      population_id: population.id,
      agents: agents.map(profileOf),
      next_cursor: more ? cursorAfter(last) : null,
    };
  }

  /** The file of a finished export. */
  @Get('populations/:id/exports/:format')
  @ApiProduces(...Object.values(MEDIA_TYPES))
  @RequirePermission('populations:read')
  async exported(
    @Param('id', PopulationIdPipe) id: string,
    @Param('format', ExportFormatPipe) format: ExportFormat,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { path, bytes, sha256 } = await this.service.exportFile(id, format);
    void reply.header('X-Synthetic', 'true').header('ETag', `"${sha256}"`);
    return new StreamableFile(createReadStream(path), {
      type: MEDIA_TYPES[format],
      length: bytes,
      disposition: `attachment; filename="population-${id}.${format}"`,
    });
  }

  /** Where an export comes from: specification, seed, size and SHA-256. */
  @Get('populations/:id/exports/:format/manifest')
  @RequirePermission('populations:read')
  async manifest(
    @Param('id', PopulationIdPipe) id: string,
    @Param('format', ExportFormatPipe) format: ExportFormat,
  ): Promise<StreamableFile> {
    const { manifestPath } = await this.service.exportFile(id, format);
    return new StreamableFile(createReadStream(manifestPath), { type: 'application/json; charset=utf-8' });
  }

  /** One persisted agent. */
  @Get('agents/:id')
  @RequirePermission('populations:read')
  async agent(@Param('id', UuidPipe) id: string): Promise<AgentDto> {
    const { population_id, profile } = await this.service.agent(id);
    return { synthetic: true, population_id, agent: profile };
  }
}
