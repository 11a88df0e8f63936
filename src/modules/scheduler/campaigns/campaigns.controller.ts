import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, etagOf, IfMatch, Route, type Caller } from '../../../core/http/index.js';
import {
  campaignDto,
  CampaignDto,
  CampaignListDto,
  CampaignParams,
  campaignPath,
  CampaignsQueryDto,
  CountedCampaignDto,
  CreateCampaignDto,
  createRequest,
  UpdateCampaignDto,
  updateRequest,
} from './campaign.dto.js';
import type { Campaign } from './campaign.entity.js';
import type { CampaignAct } from './campaign.rules.js';
import { CampaignsService } from './campaigns.service.js';

const EXAMPLE = {
  name: 'spring-murals',
  population: 'metro_cdmx',
  templates: ['street_art_campaign'],
  seed: '20241005',
  quiet_hours: { from: '22:30', to: '07:00' },
  approval: { rule: 'sample', percent: 10 },
};

@Controller('campaigns')
@Route.group('campaigns')
export class CampaignsController {
  constructor(private readonly service: CampaignsService) {}

  @Get()
  @Route({
    summary: 'Campaigns, the newest first unless another order is asked for.',
    permission: 'campaigns:read',
    query: CampaignsQueryDto,
    answers: { 200: CampaignListDto },
  })
  async list(@Query() { sort, limit, cursor, ...filter }: CampaignsQueryDto): Promise<CampaignListDto> {
    const { rows, next } = await this.service.list(filter, { sort, limit, cursor });
    return { synthetic: true, campaigns: rows.map(campaignDto), next_cursor: next };
  }

  @Post()
  @Route({
    summary: 'Makes a campaign, which does nothing until it is started.',
    permission: 'campaigns:write',
    body: CreateCampaignDto,
    bodyExample: EXAMPLE,
    answers: { 201: CampaignDto },
  })
  async create(
    @Body() body: CreateCampaignDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignDto> {
    const made = await this.service.create(createRequest(body), caller.username);
    void reply.header('Location', campaignPath(made.id));
    return tagged(made, reply);
  }

  @Get(':campaign')
  @Route({
    summary: 'A campaign, and how many of its publications are in which state.',
    permission: 'campaigns:read',
    params: CampaignParams,
    answers: { 200: CountedCampaignDto },
  })
  async get(
    @Param() { campaign }: CampaignParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CountedCampaignDto> {
    const found = await this.service.get(campaign);
    return { ...tagged(found, reply), publications: await this.service.publications(found) };
  }

  @Patch(':campaign')
  @Route({
    summary: 'Changes a campaign that has not been started.',
    permission: 'campaigns:write',
    params: CampaignParams,
    body: UpdateCampaignDto,
    ifMatch: true,
    answers: { 200: CampaignDto },
  })
  async update(
    @Param() { campaign }: CampaignParams,
    @Body() body: UpdateCampaignDto,
    @IfMatch() ifMatch: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignDto> {
    return tagged(await this.service.update(campaign, updateRequest(body), ifMatch, caller.username), reply);
  }

  @Delete(':campaign')
  @Route({
    summary: 'Deletes a campaign that is not at work, with its publications.',
    description: 'What it has published stays where it is.',
    permission: 'campaigns:write',
    params: CampaignParams,
    answers: { 204: null },
  })
  async delete(@Param() { campaign }: CampaignParams, @CurrentCaller() caller: Caller): Promise<void> {
    await this.service.delete(campaign, caller.username);
  }

  @Post(':campaign/start')
  @Route({
    summary: 'Starts a campaign: it is planned, and what is due is written, approved and published.',
    permission: 'campaigns:write',
    params: CampaignParams,
    answers: { 200: CampaignDto },
  })
  start(
    @Param() { campaign }: CampaignParams,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignDto> {
    return this.act(campaign, 'start', caller, reply);
  }

  @Post(':campaign/pause')
  @Route({
    summary: 'Holds a campaign: nothing more is published until it is resumed.',
    description: 'What is being published at the moment is finished.',
    permission: 'campaigns:write',
    params: CampaignParams,
    answers: { 200: CampaignDto },
  })
  pause(
    @Param() { campaign }: CampaignParams,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignDto> {
    return this.act(campaign, 'pause', caller, reply);
  }

  @Post(':campaign/resume')
  @Route({
    summary: 'Lets a paused campaign go on.',
    description: 'What is too late by then expires.',
    permission: 'campaigns:write',
    params: CampaignParams,
    answers: { 200: CampaignDto },
  })
  resume(
    @Param() { campaign }: CampaignParams,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignDto> {
    return this.act(campaign, 'resume', caller, reply);
  }

  @Post(':campaign/cancel')
  @Route({
    summary: 'Ends a campaign: what is not published yet is cancelled.',
    description: 'What is being published at the moment is finished.',
    permission: 'campaigns:write',
    params: CampaignParams,
    answers: { 200: CampaignDto },
  })
  cancel(
    @Param() { campaign }: CampaignParams,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignDto> {
    return this.act(campaign, 'cancel', caller, reply);
  }

  private async act(
    campaign: string,
    act: CampaignAct,
    caller: Caller,
    reply: FastifyReply,
  ): Promise<CampaignDto> {
    return tagged(await this.service.act(campaign, act, caller.username, caller.id), reply);
  }
}

function tagged(campaign: Campaign, reply: FastifyReply): CampaignDto {
  void reply.header('ETag', etagOf(campaign.version));
  return campaignDto(campaign);
}
