import { Controller, Get, Param, Query } from '@nestjs/common';
import { Route } from '../../../core/http/index.js';
import { CampaignParams } from '../campaigns/campaign.dto.js';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { PlanDto, PlanQueryDto, planRowDto } from '../publications/publication.dto.js';
import { CampaignPlans } from './campaign-plans.js';

@Controller('campaigns')
@Route.group('campaigns')
export class PlansController {
  constructor(
    private readonly campaigns: CampaignsService,
    private readonly plans: CampaignPlans,
  ) {}

  @Get(':campaign/plan')
  @Route({
    summary: 'What a campaign publishes, before or after it is started.',
    description:
      'The same terms and seed have the same plan. Nothing is kept. Plans of more than 100,000 publications are told agent by agent only (`plan_too_long`).',
    permission: 'campaigns:read',
    params: CampaignParams,
    query: PlanQueryDto,
    answers: { 200: PlanDto },
  })
  async plan(
    @Param() { campaign: reference }: CampaignParams,
    @Query() { limit, cursor, sort }: PlanQueryDto,
  ): Promise<PlanDto> {
    const campaign = await this.campaigns.get(reference);
    const { rows, total, next } = await this.plans[sort === 'due_at' ? 'pageInTime' : 'page'](
      campaign,
      limit,
      cursor,
    );
    return { synthetic: true, publications: rows.map(planRowDto), next_cursor: next, total };
  }
}
