import { Body, Controller, Get, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';
import { API_PREFIX, CurrentCaller, file, Route, type Caller } from '../http/index.js';
import { Cassettes } from './cassettes/cassettes.service.js';
import {
  cassetteDto,
  CassetteDto,
  CassetteList,
  CassetteParams,
  CassetteQuery,
  ImportEntries,
  ImportedEntries,
  LlmStatus,
  llmStatusDto,
} from './llm.dto.js';
import { LlmGateway } from './llm-gateway.js';

@Controller('llm')
@Route.group('llm')
export class LlmController {
  constructor(
    private readonly gateway: LlmGateway,
    private readonly cassettes: Cassettes,
  ) {}

  @Get('status')
  @Route({
    summary: 'Language models: what answers, which servers can be asked, and what was used.',
    description:
      'Asks every configured server. Breakers, limits and totals are those of the process that answers.',
    permission: 'llm:read',
    answers: { 200: LlmStatus },
  })
  async status(): Promise<LlmStatus> {
    return llmStatusDto(await this.gateway.status());
  }

  @Get('cassettes')
  @Route({
    summary: 'Cassettes: recorded answers of language models.',
    permission: 'cassettes:read',
    query: CassetteQuery,
    answers: { 200: CassetteList },
  })
  async list(@Query() { sort, limit, cursor, ...filter }: CassetteQuery): Promise<CassetteList> {
    const { rows, next } = await this.cassettes.list(filter, { sort, limit, cursor });
    return { synthetic: true, cassettes: rows.map(cassetteDto), next_cursor: next };
  }

  @Get('cassettes/:name')
  @Route({
    summary: 'A cassette: how many answers it has, and of which models.',
    permission: 'cassettes:read',
    params: CassetteParams,
    answers: { 200: CassetteDto },
  })
  async get(@Param() { name }: CassetteParams): Promise<CassetteDto> {
    return cassetteDto(await this.cassettes.get(name));
  }

  @Get('cassettes/:name/file')
  @Route({
    summary: 'The file of a cassette.',
    description:
      'JSON Lines: an entry on each, with the prompt, the answer and the digest, in the order of the keys; the last line has ' +
      'their number and the digest of all.',
    permission: 'cassettes:read',
    params: CassetteParams,
    answers: { 200: file('application/x-ndjson') },
  })
  async download(@Param() { name }: CassetteParams): Promise<StreamableFile> {
    const lines = await this.cassettes.export(name);
    return new StreamableFile(Readable.from(lines, { objectMode: false }), {
      type: 'application/x-ndjson; charset=utf-8',
      disposition: `attachment; filename="${name}.cassette.jsonl"`,
    });
  }

  @Post('cassettes/:name/entries')
  @Route({
    summary: 'Adds lines of a file to a cassette, which is made unless it is there.',
    description:
      'All of them or none. The key and the digest of every entry are checked; what is there already counts as present, and ' +
      'another answer to the same call is a conflict. A large file is sent in parts, as `azt3knet llm cassettes import` does.',
    permission: 'cassettes:write',
    params: CassetteParams,
    body: ImportEntries,
    answers: { 200: ImportedEntries },
  })
  async import(
    @Param() { name }: CassetteParams,
    @Body() { content, first_line }: ImportEntries,
    @CurrentCaller() caller: Caller,
  ): Promise<ImportedEntries> {
    const lines = content.split('\n').filter((line) => line !== '');
    const imported = await this.cassettes.import(name, lines, first_line, caller.username);
    return {
      synthetic: true,
      name,
      ...imported,
      links: { cassette: `/${API_PREFIX}/llm/cassettes/${name}` },
    };
  }
}
