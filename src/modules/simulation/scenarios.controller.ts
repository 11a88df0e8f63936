import { Body, Controller, Delete, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import {
  DocumentBody,
  DocumentParams,
  DocumentQuery,
  DocumentResource,
  editOf,
  RetireQuery,
  VersionsQuery,
} from '../../core/documents/index.js';
import { CurrentCaller, IfMatch, Route, YAML_TYPES, type Caller } from '../../core/http/index.js';
import {
  SCENARIO_EXAMPLE,
  checkedScenario,
  CheckedScenario,
  scenarioDocument,
  ScenarioDocument,
  scenarioEntry,
  ScenarioPage,
  ScenariosQuery,
  ScenarioVersionPage,
} from './dto/scenario-document.dto.js';
import { ScenarioEditor } from './scenarios/scenario-editor.js';
import { ScenarioLibrary } from './scenarios/scenario-library.js';
import type { ScenarioSummary } from './scenarios/scenario.loader.js';
import type { Scenario } from './scenarios/scenario.schema.js';

@Controller('scenarios')
@Route.group('scenarios')
export class ScenariosController {
  private readonly resource: DocumentResource<Scenario, ScenarioSummary>;

  constructor(
    private readonly library: ScenarioLibrary,
    editor: ScenarioEditor,
  ) {
    this.resource = new DocumentResource('scenarios', library, editor);
  }

  @Get()
  @Route({
    summary: 'The current versions of the scenarios.',
    permission: 'scenarios:read',
    query: ScenariosQuery,
    answers: { 200: ScenarioPage },
  })
  async list(@Query() { limit, cursor, sort, ...filter }: ScenariosQuery): Promise<ScenarioPage> {
    const { name, tag, template, country } = filter;
    const summary = { ...(tag !== undefined && { tags: [tag] }), template, country };
    const { documents, next } = await this.library.list({ name, summary }, { sort, cursor, limit });
    return { synthetic: true, scenarios: documents.map((each) => scenarioEntry(each)), next_cursor: next };
  }

  @Get(':name')
  @Route({
    summary: 'A scenario in full: its current version, or one of those it had.',
    permission: 'scenarios:read',
    params: DocumentParams,
    query: DocumentQuery,
    answers: { 200: ScenarioDocument },
  })
  async get(
    @Param() { name }: DocumentParams,
    @Query() query: DocumentQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ScenarioDocument> {
    return scenarioDocument(await this.resource.read(name, query, reply));
  }

  @Get(':name/versions')
  @Route({
    summary: 'The versions of a scenario, the newest first, retired ones among them.',
    permission: 'scenarios:read',
    params: DocumentParams,
    query: VersionsQuery,
    answers: { 200: ScenarioVersionPage },
  })
  async versions(
    @Param() { name }: DocumentParams,
    @Query() query: VersionsQuery,
  ): Promise<ScenarioVersionPage> {
    const { documents, next } = await this.library.versions(name, query);
    return { synthetic: true, versions: documents.map((each) => scenarioEntry(each)), next_cursor: next };
  }

  @Post()
  @Route({
    summary: 'Adds a scenario.',
    description: 'The same document again answers 200 with what is there.',
    permission: 'scenarios:write',
    body: DocumentBody,
    bodyExample: { content: SCENARIO_EXAMPLE },
    bodyTypes: YAML_TYPES,
    answers: { 200: ScenarioDocument, 201: ScenarioDocument },
  })
  async add(
    @Body() body: DocumentBody,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ScenarioDocument> {
    return scenarioDocument(await this.resource.add(body, caller, reply));
  }

  @Post('check')
  @Route({
    summary: 'Says what is wrong with a scenario, without keeping it.',
    permission: 'scenarios:read',
    body: DocumentBody,
    bodyExample: { content: SCENARIO_EXAMPLE },
    bodyTypes: YAML_TYPES,
    answers: { 200: CheckedScenario },
  })
  async check(@Body() body: DocumentBody): Promise<CheckedScenario> {
    return checkedScenario(await this.resource.check(body));
  }

  @Put(':name')
  @Route({
    summary: 'Gives a scenario a newer version.',
    description:
      'Its version must be higher than every version so far; runs keep the one they were made with.',
    permission: 'scenarios:write',
    params: DocumentParams,
    body: DocumentBody,
    bodyExample: { content: SCENARIO_EXAMPLE },
    bodyTypes: YAML_TYPES,
    ifMatch: true,
    answers: { 200: ScenarioDocument },
  })
  async replace(
    @Param() { name }: DocumentParams,
    @Body() body: DocumentBody,
    @IfMatch() ifMatch: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ScenarioDocument> {
    return scenarioDocument(await this.resource.replace(name, body, editOf(ifMatch, caller), reply));
  }

  @Delete(':name')
  @Route({
    summary:
      'Retires a scenario: it can still be read and named by its version, and is no longer the current one.',
    description:
      'Every version that was given, or one of them. What comes with the product cannot be retired.',
    permission: 'scenarios:write',
    params: DocumentParams,
    query: RetireQuery,
    ifMatch: true,
    answers: { 204: null },
  })
  retire(
    @Param() { name }: DocumentParams,
    @Query() query: RetireQuery,
    @IfMatch() ifMatch: string,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.resource.retire(name, query, ifMatch, caller);
  }
}
