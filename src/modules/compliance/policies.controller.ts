import { Body, Controller, Delete, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import {
  DocumentBody,
  DocumentParams,
  DocumentQuery,
  DocumentResource,
  editOf,
  RetireQuery,
  tagOf,
  VersionsQuery,
} from '../../core/documents/index.js';
import { CurrentCaller, IfMatch, Route, YAML_TYPES, type Caller } from '../../core/http/index.js';
import {
  POLICY_EXAMPLE,
  checkedPolicy,
  CheckedPolicy,
  PoliciesQuery,
  policyDto,
  PolicyDto,
  policyEntry,
  PolicyPage,
  PolicyVersionPage,
  RollbackBody,
  RuleParams,
  RuleStatusBody,
} from './dto/policy.dto.js';
import { PolicyEditor } from './policy/policy-editor.js';
import type { PolicySummary } from './policy/policy.kind.js';
import { PolicyLibrary } from './policy/policy-library.js';
import type { LoadedPolicy } from './policy/policy.loader.js';

@Controller('policies')
@Route.group('compliance')
export class PoliciesController {
  private readonly resource: DocumentResource<LoadedPolicy, PolicySummary>;

  constructor(
    private readonly library: PolicyLibrary,
    private readonly editor: PolicyEditor,
  ) {
    this.resource = new DocumentResource('policies', library, editor);
  }

  @Get()
  @Route({
    summary: 'The current versions of the policies.',
    permission: 'compliance:read',
    query: PoliciesQuery,
    answers: { 200: PolicyPage },
  })
  async list(@Query() { limit, cursor, sort, ...filter }: PoliciesQuery): Promise<PolicyPage> {
    const { name, tag, label, language } = filter;
    const summary = {
      ...(tag !== undefined && { tags: [tag] }),
      ...(label !== undefined && { labels: [label] }),
      ...(language !== undefined && { languages: [language] }),
    };
    const { documents, next } = await this.library.list({ name, summary }, { sort, cursor, limit });
    return { synthetic: true, policies: documents.map((each) => policyEntry(each)), next_cursor: next };
  }

  @Get(':name')
  @Route({
    summary: 'A policy in full: its current version, or one of those it had.',
    permission: 'compliance:read',
    params: DocumentParams,
    query: DocumentQuery,
    answers: { 200: PolicyDto },
  })
  async get(
    @Param() { name }: DocumentParams,
    @Query() query: DocumentQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PolicyDto> {
    return policyDto(await this.resource.read(name, query, reply));
  }

  @Get(':name/versions')
  @Route({
    summary: 'The versions of a policy, the newest first, retired ones among them.',
    permission: 'compliance:read',
    params: DocumentParams,
    query: VersionsQuery,
    answers: { 200: PolicyVersionPage },
  })
  async versions(
    @Param() { name }: DocumentParams,
    @Query() query: VersionsQuery,
  ): Promise<PolicyVersionPage> {
    const { documents, next } = await this.library.versions(name, query);
    return { synthetic: true, versions: documents.map((each) => policyEntry(each)), next_cursor: next };
  }

  @Post()
  @Route({
    summary: 'Adds a policy.',
    description: 'The same document again answers 200 with what is there.',
    permission: 'policies:write',
    body: DocumentBody,
    bodyExample: { content: POLICY_EXAMPLE },
    bodyTypes: YAML_TYPES,
    answers: { 200: PolicyDto, 201: PolicyDto },
  })
  async add(
    @Body() body: DocumentBody,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PolicyDto> {
    return policyDto(await this.resource.add(body, caller, reply));
  }

  @Post('check')
  @Route({
    summary: 'Says what is wrong with a policy, without keeping it.',
    permission: 'compliance:read',
    body: DocumentBody,
    bodyExample: { content: POLICY_EXAMPLE },
    bodyTypes: YAML_TYPES,
    answers: { 200: CheckedPolicy },
  })
  async check(@Body() body: DocumentBody): Promise<CheckedPolicy> {
    return checkedPolicy(await this.resource.check(body));
  }

  @Put(':name')
  @Route({
    summary: 'Gives a policy a newer version.',
    description:
      'Its version must be higher than every version so far; it is in force with the next decision of every process.',
    permission: 'policies:write',
    params: DocumentParams,
    body: DocumentBody,
    bodyExample: { content: POLICY_EXAMPLE },
    bodyTypes: YAML_TYPES,
    ifMatch: true,
    answers: { 200: PolicyDto },
  })
  async replace(
    @Param() { name }: DocumentParams,
    @Body() body: DocumentBody,
    @IfMatch() ifMatch: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PolicyDto> {
    return policyDto(await this.resource.replace(name, body, editOf(ifMatch, caller), reply));
  }

  @Post(':name/rollback')
  @Route({
    summary: 'Goes back to an earlier version of a policy: those above it are retired.',
    permission: 'policies:write',
    params: DocumentParams,
    body: RollbackBody,
    ifMatch: true,
    answers: { 200: PolicyDto },
  })
  async rollBack(
    @Param() { name }: DocumentParams,
    @Body() body: RollbackBody,
    @IfMatch() ifMatch: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PolicyDto> {
    return policyDto(await this.resource.rollBack(name, body, ifMatch, caller, reply));
  }

  @Put(':name/rules/:rule/status')
  @Route({
    summary: 'Gives a rule another status, as a newer version of its policy.',
    permission: 'policies:write',
    params: RuleParams,
    body: RuleStatusBody,
    ifMatch: true,
    answers: { 200: PolicyDto },
  })
  async setRuleStatus(
    @Param() { name, rule }: RuleParams,
    @Body() { note, ...change }: RuleStatusBody,
    @IfMatch() ifMatch: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PolicyDto> {
    const edit = { ...editOf(ifMatch, caller), note };
    const { document } = await this.editor.setRuleStatus(name, { rule, ...change }, edit);
    void reply.header('ETag', tagOf(document));
    return policyDto(document);
  }

  @Delete(':name')
  @Route({
    summary:
      'Retires a policy: it can still be read and named by its version, and is no longer the current one.',
    description:
      'Every version that was given, or one of them. What comes with the product cannot be retired.',
    permission: 'policies:write',
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
