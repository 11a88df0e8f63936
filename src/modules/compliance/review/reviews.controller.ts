import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentCaller, IdParams, Route, type Caller } from '../../../core/http/index.js';
import {
  AppealBody,
  ClaimBody,
  EscalationBody,
  OpinionBody,
  ReviewDto,
  reviewDto,
  reviewEntry,
  ReviewPage,
  ReviewsQuery,
} from './review.dto.js';
import { ReviewVerdicts } from './review-verdicts.service.js';
import { ReviewsService } from './reviews.service.js';

@Controller('reviews')
@Route.group('compliance')
export class ReviewsController {
  constructor(
    private readonly reviews: ReviewsService,
    private readonly verdicts: ReviewVerdicts,
  ) {}

  @Get()
  @Route({
    summary: 'Decisions that wait for people, or did; what is due first unless another order is asked for.',
    permission: 'reviews:read',
    query: ReviewsQuery,
    answers: { 200: ReviewPage },
  })
  async list(
    @Query() { sort, limit, cursor, mine, ...filter }: ReviewsQuery,
    @CurrentCaller() { id }: Caller,
  ): Promise<ReviewPage> {
    const claimed = mine === true ? { claimed_by: id } : {};
    const { rows, next } = await this.reviews.list({ ...filter, ...claimed }, { sort, limit, cursor });
    return { synthetic: true, reviews: rows.map(reviewEntry), next_cursor: next };
  }

  @Get(':id')
  @Route({
    summary: 'A review with its decision, the texts, and all that was said about them.',
    permission: 'reviews:read',
    params: IdParams,
    answers: { 200: ReviewDto },
  })
  async get(@Param() { id }: IdParams): Promise<ReviewDto> {
    return reviewDto(await this.reviews.get(id));
  }

  @Post('claim')
  @Route({
    summary: 'Claims the review that is due first.',
    description:
      'Nobody else works on it for 15 minutes. Several who ask at once get different ones. What was escalated goes to who holds ' +
      '`reviews:decide_escalated` alone.',
    permission: 'reviews:decide',
    body: ClaimBody,
    answers: { 200: ReviewDto },
  })
  async claimNext(@Body() { severity }: ClaimBody, @CurrentCaller() caller: Caller): Promise<ReviewDto> {
    return reviewDto(await this.reviews.claimNext(caller, severity));
  }

  @Post(':id/claim')
  @Route({
    summary: 'Claims a review, or extends the claim.',
    permission: 'reviews:decide',
    params: IdParams,
    answers: { 200: ReviewDto },
  })
  async claim(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<ReviewDto> {
    return reviewDto(await this.reviews.claim(id, caller));
  }

  @Delete(':id/claim')
  @Route({
    summary: 'Gives a claim back; nothing is decided.',
    permission: 'reviews:decide',
    params: IdParams,
    answers: { 204: null },
  })
  async giveBack(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<void> {
    await this.reviews.giveBack(id, caller);
  }

  @Post(':id/decide')
  @Route({
    summary: 'Gives an opinion on a claimed review; it closes it, or another person is asked.',
    permission: 'reviews:decide',
    params: IdParams,
    body: OpinionBody,
    answers: { 200: ReviewDto },
  })
  async decide(
    @Param() { id }: IdParams,
    @Body() opinion: OpinionBody,
    @CurrentCaller() caller: Caller,
  ): Promise<ReviewDto> {
    await this.verdicts.decide(id, caller, opinion);
    return reviewDto(await this.reviews.get(id));
  }

  @Post(':id/escalate')
  @Route({
    summary: 'Hands a claimed review to those who have more say.',
    description: 'From then on it is for who holds `reviews:decide_escalated`, and nobody else.',
    permission: 'reviews:decide',
    params: IdParams,
    body: EscalationBody,
    answers: { 200: ReviewDto },
  })
  async escalate(
    @Param() { id }: IdParams,
    @Body() { reason }: EscalationBody,
    @CurrentCaller() caller: Caller,
  ): Promise<ReviewDto> {
    await this.reviews.escalate(id, caller, reason);
    return reviewDto(await this.reviews.get(id));
  }

  @Post(':id/appeal')
  @Route({
    summary: 'Asks others for another look at a decision that holds a text back, of the guard or of people.',
    description: 'Once for each decision. What was decided holds, and stays to be seen.',
    permission: 'reviews:appeal',
    params: IdParams,
    body: AppealBody,
    answers: { 200: ReviewDto },
  })
  async appeal(
    @Param() { id }: IdParams,
    @Body() { reason }: AppealBody,
    @CurrentCaller() caller: Caller,
  ): Promise<ReviewDto> {
    await this.verdicts.appeal(id, caller, reason);
    return reviewDto(await this.reviews.get(id));
  }
}
