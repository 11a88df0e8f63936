import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { etagOf, Route } from '../../core/http/index.js';
import {
  PoliciesQuery,
  policyDto,
  PolicyDto,
  policyEntry,
  PolicyPage,
  PolicyParams,
} from './dto/policy.dto.js';
import { PolicyLibrary } from './policy/policy-library.js';

@Controller('policies')
@Route.group('compliance')
export class PoliciesController {
  constructor(private readonly policies: PolicyLibrary) {}

  @Get()
  @Route({
    summary: 'The policies in force, by name.',
    permission: 'compliance:read',
    query: PoliciesQuery,
    answers: { 200: PolicyPage },
  })
  list(@Query() { limit, cursor, ...filter }: PoliciesQuery): PolicyPage {
    const { policies, next } = this.policies.list(filter, cursor, limit);
    return { synthetic: true, policies: policies.map((policy) => policyEntry(policy)), next_cursor: next };
  }

  @Get(':name')
  @Route({
    summary: 'A policy with its rules and their examples.',
    permission: 'compliance:read',
    params: PolicyParams,
    answers: { 200: PolicyDto },
  })
  get(@Param() { name }: PolicyParams, @Res({ passthrough: true }) reply: FastifyReply): PolicyDto {
    const policy = this.policies.get(name);
    void reply.header('ETag', etagOf(policy.sha256));
    return policyDto(policy);
  }
}
