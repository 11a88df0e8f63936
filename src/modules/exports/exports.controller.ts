import { Body, Controller, Delete, Get, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentCaller, file, IdParams, Route, sendDownload, type Caller } from '../../core/http/index.js';
import {
  CreateLink,
  exportDto,
  ExportDto,
  exportLinkDto,
  ExportLinkDto,
  ExportList,
  ExportQuery,
  LinkQuery,
} from './dto/export.dto.js';
import { manifestText, type Export } from './export.entity.js';
import { ExportLinks } from './export-links.js';
import { ExportsService } from './exports.service.js';
import { PublicUrl } from './public-url.js';

const FILES = file('application/json', 'application/x-ndjson', 'text/csv');

@Controller()
@Route.group('exports')
export class ExportsController {
  constructor(
    private readonly service: ExportsService,
    private readonly links: ExportLinks,
    private readonly publicUrl: PublicUrl,
  ) {}

  @Get('exports')
  @Route({
    summary: 'Exports, the newest first unless another order is asked for.',
    permission: 'exports:read',
    query: ExportQuery,
    answers: { 200: ExportList },
  })
  async list(@Query() { sort, limit, cursor, ...filter }: ExportQuery): Promise<ExportList> {
    const { rows, next } = await this.service.list(filter, { sort, limit, cursor });
    return { synthetic: true, exports: rows.map((row) => this.dto(row)), next_cursor: next };
  }

  @Get('exports/:id')
  @Route({
    summary: 'An export: what it was made of, its size, SHA-256 and expiry.',
    permission: 'exports:read',
    params: IdParams,
    answers: { 200: ExportDto },
  })
  async get(@Param() { id }: IdParams): Promise<ExportDto> {
    return this.dto(await this.service.get(id));
  }

  @Delete('exports/:id')
  @Route({
    summary: 'Deletes an export and its file; links to it end.',
    permission: 'exports:delete',
    params: IdParams,
    answers: { 204: null },
  })
  async delete(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<void> {
    await this.service.delete(id, caller.username);
  }

  @Get('exports/:id/file')
  @Route({
    summary: 'The file of an export.',
    description: 'Takes `Range`, and answers 304 to an `If-None-Match` that names its SHA-256.',
    permission: 'exports:read',
    params: IdParams,
    answers: { 200: FILES, 206: FILES, 304: null },
  })
  async download(
    @Param() { id }: IdParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    return sendDownload(this.service.download(await this.service.get(id)), request, reply);
  }

  @Get('exports/:id/manifest')
  @Route({
    summary: 'Where an export comes from: specification, seed, versions, size and SHA-256.',
    permission: 'exports:read',
    params: IdParams,
    answers: { 200: file('application/json') },
  })
  async manifest(@Param() { id }: IdParams): Promise<StreamableFile> {
    const { manifest } = await this.service.get(id);
    return new StreamableFile(Buffer.from(manifestText(manifest)), {
      type: 'application/json; charset=utf-8',
    });
  }

  @Post('exports/:id/links')
  @Route({
    summary: 'Makes a link to the file of an export that anybody may use, without a token, until it expires.',
    permission: 'exports:share',
    params: IdParams,
    body: CreateLink,
    answers: { 201: ExportLinkDto },
  })
  async link(
    @Param() { id }: IdParams,
    @Body() { expires_in_seconds }: CreateLink,
    @CurrentCaller() caller: Caller,
  ): Promise<ExportLinkDto> {
    const proof = this.links.sign((await this.service.get(id)).id, expires_in_seconds);
    await this.service.recordLink(id, proof.expires, caller.username);
    return exportLinkDto(id, proof, this.publicUrl);
  }

  @Get('shared/exports/:id')
  @Route({
    summary: 'The file of an export, for whoever holds a link to it.',
    permission: 'public',
    params: IdParams,
    query: LinkQuery,
    answers: { 200: FILES, 206: FILES, 304: null },
  })
  async shared(
    @Param() { id }: IdParams,
    @Query() proof: LinkQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    this.links.use(id, proof, request.ip);
    return sendDownload(this.service.download(await this.service.get(id)), request, reply);
  }

  private dto(row: Export): ExportDto {
    return exportDto(row, this.service.expiryOf(row));
  }
}
